"""What the pages of records work with: the newsroom and the builder, and the words for both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from kentongan.actions import Actor, Newsroom
from kentongan.actions.newsroom import kind_of, path_of
from kentongan.build.report import BuildReport
from kentongan.model import Kind
from kentongan.model.fields import ZONES
from kentongan.search import Entry, Index, Page

from ..publication import Going, Publication, Stage, Way
from .desk import Visit
from .looking import look


class Building(Protocol):
    """What is asked of the builder process."""

    def put_first(self, changes: Collection[Path]) -> bool:
        """Puts live at once what readers look at first of *changes*; whether that is all they wait for."""

    def build(self, *, changes: Collection[Path] | None = None) -> BuildReport:
        """Makes the site hold what *changes* changed."""

    def preview(self, texts: Mapping[str, str]) -> str:
        """The page of the first of *texts*."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The newsroom, and the builder that shows what becomes of it."""

    room: Newsroom
    builder: Building
    index: Index
    output: Path
    """The folder with the site that is served."""
    publication: Publication | None = None
    """What is on its way to readers; ``None``: they read what is in ``output``."""

    @property
    def way(self) -> Way:
        """How what is published reaches readers."""
        return self.publication.way if self.publication else Way.HERE

    def bring_live(self, paths: Iterable[str]) -> None:
        """Lets readers of this server see what was changed at *paths*, below the content folder. Where they see it
        at once, the watcher brings the rest of the site in step.

        :raises KentonganError: when the builder fails; the watcher tries again.
        """
        changes = [self.room.content / path for path in paths]
        if not self.builder.put_first(changes):
            self.builder.build(changes=changes)

    def send(self, path: str, commit: str | None) -> None:
        """Sends what *commit* made of the record *path* on its way."""
        if self.publication:
            self.publication.send(path, self.label(path), commit)

    def going(self, path: str) -> Going:
        """How far the last publication of *path* is."""
        one = self.publication.of(path) if self.publication else None
        return self.publication.going(one) if self.publication and one else Going(Stage.LIVE)

    def live_since(self, path: str) -> datetime:
        """Since when readers see the last publication of *path*."""
        one = self.publication.of(path) if self.publication else None
        return datetime.fromtimestamp(one.live, self.room.now.tzinfo) if one and one.live else self.room.now

    def public(self, address: str) -> str:
        """*address*, on the site that readers see."""
        afar = self.publication is not None and self.way is not Way.HERE
        return f"{self.publication.address.rstrip('/')}{address}" if self.publication and afar else address

    def instant(self, text: str) -> datetime:
        """What *text* (ISO 8601) says, in the office's zone."""
        return datetime.fromisoformat(text).astimezone(self.room.now.tzinfo)

    def page_at(self, address: str) -> Path:
        """The file that is served at *address*, which ends in a slash."""
        return self.output / address.strip("/") / "index.html"

    def actor(self, visit: Visit) -> Actor:
        """Who acts in *visit*."""
        return Actor(visit.me)

    def entries(self, kind: Kind | None = None, **chosen: Any) -> Page:
        """The records that are there now, as :meth:`kentongan.search.Index.entries` chooses them."""
        look(self.room.content, self.index.refresh)
        return self.index.entries(kind, **chosen)

    def zone_of(self, station: str, zone: str = "") -> str:
        """The time zone of a station, else the one that is named, else the office's."""
        if station and (document := self.room.document(path_of(Kind.STATION, station))):
            zone = str(document.data.get("zone") or zone)
        return ZONES.get(zone.upper(), zone) or self.room.office.zone

    def label(self, path: str) -> str:
        """What the record *path* is called, as far as its file can be read."""
        entry = self.entry(kind_of(path), path.rpartition("/")[2].removesuffix(".md"))
        return entry.label if entry else path

    def entry(self, kind: Kind, id_: str) -> Entry | None:
        """The record *id_*, as lists show it; ``None``: there is none. Of all files only its own is looked at."""
        known = self.index.entry(kind, id_)
        paths = {path_of(kind, id_), known.path if known else path_of(kind, id_)}
        self.index.refresh([self.room.content / path for path in paths])
        if found := self.index.entry(kind, id_):
            return found
        look(self.room.content, self.index.refresh)
        return self.index.entry(kind, id_)

    def labels(self, kind: Kind) -> Mapping[str, str]:
        """What each record of *kind* is called, by its id, in the order of the alphabet."""
        look(self.room.content, self.index.refresh)
        return self.index.labels(kind)
