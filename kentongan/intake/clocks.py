"""An hour that the text tells by one clock, told by another: a record's times are those of its station."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kentongan.model import Station
from kentongan.model.fields import ZONES


def by_station(when: datetime, zone: str | None, station: Station | None) -> datetime:
    """*when*, local to *zone* (``WITA``), by the clock of *station*; as it is where either is not known."""
    if zone is None or station is None:
        return when
    moved = when.replace(tzinfo=ZoneInfo(ZONES[zone])).astimezone(ZoneInfo(station.zone))
    return moved.replace(tzinfo=None)
