"""``jadwal.json``: what is on, as a browser reads it."""

import json
from datetime import datetime, timedelta

from kentongan.schedule import broadcasts
from kentongan.schedule.day_list import day_list, render_day_list
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import override, slot


def read(site):
    return json.loads(render_day_list(day_list(site, broadcasts(site))))


def talk(now=made.BEFORE, station=None, **episode):
    return made.site(made.program(), made.station(**station or {}), made.episode(**episode), now=now)


def test_a_broadcast_as_others_read_it():
    streams = [{"url": "https://radio.example/live"}]
    assert read(talk(station={"streams": streams})) == {
        "generated": "2020-07-22T02:00:00Z",
        "validUntil": "2020-08-18T17:00:00Z",
        "zone": "Asia/Jakarta",
        "broadcasts": [
            {
                "start": "2020-07-22T03:00:00Z",
                "end": "2020-07-22T04:00:00Z",
                "program": "Obrolan",
                "program_id": "obrolan",
                "episode": "Koperasi Tangguh",
                "episode_id": "tangguh",
                "station": "Radio Desa",
                "station_id": "radio",
                "url": "https://koperasi.example/program/obrolan/tangguh/",
                "kind": "live",
                "status": "announced",
                "stream": "https://radio.example/live",
            }
        ],
    }


def test_an_unknown_end_is_null_and_a_missing_stream_absent():
    [broadcast] = read(talk(broadcasts=[made.transmission(end=None)]))["broadcasts"]
    assert broadcast["end"] is None
    assert "stream" not in broadcast


def test_instants_are_those_of_the_stations_zone():
    [broadcast] = read(talk(station={"zone": "WIT"}))["broadcasts"]
    assert broadcast["start"] == "2020-07-22T01:00:00Z"


def test_status_follows_clock_flip_and_cancellation():
    sites = [
        talk(made.BEFORE),
        talk(made.BEFORE, on_air="yes"),
        talk(made.DURING),
        talk(made.AFTER),
        talk(made.AFTER, cancelled="Tamu sakit"),
    ]
    statuses = [read(site)["broadcasts"][0]["status"] for site in sites]
    assert statuses == ["announced", "live", "live", "aired", "cancelled"]


def test_it_reaches_from_yesterday_to_the_fourth_week():
    days = [-2, -1, 0, 27, 28]
    midnight = datetime(2020, 7, 22, tzinfo=made.WIB)
    starts = [midnight + timedelta(days=day) for day in days]
    broadcasts_ = [
        made.transmission(id=f"b{place}", start=f"{start:%Y-%m-%d %H:%M}", end=None)
        for place, start in enumerate(starts)
    ]
    told = [datetime.fromisoformat(one["start"]) for one in read(talk(broadcasts=broadcasts_))["broadcasts"]]
    assert told == starts[1:4]


def test_but_for_the_instant_it_stays_the_same_all_day():
    early, late = (read(talk(made.BEFORE + timedelta(minutes=minutes))) for minutes in (0, 59))
    assert early | {"generated": ""} == late | {"generated": ""}


def test_a_slots_broadcast_names_its_program_and_no_episode():
    one = read(standing.site())["broadcasts"][0]
    assert {key: one[key] for key in ("start", "end", "program", "episode", "episode_id", "url", "status")} == {
        "start": "2020-07-22T03:00:00Z",
        "end": "2020-07-22T04:00:00Z",
        "program": "Obrolan",
        "episode": None,
        "episode_id": None,
        "url": "https://koperasi.example/program/obrolan/",
        "status": "announced",
    }
    assert not {"reason", "moved_to", "moved_from"} & one.keys()


def test_what_is_moved_says_where_to_and_where_from():
    site = standing.site(overrides=[override(date="2020-07-22", start="2020-07-23 14:00", reason="Rapat")])
    before, after = read(site)["broadcasts"][:2]
    assert [before[key] for key in ("start", "status", "moved_to", "reason")] == [
        "2020-07-22T03:00:00Z",
        "moved",
        "2020-07-23T07:00:00Z",
        "Rapat",
    ]
    assert [after[key] for key in ("start", "status", "moved_from", "reason")] == [
        "2020-07-23T07:00:00Z",
        "announced",
        "2020-07-22T03:00:00Z",
        "Rapat",
    ]


def test_on_a_monday_the_slots_of_yesterday_are_there():
    daily = slot(start="2020-07-01 23:30", rule="FREQ=DAILY")
    monday = datetime(2020, 7, 27, 0, 10, tzinfo=made.WIB)
    told = read(standing.site(slots=[daily], now=monday))["broadcasts"]
    assert [(one["start"], one["status"]) for one in told[:2]] == [
        ("2020-07-26T16:30:00Z", "live"),
        ("2020-07-27T16:30:00Z", "announced"),
    ]
    assert len(told) == 29


def test_hostile_text_is_carried_as_text(hostile, printable):
    site = made.site(
        made.program(title=hostile),
        made.station(name=hostile, streams=[{"url": "https://radio.example/\x84"}]),
        made.episode(title=hostile),
    )
    [broadcast] = read(site)["broadcasts"]
    assert [broadcast[name] for name in ("program", "episode", "station")] == [printable] * 3
    assert broadcast["stream"] == "https://radio.example/"
