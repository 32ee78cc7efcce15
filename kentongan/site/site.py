"""The graph of all public records at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from markupsafe import Markup

from kentongan.errors import Finding
from kentongan.model import Article, Consultation, Credit, Episode, Office, Person, Program, Record, Station
from kentongan.site.addresses import Addresses
from kentongan.store.contents import Key

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Site:
    """Everything the public may see at *now*, and nothing else. Lists are in the order they are shown in.

    ``bodies`` is each record's text as clean HTML; ``next_change`` is the first later instant at which a date alone
    makes another record public (``None``: none will).
    """

    office: Office
    addresses: Addresses
    now: datetime
    records: Mapping[Key, Record]
    bodies: Mapping[Key, str]
    findings: tuple[Finding, ...]
    commit: str | None
    next_change: datetime | None

    @property
    def language(self) -> str:
        return self.office.language

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's own zone."""
        return ZoneInfo(self.office.zone)

    def local(self, moment: datetime) -> datetime:
        """A record's date, which is written in the office's zone, as an instant."""
        return moment.replace(tzinfo=self.zone)

    def path(self, record: Record) -> str:
        """The path of a record's page."""
        return self.addresses.record(record)

    def body(self, record: Record) -> Markup:
        """A record's text as HTML that a page may print as it is."""
        return Markup(self.bodies[(record.kind, record.id)])  # noqa: S704 - kentongan.markup has cleaned it

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Newest first."""
        return self._sorted(Article, lambda article: (article.date, article.id), newest_first=True)

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        return self._sorted(Program, lambda program: (program.title.casefold(), program.id))

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        return self._sorted(Station, lambda station: (station.name.casefold(), station.id))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return self._sorted(Person, lambda person: (person.name.casefold(), person.id))

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """Newest first, by first broadcast, else by announcement."""
        return self._sorted(Episode, self._episode_order, newest_first=True)

    @cached_property
    def consultations(self) -> tuple[Consultation, ...]:
        """Latest first."""
        return self._sorted(Consultation, self._consultation_order, newest_first=True)

    def program(self, id_: str) -> Program | None:
        return self._find(Program, id_)

    def station(self, id_: str) -> Station | None:
        return self._find(Station, id_)

    def person(self, id_: str) -> Person | None:
        return self._find(Person, id_)

    def episode(self, id_: str) -> Episode | None:
        return self._find(Episode, id_)

    def consultation(self, id_: str) -> Consultation | None:
        return self._find(Consultation, id_)

    def episodes_of(self, program: Program) -> tuple[Episode, ...]:
        """Newest first."""
        return tuple(episode for episode in self.episodes if episode.program == program.id)

    def consultations_on(self, episode: Episode) -> tuple[Consultation, ...]:
        """Consultations held in *episode*."""
        return tuple(consultation for consultation in self.consultations if consultation.episode == episode.id)

    def consultants(self, consultation: Consultation) -> tuple[Credit, ...]:
        """Who answers: on air the guests of its episode."""
        episode = self.episode(consultation.episode) if consultation.episode else None
        return episode.credits if episode else consultation.credits

    def consultation_start(self, consultation: Consultation) -> datetime | None:
        """When it begins; on air, with its episode's first broadcast (``None`` while that has none)."""
        episode = self.episode(consultation.episode) if consultation.episode else None
        if episode:
            return self.first_heard(episode)
        return self._in_own_zone(consultation, consultation.start)

    def first_heard(self, episode: Episode) -> datetime | None:
        """When an episode's first broadcast begins, in its station's zone."""
        return min(
            (one.start.replace(tzinfo=self.station_zone(one.station)) for one in episode.broadcasts), default=None
        )

    def consultation_end(self, consultation: Consultation) -> datetime | None:
        """When a consultation that is not on air ends, where that is known."""
        return self._in_own_zone(consultation, consultation.end)

    def station_zone(self, id_: str) -> ZoneInfo:
        """The zone of a station's broadcasts; of a station we do not have, the office's."""
        station = self.station(id_)
        return ZoneInfo(station.zone) if station else self.zone

    def _in_own_zone(self, consultation: Consultation, moment: datetime | None) -> datetime | None:
        zone = ZoneInfo(consultation.zone) if consultation.zone else self.zone
        return moment.replace(tzinfo=zone) if moment else None

    def _episode_order(self, episode: Episode) -> tuple[datetime, str]:
        return (self.first_heard(episode) or self.local(episode.date), episode.id)

    def _consultation_order(self, consultation: Consultation) -> tuple[datetime, str]:
        start = self.consultation_start(consultation)
        return (start or self.local(consultation.date), consultation.id)

    def _find(self, type_: type[R], id_: str) -> R | None:
        found = self.records.get((type_.kind, id_))
        return found if isinstance(found, type_) else None

    def _sorted(self, type_: type[R], order: object, *, newest_first: bool = False) -> tuple[R, ...]:
        chosen = [record for record in self.records.values() if isinstance(record, type_)]
        return tuple(sorted(chosen, key=order, reverse=newest_first))  # type: ignore[call-overload]
