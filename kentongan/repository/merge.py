"""Two histories of one office, brought together file by file: records by their fields, other texts by their lines.

Where both sides changed the same thing ours stays, and a :class:`Split` says so, until a person has chosen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kentongan.repository.changes import Blob, Change, changes, contents, renames
from kentongan.repository.edit import united, with_front_matter
from kentongan.store import files
from kentongan.store.edit import in_style_of
from kentongan.store.frontmatter import FrontMatterError, parse
from kentongan.store.git import asked


@dataclass(frozen=True, slots=True)
class Split:
    """What two sides changed in two ways: the file *path* here, *theirs* there; which *fields* of a record, or
    (none named) the whole of it. Either path may be that of a file which is deleted."""

    path: str
    theirs: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be changed of our commit (``None`` deletes), and what a person has to choose."""

    files: Mapping[str, Blob | bytes | None]
    splits: tuple[Split, ...]


class _File(NamedTuple):
    path: str
    blob: Blob


def merge(root: Path, prefix: str, base: str, ours: str, theirs: str) -> Merge:
    """Brings the commits *ours* and *theirs*, which both come after *base*, together.

    Records are the Markdown files below *prefix*. Paths are below *root*.
    """
    return _Merger(root, prefix, base, ours, theirs).merge()


@dataclass
class _Merger:
    root: Path
    prefix: str
    base: str
    ours: str
    theirs: str
    files: dict[str, Blob | bytes | None] = field(default_factory=dict)
    splits: list[Split] = field(default_factory=list)

    def merge(self) -> Merge:
        self.here, self.there = (renames(self.root, self.base, side) for side in (self.ours, self.theirs))
        self.mine, self.yours = (changes(self.root, self.base, side) for side in (self.ours, self.theirs))
        new_names = set(self.there.values())
        for path in sorted(self.yours):
            if path not in new_names:
                self._bring_together(path, self.yours[path].old)
        return Merge(self.files, tuple(self.splits))

    def _bring_together(self, path: str, base: Blob | None) -> None:
        """Of the file that was called *path*."""
        ours, theirs = _now(path, self.mine, self.here, base), _now(path, self.yours, self.there, base)
        if theirs is None:
            self._delete(path, base, ours)
        elif ours is None:
            self._take(path, base, theirs)
        else:
            place = self._place(path, ours, theirs)
            result = self._of_both(place, base, ours, theirs)
            if place != ours.path:
                self.files[ours.path] = None
            if place != ours.path or result != ours.blob:
                self.files[place] = result

    def _delete(self, path: str, base: Blob | None, ours: _File | None) -> None:
        """They deleted it: so do we, unless we changed it."""
        if ours and ours.blob == base:
            self.files[ours.path] = None
        elif ours:
            self.splits.append(Split(ours.path, path))

    def _take(self, path: str, base: Blob | None, theirs: _File) -> None:
        """It is new there, or we have deleted it."""
        if base is None:
            self.files[theirs.path] = theirs.blob
        elif theirs.blob != base:
            self.splits.append(Split(path, theirs.path))

    def _place(self, path: str, ours: _File, theirs: _File) -> str:
        """What the file is called from now on: as whoever renamed it wants, we before them."""
        renamed = ours.path == path and theirs.path not in self.mine
        return theirs.path if renamed else ours.path

    def _of_both(self, place: str, base: Blob | None, ours: _File, theirs: _File) -> Blob | bytes:
        if theirs.blob in (base, ours.blob):
            return ours.blob
        if ours.blob == base:
            return theirs.blob
        try:
            merged, fields = self._merged(place, base, ours.blob, theirs.blob)
        except FrontMatterError:
            merged, fields = None, ()
        if merged is None or fields:
            self.splits.append(Split(place, theirs.path, fields))
        return ours.blob if merged is None else merged

    def _merged(self, place: str, base: Blob | None, ours: Blob, theirs: Blob) -> tuple[bytes | None, tuple[str, ...]]:
        """The bytes of both together (``None``: they cannot be), and the fields in which ours stay."""
        if not (ours.is_file and theirs.is_file):
            return None, ()
        sides = [*([base] if base else []), ours, theirs]
        found = contents(self.root, [side.id for side in sides])
        *old, here, there = (found[side.id] for side in sides)
        by_line = _by_line(self.root, old[0] if old else b"", here, there)
        if not (place.startswith(self.prefix) and place.endswith(".md")):
            return by_line, ()
        texts = [files.decode(data) for data in (*old, here, there)]
        text, fields = united(place, texts[0] if old else None, *texts[-2:])
        return (by_line if by_line and _says_the_same(by_line, text) else in_style_of(here, text).encode()), fields


def _now(path: str, changed: Mapping[str, Change], renamed: Mapping[str, str], base: Blob | None) -> _File | None:
    """What one side made of the file that was called *path*; ``None``: it is not there."""
    place = renamed.get(path, path)
    blob = changed[place].new if place in changed else base
    return _File(place, blob) if blob else None


def _by_line(root: Path, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """What git makes of them, which keeps what is no field: comments, and how a value is written. ``None``: both
    changed the same lines, or they are no texts."""
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for place, data in zip(places, (ours, base, theirs), strict=True):
            place.write_bytes(data)
        return asked(root, "merge-file", "-p", "--quiet", *map(str, places))


def _says_the_same(data: bytes, text: str) -> bool:
    """Whether *data* is a record that says what *text* says."""
    try:
        one, other = (parse(with_front_matter(words)) for words in (files.decode(data), text))
    except FrontMatterError:
        return False
    return (one.data, one.body) == (other.data, other.body)
