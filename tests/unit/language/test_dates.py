"""Dates are in words of the site's language, whatever the machine speaks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kentongan.language import moment
from kentongan.language.dates import duration_words, short_weekday, week_span


def at(zone, **time):
    return datetime(2020, 7, 22, **{"hour": 10} | time, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "sentence"),
    [
        ("Asia/Jakarta", "Rabu, 22 Juli 2020 pukul 10.00 WIB"),
        ("Asia/Makassar", "Rabu, 22 Juli 2020 pukul 10.00 WITA"),
        ("Asia/Jayapura", "Rabu, 22 Juli 2020 pukul 10.00 WIT"),
    ],
)
def test_a_moment_in_a_sentence_names_its_zone(zone, sentence):
    assert moment(at(zone), "id").sentence == sentence


def test_one_instant_is_told_in_each_zone():
    wib, wita = at("Asia/Jakarta"), at("Asia/Makassar", hour=11)
    assert wib == wita
    assert [moment(one, "id").clock for one in (wib, wita)] == ["10.00 WIB", "11.00 WITA"]


def test_english_sites_keep_indonesian_zone_names():
    assert moment(at("Asia/Makassar"), "en").sentence == "Wednesday, 22 July 2020 at 10:00 WITA"


def test_the_parts_of_a_date_leaf():
    told = moment(at("Asia/Jakarta", minute=5), "id")
    assert (told.weekday, told.number, told.month_year, told.clock) == ("Rabu", "22", "Juli 2020", "10.05 WIB")
    assert told.iso == "2020-07-22T10:05+07:00"


def test_a_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2020, 7, 22, 10), "id")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("monday", "span"),
    [
        (date(2020, 7, 20), "20–26 Juli 2020"),
        (date(2020, 7, 27), "27 Juli–2 Agustus 2020"),
        (date(2020, 12, 28), "28 Desember 2020–3 Januari 2021"),
    ],
)
def test_a_week_says_each_month_and_year_once(monday, span):
    assert week_span(monday, "id") == span


def test_short_weekdays_and_durations():
    assert short_weekday(date(2020, 7, 22), "id") == "Rab"
    assert duration_words(46 * 60 + 10, "id") == "46 menit"
    assert duration_words(17, "id") == "17 detik"
    assert duration_words(60, "en") == "1 minute"
