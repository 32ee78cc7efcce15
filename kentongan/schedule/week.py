"""ISO weeks, Monday to Sunday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

YEARS = range(1900, 2200)
"""The years that anything is dated in."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO 8601 week by its Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Self:
        """The week of *day* (for an instant: of its date in its own zone)."""
        if isinstance(day, datetime):
            day = day.date()
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The week of a day (``2020-07-22``), or of that name (``2020-W30``).

        :raises ValueError: when *text* is neither, or centuries away.
        """
        day = date.fromisoformat(text)
        if day.year not in YEARS:
            raise ValueError(text)
        return cls.of(day)

    @property
    def name(self) -> str:
        """``2020-W30``."""
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=offset) for offset in range(7))

    def begins(self, zone: ZoneInfo) -> datetime:
        """Monday's midnight in *zone*."""
        return datetime.combine(self.monday, time(), tzinfo=zone)

    def later(self, weeks: int) -> Self:
        """The week so many weeks later (earlier, where negative)."""
        return type(self)(self.monday + timedelta(weeks=weeks))
