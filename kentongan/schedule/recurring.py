"""What comes round by a rule (RFC 5545, 3.3.10): its dates, and the rule as a calendar writes it.

A rule is counted out in the local time of a zone and the zone is attached to each date afterwards, so that ten
o'clock stays ten o'clock on both sides of a change to summer time. A local time that a change makes happen twice is
its first, and one that a change leaves out is counted by the clock as it was before (3.3.5).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import parser

from kentongan.model.recurrence import expand, parts_of

YEARS_AHEAD = 10
"""How many years ahead a date is looked for; what comes round more rarely counts as over."""

_YEARS_KEPT = 4096
"""Expansions held in memory: one for each rule, start and calendar year. A year of a weekly rule is 3 kB."""

_MOST_COUNTED = 10_000
"""Dates that a COUNT is followed for: twenty-seven years of every day. A higher one is taken for no end at all."""

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_STEPS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
"""The periods whose length in days is fixed, so that a start can be moved by them and hit the same dates."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """Dates by *rule* (without COUNT and UNTIL) from *start* on, of which those from *first* to *last* take place.

    The three times are naive and local in *zone* (IANA); both limits count in. No *last*, or one in 9999: for ever.
    *also* are starts that the rule does not hit, in order, and between the same limits.
    """

    rule: str
    start: datetime
    zone: str
    first: datetime
    last: datetime | None
    also: tuple[datetime, ...] = ()

    @classmethod
    def of(
        cls,
        rule: str,
        start: datetime,
        zone: str,
        *,
        until: datetime | None = None,
        valid_from: datetime | None = None,
        valid_to: datetime | None = None,
        also: Iterable[datetime] = (),
    ) -> Recurring:
        """The dates of a rule as a record states it; the three limits are days, and count in."""
        parts = parts_of(rule)
        ends = [_last_second(day) for day in (until, valid_to) if day]
        ends += [end for end in (_until(parts, zone), _counted_out(rule, start)) if end]
        bare = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
        last = min((end for end in ends if end.year < MAXYEAR), default=None)
        return cls(bare, start, zone, max(start, valid_from or start), last, tuple(sorted(set(also))))

    def within(self, first: datetime, last: datetime) -> tuple[datetime, ...]:
        """The dates from *first* to *last*, both naive, local and counted in; aware, in order."""
        zone = ZoneInfo(self.zone)
        low, high = (edge.replace(tzinfo=zone) for edge in (max(first, self.first), min(last, self.last or last)))
        ruled = tuple(
            start
            for year in range(low.year, high.year + 1)
            for start in _cut(_in_year(self.rule, self.start, self.zone, year), low, high)
        )
        more = _cut(tuple(start.replace(tzinfo=zone) for start in self.also), low, high)
        return tuple(sorted({*ruled, *more})) if more else ruled

    def on(self, day: date) -> tuple[datetime, ...]:
        """The dates on a local day; a rule alone has at most one."""
        midnight = datetime.combine(day, time())
        return self.within(midnight, _last_second(midnight))

    def hits(self, instant: datetime) -> bool:
        """Whether *instant*, which is told in this zone, is one of the dates."""
        local = instant.replace(tzinfo=None)
        return bool(self.within(local, local))

    def between(self, since: datetime, until: datetime) -> tuple[datetime, ...]:
        """The dates that begin at *since* or later and before *until*, both instants."""
        since, until = since.astimezone(UTC), until.astimezone(UTC)
        # Local time runs backwards once a year in some zones: a day more on either side holds all there can be.
        near = list(self.within(self._local(since) - _DAY, self._local(until) + _DAY))
        while near and near[-1] >= until:
            near.pop()
        return tuple(near[next((place for place, start in enumerate(near) if start >= since), len(near)) :])

    def since(self, instant: datetime) -> Iterator[datetime]:
        """The dates that begin at *instant* or later, in order, as far as :data:`YEARS_AHEAD` years on."""
        local = self._local(instant)
        for year in range(max(local, self.first).year, self._last_year(local) + 1):
            for start in self.within(*_year(year)):
                if start >= instant:
                    yield start

    def begins(self) -> datetime | None:
        """The first date that takes place; ``None``: there is none."""
        return next(self.since(self.first.replace(tzinfo=ZoneInfo(self.zone))), None)

    def final(self) -> datetime | None:
        """The last date that takes place; ``None``: it goes on for ever, or there is none."""
        return self._latest(self.last) if self.last else None

    def goes_on(self, instant: datetime) -> bool:
        """Whether a date begins at *instant* or later."""
        if self.last is None:
            return self.begins() is not None
        final = self.final()
        return final is not None and final >= instant

    def before(self, start: datetime) -> datetime | None:
        """The last date that comes before *start*, which is told in this zone."""
        return self._latest(start.replace(tzinfo=None) - _SECOND)

    def extras(self) -> tuple[datetime, ...]:
        """The dates that its rule does not hit, in order."""
        zone, ruled = ZoneInfo(self.zone), self.ruled()
        dates = (start.replace(tzinfo=zone) for start in self.also if self.first <= start <= (self.last or start))
        return tuple(date for date in dates if not ruled.hits(date))

    def ruled(self) -> Recurring:
        """The dates of the rule alone: DTSTART of a calendar's series has to be one of them (RFC 5545, 3.8.5.3)."""
        return replace(self, also=())

    def rrule(self) -> str:
        """RRULE as a calendar needs it, with the first date of :meth:`ruled` as DTSTART: UNTIL in UTC (3.3.10)."""
        if self.last is None:
            return self.rule
        until = self.last.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        return f"{self.rule};UNTIL={until:%Y%m%dT%H%M%SZ}"

    def _latest(self, limit: datetime) -> datetime | None:
        years = (_year(year) for year in range(limit.year, self.first.year - 1, -1))
        found = (self.within(first, min(last, limit)) for first, last in years)
        return next((dates[-1] for dates in found if dates), None)

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def _last_year(self, local: datetime) -> int:
        reach = min(max(local, self.first).year + YEARS_AHEAD, MAXYEAR)
        return min(reach, self.last.year) if self.last else reach


def _cut(dates: tuple[datetime, ...], low: datetime, high: datetime) -> tuple[datetime, ...]:
    return dates[bisect_left(dates, low) : bisect_right(dates, high)]


@lru_cache(maxsize=_YEARS_KEPT)
def _in_year(rule: str, start: datetime, zone: str, year: int) -> tuple[datetime, ...]:
    """The dates of one calendar year, aware. By years, so that another day's window finds them again."""
    first, last = _year(year)
    if last < start:
        return ()
    dates = expand(rule, _nearer(rule, start, first)).between(first, last, inc=True)
    return tuple(date.replace(tzinfo=ZoneInfo(zone)) for date in dates)


def _nearer(rule: str, start: datetime, goal: datetime) -> datetime:
    """A start that gives the same dates from *goal* on, without all those before it where the rule allows that.

    It stays a whole period away, since the week that a start lies in is a week with its beginning cut off.
    """
    parts = parts_of(rule)
    step = _STEPS.get(parts["FREQ"])
    if step is None or goal <= start:
        return start
    period = step * int(parts.get("INTERVAL") or 1)
    spare = -(-timedelta(weeks=1) // period)
    return start + period * max(0, (goal - start) // period - spare)


def _until(parts: dict[str, str], zone: str) -> datetime | None:
    """UNTIL as naive local time; a day without a time counts in, and one in UTC is told in *zone*."""
    if not (text := parts.get("UNTIL")):
        return None
    until = parser.parse(text)
    if until.tzinfo and until.year < MAXYEAR:
        return until.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return until.replace(tzinfo=None) if "T" in text else _last_second(until)


@lru_cache(maxsize=_YEARS_KEPT)
def _counted_out(rule: str, start: datetime) -> datetime | None:
    """The last date by COUNT; ``None`` without one, or with one that nobody counts to."""
    count = int(parts_of(rule).get("COUNT") or 0)
    if not 0 < count <= _MOST_COUNTED:
        return None
    return max(islice(expand(rule, start), count), default=None)


def _year(year: int) -> tuple[datetime, datetime]:
    """The first and the last second of a calendar year, naive."""
    return datetime.combine(date(year, 1, 1), time()), _last_second(datetime.combine(date(year, 12, 31), time()))


def _last_second(day: datetime) -> datetime:
    return day.replace(hour=23, minute=59, second=59)
