"""A week on the terminal: any week, in words and as data."""

import json
from datetime import UTC, datetime

import pytest

from kentongan.schedule import Week
from kentongan.schedule.listing import broadcasts_in, week_as_json, week_as_table
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import override, slot, starts

SEED_WEEK = Week.parse("2020-W30")


def table(site, week=SEED_WEEK):
    return week_as_table(site, week).splitlines()


def test_a_week_is_named_by_any_of_its_days_or_by_its_number():
    assert {Week.parse(text).name for text in ("2020-07-20", "2020-07-26", "2020-W30")} == {"2020-W30"}


@pytest.mark.parametrize("text", ["kemarin", "0001-01-01", "9999-12-31", "2020-02-30", ""])
def test_what_names_no_week(text):
    with pytest.raises(ValueError, match=r"."):
        Week.parse(text)


def test_a_week_in_words():
    changes = [override(date="2020-07-29", cancel="yes", reason="Hari raya")]
    site = standing.site(made.episode(broadcasts=[made.transmission(end=None)]), overrides=changes, now=made.DURING)
    assert table(site) == [
        "20–26 Juli 2020 (2020-W30)",
        "",
        "Rabu, 22 Juli 2020",
        "  10.00 WIB  Sedang siaran  Obrolan: Koperasi Tangguh, Radio Desa",
    ]
    assert table(site, SEED_WEEK.later(1))[3:] == [
        "  10.00-11.00 WIB  Batal  Obrolan, Radio Desa",
        f"{'':26}Dibatalkan: Hari raya",
    ]
    assert table(site, Week.parse("2019-01-01"))[-1] == "Tidak ada siaran pada pekan ini."


def test_a_week_as_data_says_what_jadwal_json_says():
    site = standing.site(made.episode(), now=made.AFTER)
    told = json.loads(week_as_json(site, SEED_WEEK))
    assert {key: told[key] for key in ("week", "first", "last", "zone")} == {
        "week": "2020-W30",
        "first": "2020-07-20",
        "last": "2020-07-26",
        "zone": "Asia/Jakarta",
    }
    [one] = told["broadcasts"]
    assert (one["start"], one["episode_id"], one["status"]) == ("2020-07-22T03:00:00Z", "tangguh", "aired")


def test_a_far_week_knows_its_overrides():
    ramadan = override(first="2031-01-01", last="2031-01-31", time="16:30")
    site = standing.site(overrides=[ramadan, override(date="2031-02-05", start="2031-01-09 10:00")])
    told = broadcasts_in(site, Week.parse("2031-01-08"))
    assert starts(told) == ["01-08 10:00", "01-08 16:30", "01-09 10:00"]
    assert [one.takes_place for one in told] == [False, True, True]


def test_days_are_those_of_each_station_and_none_is_listed_twice():
    east = made.station(id="timur", zone="WIT")
    late = [slot(start="2020-07-01 23:00", simulcast=["timur"]), slot(id="b", start="2020-07-01 23:30")]
    lines = table(standing.site(east, slots=late))
    assert [line for line in lines if line.endswith("Juli 2020")] == ["Rabu, 22 Juli 2020", "Kamis, 23 Juli 2020"]
    assert "  01.00-02.00 WIT" in lines[-1]


def test_the_last_hours_of_sunday_belong_to_the_week_they_are_in_at_the_station():
    site = standing.site(slots=[slot(start="2020-07-06 00:30", rule="FREQ=WEEKLY")], station={"zone": "WIT"})
    assert [one.start.astimezone(UTC) for one in broadcasts_in(site, SEED_WEEK)] == [
        datetime(2020, 7, 19, 15, 30, tzinfo=UTC)
    ]
