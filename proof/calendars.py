"""Random slots with overrides and episodes: our expansion, python-dateutil and ical.js hear the same instants."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
from dateutil.rrule import rruleset, rrulestr
from hypothesis import HealthCheck, Phase, given, seed, settings

from kentongan.schedule import broadcasts
from kentongan.schedule.calendar import render_calendar, site_calendar
from kentongan.site import Site
from tests.readers import ical_js
from tests.unit.schedule.timetables import SINCE, UNTIL, heard, timetables

BATCHES, BATCH = 100, 100
_FAR = timedelta(days=400)
"""No date is moved further than that in what is drawn."""


def prove() -> dict[str, Any]:
    """How many timetables and broadcasts were compared, and with what.

    :raises AssertionError: at the first timetable in which somebody hears anything else.
    :raises RuntimeError: when ical.js is not installed.
    """
    if reason := ical_js.missing():
        raise RuntimeError(reason)
    counted: Counter[str] = Counter()
    with ProcessPoolExecutor() as processes:
        for found in processes.map(compare, range(BATCHES)):
            counted += found
            print(f"  {counted['timetables']} of {BATCHES * BATCH}", file=sys.stderr, flush=True)
    return {**counted, "readers": ["kentongan", "python-dateutil", "ical.js"], "differences": 0}


def compare(number: int) -> Counter[str]:
    """Holds what dateutil and ical.js read in one batch of calendars to our own expansion.

    :raises AssertionError: with the calendar in which they differ.
    """
    drawn = [(render_calendar(site_calendar(site, broadcasts(site))), heard(site)) for site in draw(number)]
    told = ical_js.heard([data for data, _ours in drawn], SINCE, UNTIL)
    counted: Counter[str] = Counter()
    for (data, ours), theirs in zip(drawn, told, strict=True):
        assert by_dateutil(data, SINCE, UNTIL) == ours, data.decode()
        assert theirs == ours, data.decode()
        departures = data.count(b"\r\nRECURRENCE-ID") + data.count(b"\r\nEXDATE")
        counted.update(timetables=1, series=data.count(b"\r\nRRULE"), departures=departures, broadcasts=len(ours))
    return counted


def draw(number: int) -> list[Site]:
    """The timetables of one batch, always the same ones."""
    sites: list[Site] = []

    @seed(number)
    @settings(
        max_examples=BATCH,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(timetables())
    def keep(site: Site) -> None:
        sites.append(site)

    keep()
    return sites[:BATCH]


def by_dateutil(data: bytes, since: datetime, until: datetime) -> list[datetime]:
    """When something begins that takes place in a calendar, from *since* on and before *until*: UTC, in order."""
    groups: dict[str, list[icalendar.Event]] = {}
    for event in icalendar.Calendar.from_ical(data).events:
        groups.setdefault(str(event["uid"]), []).append(event)
    starts = (start for group in groups.values() for start in _starts(group, since - _FAR, until + _FAR))
    return sorted(start for start in starts if since <= start < until)


def _starts(group: list[icalendar.Event], since: datetime, until: datetime) -> Iterator[datetime]:
    """Of one series: what its dates have become, without what is cancelled."""
    instead = {event["recurrence-id"].dt: event for event in group if "recurrence-id" in event}
    for main in (event for event in group if "recurrence-id" not in event):
        for date in _dates(main).between(since, until, inc=True):
            told = instead.get(date, main)
            if told["status"] != "CANCELLED":
                yield (date if told is main else told["dtstart"].dt).astimezone(UTC)


def _dates(event: icalendar.Event) -> rruleset:
    dates, start = rruleset(), event["dtstart"].dt
    dates.rdate(start)
    if "rrule" in event:
        dates.rrule(rrulestr(event["rrule"].to_ical().decode(), dtstart=start))
    for date in _listed(event, "rdate"):
        dates.rdate(date)
    for date in _listed(event, "exdate"):
        dates.exdate(date)
    return dates


def _listed(event: icalendar.Event, name: str) -> list[datetime]:
    found = event.get(name, [])
    return [one.dt for each in (found if isinstance(found, list) else [found]) for one in each.dts]
