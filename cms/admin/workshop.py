"""What the pages of records work with: the newsroom and the builder, and the words for both."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kentongan.actions import Actor, Newsroom
from kentongan.actions.newsroom import label_of, path_of, status_of
from kentongan.build.report import BuildReport
from kentongan.model import RECORD_TYPES, Kind, Status
from kentongan.model.fields import ZONES
from kentongan.store.frontmatter import FrontMatterError

from .desk import Visit


class Building(Protocol):
    """What is asked of the builder process."""

    def build(self, *, changes: Collection[Path] | None = None) -> BuildReport:
        """Makes the site hold what *changes* changed."""

    def preview(self, texts: Mapping[str, str]) -> str:
        """The page of the first of *texts*."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a list."""

    kind: Kind
    id: str
    label: str
    status: str
    date: str

    @property
    def path(self) -> str:
        """Its file, relative to the content folder."""
        return path_of(self.kind, self.id)

    def waits(self, now: str) -> bool:
        """Whether it is to appear later than *now*, written as files write times."""
        return self.status == Status.PUBLISHED.value and self.date.replace("T", " ") > now


@dataclass(frozen=True, slots=True)
class Workshop:
    """The newsroom, and the builder that shows what becomes of it."""

    room: Newsroom
    builder: Building
    output: Path
    """The folder with the site that is served."""

    def page_at(self, address: str) -> Path:
        """The file that is served at *address*, which ends in a slash."""
        return self.output / address.strip("/") / "index.html"

    def actor(self, visit: Visit) -> Actor:
        """Who acts in *visit*."""
        return Actor(visit.me)

    def rows(self, kind: Kind) -> list[Row]:
        """All records of *kind*, newest first."""
        folder = RECORD_TYPES[kind].folder
        found = []
        for file in (self.room.content / folder).glob("*.md"):
            path = f"{folder}/{file.name}"
            try:
                document = self.room.document(path)
            except FrontMatterError:
                document = None
            data = document.data if document else {}
            found.append(Row(kind, file.stem, label_of(data, path), status_of(data).value, str(data.get("date") or "")))
        return sorted(found, key=lambda row: (row.date, row.id), reverse=True)

    def zone_of(self, station: str, zone: str = "") -> str:
        """The time zone of a station, else the one that is named, else the office's."""
        if station and (document := self.room.document(path_of(Kind.STATION, station))):
            zone = str(document.data.get("zone") or zone)
        return ZONES.get(zone.upper(), zone) or self.room.office.zone

    def labels(self, kind: Kind) -> dict[str, str]:
        """What each record of *kind* is called, by its id, in the order of the alphabet."""
        rows = sorted(self.rows(kind), key=lambda row: row.label.casefold())
        return {row.id: row.label for row in rows}
