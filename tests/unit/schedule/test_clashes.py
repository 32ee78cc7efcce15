"""Broadcasts that want one station at one time."""

import pytest

from kentongan.schedule import broadcasts
from kentongan.schedule.clashes import Claim, clashes
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import override, slot


def between(*slots, more=(), **given):
    site = standing.site(*more, slots=list(slots), **given)
    return [(one.first.slot, one.second.slot, f"{one.at:%m-%d %H:%M}") for one in clashes(broadcasts(site))]


def other(**fields):
    return slot(**{"id": "lain", "start": "2020-07-01 10:30"} | fields)


def test_two_slots_that_overlap_clash_once():
    assert between(slot(), other()) == [("rabu", "lain", "07-22 10:30")]
    assert between(slot(), other(start="2020-07-01 10:00")) != []


@pytest.mark.parametrize(
    "apart",
    [{"start": "2020-07-01 11:00"}, {"station": "timur"}, {"start": "2020-07-02 10:00", "rule": "FREQ=WEEKLY"}],
)
def test_slots_that_are_apart_do_not_clash(apart):
    assert between(slot(), other(**apart)) == []


def test_two_programs_may_clash_and_the_first_time_is_told():
    second = made.program(
        id="lain", guid="g", slots=[slot(start="2020-06-28 10:30", rule="FREQ=MONTHLY;BYMONTHDAY=28,29")]
    )
    [one] = clashes(broadcasts(standing.site(second)))
    assert (one.station, one.first, one.second) == (
        "radio",
        Claim("obrolan", "rabu", None),
        Claim("lain", "rabu", None),
    )
    assert f"{one.at:%m-%d %H:%M}" == "07-29 10:30"


def test_what_is_cancelled_or_moved_away_claims_nothing():
    away = [
        override(date="2020-07-22", cancel="yes", slot="lain"),
        override(date="2020-07-29", start="2020-07-29 15:00", slot="lain"),
    ]
    assert between(slot(), other(until="2020-07-29"), overrides=away) == []
    assert between(slot(), overrides=[override(date="2020-07-22", start="2020-07-29 10:30")]) == [
        ("rabu", "rabu", "07-29 10:30")
    ]


def test_an_episode_beside_its_slot_clashes_though_its_end_is_unknown():
    beside = made.episode(broadcasts=[made.transmission(start="2020-07-22 10:05", end=None)])
    [one] = clashes(broadcasts(standing.site(beside)))
    assert (one.first, one.second) == (Claim("obrolan", "rabu", None), Claim("obrolan", None, "tangguh"))


def test_an_unknown_end_claims_no_more_than_its_start():
    early = made.episode(broadcasts=[made.transmission(start="2020-07-22 09:30", end=None)])
    assert clashes(broadcasts(standing.site(early))) == ()


def test_what_comes_instead_clashes_where_it_is_written():
    tamu = made.program(id="tamu", title="Tamu", guid="tamu")
    instead = [override(date="2020-07-29", program="tamu", slot="lain")]
    late = other(start="2020-07-29 10:30", until="2020-07-29")
    assert between(slot(), late, more=(tamu,), overrides=instead) == [("rabu", "lain", "07-29 10:30")]
    [clash] = clashes(broadcasts(standing.site(tamu, slots=[slot(), late], overrides=instead)))
    assert clash.second.program == "obrolan"


def test_a_long_one_clashes_with_all_that_begin_in_it():
    long = slot(id="pagi", start="2020-07-01 08:00", duration="300")
    assert between(long, slot(), other(start="2020-07-01 12:00")) == [
        ("pagi", "rabu", "07-22 10:00"),
        ("pagi", "lain", "07-22 12:00"),
    ]
