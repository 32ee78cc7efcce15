"""Standing slots and what departs from them -> dated broadcasts.

Of the overrides that speak of an occurrence the last in the file counts. Before any of them comes an episode: where
one of the program's episodes has a broadcast of its own at the same start on the same station, that is the slot's
occurrence told in full. A broadcast that is moved onto another occurrence takes its place, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import product

from kentongan.model import BroadcastKind, Episode, Override, Program, Slot
from kentongan.schedule.broadcast import Broadcast, Broadcasts
from kentongan.schedule.identity import stable_uuid
from kentongan.schedule.recurring import Recurring
from kentongan.site import Site

Place = tuple[str, datetime]
"""A station, and a start on it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A slot in the time of its station. ``uid`` is that of the series it is in calendars.

    ``overrides`` are those that may speak of it, the last in the file first, each with its first and last day.
    """

    program: Program
    slot: Slot
    uid: str
    dates: Recurring
    overrides: tuple[tuple[datetime, datetime, Override], ...]

    def override(self, start: datetime) -> Override | None:
        """The override that counts for the occurrence at *start*."""
        if not self.overrides:
            return None
        day = start.replace(hour=0, minute=0, second=0, fold=0, tzinfo=None)
        return next((one for first, last, one in self.overrides if first <= day <= last), None)

    def under(self, override: Override, horizon: datetime) -> tuple[datetime, ...]:
        """The occurrences for which *override* counts; of a range, those up to *horizon* (naive, local)."""
        first, last = _days(override)
        reach = last if override.date else min(last, horizon)
        dates = self.dates.within(first, reach.replace(hour=23, minute=59, second=59))
        return tuple(start for start in dates if self.override(start) is override)

    def place(self, start: datetime) -> Place:
        return self.slot.station, start

    def broadcast(
        self,
        start: datetime,
        *,
        cancelled: bool = False,
        reason: str | None = None,
        moved_to: datetime | None = None,
        moved_from: datetime | None = None,
    ) -> Broadcast:
        """One of the slot's broadcasts, without an episode."""
        end = _after(start, self.slot.duration)
        return Broadcast(
            uid=self.uid,
            program=self.program.id,
            station=self.slot.station,
            start=start,
            end=end,
            counts_until=end,
            kind=self.slot.kind,
            slot=self.slot.id,
            cancelled=cancelled,
            reason=reason,
            moved_to=moved_to,
            moved_from=moved_from,
        )


@dataclass(frozen=True)
class Timetable:
    """A program's slots. ``taken`` is where its episodes have broadcasts of their own.

    ``horizon`` (naive, local) is the end of next year: how far ahead an override of a range is followed. It and
    everything that comes of it change once a year.
    """

    site: Site
    program: Program
    taken: Set[Place]
    horizon: datetime

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(_line(self.site, self.program, slot) for slot in self.program.slots)

    @cached_property
    def landed(self) -> frozenset[Place]:
        """Where moved broadcasts went."""
        return frozenset(line.place(_there(start, override)) for line, start, override in self._moves)

    def between(self, since: datetime, until: datetime) -> Iterator[Broadcast]:
        """The broadcasts of slots, without those that an episode fills, from *since* on and before *until*."""
        for line in self.lines:
            for start in line.dates.between(since, until):
                yield from self.outcome(line, start)[:1]
        for line, start, _override in self._moves:
            yield from (one for one in self.outcome(line, start)[1:] if since <= one.start < until)

    def outcome(self, line: Line, start: datetime) -> tuple[Broadcast, ...]:
        """What became of an occurrence: itself, what it was and what it is now, or nothing that is not an episode's."""
        override = line.override(start)
        if line.place(start) in self.taken or (override and self.replacing(override)):
            return ()
        if override is None:
            return () if line.place(start) in self.landed else (line.broadcast(start),)
        if override.cancel:
            return (line.broadcast(start, cancelled=True, reason=override.reason),)
        if override.start:
            return self._moved(line, start, override)
        return (line.broadcast(start, reason=override.reason),)

    def departures(self, line: Line) -> dict[datetime, Broadcast | None]:
        """The occurrences that are not as usual, in order, each with what its series tells of it.

        ``None``: nothing, since it is an episode's now, or another broadcast has its place, or because it was
        cancelled before last year: nobody waits for it any more, and calendars would only grow.
        """
        places = (start for station, start in self.taken | self.landed if station == line.slot.station)
        starts = {start for start in places if line.dates.hits(start)}
        starts.update(*(line.under(override, self.horizon) for override in self.program.overrides))
        return {start: self._told(line, start) for start in sorted(starts)}

    def replacing(self, override: Override) -> Episode | None:
        """The episode that an override puts in the place of what is usual, if it is public and of this program."""
        episode = self.site.episode(override.episode) if override.episode else None
        return episode if episode and episode.program == self.program.id else None

    def filled_by(self, episode: Episode) -> Iterator[Broadcast]:
        """The occurrences that overrides have given to *episode*, as its broadcasts."""
        given = [override for override in self.program.overrides if override.episode == episode.id]
        for override, line in product(given, self.lines):
            for start in line.under(override, self.horizon):
                if line.place(start) not in self.taken:
                    yield _filled(self.site, line, start, episode, override)

    @cached_property
    def _moves(self) -> tuple[tuple[Line, datetime, Override], ...]:
        """Every occurrence that is moved, whenever that is: where it went may be anywhere."""
        return tuple(
            (line, start, override)
            for override in self.program.overrides
            if override.start
            for line in self.lines
            for start in line.under(override, self.horizon)
            if line.place(start) not in self.taken
        )

    def _told(self, line: Line, start: datetime) -> Broadcast | None:
        became = self.outcome(line, start)
        is_old = start.year < self.horizon.year - 2
        if not became or became[-1].moved_to or (became[-1].cancelled and is_old):
            return None
        return became[-1]

    def _moved(self, line: Line, start: datetime, override: Override) -> tuple[Broadcast, ...]:
        there = _there(start, override)
        before = line.broadcast(start, reason=override.reason, moved_to=there)
        if line.place(there) in self.taken:
            return (before,)
        return before, line.broadcast(there, reason=override.reason, moved_from=start)


def series_uid(program: Program, slot: Slot) -> str:
    """The UID of a slot's series; it survives a change of everything but the program's guid and the slot's id."""
    return stable_uuid("slot", f"{program.guid}:{slot.id}")


def dates_of(site: Site, slot: Slot) -> Recurring:
    """When a slot comes round, in the time of its station."""
    return Recurring.of(
        slot.rule,
        slot.start,
        str(site.station_zone(slot.station)),
        until=slot.until,
        valid_from=slot.valid_from,
        valid_to=slot.valid_to,
    )


def timetable(site: Site, program: Program, own: Iterable[Broadcast]) -> Timetable:
    """*own*: broadcasts among which are those that the program's episodes state themselves."""
    known = own.of_program(program.id) if isinstance(own, Broadcasts) else own
    taken = {(one.station, one.start) for one in known if one.program == program.id and one.slot is None}
    return Timetable(site, program, taken, _horizon(site))


def standing(site: Site, own: Iterable[Broadcast], since: datetime, until: datetime) -> tuple[Broadcast, ...]:
    """The broadcasts of all slots, without those that an episode fills, from *since* on and before *until*.

    *own*: the broadcasts that episodes state themselves. In no order.
    """
    taken: defaultdict[str, set[Place]] = defaultdict(set)
    for one in own:
        if one.slot is None:
            taken[one.program].add((one.station, one.start))
    tables = (Timetable(site, one, taken[one.id], _horizon(site)) for one in site.programs if one.slots)
    return tuple(one for table in tables for one in table.between(since, until))


def _line(site: Site, program: Program, slot: Slot) -> Line:
    meant = [override for override in program.overrides if override.slot in (None, slot.id)]
    spans = tuple((*_days(override), override) for override in reversed(meant))
    return Line(program, slot, series_uid(program, slot), dates_of(site, slot), spans)


def _filled(site: Site, line: Line, start: datetime, episode: Episode, override: Override) -> Broadcast:
    """An occurrence that is an episode's. No id that a file may state holds a dot, so its UID is no other's."""
    heard = site.first_heard(episode)
    end = _after(start, line.slot.duration)
    return Broadcast(
        uid=f"{episode.guid}-{line.slot.id}.{start:%Y%m%d}",
        program=line.program.id,
        station=line.slot.station,
        start=start,
        end=end,
        counts_until=end,
        kind=BroadcastKind.REPEAT if heard and heard < start else line.slot.kind,
        episode=episode.id,
        slot=line.slot.id,
        cancelled=bool(episode.cancelled),
        reason=episode.cancelled or override.reason,
    )


def _after(start: datetime, minutes: int) -> datetime:
    """So many minutes of real time later, in the same zone."""
    length = timedelta(minutes=minutes)
    end = start + length
    if end.utcoffset() == start.utcoffset():
        return end
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def _there(start: datetime, override: Override) -> datetime:
    """The new start of a broadcast that was to begin at *start*."""
    return (override.start or start).replace(tzinfo=start.tzinfo)


def _days(override: Override) -> tuple[datetime, datetime]:
    """The first and the last day that it speaks of."""
    match override:
        case Override(date=datetime() as day):
            return day, day
        case Override(first=datetime() as first, last=datetime() as last):
            return first, last
        case _:
            raise TypeError("an override has a date, or a first and a last day")


def _horizon(site: Site) -> datetime:
    """The last second of next year, by the office's clock; naive."""
    year = site.today.year + 1
    return datetime.combine(date(year, 12, 31), time(23, 59, 59))
