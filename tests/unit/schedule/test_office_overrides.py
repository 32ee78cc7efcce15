"""Days on which no program is heard as usual: stated once, in ``site.yml``."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from pydantic import ValidationError

from kentongan.build.slot_findings import slot_findings
from kentongan.model import Office
from kentongan.schedule import broadcasts
from kentongan.schedule.calendar import consultations_calendar, program_calendar, render_calendar, site_calendar
from kentongan.schedule.consultations import last_meeting, meetings
from kentongan.views.timeline import timeline
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import override, slot

LEBARAN = override(first="2020-07-27", last="2020-08-07", cancel="yes", reason="Libur Lebaran")
RAMADAN = override(first="2020-07-27", last="2020-08-07", time="16:30", reason="Selama Ramadan")


def other(**fields):
    slots = [slot(id="kamis", start="2020-07-02 14:00", rule="FREQ=WEEKLY")]
    return made.program(**{"id": "lain", "guid": "lain", "slots": slots} | fields)


def states(site):
    """What the second and third week are told of."""
    days = ("07-29", "07-30", "08-05", "08-06")
    told = [one for one in broadcasts(site) if f"{one.start:%m-%d}" in days]
    return [(one.program, f"{one.start:%m-%d %H:%M}", one.state(site.now).value, one.reason) for one in told]


def test_a_holiday_takes_every_program_off_and_says_why():
    assert states(standing.site(other(), for_all=[LEBARAN])) == [
        ("obrolan", "07-29 10:00", "cancelled", "Libur Lebaran"),
        ("lain", "07-30 14:00", "cancelled", "Libur Lebaran"),
        ("obrolan", "08-05 10:00", "cancelled", "Libur Lebaran"),
        ("lain", "08-06 14:00", "cancelled", "Libur Lebaran"),
    ]


def test_a_month_moves_every_program_to_another_hour():
    told = states(standing.site(other(), for_all=[RAMADAN]))
    assert [one[:3] for one in told if one[2] == "announced"] == [
        ("obrolan", "07-29 16:30", "announced"),
        ("lain", "07-30 16:30", "announced"),
        ("obrolan", "08-05 16:30", "announced"),
        ("lain", "08-06 16:30", "announced"),
    ]


def test_a_program_may_go_its_own_way():
    own = standing.site(other(office_overrides="no"), for_all=[LEBARAN])
    assert {one[0] for one in states(own) if one[2] == "cancelled"} == {"obrolan"}


def test_what_a_program_says_itself_comes_first():
    special = override(date="2020-07-29", time="20:00", reason="Malam takbiran")
    site = standing.site(overrides=[special], for_all=[LEBARAN])
    assert [one[1:] for one in states(site)][:2] == [
        ("07-29 10:00", "moved", "Malam takbiran"),
        ("07-29 20:00", "announced", "Malam takbiran"),
    ]
    assert list(slot_findings(site, broadcasts(site))) == []


def test_an_episode_that_is_announced_for_a_holiday_is_heard():
    episode = made.episode(broadcasts=[made.transmission(start="2020-07-29 10:00", end=None)])
    assert states(standing.site(episode, for_all=[LEBARAN]))[0][2:] == ("announced", None)


def test_every_calendar_says_that_it_is_off():
    site = standing.site(for_all=[LEBARAN])
    for view in (
        site_calendar(site, broadcasts(site)),
        program_calendar(site, broadcasts(site), site.programs[0]),
    ):
        events = icalendar.Calendar.from_ical(render_calendar(view)).events
        off = {f"{one['recurrence-id'].dt:%m-%d}": str(one["status"]) for one in events if "recurrence-id" in one}
        assert off == {"07-29": "CANCELLED", "08-05": "CANCELLED"}
        assert "Libur Lebaran" in str(events[1]["description"])


def test_now_and_next_knows_of_it():
    site = standing.site(for_all=[LEBARAN], now=datetime(2020, 8, 5, 10, 30, tzinfo=made.WIB))
    [coming] = timeline(site, broadcasts(site)).rows
    assert datetime.fromtimestamp(coming[0] / 1000, UTC) == datetime(2020, 8, 12, 10, tzinfo=made.WIB)


def weekly(**office):
    consultation = made.meeting(rule="FREQ=WEEKLY;BYDAY=TH", end="2020-07-23 11:00", until="2020-08-13")
    return made.site(consultation, **office)


def dates(site):
    return [f"{one.start:%m-%d}" for one in meetings(site, site.consultations[0], made.BEFORE, 9)]


def test_consultations_are_off_only_where_the_office_says_so():
    assert dates(weekly(overrides=[LEBARAN])) == ["07-23", "07-30", "08-06", "08-13"]
    off = weekly(overrides=[LEBARAN | {"consultations": "yes"}])
    assert dates(off) == ["07-23", "08-13"]
    [event] = icalendar.Calendar.from_ical(render_calendar(consultations_calendar(off))).events
    assert [f"{date.dt:%m-%d}" for each in event["exdate"] for date in each.dts] == ["07-30", "08-06"]


def test_an_office_that_closes_for_good_ends_its_consultations():
    closed = override(first="2020-07-30", last="2199-12-31", cancel="yes", consultations="yes")
    site = weekly(overrides=[closed])
    assert last_meeting(site, site.consultations[0]).start.date() == made.BEFORE.date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"first": "2020-08-07", "last": "2020-07-27"}, "override-when"),
        ({"last": None}, "override-when"),
        ({"cancel": "no"}, "override-what"),
        ({"time": "16:30"}, "override-what"),
        ({"slot": "rabu"}, "override-office"),
        ({"cancel": "no", "program": "lain"}, "override-office"),
        ({"cancel": "no", "time": "16:30", "consultations": "yes"}, "override-office"),
    ],
)
def test_what_cannot_be_is_refused(wrong, rule):
    with pytest.raises(ValidationError) as caught:
        Office(name="Kantor", overrides=[LEBARAN | wrong])
    assert [error["ctx"]["rule"] for error in caught.value.errors()] == [rule]
