"""The pictures of ``content/media``: which there are, what was said of each, and which records show it.

What was said of a picture lies beside it: ``pasar.jpg.md`` holds ``alt`` and ``focus`` as front matter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from kentongan.model import RECORD_TYPES
from kentongan.store import files
from kentongan.store.frontmatter import FrontMatterError, parse
from kentongan.store.media import FOLDER, MediaFile, media_files

_OFFICE = "site.yml"


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture. ``path`` is below ``content/media``; ``alt`` and ``focus`` are what was said of it, or empty."""

    file: MediaFile
    alt: str
    focus: str
    changed: float
    """When the file was last written, in seconds since 1970."""

    @property
    def path(self) -> str:
        return self.file.path

    @property
    def markdown(self) -> str:
        """What shows it in a text."""
        words = re.sub(r"([\\\[\]])", r"\\\1", " ".join(self.alt.split()))
        return f"![{words}]({{static}}/{FOLDER}/{quote(self.path)})"

    def matches(self, words: str) -> bool:
        """Whether all of *words* are in what was said of it, else in its name."""
        known = (self.alt or self.path).casefold()
        return all(word in known for word in words.casefold().split())


def about(path: str) -> str:
    """The file with what was said of the picture *path*, relative to the content folder."""
    return f"{FOLDER}/{path}.md"


def pictures(content: Path) -> list[Kept]:
    """All pictures, newest first."""
    found = (_kept(content, file) for file in media_files(content)[0].values() if file.media_type.startswith("image/"))
    return sorted(found, key=lambda one: (-one.changed, one.path))


def picture(content: Path, path: str) -> Kept | None:
    """The picture *path*, if it is there."""
    file = media_files(content)[0].get(path)
    return _kept(content, file) if file and file.media_type.startswith("image/") else None


def shown_by(content: Path, paths: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Which files of the content folder name each of *paths*: drafts, and mere mentions, too."""
    found: dict[str, list[str]] = {path: [] for path in paths}
    for name, text in _texts(content):
        for path in paths:
            if path in text and _names(path).search(text):
                found[path].append(name)
    return {path: tuple(names) for path, names in found.items()}


def _kept(content: Path, file: MediaFile) -> Kept:
    said = _said(content / about(file.path))
    changed = Path(file.source).stat().st_mtime
    return Kept(file, str(said.get("alt") or ""), str(said.get("focus") or ""), changed)


def _said(place: Path) -> Mapping[str, object]:
    try:
        return parse(files.read_text(place)).data if place.is_file() else {}
    except FrontMatterError:
        return {}


def _texts(content: Path) -> Iterator[tuple[str, str]]:
    names = [
        _OFFICE,
        *(name for type_ in RECORD_TYPES.values() for name in files.markdown_files(content, type_.folder)),
    ]
    for name in names:
        place = content / name
        if place.is_file() and not place.is_symlink():
            yield name, place.read_bytes().decode("utf-8", "replace")


def _names(path: str) -> re.Pattern[str]:
    """Finds the picture *path* in a text, but neither ``pasar.jpg`` in ``pasar.jpg.png`` nor in ``dekat-pasar.jpg``."""
    return re.compile(rf"(?<![\w.-])(?<!\w/)(?:media/)?{re.escape(path)}(?![\w-]|\.\w)")


def is_camera_name(words: str) -> bool:
    """Whether *words* are what a camera calls its files, and say nothing of what is to be seen."""
    stem = PurePosixPath(words.strip()).stem
    return bool(_CAMERA.fullmatch(stem))


_CAMERA = re.compile(
    r"(?:(?:img|dsc[nf]?|pxl|dcim|image|photo|foto|gambar|screenshot|scan|whatsapp image|vid)[\s_.-]*)?[\d\s_.()-]*"
    r"(?:wa\d+|at [\d.]+(?: [ap]m)?)?",
    re.IGNORECASE,
)
