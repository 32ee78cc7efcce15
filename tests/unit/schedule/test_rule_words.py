"""How often something comes round, in words."""

from datetime import datetime

import pytest

from kentongan.schedule.recurring import Recurring
from kentongan.schedule.rule_words import consultation_words, rule_words, slot_words
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.rules import day
from tests.unit.schedule.standing import slot

LATER = datetime(2026, 1, 1, tzinfo=made.WIB)


def words(rule, start, language="en", zone="Asia/Jakarta", now=LATER, **limits):
    return rule_words(Recurring.of(rule, day(start), zone, **limits), now, language)


@pytest.mark.parametrize(
    ("rule", "start", "english", "indonesian"),
    [
        ("FREQ=WEEKLY;BYDAY=WE", "2020-07-01", "Every Wednesday", "Setiap Rabu"),
        ("FREQ=WEEKLY", "2020-07-01", "Every Wednesday", "Setiap Rabu"),
        ("FREQ=WEEKLY;BYDAY=TH,MO", "2020-07-02", "Every Monday and Thursday", "Setiap Senin dan Kamis"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2020-07-01", "Every Monday to Friday", "Setiap Senin sampai Jumat"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "2020-07-01", "Every day", "Setiap hari"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
            "2020-07-01",
            "Every two weeks, on Wednesday",
            "Setiap dua pekan, hari Rabu",
        ),
        ("FREQ=WEEKLY;INTERVAL=3", "2020-07-01", "Every 3 weeks, on Wednesday", "Setiap 3 pekan, hari Rabu"),
        ("FREQ=DAILY", "2020-07-01", "Every day", "Setiap hari"),
        ("FREQ=DAILY;INTERVAL=3", "2020-07-01", "Every 3 days", "Setiap 3 hari"),
        ("FREQ=DAILY;BYDAY=SA,SU", "2020-07-04", "Every Saturday and Sunday", "Setiap Sabtu dan Minggu"),
        ("FREQ=MONTHLY;BYDAY=1FR", "2020-07-03", "Every first Friday", "Setiap Jumat pertama"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "2020-07-31", "Every last Friday", "Setiap Jumat terakhir"),
        (
            "FREQ=MONTHLY;BYDAY=3FR,1FR",
            "2020-07-03",
            "Every first Friday and third Friday",
            "Setiap Jumat pertama dan Jumat ketiga",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
            "2020-07-14",
            "Every 2 months, on the second Tuesday",
            "Setiap 2 bulan, hari Selasa kedua",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2020-07-15", "On day 15 of the month", "Setiap tanggal 15"),
        ("FREQ=MONTHLY", "2020-07-15", "On day 15 of the month", "Setiap tanggal 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,1", "2020-07-15", "On day 1 and 15 of the month", "Setiap tanggal 1 dan 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2020-07-31", "On the last day of every month", "Hari terakhir setiap bulan"),
        ("FREQ=MONTHLY;INTERVAL=3", "2020-07-15", "Every 3 months, on day 15", "Setiap 3 bulan, tanggal 15"),
        ("FREQ=YEARLY", "2020-08-17", "Every year on 17 August", "Setiap tanggal 17 Agustus"),
        (
            "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=17",
            "2020-08-17",
            "Every year on 17 August",
            "Setiap tanggal 17 Agustus",
        ),
        ("FREQ=YEARLY;INTERVAL=2", "2020-08-17", "Every 2 years, on 17 August", "Setiap 2 tahun, tanggal 17 Agustus"),
    ],
)
def test_every_rule_that_people_have_words_for(rule, start, english, indonesian):
    told = [words(rule, f"{start} 10:00", language) for language in ("en", "id")]
    assert told == [f"{english} at 10:00 WIB", f"{indonesian} pukul 10.00 WIB"]


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("FREQ=MONTHLY;BYDAY=FR", "2020-07-03"),
        ("FREQ=MONTHLY;BYDAY=-2FR", "2020-07-24"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2020-07-31"),
        ("FREQ=MONTHLY;BYDAY=1FR;BYSETPOS=1", "2020-07-03"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "2020-07-30"),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "2020-11-13"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", "2020-07-31"),
        ("FREQ=WEEKLY;BYDAY=WE;BYMONTH=7,8", "2020-07-01"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=WE", "2020-07-01"),
        ("FREQ=YEARLY;BYDAY=1WE;BYMONTH=7", "2020-07-01"),
        ("FREQ=YEARLY;BYMONTHDAY=1", "2020-07-01"),
        ("FREQ=YEARLY;BYMONTH=7,8", "2020-07-01"),
        ("FREQ=YEARLY", "2020-02-29"),
    ],
)
def test_other_rules_are_not_told_by_half(rule, start):
    told = [words(rule, f"{start} 10:00", language) for language in ("en", "id")]
    assert told == [None, None]


def test_an_end_and_a_beginning_to_come_are_told():
    limits = {"until": day("2027-12-31")}
    told = [
        words("FREQ=WEEKLY", "2026-07-01 10:00", language, now=now, **limits)
        for now in (LATER, datetime(2026, 7, 2, tzinfo=made.WIB))
        for language in ("en", "id")
    ]
    assert told == [
        "Every Wednesday at 10:00 WIB, from 1 July 2026 until 31 December 2027",
        "Setiap Rabu pukul 10.00 WIB, mulai 1 Juli 2026 sampai 31 Desember 2027",
        "Every Wednesday at 10:00 WIB until 31 December 2027",
        "Setiap Rabu pukul 10.00 WIB sampai 31 Desember 2027",
    ]


def test_a_count_ends_on_its_last_date():
    assert words("FREQ=WEEKLY;COUNT=3", "2020-07-01 10:00") == "Every Wednesday at 10:00 WIB until 15 July 2020"


def test_a_zone_that_has_two_names_a_year_is_not_named():
    assert words("FREQ=WEEKLY", "2020-07-01 10:00", zone="America/New_York") == "Every Wednesday at 10:00"


def test_what_never_takes_place_is_not_told():
    limits = {"valid_from": day("2020-07-02"), "valid_to": day("2020-07-07")}
    assert words("FREQ=WEEKLY", "2020-07-01 10:00", **limits) is None


def test_slots_and_consultations_are_told_in_their_own_zone():
    east = standing.site(station={"zone": "WITA"}, slots=[slot(until="2020-12-31")], language="en")
    assert slot_words(east, east.programs[0].slots[0]) == "Every Wednesday at 10:00 WITA until 31 December 2020"
    site = made.site(made.meeting(rule="FREQ=WEEKLY", zone="WIT"), now=LATER, language="en")
    assert consultation_words(site, site.consultations[0]) == "Every Thursday at 09:00 WIT"
    once = made.site(made.meeting(), now=LATER)
    assert consultation_words(once, once.consultations[0]) is None
