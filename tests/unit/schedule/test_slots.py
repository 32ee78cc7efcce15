"""Standing slots, overrides, and the episodes that fill them."""

from datetime import UTC, datetime, timedelta

import pytest

from kentongan.schedule import State, broadcasts, broadcasts_between, broadcasts_of, next_boundary
from kentongan.schedule.clashes import clashes
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import coming, on_day, override, slot, starts

WEDNESDAYS = ["07-22 10:00", "07-29 10:00", "08-05 10:00", "08-12 10:00", "08-19 10:00", "08-26 10:00"]


def states(site):
    return [(f"{one.start:%m-%d %H:%M}", one.state(site.now).value) for one in broadcasts(site)]


def test_a_slot_is_told_of_from_this_monday_to_the_fifth_week_after():
    assert coming() == WEDNESDAYS
    assert coming(now=datetime(2020, 7, 26, 23, 59, tzinfo=made.WIB)) == WEDNESDAYS
    assert coming(now=datetime(2020, 7, 27, tzinfo=made.WIB)) == [*WEDNESDAYS[1:], "09-02 10:00"]


def test_what_a_slots_broadcast_is():
    site = standing.site(slots=[slot(duration="90", kind="repeat")])
    one = broadcasts(site)[0]
    assert (one.program, one.slot, one.episode, one.station, one.kind.value) == (
        "obrolan",
        "rabu",
        None,
        "radio",
        "repeat",
    )
    assert one.end == one.counts_until == one.start + timedelta(minutes=90)
    assert (one.reason, one.cancelled, one.moved_to, one.moved_from) == (None, False, None, None)


def test_all_of_a_slots_broadcasts_are_one_series_that_survives_a_change_of_time_and_title():
    [before] = {one.uid for one in broadcasts(standing.site())}
    later = standing.site(slots=[slot(start="2020-07-02 14:00", rule="FREQ=DAILY")], program={"title": "Lain"})
    assert {one.uid for one in broadcasts(later)} == {before}
    other = standing.site(slots=[slot(id="kamis")])
    assert before not in {one.uid for one in broadcasts(other)}
    assert before == "795b20f2-ab0d-51af-8352-442c08ebfaaa"


def test_several_days_fortnights_and_the_first_friday():
    assert coming(slots=[slot(rule="FREQ=WEEKLY;BYDAY=WE,TH", until="2020-07-30")]) == [
        "07-22 10:00",
        "07-23 10:00",
        "07-29 10:00",
        "07-30 10:00",
    ]
    assert coming(slots=[slot(rule="FREQ=WEEKLY;INTERVAL=2")]) == ["07-29 10:00", "08-12 10:00", "08-26 10:00"]
    assert coming(slots=[slot(start="2020-07-03 10:00", rule="FREQ=MONTHLY;BYDAY=1FR")]) == ["08-07 10:00"]


def test_a_slot_keeps_to_its_validity_and_ends_after_its_last_day():
    assert coming(slots=[slot(valid_from="2020-07-29", valid_to="2020-08-12")]) == WEDNESDAYS[1:4]
    assert coming(slots=[slot(until="2020-08-05")]) == WEDNESDAYS[:3]
    assert coming(slots=[slot(until="2020-08-04")]) == WEDNESDAYS[:2]


def test_a_slots_time_is_that_of_its_station():
    east = made.station(id="timur", zone="WITA")
    both = [slot(), slot(id="timur", station="timur", start="2020-07-01 11:00")]
    first, second = broadcasts(standing.site(east, slots=both))[:2]
    assert {one.start.astimezone(UTC) for one in (first, second)} == {datetime(2020, 7, 22, 3, tzinfo=UTC)}
    assert {one.start.hour for one in (first, second)} == {10, 11}


def test_what_crosses_midnight_ends_the_day_after():
    site = standing.site(slots=[slot(start="2020-07-01 23:30")])
    one = broadcasts(site)[0]
    assert (f"{one.start:%m-%d %H:%M}", f"{one.end:%m-%d %H:%M}") == ("07-22 23:30", "07-23 00:30")


def test_what_began_last_week_is_told_of_while_it_is_on_the_air():
    late = slot(start="2020-07-05 23:30", rule="FREQ=WEEKLY")
    during, after = (datetime(2020, 7, 27, 0, minute, tzinfo=made.WIB) for minute in (10, 30))
    site = standing.site(slots=[late], now=during)
    assert states(site)[0] == ("07-26 23:30", "live")
    assert next_boundary(broadcasts(site), during) == after.astimezone(UTC)
    assert states(standing.site(slots=[late], now=after))[0] == ("08-02 23:30", "announced")


def test_a_cancelled_one_stays_with_its_reason():
    site = standing.site(overrides=[override(date="2020-07-29", cancel="yes", reason="Hari raya")])
    [one] = on_day(site, "07-29")
    assert (one.state(site.now), one.reason, one.takes_place) == (State.CANCELLED, "Hari raya", False)
    assert len(broadcasts(site)) == 6


def test_a_range_is_about_all_its_days_and_may_be_about_one_slot():
    ramadan = {"first": "2020-07-28", "last": "2020-08-12", "cancel": "yes"}
    both = [slot(), slot(id="kamis", start="2020-07-02 10:00", rule="FREQ=WEEKLY")]
    whole = standing.site(slots=both, overrides=[override(**ramadan)])
    ours = standing.site(slots=both, overrides=[override(**ramadan, slot="kamis")])
    cancelled = [[f"{one.start:%m-%d}" for one in broadcasts(site) if one.cancelled] for site in (whole, ours)]
    assert cancelled == [["07-29", "07-30", "08-05", "08-06", "08-12"], ["07-30", "08-06"]]


def test_a_moved_one_is_told_of_where_it_was_and_where_it_is():
    site = standing.site(overrides=[override(date="2020-07-29", start="2020-07-30 14:00", reason="Rapat")])
    [before], [after] = on_day(site, "07-29"), on_day(site, "07-30")
    assert (before.state(site.now), before.moved_to, before.moved_from) == (State.MOVED, after.start, None)
    assert (after.state(site.now), after.moved_to, after.moved_from) == (State.ANNOUNCED, None, before.start)
    assert before.reason == after.reason == "Rapat"
    assert after.end - after.start == timedelta(hours=1)
    assert before.state(made.AFTER + timedelta(days=30)) is State.MOVED


def test_a_move_reaches_into_the_window_and_out_of_it():
    into = standing.site(overrides=[override(date="2020-07-15", start="2020-07-24 10:00")])
    out = standing.site(overrides=[override(date="2020-08-26", start="2020-09-24 10:00")])
    assert states(into)[1] == ("07-24 10:00", "announced")
    assert states(out)[-1] == ("08-26 10:00", "moved")


def test_a_range_moves_to_another_hour():
    ramadan = override(first="2020-07-27", last="2020-08-07", time="16.30", reason="Selama Ramadan")
    site = standing.site(overrides=[ramadan])
    assert states(site)[:5] == [
        ("07-22 10:00", "announced"),
        ("07-29 10:00", "moved"),
        ("07-29 16:30", "announced"),
        ("08-05 10:00", "moved"),
        ("08-05 16:30", "announced"),
    ]
    before, after = on_day(site, "07-29")
    assert (before.moved_to, after.moved_from, after.reason) == (after.start, before.start, "Selama Ramadan")
    assert after.end - after.start == timedelta(hours=1)


def test_the_hour_after_midnight_is_of_the_same_day_and_the_usual_hour_is_no_move():
    sahur = standing.site(overrides=[override(date="2020-07-29", time="00:00")])
    assert states(sahur)[1:3] == [("07-29 00:00", "announced"), ("07-29 10:00", "moved")]
    usual = standing.site(overrides=[override(first="2020-07-27", last="2020-08-07", time="10:00")])
    assert coming(overrides=[override(date="2020-07-29", start="2020-07-29 10:00")]) == WEDNESDAYS
    assert [(one.reason, one.takes_place) for one in on_day(usual, "07-29")] == [("Libur", True)]


@pytest.mark.parametrize(
    ("usual", "time", "there"),
    [
        ("23:30", "00:15", "07-30 00:15"),
        ("00:15", "23:30", "07-28 23:30"),
        ("22:00", "03:30", "07-30 03:30"),
        ("16:00", "03:30", "07-29 03:30"),
        ("05:00", "20:00", "07-29 20:00"),
    ],
)
def test_another_hour_is_of_the_same_day_or_of_the_same_night(usual, time, there):
    slots = [slot(start=f"2020-07-01 {usual}")]
    told = broadcasts(standing.site(slots=slots, overrides=[override(date="2020-07-29", time=time)]))
    [after] = [one for one in told if one.moved_from]
    assert (f"{after.start:%m-%d %H:%M}", f"{after.moved_from:%m-%d %H:%M}") == (there, f"07-29 {usual}")


def guest(**fields):
    return made.program(**{"id": "tamu", "title": "Program Tamu", "guid": "tamu"} | fields)


def test_another_program_may_come_instead():
    site = standing.site(guest(), overrides=[override(date="2020-07-29", program="tamu", reason="Panen raya")])
    gone, instead = sorted(on_day(site, "07-29"), key=lambda one: one.takes_place)
    assert (gone.program, gone.cancelled, gone.replaced_by, gone.reason) == ("obrolan", True, "tamu", "Panen raya")
    assert (instead.program, instead.instead_of, instead.reason) == ("tamu", "obrolan", "Panen raya")
    assert (instead.start, instead.end, instead.station) == (gone.start, gone.end, gone.station)
    assert instead.uid != gone.uid
    assert clashes(broadcasts(site)) == ()


def test_an_episode_of_the_other_program_fills_the_place_it_was_given():
    filling = made.episode(program="tamu", broadcasts=[made.transmission(start="2020-07-29 10:00", end=None)])
    site = standing.site(guest(), filling, overrides=[override(date="2020-07-29", program="tamu")])
    told = {(one.program, one.episode, one.takes_place) for one in on_day(site, "07-29")}
    assert told == {("obrolan", None, False), ("tamu", "tangguh", True)}


def test_a_program_that_nobody_may_see_leaves_the_place_empty():
    site = standing.site(guest(status="draft"), overrides=[override(date="2020-07-29", program="tamu")])
    [gone] = on_day(site, "07-29")
    assert (gone.cancelled, gone.replaced_by) == (True, None)


def test_one_slot_may_be_heard_on_stations_in_several_zones_at_one_instant():
    east = made.station(id="timur", zone="WIT")
    both = [slot(simulcast=["timur"], start="2020-07-01 22:30")]
    moved = [override(date="2020-07-29", time="20:00"), override(date="2020-08-05", cancel="yes")]
    site = standing.site(east, slots=both, overrides=moved)
    told = broadcasts(site)
    assert {one.station for one in told} == {"radio", "timur"}
    assert sorted(f"{one.start:%m-%d %H:%M}" for one in told[:2]) == ["07-22 22:30", "07-23 00:30"]
    assert told[0].start == told[1].start
    assert told[0].uid != told[1].uid
    here, there = (
        [(one.start, one.state(site.now)) for one in told if one.station == name] for name in ("radio", "timur")
    )
    assert here == there


def test_a_slot_may_have_dates_that_its_rule_does_not_hit():
    more = slot(also=["2020-07-30 15:00", "2020-07-29 10:00"], until="2020-08-05")
    assert coming(slots=[more]) == ["07-22 10:00", "07-29 10:00", "07-30 15:00", "08-05 10:00"]
    [cancelled] = on_day(standing.site(slots=[more], overrides=[override(date="2020-07-30", cancel="yes")]), "07-30")
    assert cancelled.cancelled


def test_an_episode_given_two_occurrences_of_a_day_has_two_uids():
    given = made.episode(broadcasts=[])
    east = made.station(id="timur", zone="WIT")
    both = [slot(simulcast=["timur"], also=["2020-07-29 15:00"])]
    site = standing.site(given, east, slots=both, overrides=[override(date="2020-07-29", episode="tangguh")])
    assert [one.uid for one in broadcasts_of(site, given)] == [
        "guid-of-episode-rabu.20200729",
        "guid-of-episode-rabu.timur.20200729",
        "guid-of-episode-rabu.20200729T1500",
        "guid-of-episode-rabu.timur.20200729T1500",
    ]


def test_one_that_is_moved_onto_another_takes_its_place():
    site = standing.site(overrides=[override(date="2020-07-22", start="2020-07-29 10:00")])
    assert states(site)[:3] == [("07-22 10:00", "moved"), ("07-29 10:00", "announced"), ("08-05 10:00", "announced")]
    assert on_day(site, "07-29")[0].moved_from == on_day(site, "07-22")[0].start


def test_the_last_override_counts():
    cancel = override(first="2020-07-01", last="2020-07-31", cancel="yes")
    move = override(date="2020-07-29", start="2020-07-29 15:00")
    assert [one.state(made.BEFORE).value for one in on_day(standing.site(overrides=[cancel, move]), "07-29")] == [
        "moved",
        "announced",
    ]
    assert [one.state(made.BEFORE).value for one in on_day(standing.site(overrides=[move, cancel]), "07-29")] == [
        "cancelled"
    ]


def test_an_override_of_a_day_without_a_broadcast_changes_nothing():
    overrides = [override(date="2020-07-30", start="2020-07-31 10:00"), override(date="2020-07-21", cancel="yes")]
    assert coming(overrides=overrides) == WEDNESDAYS


def test_an_episodes_own_broadcast_is_the_slots_told_in_full():
    site = standing.site(made.episode())
    [one] = on_day(site, "07-22")
    assert (one.episode, one.slot, one.uid) == ("tangguh", None, "guid-of-episode-siaran")
    assert len(broadcasts(site)) == 6


@pytest.mark.parametrize("change", [{"cancel": "yes"}, {"start": "2020-07-22 15:00"}, {"episode": "lain"}])
def test_an_episode_of_its_own_comes_before_every_override(change):
    other = made.episode(id="lain", guid="g", broadcasts=[])
    site = standing.site(made.episode(), other, overrides=[override(date="2020-07-22", **change)])
    assert [one.episode for one in on_day(site, "07-22")] == ["tangguh"]
    assert broadcasts_of(site, other) == ()


def test_a_cancelled_episode_leaves_its_slot_cancelled():
    site = standing.site(made.episode(cancelled="Tamu sakit"))
    assert states(site)[0] == ("07-22 10:00", "cancelled")
    assert len(broadcasts(site)) == 6


@pytest.mark.parametrize(
    "elsewhere",
    [{"start": "2020-07-22 10:05", "end": None}, {"station": "lain"}],
)
def test_an_episode_at_another_time_or_place_leaves_the_slot_alone(elsewhere):
    site = standing.site(made.episode(broadcasts=[made.transmission(**elsewhere)]))
    assert len(on_day(site, "07-22")) == 2


def test_an_episode_may_fill_the_new_time_of_a_moved_one():
    moved = override(date="2020-07-29", start="2020-07-30 14:00")
    filling = made.episode(broadcasts=[made.transmission(start="2020-07-30 14:00", end=None)])
    site = standing.site(filling, overrides=[moved])
    [before], [after] = on_day(site, "07-29"), on_day(site, "07-30")
    assert before.moved_to == after.start
    assert after.episode == "tangguh"


def test_an_override_may_give_an_episode_its_time():
    given = made.episode(broadcasts=[])
    site = standing.site(given, overrides=[override(date="2020-07-29", episode="tangguh", reason="Ulang tahun")])
    [one] = on_day(site, "07-29")
    assert (one.episode, one.slot, one.reason, one.kind.value) == ("tangguh", "rabu", "Ulang tahun", "live")
    assert one.uid == "guid-of-episode-rabu.20200729"
    assert broadcasts_of(site, given) == (one,)
    assert len(broadcasts(site)) == 6


def test_an_episode_heard_before_is_heard_again():
    site = standing.site(made.episode(), overrides=[override(date="2020-07-29", episode="tangguh")])
    assert [one.kind.value for one in broadcasts_of(site, site.episodes[0])] == ["live", "repeat"]


def test_an_episode_may_be_given_a_whole_range_though_not_beyond_next_year():
    endless = override(first="2020-07-29", last="2199-12-31", episode="tangguh")
    given = made.episode(broadcasts=[])
    told = broadcasts_of(standing.site(given, overrides=[endless]), given)
    assert (starts(told[:1]), f"{told[-1].start:%Y-%m-%d}") == (["07-29 10:00"], "2021-12-29")


@pytest.mark.parametrize(
    "hidden",
    [{"status": "draft"}, {"date": "2020-12-01 08:00"}, {"program": "lain"}],
)
def test_an_episode_that_is_hidden_or_another_programs_is_not_named(hidden):
    other = made.program(id="lain", guid="g")
    episode = made.episode(**{"broadcasts": []} | hidden)
    site = standing.site(other, episode, overrides=[override(date="2020-07-29", episode="tangguh")])
    [one] = on_day(site, "07-29")
    assert (one.episode, one.slot, one.reason) == (None, "rabu", "Libur")


def test_an_unknown_end_counts_until_the_programs_usual_length_is_over():
    unknown = made.episode(broadcasts=[made.transmission(end=None)])
    longer, shorter = slot(duration="120"), slot(id="lain", station="lain", duration="30")
    lengths = [
        one.counts_until - one.start
        for slots in ([longer, shorter], [shorter], [])
        for one in broadcasts_of(standing.site(unknown, slots=slots), unknown)
    ]
    assert lengths == [timedelta(hours=2), timedelta(minutes=30), timedelta(hours=1)]


def test_any_week_can_be_asked_for():
    site = standing.site(made.episode())
    first = datetime(2021, 3, 1, tzinfo=UTC)
    assert starts(broadcasts_between(site, first, first + timedelta(days=10))) == ["03-03 10:00", "03-10 10:00"]
    assert broadcasts_between(site, made.BEFORE, made.DURING) == broadcasts_of(site, site.episodes[0])


def test_a_change_to_summer_time_leaves_the_length_alone():
    night = slot(start="2020-01-04 23:30", rule="FREQ=WEEKLY", duration="240")
    spring = datetime(2020, 3, 7, tzinfo=UTC)
    site = standing.site(slots=[night], station={"zone": "America/New_York"})
    [one] = broadcasts_between(site, spring, spring + timedelta(days=2))
    assert (f"{one.start:%H:%M}", f"{one.end:%H:%M}") == ("23:30", "04:30")
    assert one.end.astimezone(UTC) - one.start.astimezone(UTC) == timedelta(hours=4)
