"""What a person has yet to choose, since two sides changed it in two ways: the site keeps ours until then."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from kentongan.repository.edit import BODY, same_text, with_front_matter
from kentongan.store import atomic, files
from kentongan.store.frontmatter import FrontMatterError, parse
from kentongan.store.git import asked

FOLDER = "journal/splits"
"""Below the state folder, so that a backup has them."""


@dataclass(frozen=True, slots=True)
class OpenSplit:
    """One file: its *path* below the content folder ("../…" outside of it) and *place* below the repository's, the
    *fields* of a record that are meant (none: the whole), and where the other side has what: the file *theirs* of
    *commit*, by *who*, *when* (ISO 8601)."""

    path: str
    place: str
    theirs: str
    commit: str
    fields: tuple[str, ...]
    who: str
    when: str


class Splits:
    """The open ones of one content folder, each a file. Both texts are in git: their commit is one of our parents."""

    def __init__(self, content: Path, state: Path) -> None:
        self._content, self._folder = content, state / FOLDER

    def all(self) -> list[OpenSplit]:
        """By path."""
        found = (self._read(path) for path in self._folder.glob("*.json"))
        return sorted((one for one in found if one), key=lambda one: one.path)

    def of(self, path: str) -> OpenSplit | None:
        """That of the file *path* below the content folder."""
        return self._read(self._file(path))

    def keep(self, splits: Iterable[OpenSplit]) -> None:
        """Keeps *splits*; what was said of the same files before is history."""
        for one in splits:
            atomic.write(self._file(one.path), json.dumps(asdict(one)).encode(), durable=True)

    def forget(self, path: str) -> None:
        """Somebody has chosen."""
        self._file(path).unlink(missing_ok=True)

    def settle(self) -> None:
        """Forgets those of which nothing is left to choose: what is here is what was there."""
        for split in self.all():
            place = self._content / split.path
            ours = place.read_bytes() if place.is_file() else None
            if is_the_same(ours, self.theirs(split), split.fields):
                self.forget(split.path)

    def theirs(self, split: OpenSplit) -> bytes | None:
        """What the other side has; ``None``: it deleted the file."""
        return asked(self._content, "cat-file", "blob", f"{split.commit}:{split.theirs}")

    def _read(self, path: Path) -> OpenSplit | None:
        try:
            told = json.loads(path.read_bytes())
            return OpenSplit(**told | {"fields": tuple(told["fields"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _file(self, path: str) -> Path:
        return self._folder / f"{sha256(path.encode(errors='surrogateescape')).hexdigest()[:32]}.json"


def is_the_same(one: bytes | None, other: bytes | None, fields: Collection[str]) -> bool:
    """Whether two files (``None``: there is none) say the same in *fields* of a record; none named: as a whole."""
    if one is None or other is None or not fields:
        return one == other
    try:
        here, there = (parse(with_front_matter(files.decode(data))) for data in (one, other))
    except FrontMatterError:
        return False
    bodies = BODY not in fields or same_text(here.body, there.body)
    return bodies and all(here.data.get(key) == there.data.get(key) for key in fields if key != BODY)
