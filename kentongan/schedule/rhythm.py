"""A recurrence rule as people think of it: every so many days, weeks, months or years, and on which of them.

The rules of RFC 5545 (3.3.10) say far more than people do. What has no everyday form has no rhythm here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kentongan.model.recurrence import parts_of

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
"""As *nth* weekday or day of a month: its last."""

_WEEKDAY = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)")
_UNSAID = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST")
_NTHS = {1, 2, 3, 4, 5, LAST}

NthWeekday = tuple[int, int]
"""Which of its month (0: each, -1: the last), and which of the week (0: Monday)."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every *interval* units: of a week on *weekdays*, of a month on those or on *month_days*, else on its start's."""

    unit: Literal["day", "week", "month", "year"]
    interval: int
    weekdays: tuple[NthWeekday, ...] = ()
    month_days: tuple[int, ...] = ()

    @property
    def beats(self) -> frozenset[int]:
        """The days of the week it falls on; none where it goes by the date."""
        if self.unit == "day" and self.interval == 1:
            return frozenset(range(7))
        return frozenset(day for _, day in self.weekdays)


def rhythm_of(rule: str, start: datetime) -> Rhythm | None:
    """The rhythm of a rule whose first date is *start*; ``None``: it has no everyday form."""
    parts = parts_of(rule)
    interval = int(parts.get("INTERVAL") or 1)
    said = {name: value for name, value in parts.items() if name not in _UNSAID}
    match parts["FREQ"]:
        case "DAILY":
            return _daily(interval, said)
        case "WEEKLY":
            return _weekly(interval, said, start)
        case "MONTHLY":
            return _monthly(interval, said, start)
        case _:
            return _yearly(interval, said, start)


def _daily(interval: int, said: Mapping[str, str]) -> Rhythm | None:
    if not said:
        return Rhythm("day", interval)
    days = _weekdays(said.get("BYDAY", ""))
    return Rhythm("week", 1, days) if said.keys() == {"BYDAY"} and interval == 1 and _plain(days) else None


def _weekly(interval: int, said: Mapping[str, str], start: datetime) -> Rhythm | None:
    if not said:
        return Rhythm("week", interval, ((0, start.weekday()),))
    days = _weekdays(said.get("BYDAY", ""))
    return Rhythm("week", interval, days) if said.keys() == {"BYDAY"} and _plain(days) else None


def _monthly(interval: int, said: Mapping[str, str], start: datetime) -> Rhythm | None:
    if not said:
        return Rhythm("month", interval, month_days=(start.day,))
    if said.keys() == {"BYMONTHDAY"}:
        dates = _numbers(said["BYMONTHDAY"])
        return Rhythm("month", interval, month_days=dates) if dates == (LAST,) or min(dates) > 0 else None
    if said.keys() <= {"BYDAY", "BYSETPOS"}:
        days = _numbered(_weekdays(said.get("BYDAY", "")), said.get("BYSETPOS"))
        return Rhythm("month", interval, days) if days and {nth for nth, _ in days} <= _NTHS else None
    return None


def _yearly(interval: int, said: Mapping[str, str], start: datetime) -> Rhythm | None:
    """On its start's date alone; the 29th of February is no date that every year has."""
    usual = {"BYMONTH": (start.month,), "BYMONTHDAY": (start.day,)}
    told = {name: _numbers(value) for name, value in said.items() if name in usual}
    is_plain = told.keys() == said.keys() and "BYMONTH" in (told or usual) and told.items() <= usual.items()
    return Rhythm("year", interval) if is_plain and (start.month, start.day) != (2, 29) else None


def _weekdays(text: str) -> tuple[NthWeekday, ...]:
    found = {(int(nth or 0), WEEKDAYS.index(day)) for nth, day in _WEEKDAY.findall(text)}
    return tuple(sorted(found, key=lambda one: (one[0] == LAST, one)))


def _numbered(days: tuple[NthWeekday, ...], places: str | None) -> tuple[NthWeekday, ...]:
    """*days* with the numbers that BYSETPOS gives to a single one; of several it would count them all together."""
    if places is None:
        return days
    return tuple((nth, days[0][1]) for nth in _numbers(places)) if len(days) == 1 and _plain(days) else ()


def _plain(days: tuple[NthWeekday, ...]) -> bool:
    return bool(days) and not any(nth for nth, _ in days)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in text.split(",") if number}))
