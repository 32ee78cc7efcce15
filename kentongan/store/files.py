"""Finding and reading source files. Only regular UTF-8 files inside the content folder are ever read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kentongan.language import Message
from kentongan.store.frontmatter import FrontMatterError

ENDINGS = (".md", ".markdown", ".mkd", ".mdown")
"""What Pelican calls Markdown; ours end in ``.md``, and the others are told so."""

MAX_BYTES = 1_000_000
"""A text longer than this is a mistake: a novel has less."""


def markdown_files(content: Path, folder: str) -> Iterator[str]:
    """Paths, relative to *content*, of all Markdown below *folder*, and of links, which reading refuses."""
    if (content / folder).is_symlink():
        yield folder
        return
    for parent, folders, names in os.walk(content / folder):
        below = Path(parent).relative_to(content).as_posix()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        odd = [name for name in folders if name.endswith(".md") or (Path(parent) / name).is_symlink()]
        for name in sorted([*(name for name in names if name.lower().endswith(ENDINGS)), *odd]):
            if not name.startswith("."):
                yield f"{below}/{name}"


def read_text(path: Path) -> str:
    """The text of *path*.

    :raises FrontMatterError: when it is no regular file, too long, or not UTF-8.
    """
    if path.suffix != ".md" and path.suffix.lower() in ENDINGS:
        raise FrontMatterError(
            None, "ending", Message("The file's name does not end in “.md”."), Message("Rename it so that it does.")
        )
    return decode(_read_regular(path))


def decode(data: bytes) -> str:
    """*data* as text, without a byte-order mark, with ``\\n`` line ends.

    :raises FrontMatterError: when it is not UTF-8 or holds NUL bytes.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FrontMatterError(
            line,
            "encoding",
            Message("The file is not in UTF-8."),
            Message("Save it again with the encoding UTF-8."),
        ) from error
    if "\0" in text:
        raise FrontMatterError(
            text[: text.index("\0")].count("\n") + 1,
            "encoding",
            Message("The file holds bytes that are not text."),
            Message("Save it again as plain text in UTF-8."),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_regular(path: Path) -> bytes:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise _not_a_file()
        if status.st_size > MAX_BYTES:
            raise _too_long()
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise _not_a_file() from error
    with os.fdopen(handle, "rb") as file:
        return file.read(MAX_BYTES + 1)


def _not_a_file() -> FrontMatterError:
    return FrontMatterError(
        None,
        "not-a-file",
        Message("This is not a regular file."),
        Message("Put the text itself here; links, pipes and folders named .md are not read."),
    )


def _too_long() -> FrontMatterError:
    return FrontMatterError(
        None,
        "too-long",
        Message("The file is longer than {limit} kB.", {"limit": MAX_BYTES // 1000}),
        Message("Split it into several."),
    )
