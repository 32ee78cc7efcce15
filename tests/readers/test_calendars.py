"""ical.js, python-dateutil and icalendar hear in our calendars what we say is on: the sample's, and drawn ones."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings

from kentongan.markup import Prose
from kentongan.schedule import broadcasts, broadcasts_between
from kentongan.schedule.calendar import consultations_calendar, program_calendar, render_calendar, site_calendar
from kentongan.schedule.consultations import meetings
from kentongan.site import assemble
from kentongan.store import load
from proof.calendars import by_dateutil
from tests.offices import ROOT
from tests.readers import ical_js
from tests.thorough import examples
from tests.unit.schedule.timetables import SINCE, UNTIL, heard, timetables

needs_ical_js = pytest.mark.skipif(ical_js.missing() is not None, reason=ical_js.missing() or "")

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
FIRST, LAST = NOW - timedelta(days=300), NOW + timedelta(days=100)
"""With Lebaran, a Ramadan, Christmas and the turn of a year in it."""


@pytest.fixture(scope="module")
def sample():
    """Each calendar of the sample office, with the instants at which we say something in it begins."""
    prose = Prose()
    site = assemble(load(ROOT / "content", prose), "https://kentongan.example", NOW)
    prose.close()
    dated = broadcasts(site)
    told = [one for one in broadcasts_between(site, FIRST, LAST) if one.takes_place]
    views = {site_calendar(site, dated): told}
    for program in site.programs:
        views[program_calendar(site, dated, program)] = [one for one in told if one.program == program.id]
    held = [one for one in told if one.episode and site.consultations_on(site.episode(one.episode))]
    met = [one for record in site.consultations if not record.episode for one in meetings(site, record, FIRST, 200)]
    views[consultations_calendar(site)] = [*held, *met]
    return [
        (render_calendar(view), sorted(one.start.astimezone(UTC) for one in ours if FIRST <= one.start < LAST))
        for view, ours in views.items()
    ]


def by_icalendar(data):
    """What recurring_ical_events, which unlike others also gives what is cancelled and what began before, finds."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(FIRST, LAST)
    starts = (one["dtstart"].dt.astimezone(UTC) for one in found if one["status"] != "CANCELLED")
    return sorted(start for start in starts if FIRST <= start < LAST)


def test_python_hears_the_sample_as_we_tell_it(sample):
    assert len(sample) == 7
    for data, ours in sample:
        assert len(ours) > 5
        assert by_dateutil(data, FIRST, LAST) == ours
        assert by_icalendar(data) == ours


@needs_ical_js
def test_ical_js_hears_the_sample_as_we_tell_it(sample):
    assert ical_js.heard([data for data, _ours in sample], FIRST, LAST) == [ours for _data, ours in sample]


@settings(max_examples=examples(50))
@given(timetables())
def test_dateutil_hears_what_we_say(site):
    assert by_dateutil(render_calendar(site_calendar(site, broadcasts(site))), SINCE, UNTIL) == heard(site)


@needs_ical_js
def test_ical_js_hears_what_we_say():
    drawn = []

    @settings(max_examples=examples(50), database=None)
    @given(timetables())
    def draw(site):
        drawn.append((render_calendar(site_calendar(site, broadcasts(site))), heard(site)))

    draw()
    told = ical_js.heard([data for data, _ours in drawn], SINCE, UNTIL)
    assert told == [ours for _data, ours in drawn]
