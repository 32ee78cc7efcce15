"""Days and hours. The law: in these shapes the event's day, hours and zone are read, and no other's."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.intake import read_announcement
from tests.thorough import examples

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des"]
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
DAYS = {
    "long": lambda day: f"{_weekday(day)}, {day.day} {MONTHS[day.month - 1]} {day.year}",
    "hari tanggal": lambda day: f"hari {_weekday(day)} tanggal {day.day} {MONTHS[day.month - 1]} {day.year}",
    "press": lambda day: f"{_weekday(day)} ({day.day}/{day.month}/{day.year})",
    "press, two digits": lambda day: f"{_weekday(day)} ({day:%d/%m/%y})",
    "tgl": lambda day: f"tgl {day.day} {SHORT[day.month - 1]} {day.year}",
    "dots": lambda day: f"Tgl. {day:%d.%m.%Y}",
    "capitals": lambda day: f"{_weekday(day)}, {day.day} {MONTHS[day.month - 1]} {day.year}".upper(),
    "lines": lambda day: f"Hari : {_weekday(day)}\nTanggal : {day.day} {MONTHS[day.month - 1]} {day.year}",
    "ISO 8601": lambda day: day.isoformat(),
    "WhatsApp": lambda day: f"📅 *{_weekday(day)}, {day.day} {SHORT[day.month - 1]} {day.year}*",
    "weekday last": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year} ({_weekday(day)})",
}
HOURS = {
    "pukul {a}": False,
    "pkl. {a:}": False,
    "pukul {a} - {b}": True,
    "{a}–{b}": True,
    "pukul {a} s.d. {b}": True,
    "jam {a:} s/d {b:}": True,
    "pukul {a} sampai dengan {b}": True,
    "Waktu: {a}": False,
}
FRAMES = (
    'Dengarkan program "Warta" di Radio Lestari 97,5 FM, {day}, {hours}. Kirim pertanyaan ke 0812-3456-7890.',
    'Dengarkan program "Warta" di Radio Lestari 97,5 FM {hours}, {day}.',
    "Nomor: 005/12/III/2021\nSleman, 1 Maret 2019\nHal: Siaran\n\nSiaran program Warta di Radio Lestari:\n{day}\n"
    "{hours}\nPertanyaan paling lambat 2 Maret 2019 pukul 15.00.",
    "Program Warta, Radio Lestari. {day}, {hours}. Siaran ulang Minggu, 5 Januari 2031 pukul 20.00.",
    "Program Warta, Radio Lestari: {day} {hours}\nInfo jam kerja 08.00-15.00 di 0274-555123",
)
ZONES = {"": None, " WIB": "WIB", "WITA": "WITA", " Wit": "WIT", " (WITA)": "WITA"}


def _weekday(day):
    return WEEKDAYS[day.weekday()]


def _clock(minutes, sign="."):
    return f"{minutes // 60:02}{sign}{minutes % 60:02}"


@settings(max_examples=examples(150))
@given(
    st.dates(date(2019, 3, 3), date(2029, 12, 31)),
    st.integers(24, 84).map(lambda quarters: quarters * 15),
    st.sampled_from(sorted(DAYS)),
    st.sampled_from(sorted(HOURS)),
    st.sampled_from(sorted(ZONES)),
    st.sampled_from(FRAMES),
)
def test_the_events_day_and_hours_are_read(day, first, shape, hours, zone, frame):
    last = first + 60
    said = hours.replace("{a:}", _clock(first, ":")).replace("{b:}", _clock(last, ":"))
    said = said.replace("{a}", _clock(first)).replace("{b}", _clock(last))
    text = frame.format(day=DAYS[shape](day), hours=said + zone)
    record = read_announcement(text).to_json("en")
    assert (record["start"], record["end"], record["zone"]) == (
        f"{day}T{_clock(first, ':')}",
        f"{day}T{_clock(last, ':')}" if HOURS[hours] else None,
        ZONES[zone],
    ), text


def read(said, now=None):
    return read_announcement(f"Siaran program Warta di Radio Lestari: {said}. Jangan lupa, ya.", now).to_json("en")


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("jam 7 malam", "19:00"),
        ("jam 1 siang", "13:00"),
        ("pukul 12 siang", "12:00"),
        ("jam setengah delapan malam", "19:30"),
        ("jam tujuh pagi", "07:00"),
        ("7.30 malam", "19:30"),
        ("jam 10 lewat seperempat pagi", "10:15"),
        ("jam 4 sonten", "16:00"),
        ("4 PM", "16:00"),
        ("pukul 10,30", "10:30"),
        ("jam 4", None),
        ("pukul 25.00", None),
        ("pukul 10.75", None),
    ],
)
def test_hours_in_words(said, time):
    assert read(f"Rabu, 22 Juli 2020, {said}")["time"] == time


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("besok pukul 14.00", "2020-07-21T14:00"),
        ("lusa pukul 14.00", "2020-07-22T14:00"),
        ("nanti malam pukul 19.00", "2020-07-20T19:00"),
        ("Rabu depan pukul 14.00", "2020-07-22T14:00"),
        ("Rabu minggu depan pukul 14.00", "2020-07-29T14:00"),
        ("besok Selasa (21/7) pukul 14.00", "2020-07-21T14:00"),
    ],
)
def test_days_that_count_from_the_day_of_writing(said, start):
    assert read(said, date(2020, 7, 20))["start"] == start
    assert read(said)["start"] is None
    assert {"date", "year"} & set(read(said)["ask"])


def test_a_year_is_never_guessed():
    record = read("Rabu, 22 Juli pukul 10.00 WIB", date(2020, 7, 20))
    assert (record["start"], record["date"], record["time"]) == (None, "--07-22", "10:00")
    assert "year" in record["ask"]


def test_a_weekday_that_contradicts_its_date_is_a_doubt_and_the_date_stays():
    record = read("Senin, 22 Juli 2020 pukul 10.00")
    assert record["start"] == "2020-07-22T10:00"
    assert [warning["field"] for warning in record["warnings"]] == ["start"]


@pytest.mark.parametrize("said", ["31 Februari 2023 pukul 10.00", "Rabu, 32/13/2023 pukul 10.00"])
def test_an_impossible_date_is_a_doubt_and_no_date(said):
    record = read(said)
    assert record["start"] is None
    assert "date" in record["ask"]


def test_an_hour_past_midnight_ends_the_next_day():
    assert read("Rabu, 22 Juli 2020 pukul 23.00 - 01.00")["end"] == "2020-07-23T01:00"


def test_the_first_of_several_days_is_a_doubt():
    record = read("22 dan 23 Juli 2020 pukul 10.00")
    assert record["start"] == "2020-07-22T10:00"
    assert [warning["field"] for warning in record["warnings"]] == ["start"]


@pytest.mark.parametrize(
    ("said", "recurs"),
    [
        ("setiap Senin dan Kamis pukul 06.00", ["MO", "TH"]),
        ("tiap hari Minggu pukul 06.00", ["SU"]),
        ("setiap Senin s.d. Jumat pukul 06.00", ["MO", "TU", "WE", "TH", "FR"]),
        ("setiap hari pukul 06.00", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]),
        ("setiap hari kerja pukul 06.00", ["MO", "TU", "WE", "TH", "FR"]),
        ("setiap Jumat pertama pukul 06.00", ["1FR"]),
        ("Senin dan Kamis, pukul 06.00", ["MO", "TH"]),
        ("setiap minggu pukul 06.00", []),
    ],
)
def test_standing_times(said, recurs):
    record = read(said)
    assert record["recurs"] == recurs
    assert record["time"] == "06:00"
    assert (record["kind"] == "slot") == bool(recurs)
