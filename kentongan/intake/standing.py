"""Standing announcements: their rule, their first day, and the slot they propose for a program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr

from kentongan.intake.announcement import Announcement
from kentongan.intake.clocks import by_station
from kentongan.intake.matching import Match, station_of, sure
from kentongan.intake.recurrence import CODES
from kentongan.site.slugs import slug


def slot_proposal(announcement: Announcement, matches: Mapping[str, Match], now: datetime) -> dict[str, Any]:
    """The slot of a standing announcement, as it would stand under ``slots:`` of its program; ``None``: to be asked.

    Its first time is by the station's clock; where that is another day than the text's, the rule is asked.
    """
    recurs = announcement.recurs.value if announcement.recurs else ()
    known, said = sure(matches).get("station"), announcement.station
    first = first_time(announcement, now)
    start = _by_station(first, announcement, matches) if first else None
    same_day = start is None or first is None or start[:10] == first[:10]
    return {
        "id": "-".join(code.lower().lstrip("-") for code in recurs) or "slot",
        "station": known.record.id if known else slug(said.value) if said else None,
        "start": start,
        "duration": minutes(announcement),
        "rule": rule_of(recurs) if recurs and same_day else None,
    }


def _by_station(first: str, announcement: Announcement, matches: Mapping[str, Match]) -> str:
    zone = announcement.zone.value if announcement.zone else None
    return f"{by_station(datetime.fromisoformat(first), zone, station_of(matches)):%Y-%m-%d %H:%M}"


def rule_of(recurs: tuple[str, ...]) -> str:
    """RFC 5545: weekly on ``MO``, monthly on ``1FR``."""
    monthly = any(code not in CODES for code in recurs)
    return f"FREQ={'MONTHLY' if monthly else 'WEEKLY'};BYDAY={','.join(recurs)}"


def minutes(read: Announcement) -> int | None:
    """How long it lasts; past midnight too."""
    if read.time is None or read.end_time is None:
        return None
    first, last = (int(one.value[:2]) * 60 + int(one.value[3:]) for one in (read.time, read.end_time))
    return (last - first) % 1440 or None


def first_time(read: Announcement, now: datetime) -> str | None:
    """The first time it holds: on the day the text names, else the first one that its rule gives from *now* on."""
    if read.time is None or read.recurs is None:
        return None
    day = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if read.date and not read.date.value.startswith("-"):
        day = datetime.fromisoformat(read.date.value)
    first = rrulestr(rule_of(read.recurs.value), dtstart=day)[0]
    return f"{first:%Y-%m-%d} {read.time.value}"


def standing_end(start: str | None, length: int | None) -> str | None:
    """When the first one ends that begins at *start* and lasts *length* minutes."""
    if start is None or length is None:
        return None
    return f"{datetime.fromisoformat(start) + timedelta(minutes=length):%Y-%m-%d %H:%M}"
