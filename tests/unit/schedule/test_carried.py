"""An episode of a slot that several stations carry, and the flip that puts one of its broadcasts on the air."""

from datetime import datetime, timedelta

import pytest

from kentongan.build.flip_findings import flip_findings
from kentongan.schedule import broadcasts, broadcasts_of, episodes_on
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import slot

EAST = made.station(id="timur", zone="WIT")
FIRST = datetime(2020, 7, 22, 10, tzinfo=made.WIB)


def airing(**fields):
    return {"id": "siaran", "station": "radio", "start": "2020-07-22 10:00"} | fields


def carried(*airings, now=made.BEFORE, **fields):
    episode = made.episode(broadcasts=list(airings or [airing()]), **fields)
    return standing.site(EAST, episode, slots=[slot(simulcast=["timur"])], now=now)


def heard(site):
    """(station, local start, episode, cancelled) of each broadcast on the slot's day, which is one for each station."""
    told = [one for one in broadcasts(site) if one.start.date() == FIRST.date()]
    return sorted((one.station, f"{one.start:%H:%M}", one.episode is not None, one.cancelled) for one in told)


def test_an_episode_is_heard_on_every_station_that_carries_its_slot():
    assert heard(carried()) == [("radio", "10:00", True, False), ("timur", "12:00", True, False)]
    here, there = broadcasts_of(carried(), carried().episodes[0])
    assert there.uid == f"{here.uid}.timur"
    assert there.start == here.start


def test_its_cancellation_holds_on_every_station():
    assert heard(carried(cancelled="Sakit.")) == [("radio", "10:00", True, True), ("timur", "12:00", True, True)]


def test_a_station_of_which_the_episode_speaks_itself_is_left_to_it():
    own = airing(id="timur", station="timur", start="2020-07-22 15:00", kind="repeat")
    assert ("timur", "15:00", True, False) in heard(carried(airing(), own))
    assert ("timur", "12:00", True, False) not in heard(carried(airing(), own))


def test_a_move_moves_it_everywhere():
    moved = airing(start="2020-07-22 13:00", moved_from="2020-07-22 10:00", reason="Hujan")
    taking_place = [one for one in broadcasts(carried(moved)) if one.episode]
    assert [(one.station, f"{one.start:%H:%M}", f"{one.moved_from:%H:%M}") for one in taking_place] == [
        ("radio", "13:00", "10:00"),
        ("timur", "15:00", "12:00"),
    ]


def test_an_episode_that_is_not_on_the_slots_hour_is_carried_by_nobody():
    site = carried(airing(start="2020-07-22 11:00"))
    assert [one.station for one in broadcasts_of(site, site.episodes[0])] == ["radio"]


def test_a_station_that_carries_two_slots_of_one_hour_carries_it_once():
    both = [slot(simulcast=["timur"]), slot(id="lain", simulcast=["timur"])]
    site = standing.site(EAST, made.episode(), slots=both)
    assert [one.station for one in broadcasts_of(site, site.episodes[0])] == ["radio", "timur"]


def test_it_is_among_the_episodes_of_every_station_that_it_is_heard_on():
    for hour, heard_there in (("10:00", True), ("11:00", False)):
        site = carried(airing(start=f"2020-07-22 {hour}"))
        on = {station.id: bool(episodes_on(site, station)) for station in site.stations}
        assert on == {"radio": True, "timur": heard_there}


AGAIN = airing(id="ulang", start="2020-07-22 18:00", kind="repeat")


@pytest.mark.parametrize(
    ("now", "on_air"),
    [
        (FIRST - timedelta(hours=20), False),
        (FIRST - timedelta(hours=4), False),
        (FIRST - timedelta(minutes=10), True),
        (FIRST + timedelta(minutes=10), True),
        (FIRST + timedelta(hours=3), False),
        (FIRST + timedelta(hours=8, minutes=10), False),
    ],
)
def test_a_flip_is_for_the_live_broadcast_that_is_near(now, on_air):
    site = standing.site(made.episode(on_air="yes", broadcasts=[airing(), AGAIN]), slots=[], now=now)
    assert [one.on_air for one in broadcasts_of(site, site.episodes[0])] == [on_air, False]
    assert [finding.rule for finding in flip_findings(site)] == ([] if on_air else ["on-air-idle"])


def test_a_flip_of_what_is_cancelled_is_found():
    site = standing.site(made.episode(on_air="yes", cancelled="Sakit.", broadcasts=[airing()]), slots=[], now=FIRST)
    assert [finding.rule for finding in flip_findings(site)] == ["on-air-idle"]
