"""The timeline: what a browser needs to know what is on."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.model import Stream
from kentongan.schedule import broadcasts
from kentongan.views.timeline import AT_LEAST, AT_MOST, FLIPPED, REPEAT, chosen_streams, timeline
from tests.unit import factories as made


def of(site):
    return timeline(site, broadcasts(site))


def talk(now=made.BEFORE, **episode):
    return made.site(made.program(), made.station(), made.episode(**episode), now=now)


def milliseconds(text):
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def test_a_broadcast_in_numbers():
    told = of(talk())
    assert told.since == milliseconds("2020-07-21T00:00+07:00")
    assert told.until == milliseconds("2020-08-05T00:00+07:00")
    assert told.stations == (("Radio Desa", "Asia/Jakarta", ()),)
    assert told.programs == (("Obrolan", "/program/obrolan/"),)
    [row] = told.rows
    start, over = milliseconds("2020-07-22T10:00+07:00"), milliseconds("2020-07-22T11:00+07:00")
    assert row == (start, over, (0,), 0, 0, "Koperasi Tangguh", "/program/obrolan/tangguh/")


def test_an_unknown_end_counts_as_the_usual_hour():
    [row] = of(talk(broadcasts=[made.transmission(end=None)])).rows
    assert row[1] - row[0] == 3600 * 1000


def test_what_does_not_take_place_is_not_told():
    assert of(talk(cancelled="Tamu sakit")).rows == ()


def test_marks():
    [flipped] = of(talk(on_air="yes")).rows
    [repeat] = of(talk(broadcasts=[made.transmission(kind="repeat")])).rows
    assert (flipped[4], repeat[4]) == (FLIPPED, REPEAT)


def test_two_stations_that_carry_it_together_are_one_row_and_each_keeps_its_zone():
    east = made.station(id="timur", name="Radio Timur", zone="WIT")
    both = [
        made.transmission(),
        made.transmission(id="b", station="timur", start="2020-07-22 12:00", end="2020-07-22 13:00"),
    ]
    told = of(made.site(made.program(), made.station(), east, made.episode(broadcasts=both)))
    [row] = told.rows
    assert sorted(told.stations[place][:2] for place in row[2]) == [
        ("Radio Desa", "Asia/Jakarta"),
        ("Radio Timur", "Asia/Jayapura"),
    ]


def test_text_is_html_already():
    [row] = of(talk(title="<b>Satu & dua")).rows
    assert row[5] == "&lt;b&gt;Satu &amp; dua"


def test_the_same_day_gives_the_same_timeline():
    assert of(talk(made.BEFORE)) == of(talk(made.AFTER))


def test_what_began_before_midnight_and_is_on_is_told():
    late = made.transmission(start="2020-07-22 23:30", end="2020-07-23 00:30")
    assert len(of(talk(datetime(2020, 7, 23, 0, 10, tzinfo=made.WIB), broadcasts=[late])).rows) == 1


@pytest.mark.parametrize(("each_day", "days"), [(1, 14), (20, 6), (100, 2)])
def test_a_busy_offices_timeline_ends_earlier_yet_not_before_two_days(each_day, days):
    starts = [
        datetime(2020, 7, 22) + timedelta(days=day, minutes=10 * place)  # noqa: DTZ001 - local to the station
        for day in range(16)
        for place in range(each_day)
    ]
    many = [
        made.transmission(id=f"b{place}", start=f"{start:%Y-%m-%d %H:%M}", end=None)
        for place, start in enumerate(starts)
    ]
    told = of(talk(broadcasts=many))
    assert len(told.rows) == min(max(AT_MOST, AT_LEAST.days * each_day), each_day * 14)
    assert told.until == milliseconds("2020-07-22T00:00+07:00") + days * 24 * 3600 * 1000
    assert all(row[0] < told.until for row in told.rows)


def test_json_holds_it_all():
    told = of(talk())
    read = json.loads(told.json())
    assert list(read) == ["since", "until", "stations", "programs", "rows"]
    assert read["rows"] == json.loads(json.dumps(told.rows))


RATES = st.lists(st.one_of(st.none(), st.integers(1, 1999)), max_size=5)


@given(RATES)
def test_of_streams_the_first_and_the_smallest_are_chosen(rates):
    streams = tuple(Stream(url=f"https://radio.example/{place}", bitrate=rate) for place, rate in enumerate(rates))
    chosen = chosen_streams(streams)
    assert chosen[:1] == streams[:1]
    assert len(chosen) <= 2
    for smaller in chosen[1:]:
        assert smaller.bitrate == min(one.bitrate for one in streams if one.bitrate)
        assert smaller.bitrate < chosen[0].bitrate


@pytest.mark.parametrize(("bitrate", "megabytes"), [(64, 29), (48, 22), (1, 1), (None, 0)])
def test_what_a_stream_takes_in_an_hour(bitrate, megabytes):
    station = made.station(streams=[{"url": "https://radio.example/a?b&c", "bitrate": bitrate}])
    [(_, _, [stream])] = of(made.site(made.program(), station, made.episode())).stations
    assert stream == ("https://radio.example/a?b&amp;c", megabytes)
