"""Random slots with overrides and episodes: our expansion, python-dateutil and ical.js hear the same instants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
from dateutil.rrule import rruleset, rrulestr
from hypothesis import HealthCheck, Phase, given, settings

from kentongan.schedule import broadcasts
from kentongan.schedule.calendar import render_calendar, site_calendar
from kentongan.site import Site
from tests.readers import ical_js
from tests.unit.schedule.timetables import SINCE, UNTIL, heard, timetables

COUNT = 10_000
BATCH = 500
_FAR = timedelta(days=400)
"""No date is moved further than that in what is drawn."""


def prove() -> dict[str, Any]:
    """How many timetables and broadcasts were compared, and with what.

    :raises AssertionError: at the first timetable in which somebody hears anything else.
    :raises RuntimeError: when ical.js is not installed.
    """
    if reason := ical_js.missing():
        raise RuntimeError(reason)
    comparison = Comparison()

    @settings(
        max_examples=COUNT,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(timetables())
    def draw(site: Site) -> None:
        comparison.compare(site)

    draw()
    comparison.ask_ical_js()
    return {**comparison.counted, "readers": ["kentongan", "python-dateutil", "ical.js"], "differences": 0}


class Comparison:
    """What was compared so far; ical.js is asked in batches."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self._batch: list[tuple[bytes, list[datetime]]] = []

    def compare(self, site: Site) -> None:
        """Holds what dateutil reads in the site's calendar to our own expansion."""
        data, ours = render_calendar(site_calendar(site, broadcasts(site))), heard(site)
        assert by_dateutil(data, SINCE, UNTIL) == ours, data.decode()
        self.counted.update(
            timetables=1,
            series=data.count(b"\r\nRRULE"),
            departures=data.count(b"\r\nRECURRENCE-ID") + data.count(b"\r\nEXDATE"),
            broadcasts=len(ours),
        )
        self._batch.append((data, ours))
        if len(self._batch) == BATCH:
            self.ask_ical_js()

    def ask_ical_js(self) -> None:
        """Holds what ical.js reads in the calendars that are waiting to our own expansion."""
        told = ical_js.heard([data for data, _ours in self._batch], SINCE, UNTIL)
        for (data, ours), theirs in zip(self._batch, told, strict=True):
            assert theirs == ours, data.decode()
        self._batch.clear()


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
