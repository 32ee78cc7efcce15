"""A slot on one of its stations: when it comes round there, and which override speaks of which of its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kentongan.model import Override, Program, Slot
from kentongan.schedule.broadcast import Broadcast
from kentongan.schedule.identity import stable_uuid
from kentongan.schedule.recurring import Recurring
from kentongan.site import Site

Place = tuple[str, datetime]
"""A station, and a start on it."""

_DAY, _NIGHT = timedelta(days=1), timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Line:
    """A slot on *station*, whose clock is that of *zone*. ``uid`` is that of the series it is in calendars.

    ``dates`` go by the clock of the slot's own station, also where another carries it at the same instants.
    ``overrides`` are those that may speak of it, the last in the file first, each with its first and last day.
    """

    program: Program
    slot: Slot
    station: str
    zone: ZoneInfo
    uid: str
    dates: Recurring
    overrides: tuple[tuple[date, date, Override], ...]

    def override(self, start: datetime) -> Override | None:
        """The override that counts for the occurrence at *start*."""
        if not self.overrides:
            return None
        day = start.date()
        return next((one for first, last, one in self.overrides if first <= day <= last), None)

    def under(self, override: Override, horizon: datetime) -> tuple[datetime, ...]:
        """The occurrences for which *override* counts; of a range, those up to *horizon* (naive, local)."""
        first, last = override.days
        reach = last if override.date else min(last, horizon)
        dates = self.dates.within(first, reach.replace(hour=23, minute=59, second=59))
        return tuple(start for start in dates if self.override(start) is override)

    def place(self, start: datetime) -> Place:
        return self.station, start

    def occurrence(self, start: datetime) -> str:
        """What names the occurrence at *start* within its program: its slot and day, and what else it needs.

        No id that a file may state holds a dot, so the UIDs made of this are no other's.
        """
        by_the_rule = (start.hour, start.minute) == (self.slot.start.hour, self.slot.start.minute)
        carried = () if self.station == self.slot.station else (self.station,)
        return ".".join((self.slot.id, *carried, f"{start:%Y%m%d}" if by_the_rule else f"{start:%Y%m%dT%H%M}"))

    def broadcast(self, start: datetime) -> Broadcast:
        """The slot's broadcast at *start*, as usual, in the time of the station."""
        start = start if self.station == self.slot.station else start.astimezone(self.zone)
        end = later(start, self.slot.duration)
        return Broadcast(
            uid=self.uid,
            program=self.program.id,
            station=self.station,
            start=start,
            end=end,
            counts_until=end,
            kind=self.slot.kind,
            slot=self.slot.id,
        )


def lines_of(site: Site, program: Program, slot: Slot) -> Iterator[Line]:
    """*slot* on each of its stations."""
    meant = [override for override in overrides_of(site, program) if override.slot in (None, slot.id)]
    spans = tuple((one.days[0].date(), one.days[1].date(), one) for one in reversed(meant))
    dates = dates_of(site, slot)
    for station in slot.stations:
        uid = series_uid(program, slot, station)
        yield Line(program, slot, station, site.station_zone(station), uid, dates, spans)


def overrides_of(site: Site, program: Program) -> tuple[Override, ...]:
    """What departs from the program's slots, of which the last counts: the office's for all programs, then its own."""
    return (*(site.office.overrides if program.office_overrides else ()), *program.overrides)


def series_uid(program: Program, slot: Slot, station: str | None = None) -> str:
    """The UID of a slot's series, on the slot's own station or on another *station* that carries it.

    It survives a change of everything but the program's guid, the slot's id, and the other station's.
    """
    carried = f":{station}" if station not in (None, slot.station) else ""
    return stable_uuid("slot", f"{program.guid}:{slot.id}{carried}")


def dates_of(site: Site, slot: Slot) -> Recurring:
    """When a slot comes round, in the time of its station."""
    return Recurring.of(
        slot.rule,
        slot.start,
        str(site.station_zone(slot.station)),
        until=slot.until,
        valid_from=slot.valid_from,
        valid_to=slot.valid_to,
        also=slot.also,
    )


def new_start(start: datetime, override: Override) -> datetime | None:
    """When a broadcast that was to begin at *start* begins instead; ``None``: then, as usual."""
    there = start
    if override.time:
        there = _at(start, override.time)
    elif override.start:
        there = override.start.replace(tzinfo=start.tzinfo)
    return there if there != start else None


def _at(start: datetime, clock: time) -> datetime:
    """*clock* on the day of *start*, or just across midnight: 00.15 instead of 23.30 is of the same night."""
    there = start.replace(hour=clock.hour, minute=clock.minute, fold=0)
    across = min(there - _DAY, there + _DAY, key=lambda one: abs(one - start))
    return across if abs(across - start) <= _NIGHT else there


def later(start: datetime, minutes: int) -> datetime:
    """So many minutes of real time after *start*, in the same zone."""
    length = timedelta(minutes=minutes)
    end = start + length
    if end.utcoffset() == start.utcoffset():
        return end
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
