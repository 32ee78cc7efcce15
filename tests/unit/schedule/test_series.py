"""Slots and recurring consultations in calendars: one event with a rule, and what departs from it."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import example, given, settings

from kentongan.schedule import broadcasts
from kentongan.schedule.calendar import (
    consultation_calendar,
    consultations_calendar,
    episode_calendar,
    program_calendar,
    render_calendar,
    site_calendar,
)
from kentongan.schedule.consultations import meetings
from kentongan.schedule.lines import series_uid
from tests.thorough import examples
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import override, slot
from tests.unit.schedule.timetables import SINCE, UNTIL, heard, timetables


def rendered(site):
    return render_calendar(site_calendar(site, broadcasts(site)))


def read(data):
    calendar = icalendar.Calendar.from_ical(data)
    assert not [error for part in calendar.walk() for error in part.errors]
    return calendar


def events(site):
    return read(rendered(site)).events


def gone(event):
    """The EXDATEs of an event, as ``2020-07-22 10:00``."""
    listed = event.get("exdate", [])
    lists = listed if isinstance(listed, list) else [listed]
    return [f"{one.dt:%Y-%m-%d %H:%M}" for each in lists for one in each.dts]


def instants(found):
    """The starts of what takes place, in UTC and in order."""
    return sorted(one["dtstart"].dt.astimezone(UTC) for one in found if one.get("status") != "CANCELLED")


def test_a_slot_is_one_event_with_its_rule():
    site = standing.site(
        slots=[slot(until="2020-12-31")], station={"city": "Yogyakarta"}, program={"summary": "Obrolan kita."}
    )
    [event] = events(site)
    assert str(event["uid"]) == series_uid(site.programs[0], site.programs[0].slots[0])
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20201231T165959Z;BYDAY=WE"
    assert [event[name].dt.isoformat() for name in ("dtstart", "dtend")] == [
        "2020-07-01T10:00:00+07:00",
        "2020-07-01T11:00:00+07:00",
    ]
    assert [str(event[name]) for name in ("summary", "location", "status", "url")] == [
        "Obrolan",
        "Radio Desa, Yogyakarta",
        "CONFIRMED",
        "https://koperasi.example/program/obrolan/",
    ]
    assert str(event["description"]).split("\n")[0] == "Obrolan kita."
    assert "exdate" not in event


def test_the_validity_of_a_slot_is_folded_into_its_start_and_its_rule():
    [event] = events(standing.site(slots=[slot(valid_from="2020-08-01", valid_to="2020-08-31")]))
    assert f"{event['dtstart'].dt:%Y-%m-%d %H:%M}" == "2020-08-05 10:00"
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20200831T165959Z;BYDAY=WE"


def test_a_slot_that_never_takes_place_is_no_event():
    assert events(standing.site(slots=[slot(valid_from="2020-07-02", valid_to="2020-07-07")])) == []


def test_times_of_a_series_are_told_in_the_zone_of_the_station():
    data = rendered(standing.site(station={"zone": "WITA"}, overrides=[override(date="2020-07-29", cancel="yes")]))
    assert b"\r\nDTSTART;TZID=Asia/Makassar:20200701T100000\r\n" in data
    assert b"\r\nRECURRENCE-ID;TZID=Asia/Makassar:20200729T100000\r\n" in data
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Makassar\r\n" in data


def test_what_an_episode_fills_is_left_out_of_the_series():
    series, episode = sorted(events(standing.site(made.episode())), key=lambda event: "rrule" not in event)
    assert gone(series) == ["2020-07-22 10:00"]
    assert b"\r\nEXDATE;TZID=Asia/Jakarta:20200722T100000\r\n" in rendered(standing.site(made.episode()))
    assert str(episode["uid"]) == "guid-of-episode-siaran"


def test_what_an_override_gives_to_an_episode_is_an_event_of_the_episode_in_every_calendar():
    given_ = made.episode(broadcasts=[])
    site = standing.site(given_, overrides=[override(date="2020-07-29", episode="tangguh")])
    series, own = sorted(events(site), key=lambda event: "rrule" not in event)
    assert gone(series) == ["2020-07-29 10:00"]
    [alone] = read(render_calendar(episode_calendar(site, given_))).events
    assert alone == own
    assert str(alone["uid"]) == "guid-of-episode-rabu.20200729"


def test_a_cancelled_one_is_told_under_the_uid_of_its_series():
    site = standing.site(overrides=[override(date="2020-07-29", cancel="yes", reason="Hari raya")])
    series, one = events(site)
    assert [series["uid"], str(series["status"]), gone(series)] == [one["uid"], "CONFIRMED", []]
    assert [str(one["status"]), one["recurrence-id"].dt] == ["CANCELLED", one["dtstart"].dt]
    assert f"{one['recurrence-id'].dt:%Y-%m-%d %H:%M}" == "2020-07-29 10:00"
    assert "Hari raya" in str(one["description"]).split("\n")[0]
    assert "rrule" not in one


def test_a_moved_one_has_its_new_time_under_the_date_it_had():
    series, one = events(standing.site(overrides=[override(date="2020-07-29", start="2020-07-30 14:00")]))
    assert [one["uid"], str(one["status"])] == [series["uid"], "CONFIRMED"]
    assert [f"{one[name].dt:%m-%d %H:%M}" for name in ("recurrence-id", "dtstart", "dtend")] == [
        "07-29 10:00",
        "07-30 14:00",
        "07-30 15:00",
    ]
    assert "Rabu, 29 Juli 2020 pukul 10.00 WIB" in str(one["description"]).split("\n")[0]
    assert gone(series) == []


def test_one_that_makes_room_for_a_moved_one_is_left_out():
    series, one = events(standing.site(overrides=[override(date="2020-07-22", start="2020-07-29 10:00")]))
    assert gone(series) == ["2020-07-29 10:00"]
    assert f"{one['recurrence-id'].dt:%m-%d}" == "07-22"


def test_a_moved_one_that_an_episode_fills_is_left_out():
    moved = override(date="2020-07-29", start="2020-07-22 10:00")
    series, _episode = sorted(
        events(standing.site(made.episode(), overrides=[moved])), key=lambda event: "rrule" not in event
    )
    assert gone(series) == ["2020-07-22 10:00", "2020-07-29 10:00"]


def test_a_range_is_followed_to_the_end_of_next_year_and_bytes_change_with_the_year_alone():
    endless = [override(first="2020-08-01", last="2199-12-31", cancel="yes")]
    today, new_year = (datetime(2020, 7, 22, tzinfo=made.WIB), datetime(2020, 12, 31, 23, 59, tzinfo=made.WIB))
    first, last = (rendered(standing.site(overrides=endless, now=now)) for now in (today, new_year))
    assert first == last
    cancelled = [one["recurrence-id"].dt for one in read(first).events if "recurrence-id" in one]
    assert f"{cancelled[0]:%Y-%m-%d} {cancelled[-1]:%Y-%m-%d}" == "2020-08-05 2021-12-29"
    later = rendered(standing.site(overrides=endless, now=new_year + timedelta(minutes=1)))
    assert b"RECURRENCE-ID;TZID=Asia/Jakarta:20221228T100000" in later


def test_what_was_cancelled_before_last_year_is_only_left_out():
    cancel = [override(date="2020-07-29", cancel="yes")]
    last_year, long_ago = (datetime(year, 12, 31, tzinfo=made.WIB) for year in (2021, 2022))
    assert [len(events(standing.site(overrides=cancel, now=now))) for now in (last_year, long_ago)] == [2, 1]
    [series] = events(standing.site(overrides=cancel, now=long_ago))
    assert gone(series) == ["2020-07-29 10:00"]


@pytest.mark.parametrize(
    ("dates", "stamp", "sequence"),
    [
        ({}, datetime(1970, 1, 1, tzinfo=UTC), 0),
        ({"date": "2020-07-20 08:00"}, datetime(2020, 7, 20, 1, tzinfo=UTC), 0),
        ({"updated": "2020-07-20 08:07"}, datetime(2020, 7, 20, 1, 7, tzinfo=UTC), 0),
        ({"date": "2020-07-20 08:00", "updated": "2020-07-20 08:07"}, datetime(2020, 7, 20, 1, 7, tzinfo=UTC), 7),
    ],
)
def test_stamp_and_sequence_of_a_series_come_from_its_program(dates, stamp, sequence):
    for event in events(standing.site(overrides=[override(date="2020-07-29", cancel="yes")], program=dates)):
        assert [event["dtstamp"].dt, event["last-modified"].dt, event["sequence"]] == [stamp, stamp, sequence]


def test_a_date_that_the_rule_does_not_hit_is_an_rdate():
    more = slot(also=["2020-07-30 15:00", "2020-07-29 10:00", "2020-07-30 15:00"])
    data = rendered(standing.site(slots=[more]))
    assert data.count(b"\r\nRDATE;TZID=Asia/Jakarta:20200730T150000\r\n") == data.count(b"RDATE") == 1
    [series, gone] = events(standing.site(slots=[more], overrides=[override(date="2020-07-30", cancel="yes")]))
    assert gone["recurrence-id"].dt.day == 30
    assert "rrule" in series


def test_dates_alone_are_a_series_without_a_rule():
    only = slot(
        start="2020-07-02 10:00",
        rule="FREQ=WEEKLY",
        valid_from="2020-07-03",
        also=["2020-07-04 10:00", "2020-07-08 10:00"],
    )
    [event] = events(standing.site(slots=[only | {"valid_to": "2020-07-08"}]))
    assert (f"{event['dtstart'].dt:%m-%d}", "rrule" in event) == ("07-04", False)
    assert "rdate" in event


def test_a_range_at_another_hour_is_told_date_by_date():
    ramadan = [override(first="2020-07-27", last="2020-08-07", time="16:30")]
    _series, *moved = events(standing.site(overrides=ramadan))
    assert [(f"{one['recurrence-id'].dt:%m-%d %H:%M}", f"{one['dtstart'].dt:%m-%d %H:%M}") for one in moved] == [
        ("07-29 10:00", "07-29 16:30"),
        ("08-05 10:00", "08-05 16:30"),
    ]


def test_another_programs_broadcast_is_cancelled_here_and_an_event_of_its_own_in_both_calendars():
    other = made.program(id="tamu", title="Tamu", guid="tamu", date="2020-07-01")
    site = standing.site(
        other, overrides=[override(date="2020-07-29", program="tamu", reason="Panen")], program={"date": "2020-06-01"}
    )
    dated = broadcasts(site)
    ours, theirs = (
        {str(one["uid"]): one for one in read(render_calendar(program_calendar(site, dated, one))).events}
        for one in sorted(site.programs, key=lambda program: program.id)
    )
    [guest] = theirs.values()
    assert (str(guest["summary"]), str(guest["status"])) == ("Tamu", "CONFIRMED")
    assert str(guest["description"]).startswith("Menggantikan Obrolan: Panen")
    [gone] = ours.values()
    assert (str(gone["status"]), f"{gone['recurrence-id'].dt:%m-%d}") == ("CANCELLED", "07-29")
    assert str(gone["description"]).startswith("Diganti Tamu: Panen")
    assert {str(one["uid"]) for one in events(site)} == {*ours, *theirs}
    assert guest["sequence"] == 30 * 24 * 60


def test_a_slot_on_two_stations_is_a_series_for_each_in_the_time_of_its_rule():
    east = made.station(id="timur", zone="WIT")
    site = standing.site(
        east,
        slots=[slot(start="2020-07-01 23:00", simulcast=["timur"])],
        overrides=[override(date="2020-07-29", time="20:00")],
    )
    told = events(site)
    assert len({str(one["uid"]) for one in told}) == 2
    assert {(str(one["location"]), one["dtstart"].params["TZID"]) for one in told} == {("Radio Desa", "Asia/Jakarta")}
    assert {one["dtstart"].dt for one in told if "rrule" not in one} == {datetime(2020, 7, 29, 13, tzinfo=UTC)}


def test_an_episode_on_the_other_station_is_left_out_of_its_series():
    east = made.station(id="timur", zone="WIT")
    there = made.episode(broadcasts=[made.transmission(station="timur", start="2020-07-22 12:00", end=None)])
    told = events(standing.site(east, there, slots=[slot(simulcast=["timur"])]))
    assert [gone(event) for event in told if "rrule" in event] == [[], ["2020-07-22 10:00"]]


def test_a_cancelled_consultation_says_so():
    [event] = read(render_calendar(consultations_calendar(made.site(made.meeting(cancelled="Ruang dipakai"))))).events
    assert str(event["status"]) == "CANCELLED"
    assert str(event["description"]).startswith("Dibatalkan: Ruang dipakai")


def test_a_consultation_has_dates_more_and_begins_with_one_of_its_rule():
    meeting = weekly_meeting(skip=["2020-07-23", "2020-07-25"], also=["2020-07-24 09:00", "2020-07-25 09:00"])
    site = made.site(meeting)
    calendar = read(render_calendar(consultations_calendar(site)))
    [event] = calendar.events
    assert f"{event['dtstart'].dt:%m-%d}" == "07-30"
    found = recurring_ical_events.of(calendar).between(made.BEFORE, made.BEFORE + timedelta(days=20))
    told = [one.start for one in meetings(site, meeting, made.BEFORE, 4)]
    assert instants(found) == [one.astimezone(UTC) for one in told if one < made.BEFORE + timedelta(days=20)]
    assert f"{told[0]:%m-%d}" == "07-24"


def test_a_programs_calendar_has_its_own_slots_alone():
    other = made.program(id="lain", guid="g", slots=[slot(id="kamis", start="2020-07-02 10:00", rule="FREQ=WEEKLY")])
    site = standing.site(other)
    uids = [
        {str(event["uid"]) for event in read(render_calendar(program_calendar(site, broadcasts(site), one))).events}
        for one in site.programs
    ]
    assert [len(one) for one in uids] == [1, 1]
    assert uids[0] | uids[1] == {str(event["uid"]) for event in events(site)}


def test_a_repeat_says_so():
    [event] = events(standing.site(slots=[slot(kind="repeat")]))
    assert str(event["summary"]).startswith("Obrolan (")


def test_hostile_text_is_carried_as_text(hostile, printable):
    site = standing.site(
        overrides=[override(date="2020-07-29", cancel="yes", reason=hostile.replace("\x84", ""))],
        program={"title": hostile, "summary": hostile},
        station={"name": hostile},
    )
    assert {str(event["summary"]) for event in events(site)} == {printable}


def weekly_meeting(**fields):
    return made.meeting(**{"rule": "FREQ=WEEKLY;BYDAY=TH", "end": "2020-07-23 11:00"} | fields)


def test_a_consultation_that_comes_round_is_one_event_without_the_days_it_skips():
    meeting = weekly_meeting(until="2020-08-31", skip=["2020-08-06", "2020-08-07", "2020-09-03"])
    site = made.site(meeting)
    [event] = read(render_calendar(consultations_calendar(site))).events
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20200831T165959Z;BYDAY=TH"
    assert gone(event) == ["2020-08-06 09:00"]
    assert [f"{event[name].dt:%m-%d %H:%M}" for name in ("dtstart", "dtend")] == ["07-23 09:00", "07-23 11:00"]
    assert [event] == read(render_calendar(consultation_calendar(site, site.consultations[0]))).events


def test_a_series_begins_with_the_first_meeting_that_takes_place():
    [event] = read(render_calendar(consultations_calendar(made.site(weekly_meeting(skip=["2020-07-23"]))))).events
    assert (f"{event['dtstart'].dt:%m-%d}", gone(event)) == ("07-30", [])


def test_another_library_finds_the_same_meetings():
    site = made.site(weekly_meeting(rule="FREQ=MONTHLY;BYDAY=4TH", skip=["2020-09-24"], until="2020-12-31"))
    calendar = read(render_calendar(consultations_calendar(site)))
    found = recurring_ical_events.of(calendar).between(made.BEFORE, made.BEFORE + timedelta(days=200))
    told = meetings(site, site.consultations[0], made.BEFORE, 20)
    assert instants(found) == [one.start.astimezone(UTC) for one in told]
    assert len(told) == 5


# A date more on a day that the rule hits: one UID is on twice that day.
@example(
    standing.site(slots=[slot(start="2020-07-01 00:00", duration="1", rule="FREQ=DAILY", also=["2020-07-02 00:01"])])
)
@given(timetables())
def test_another_library_reads_the_same_broadcasts_from_our_calendar(site):
    found = recurring_ical_events.of(read(rendered(site))).between(SINCE, UNTIL)
    # The library also gives what began before and still runs.
    assert [one for one in instants(found) if SINCE <= one < UNTIL] == heard(site)


@settings(max_examples=examples(50))
@given(timetables())
def test_one_uid_and_date_say_one_thing_in_every_calendar(site):
    dated = broadcasts(site)
    views = [site_calendar(site, dated), *(program_calendar(site, dated, one) for one in site.programs)]
    views += [episode_calendar(site, one) for one in site.episodes]
    told = {}
    for event in (event for view in views for event in read(render_calendar(view)).events):
        date = event.get("recurrence-id")
        key = (str(event["uid"]), date.dt if date else None)
        assert told.setdefault(key, event.to_ical()) == event.to_ical()
