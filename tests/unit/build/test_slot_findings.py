"""Slots and overrides that change nothing are found, and said where they are written."""

import pytest

from kentongan.build.slot_findings import slot_findings
from kentongan.schedule import broadcasts
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import override, slot


def found(*more, **given):
    site = standing.site(*more, **given)
    return [(one.rule, one.mend.told("en")) for one in slot_findings(site, broadcasts(site))]


def rules(*more, **given):
    return [rule for rule, _mend in found(*more, **given)]


def test_an_override_of_a_day_without_a_broadcast_is_told_the_next_one():
    assert found(overrides=[override(date="2020-07-30", cancel="yes")]) == [
        ("override-no-broadcast", "Did you mean 2020-08-05?")
    ]
    assert rules(overrides=[override(first="2020-07-30", last="2020-08-04", time="11:00")]) == ["override-no-broadcast"]
    assert rules(slots=[], overrides=[override(date="2020-07-29", cancel="yes")]) == ["override-no-broadcast"]


def test_an_override_after_the_end_of_its_slot():
    late = override(date="2020-09-02", cancel="yes")
    assert rules(slots=[slot(until="2020-08-31")], overrides=[late]) == ["override-after-end"]
    assert rules(overrides=[late]) == []


def test_an_override_that_another_one_outdoes():
    day = override(date="2020-07-29", start="2020-07-30 10:00")
    month = override(first="2020-07-01", last="2020-07-31", cancel="yes")
    assert rules(overrides=[day, month]) == ["override-hidden"]
    assert rules(overrides=[month, day]) == []


@pytest.mark.parametrize("change", [{"cancel": "yes"}, {"time": "15:00"}, {"start": "2020-07-23 10:00"}])
def test_an_episode_that_stays_at_the_old_hour(change):
    episode = made.episode()
    [(rule, mend)] = found(episode, overrides=[override(date="2020-07-22", **change)])
    assert (rule, mend) == ("override-episode", "Move or cancel it in episode/tangguh.md, too.")
    assert rules(made.episode(cancelled="Tamu sakit"), overrides=[override(date="2020-07-22", **change)]) == []
    moved = made.episode(broadcasts=[made.transmission(start="2020-07-22 15:00", end=None)])
    assert rules(moved, overrides=[override(date="2020-07-22", **change)]) == []


def test_what_is_over_is_left_in_peace():
    old = [override(date="2020-07-21", cancel="yes"), override(date="2020-07-22", cancel="yes")]
    assert rules(made.episode(), overrides=old, now=made.AFTER) == []
    assert rules(overrides=[override(date="2020-07-23", cancel="yes")], now=made.AFTER) == ["override-no-broadcast"]


def test_a_slot_that_never_comes_round():
    assert rules(slots=[slot(valid_from="2020-07-02", valid_to="2020-07-07")]) == ["slot-never"]
    assert rules(slots=[slot(until="2020-07-01")], now=made.AFTER) == []


def test_an_override_without_an_end_is_followed_no_further_than_next_year():
    assert rules(overrides=[override(first="2020-07-29", last="2199-12-31", cancel="yes")]) == []


def test_another_hour_of_one_day_that_is_half_a_day_away():
    night = [slot(start="2020-07-01 23:30")]
    assert found(slots=night, overrides=[override(date="2020-07-29", time="08:00")]) == [
        ("override-far", "Write the day, too: “start: 2020-07-29 08:00” instead of “time”.")
    ]
    assert rules(slots=night, overrides=[override(date="2020-07-29", time="00:15")]) == []
    assert rules(slots=night, overrides=[override(date="2020-07-29", start="2020-07-29 08:00")]) == []
    assert rules(slots=night, overrides=[override(first="2020-07-28", last="2020-08-02", time="08:00")]) == []
