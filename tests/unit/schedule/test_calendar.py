"""Calendars, read back by icalendar: one event under one UID wherever it stands."""

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events

from kentongan.schedule import broadcasts
from kentongan.schedule.calendar import (
    consultation_calendar,
    consultations_calendar,
    episode_calendar,
    program_calendar,
    render_calendar,
    site_calendar,
)
from tests.unit import factories as made

UID = "guid-of-episode-siaran"


def talk(*more, now=made.BEFORE, station=None, office=None, **episode):
    records = made.program(), made.station(**station or {}), made.episode(**episode)
    return made.site(*records, *more, now=now, **office or {})


def whole(site):
    return site_calendar(site, broadcasts(site))


def every(site):
    """Each calendar of a site that has one program, one episode and one consultation."""
    dated = broadcasts(site)
    return (
        site_calendar(site, dated),
        program_calendar(site, dated, site.programs[0]),
        episode_calendar(site, site.episodes[0]),
        consultations_calendar(site),
        consultation_calendar(site, site.consultations[0]),
    )


def read(view):
    calendar = icalendar.Calendar.from_ical(render_calendar(view))
    assert not [error for part in calendar.walk() for error in part.errors]
    return calendar


def events(view):
    return read(view).events


def text_of(calendar, name):
    """The text of a property that icalendar has no type for, and so leaves escaped."""
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], str(calendar[name]))


def test_a_broadcast_has_one_uid_in_every_calendar():
    views = every(talk(made.consultation()))
    assert [[str(event["uid"]) for event in events(view)] for view in views] == [[UID]] * 5


def test_a_consultation_on_air_is_its_broadcast_word_for_word_in_every_calendar():
    told = [events(view) for view in every(talk(made.consultation(title="Konsultasi PLUT")))]
    assert told == [told[0]] * 5
    [event] = told[0]
    assert str(event["summary"]) == "Obrolan: Koperasi Tangguh"
    assert "Konsultasi PLUT, https://koperasi.example/konsultasi/konsultasi/" in str(event["description"])
    assert event["categories"].cats[0] == "Obrolan"


def test_the_head_says_what_it_is_and_how_often_to_look():
    calendar = read(whole(talk(office={"name": "Koperasi; Maju, Jaya", "description": "Kabar."})))
    assert {name: str(calendar[name]) for name in ("version", "calscale", "method", "source", "x-wr-caldesc")} == {
        "version": "2.0",
        "calscale": "GREGORIAN",
        "method": "PUBLISH",
        "source": "https://koperasi.example/jadwal.ics",
        "x-wr-caldesc": "Kabar.",
    }
    assert "Koperasi; Maju, Jaya" in text_of(calendar, "name")
    assert calendar["name"] == calendar["x-wr-calname"]
    data = render_calendar(whole(talk()))
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in data
    assert b"\r\nX-PUBLISHED-TTL:PT1H\r\n" in data


def test_lines_end_in_crlf_and_are_folded():
    data = render_calendar(whole(talk(title="Koperasi \U0001f99c " * 18)))
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_times_are_told_in_the_zone_of_the_station():
    data = render_calendar(whole(talk(station={"zone": "WITA"})))
    assert b"\r\nDTSTART;TZID=Asia/Makassar:20200722T100000\r\n" in data
    assert b"\r\nDTEND;TZID=Asia/Makassar:20200722T110000\r\n" in data
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Makassar\r\n" in data
    assert b"TZOFFSETTO:+0800\r\n" in data
    assert b"\r\nX-WR-TIMEZONE:Asia/Makassar\r\n" in data
    assert b"Asia/Jakarta" not in data


def test_stations_in_two_zones_need_two_zones_and_name_no_common_one():
    eastern = made.station(id="timur", zone="WIT")
    both = [made.transmission(), made.transmission(id="timur", station="timur", start="2020-07-22 12:00", end=None)]
    calendar = read(whole(talk(eastern, broadcasts=both)))
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Asia/Jakarta", "Asia/Jayapura"]
    assert "x-wr-timezone" not in calendar
    assert {event.start.astimezone(UTC) for event in calendar.events} == {datetime(2020, 7, 22, 3, tzinfo=UTC)}


def test_a_zone_with_summer_time_keeps_its_hours():
    [event] = events(whole(talk(station={"zone": "Europe/Amsterdam"})))
    assert event.start.astimezone(UTC) == datetime(2020, 7, 22, 8, tzinfo=UTC)


def test_an_unknown_end_is_said_and_not_guessed():
    [known] = events(whole(talk()))
    [unknown] = events(whole(talk(broadcasts=[made.transmission(end=None)])))
    assert "dtend" in known
    assert "dtend" not in unknown
    assert "duration" not in unknown
    assert len(unknown["description"].split("\n")) == len(known["description"].split("\n")) + 1


def test_a_cancelled_broadcast_keeps_its_uid_and_says_why():
    [event] = events(whole(talk(cancelled="Tamu sakit", broadcasts=[made.transmission(end=None)])))
    assert (str(event["uid"]), str(event["status"])) == (UID, "CANCELLED")
    assert "Tamu sakit" in event["description"].split("\n")[0]
    assert str(events(whole(talk()))[0]["status"]) == "CONFIRMED"


@pytest.mark.parametrize(
    ("dates", "stamp", "sequence"),
    [
        ({"date": "2020-07-20 08:00"}, datetime(2020, 7, 20, 1, tzinfo=UTC), 0),
        ({"date": "2020-07-20 08:00", "updated": "2020-07-20 08:07"}, datetime(2020, 7, 20, 1, 7, tzinfo=UTC), 7),
        ({"date": "2020-07-20 08:00", "updated": "2020-07-19 08:00"}, datetime(2020, 7, 20, 1, tzinfo=UTC), 0),
    ],
)
def test_stamp_and_sequence_come_from_the_record(dates, stamp, sequence):
    [event] = events(whole(talk(**dates)))
    assert [event["dtstamp"].dt, event["last-modified"].dt, event["sequence"]] == [stamp, stamp, sequence]


def test_a_change_of_the_consultation_counts_in_every_calendar():
    site = talk(made.consultation(updated="2020-07-20 09:00"))
    assert [events(view)[0]["sequence"] for view in every(site)] == [60] * 5


def test_an_event_says_who_where_and_what():
    site = talk(
        made.person(),
        station={"city": "Yogyakarta"},
        summary="Ringkas.",
        credits=[made.credit(), {"person": "agus"}],
        broadcasts=[made.transmission(kind="repeat")],
    )
    [event] = events(whole(site))
    assert str(event["location"]) == "Radio Desa, Yogyakarta"
    assert event["categories"].cats == ["Obrolan"]
    summary, people, page = event["description"].split("\n")
    assert (summary, page) == ("Ringkas.", "https://koperasi.example/program/obrolan/tangguh/")
    assert people.endswith("Wulan, S.Si; agus")
    assert event["summary"].startswith("Obrolan: Koperasi Tangguh (")


def test_a_meeting_has_an_identity_that_survives_title_and_domain():
    here = made.site(made.meeting(venue="Kantor, lantai 2"))
    there = made.site(made.meeting(title="Lain"), siteurl="https://baru.example")
    [event], [moved] = events(consultations_calendar(here)), events(consultations_calendar(there))
    assert event["uid"] == moved["uid"]
    assert event["uid"] == events(consultation_calendar(here, here.consultations[0]))[0]["uid"]
    assert (str(event["location"]), str(event["status"])) == ("Kantor, lantai 2", "CONFIRMED")
    assert event.start.astimezone(UTC) == datetime(2020, 7, 23, 2, tzinfo=UTC)
    assert "dtend" not in event


def test_a_meeting_online_is_where_its_channel_is_and_in_its_own_zone():
    online = made.meeting(mode="online", channel="https://meet.example/a", zone="WIT", end="2020-07-23 10:30")
    [event] = events(consultations_calendar(made.site(online)))
    assert str(event["location"]) == "https://meet.example/a"
    assert event.end.astimezone(UTC) == datetime(2020, 7, 23, 1, 30, tzinfo=UTC)


def test_consultations_are_in_the_order_of_their_starts():
    site = talk(made.meeting(), made.consultation(), made.meeting(id="lain", start="2020-07-21 09:00"))
    starts = [event.start for event in events(consultations_calendar(site))]
    assert starts == sorted(starts)
    assert len(starts) == 3


def test_a_calendar_without_events_is_still_valid():
    calendar = read(consultations_calendar(made.site(zone="WITA")))
    assert calendar.events == []
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Asia/Makassar"]


def test_another_librarys_expansion_finds_the_broadcast_on_its_day():
    calendar = read(whole(talk(broadcasts=[made.transmission(end=None)])))
    found = recurring_ical_events.of(calendar).at((2020, 7, 22))
    assert [str(event["uid"]) for event in found] == [UID]


def test_bytes_depend_on_content_alone():
    first, later = (every(talk(made.consultation(), now=made.BEFORE + timedelta(days=days))) for days in (0, 400))
    assert first == later
    assert list(map(render_calendar, first)) == list(map(render_calendar, later))


def test_hostile_text_is_carried_as_text(hostile, printable):
    site = made.site(
        made.program(title=hostile, summary=hostile),
        made.station(name=hostile, city=hostile),
        made.episode(title=hostile, summary=hostile, cancelled=hostile),
        made.meeting(title=hostile, venue=hostile, summary=hostile),
        made.consultation(title=hostile),
        name=hostile,
        description=hostile,
    )
    views = (*every(site)[:4], consultation_calendar(site, site.consultations[1]))
    assert {str(event["status"]) for view in views for event in events(view)} == {"CANCELLED", "CONFIRMED"}
    assert text_of(read(views[1]), "name") == printable
    assert str(events(views[3])[1]["summary"]) == printable
