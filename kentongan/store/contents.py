"""All records of a content folder, each with the file it came from, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kentongan.errors import Finding
from kentongan.language import Message
from kentongan.model import Kind, Office, Record
from kentongan.model.messages import Location, line_of
from kentongan.store.media import MediaFile

Key = tuple[Kind, str]
"""What names a record: its type and id."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file of a record: its path relative to the content folder, and the lines of its keys."""

    path: str
    lines: Mapping[Location, int] = field(default_factory=dict)
    body_line: int = 1

    def finding(self, location: Location, rule: str, message: Message, mend: Message) -> Finding:
        """Something wrong at *location* (keys and list positions) of this file."""
        return Finding(self.path, line_of(location, self.lines), rule, message, mend)

    def finding_in_body(self, body: str, words: str, rule: str, message: Message, mend: Message) -> Finding:
        """Something wrong where *words* stand in the text *body* of this file."""
        before = body.partition(words)[0] if words in body else ""
        return Finding(self.path, self.body_line + before.count("\n"), rule, message, mend)


@dataclass(frozen=True)
class Contents:
    """What a content folder says. ``records`` are valid each by itself, ``bodies`` is their text as clean HTML;
    nothing is resolved yet."""

    office: Office
    records: Mapping[Key, Record]
    sources: Mapping[Key, Source]
    bodies: Mapping[Key, str]
    findings: tuple[Finding, ...]
    commit: str | None = None
    media: Mapping[str, MediaFile] = field(default_factory=dict)
    """Files of ``content/media`` that may be published, by their path below it."""
    orphans: Mapping[Key, tuple[Record, Source]] = field(default_factory=dict)
    """What a file says now, where its record belongs to one that is not there and an older version stands in."""

    def written(self, key: Key) -> tuple[Record, Source]:
        """A record as its file says it now, whatever stands in for it."""
        return self.orphans.get(key) or (self.records[key], self.sources[key])

    def at(self, path: str) -> Key | None:
        """The key of the record that the file *path* (relative to the content folder) holds."""
        return self._keys.get(path)

    @cached_property
    def _keys(self) -> dict[str, Key]:
        return {source.path: key for key, source in self.sources.items()}
