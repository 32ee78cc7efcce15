"""Standing slots and what departs from them -> dated broadcasts.

Of the overrides that speak of an occurrence the last in the program's file counts, else the last in ``site.yml``.
Before any of them comes an episode: where one of the program's episodes has a broadcast of its own at the same start on
the same station, that is the slot's occurrence told in full. A broadcast that is moved onto another occurrence takes
its place, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from kentongan.model import BroadcastKind, Episode, Override, Program
from kentongan.schedule.broadcast import Broadcast
from kentongan.schedule.identity import stable_uuid
from kentongan.schedule.lines import Line, Place, lines_of, new_start, overrides_of
from kentongan.site import Site

Taken = Mapping[str, Set[Place]]
"""Where the episodes of each program have broadcasts of their own."""


@dataclass(frozen=True)
class Timetable:
    """A program's slots, among what is ``taken`` by episodes.

    ``horizon`` (naive, local) is the end of next year: how far ahead an override of a range is followed. It and
    everything that comes of it change once a year.
    """

    site: Site
    program: Program
    taken: Taken
    horizon: datetime

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for slot in self.program.slots for line in lines_of(self.site, self.program, slot))

    @cached_property
    def overrides(self) -> tuple[Override, ...]:
        return overrides_of(self.site, self.program)

    @cached_property
    def own(self) -> Set[Place]:
        """Where the program's own episodes have broadcasts of their own."""
        return self.taken.get(self.program.id, frozenset())

    @cached_property
    def landed(self) -> frozenset[Place]:
        """Where moved broadcasts went."""
        return frozenset(line.place(there) for line, _start, there in self._moves)

    def between(self, since: datetime, until: datetime) -> Iterator[Broadcast]:
        """The broadcasts of slots, without those that an episode fills, from *since* on and before *until*."""
        for line in self.lines:
            for start in line.dates.between(since, until):
                for one in self.outcome(line, start):
                    if one.moved_from is None:
                        yield one
        for line, start, there in self._moves:
            if since <= there < until:
                yield from (one for one in self.outcome(line, start) if one.moved_from)

    def outcome(self, line: Line, start: datetime) -> tuple[Broadcast, ...]:
        """What became of an occurrence: itself, what it was and what is instead, or nothing but an episode's."""
        override = line.override(start)
        if _holds(self.own, line, start) or (override and self.replacing(override)):
            return ()
        if override is None:
            return () if _holds(self.landed, line, start) else (line.broadcast(start),)
        if override.cancel:
            return (replace(line.broadcast(start), cancelled=True, reason=override.reason),)
        if override.program:
            return self._replaced(line, start, override)
        if there := new_start(start, override):
            return self._moved(line, start, there, override)
        return (replace(line.broadcast(start), reason=override.reason),)

    def departures(self, line: Line) -> dict[datetime, Broadcast | None]:
        """The occurrences that are not as usual, in order, each with what its series tells of it.

        ``None``: nothing, since it is an episode's now, or another broadcast has its place, or because it was
        cancelled before last year: nobody waits for it any more, and calendars would only grow.
        """
        zone = ZoneInfo(line.dates.zone)
        places = (start.astimezone(zone) for station, start in self.own | self.landed if station == line.station)
        starts = {start for start in places if line.dates.hits(start)}
        starts.update(*(line.under(override, self.horizon) for override in self.overrides))
        return {start: self._told(line, start) for start in sorted(starts)}

    def guests(self) -> Iterator[Broadcast]:
        """The broadcasts of other programs that come instead of this one's, whenever that is."""
        for line, start, override in self._under(lambda one: one.program is not None):
            yield from (one for one in self._replaced(line, start, override) if one.instead_of)

    def replacing(self, override: Override) -> Episode | None:
        """The episode that an override puts in the place of what is usual, if it is public and of this program."""
        episode = self.site.episode(override.episode) if override.episode else None
        return episode if episode and episode.program == self.program.id else None

    def filled_by(self, episode: Episode) -> Iterator[Broadcast]:
        """The occurrences that overrides have given to *episode*, as its broadcasts."""
        for line, start, override in self._under(lambda one: one.episode == episode.id):
            yield _filled(self.site, line, start, episode, override)

    @cached_property
    def _moves(self) -> tuple[tuple[Line, datetime, datetime], ...]:
        """Every occurrence that is moved, whenever that is, and its new start: that may be anywhere."""
        moved = self._under(lambda one: bool(one.start or one.time))
        return tuple((line, start, there) for line, start, one in moved if (there := new_start(start, one)))

    def _under(self, chosen: Callable[[Override], bool]) -> Iterator[tuple[Line, datetime, Override]]:
        """The occurrences for which a *chosen* override counts, since no episode states them itself."""
        for override in filter(chosen, self.overrides):
            for line in self.lines:
                for start in line.under(override, self.horizon):
                    if not _holds(self.own, line, start):
                        yield line, start, override

    def _told(self, line: Line, start: datetime) -> Broadcast | None:
        told = next((one for one in reversed(self.outcome(line, start)) if one.uid == line.uid), None)
        if told is None or told.moved_to:
            return None
        return None if told.cancelled and start.year < self.horizon.year - 2 else told

    def _moved(self, line: Line, start: datetime, there: datetime, override: Override) -> tuple[Broadcast, ...]:
        before = replace(line.broadcast(start), reason=override.reason, moved_to=there.astimezone(line.zone))
        if _holds(self.own, line, there):
            return (before,)
        return before, replace(line.broadcast(there), reason=override.reason, moved_from=before.start)

    def _replaced(self, line: Line, start: datetime, override: Override) -> tuple[Broadcast, ...]:
        """The program's own broadcast, which is cancelled, and that of the other, which an episode of it may fill."""
        other = self.site.program(override.program or "")
        usual = replace(line.broadcast(start), reason=override.reason)
        gone = replace(usual, cancelled=True, replaced_by=other.id if other else None)
        if other is None or _holds(self.taken.get(other.id, frozenset()), line, start):
            return (gone,)
        uid = stable_uuid("guest", f"{self.program.guid}:{line.occurrence(start)}:{other.guid}")
        return gone, replace(usual, uid=uid, program=other.id, instead_of=self.program.id)


def timetable(site: Site, program: Program, own: Iterable[Broadcast]) -> Timetable:
    """*own*: broadcasts among which are those that episodes of the program, and of its guests, state themselves."""
    return Timetable(site, program, _taken(own), _horizon(site))


def standing(site: Site, own: Iterable[Broadcast], since: datetime, until: datetime) -> tuple[Broadcast, ...]:
    """The broadcasts of all slots, without those that an episode fills, from *since* on and before *until*.

    *own*: the broadcasts that episodes state themselves. In no order.
    """
    tables = timetables(site, own, until.replace(tzinfo=None))
    return tuple(one for table in tables for one in table.between(since, until))


def timetables(site: Site, own: Iterable[Broadcast], reach: datetime | None = None) -> Iterator[Timetable]:
    """The timetable of every program with slots or overrides, at least as far as *reach* (naive, local).

    *own* as in :func:`standing`.
    """
    taken, horizon = _taken(own), max(_horizon(site), reach or _horizon(site))
    return (Timetable(site, program, taken, horizon) for program in site.programs if program.slots or program.overrides)


def _taken(own: Iterable[Broadcast]) -> Taken:
    taken: defaultdict[str, set[Place]] = defaultdict(set)
    for one in own:
        if one.slot is None:
            taken[one.program].add((one.station, one.start))
    return taken


def _holds(places: Set[Place], line: Line, start: datetime) -> bool:
    """Whether *start* on the line's station is among *places*; to ask none costs no hash of an aware time."""
    return bool(places) and line.place(start) in places


def _filled(site: Site, line: Line, start: datetime, episode: Episode, override: Override) -> Broadcast:
    """An occurrence that is an episode's."""
    heard = site.first_heard(episode)
    return replace(
        line.broadcast(start),
        uid=f"{episode.guid}-{line.occurrence(start)}",
        kind=BroadcastKind.REPEAT if heard and heard < start else line.slot.kind,
        episode=episode.id,
        cancelled=bool(episode.cancelled),
        reason=episode.cancelled or override.reason,
    )


def _horizon(site: Site) -> datetime:
    """The last second of next year, by the office's clock; naive."""
    year = site.today.year + 1
    return datetime.combine(date(year, 12, 31), time(23, 59, 59))
