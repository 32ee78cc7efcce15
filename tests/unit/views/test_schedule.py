"""The schedule page: weeks with pages, what has changed and why, and when a script may mark what is on."""

from datetime import datetime

from kentongan.schedule import Week, broadcasts
from kentongan.views.changes import changes
from kentongan.views.schedule import schedule_page, week_page, week_part, weeks_with_pages
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import override, slot

SEED_WEEK = Week.parse("2020-W30")


def told(site, count=6):
    """What has changed in so many weeks from this one on."""
    weeks = [SEED_WEEK.later(number) for number in range(count)]
    return changes(site, [one for one in broadcasts(site) if Week.of(one.start) in weeks])


def airtimes(site, week=SEED_WEEK):
    return [one for day in week_part(site, broadcasts(site), week).days for one in day.airtimes]


def test_this_week_and_the_next_and_a_page_for_each_of_the_coming():
    site = standing.site(made.episode(broadcasts=[made.transmission(start="2019-01-02 10:00", end=None)]))
    dated = broadcasts(site)
    assert [week.name for week in weeks_with_pages(site, dated)] == [
        "2019-W01",
        *(f"2020-W{number}" for number in range(30, 35)),
    ]
    page = schedule_page(site, dated)
    assert [week.name for week in page.weeks] == ["2020-W30", "2020-W31"]
    assert (page.previous.url, page.following.url) == ("/jadwal/2019-W01/", "/jadwal/2020-W32/")
    last = week_page(site, dated, SEED_WEEK.later(4))
    assert (last.previous.url, last.following) == ("/jadwal/2020-W33/", None)


def test_every_broadcast_leads_to_its_episode_or_its_program():
    site = standing.site(made.episode())
    [first], [second] = airtimes(site), airtimes(site, SEED_WEEK.later(1))
    assert (first.episode.url, first.program.url) == ("/program/obrolan/tangguh/", "/program/obrolan/")
    assert (second.episode, second.program.url) == (None, "/program/obrolan/")


def test_a_script_may_mark_what_takes_place_between_its_instants():
    site = standing.site(
        made.episode(broadcasts=[made.transmission(end=None)]),
        slots=[slot(duration="90")],
        overrides=[override(date="2020-07-29", cancel="yes")],
    )
    [unknown_end], [cancelled] = airtimes(site), airtimes(site, SEED_WEEK.later(1))
    assert (unknown_end.since, unknown_end.until) == ("2020-07-22T03:00:00Z", "2020-07-22T04:30:00Z")
    assert (cancelled.since, cancelled.until) == (None, None)


def test_nothing_live_is_baked_into_a_page():
    [one] = airtimes(standing.site(made.episode(on_air=True), now=made.DURING))
    assert one.state == "announced"


def test_a_range_is_told_once_with_its_days_its_new_hour_and_its_reason():
    ramadan = override(first="2020-07-27", last="2020-08-14", time="16:30", reason="Selama Ramadan")
    [change] = told(standing.site(overrides=[ramadan]))
    assert (change.state, change.program, change.reason) == ("moved", "Obrolan", "Selama Ramadan")
    assert (change.when, change.hour, change.there) == ("29 Juli, 5 Agustus, dan 12 Agustus", "16.30 WIB", None)


def test_one_that_is_moved_says_where_to():
    site = standing.site(overrides=[override(date="2020-07-29", start="2020-07-30 14:00")])
    [change] = told(site)
    assert change.when == "Rabu, 29 Juli 2020 pukul 10.00 WIB"
    assert (change.there, change.hour) == ("Kamis, 30 Juli 2020 pukul 14.00 WIB", None)
    moved, here = airtimes(site, SEED_WEEK.later(1))
    assert (moved.moved_to, here.moved_from) == (change.there, change.when)
    assert (moved.new_hour, here.old_hour) == (None, None)


def test_within_a_day_the_hour_is_enough():
    moved, here = airtimes(standing.site(overrides=[override(date="2020-07-22", time="16:30")]))
    assert (moved.new_hour, here.old_hour) == ("16.30 WIB", "10.00 WIB")


def test_another_program_is_named_where_it_comes_instead():
    tamu = made.program(id="tamu", title="Tamu", guid="tamu")
    site = standing.site(tamu, overrides=[override(date="2020-07-22", program="tamu", reason="Panen")])
    [change] = told(site)
    assert (change.state, change.instead.label, change.reason) == ("replaced", "Tamu", "Panen")
    gone, guest = airtimes(site)
    assert (gone.state, gone.program.label, gone.instead.label) == ("replaced", "Obrolan", "Tamu")
    assert (guest.state, guest.program.label, guest.instead_of.label) == ("announced", "Tamu", "Obrolan")


def test_what_two_stations_carry_at_once_is_one_change_and_in_the_order_of_their_clocks():
    east = made.station(id="timur", zone="WIT")
    off = override(date="2020-07-29", cancel="yes")
    site = standing.site(east, slots=[slot(simulcast=["timur"])], overrides=[off])
    assert [one.when for one in told(site)] == ["Rabu, 29 Juli 2020 pukul 10.00 WIB"]
    assert [one.clock for one in airtimes(site)] == ["10.00", "12.00"]


def test_an_episode_that_was_moved_leaves_its_old_place_with_the_reason():
    moved = made.transmission(
        start="2020-07-23 14:00", end=None, moved_from="2020-07-22 10:00", reason="Studio dipakai"
    )
    site = standing.site(made.episode(broadcasts=[moved]), now=datetime(2020, 7, 20, 9, tzinfo=made.WIB))
    before, after = airtimes(site)
    assert (before.state, before.episode, before.moved_to) == ("moved", None, "Kamis, 23 Juli 2020 pukul 14.00 WIB")
    assert (after.state, after.episode.label, after.reason) == ("announced", "Koperasi Tangguh", "Studio dipakai")
    assert [change.reason for change in told(site)] == ["Studio dipakai"]
