"""What a program usually does, by its slots."""

from datetime import timedelta

import pytest

from kentongan.schedule.habits import current_slots, slot_weekdays, usual_length
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import slot


def beats(*slots):
    site = standing.site(slots=list(slots))
    return "".join("x" if day else "." for day in slot_weekdays(site, site.programs[0]))


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("FREQ=WEEKLY", "2020-07-01 10:00", "..x...."),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "2020-07-01 10:00", "x.x...."),
        ("FREQ=DAILY", "2020-07-01 10:00", "xxxxxxx"),
        ("FREQ=DAILY;INTERVAL=3", "2020-07-01 10:00", "......."),
        ("FREQ=MONTHLY;BYDAY=1FR", "2020-07-03 10:00", "....x.."),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2020-07-15 10:00", "......."),
    ],
)
def test_the_beats_are_the_days_of_the_rule(rule, start, expected):
    assert beats(slot(rule=rule, start=start)) == expected


def test_a_slot_that_is_over_has_no_beat_and_one_to_come_has():
    over = slot(until="2020-07-15")
    to_come = slot(id="kamis", start="2020-08-06 10:00", rule="FREQ=WEEKLY")
    assert beats(over, to_come) == "...x..."
    site = standing.site(slots=[over, to_come])
    assert [one.id for one in current_slots(site, site.programs[0])] == ["kamis"]


def test_the_usual_length_is_that_of_most_slots_and_of_the_same_station_first():
    slots = [slot(duration="30"), slot(id="a", duration="90"), slot(id="b", duration="90"), slot(id="c", station="x")]
    program = made.program(slots=slots)
    lengths = [usual_length(program, station) // timedelta(minutes=1) for station in ("radio", "x", "lain")]
    assert lengths == [90, 60, 90]
    assert usual_length(None, "radio") == usual_length(made.program(), "radio") == timedelta(minutes=60)
