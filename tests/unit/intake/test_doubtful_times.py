"""Times that are easily taken for others: the first of several days, an end, an exception, a change, an odd rhythm."""

from datetime import date

import pytest

from kentongan.intake import read_announcement


def read(text):
    return read_announcement(text, date(2026, 11, 24)).to_json("en")


def doubted(record):
    return [one["field"] for one in record["warnings"]]


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("28 November - 2 Desember 2026", "2026-11-28T08:30"),
        ("30 Nov s/d 4 Des 2026", "2026-11-30T08:30"),
        ("28 Desember - 2 Januari 2027", "2026-12-28T08:30"),
        ("Rabu 2 Desember atau Kamis 3 Desember 2026", "2026-12-02T08:30"),
        ("2 Desember, 9 Desember, dan 16 Desember 2026", "2026-12-02T08:30"),
        ("Rabu 2 Desember 2026 dan Kamis 3 Desember 2026", "2026-12-02T08:30"),
    ],
)
def test_the_first_of_several_days_counts_and_is_a_doubt(said, start):
    record = read(f"Konsultasi {said} pukul 08.30 WIB di Pendopo Turi.")
    assert record["start"] == start
    assert doubted(record) == ["start"]


def test_the_first_of_two_days_without_a_year_gets_none():
    record = read("Konsultasi 28 November - 2 Desember pukul 08.30 WIB di Pendopo Turi.")
    assert (record["start"], record["date"]) == (None, "--11-28")


def test_a_leap_day_takes_no_year_that_lacks_it():
    record = read("Konsultasi 29 Februari - 2 Maret 2026 pukul 08.30 WIB di Pendopo Turi.")
    assert (record["start"], record["date"]) == (None, "--02-29")


def test_a_number_of_five_digits_is_no_year():
    record = read("Siaran 2 Desember 20226 pukul 10.00 WIB di Radio Kita")
    assert (record["start"], record["date"]) == (None, "--12-02")
    assert "year" in record["ask"]


def test_a_day_that_is_left_out_is_not_the_day_it_is():
    record = read("Siaran kami setiap Rabu pukul 10.00 WIB di Radio Trijaya FM, kecuali tanggal 16 Desember 2026.")
    assert (record["kind"], record["recurs"], record["start"]) == ("slot", ["WE"], None)
    assert doubted(record) == ["recurs"]


def test_holidays_of_what_comes_round_are_told():
    record = read("Buku Kas setiap Selasa pukul 19.30 WIB di Radio Desa Sembada. Libur 22 dan 29 Desember 2026.")
    assert record["kind"] == "slot"
    assert doubted(record) == ["recurs"]


@pytest.mark.parametrize("said", ["mulai ba'da Magrib sampai jam 9 malam WIB", "selepas Asar sampai pukul 21.00 WIB"])
def test_an_end_is_no_beginning(said):
    record = read(f"Siaran program “Buku Kas” di Radio Kita, Rabu 2 Desember 2026 {said}")
    assert (record["kind"], record["start"], record["time"], record["zone"]) == ("episode", None, None, "WIB")
    assert "time" in record["ask"]
    assert doubted(record) == ["time"]


@pytest.mark.parametrize("day", [25, 27, 28, 29, 30])
@pytest.mark.parametrize("said", ["{name} {day} November 2026", "{name}, {day} Nov 2026"])
def test_a_day_behind_its_weekday_is_no_hour(day, said):
    name = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"][date(2026, 11, day).weekday()]
    record = read(f"Konsultasi usaha {said.format(name=name, day=day)} pukul 10.00 WIB di Aula PLUT")
    assert (record["start"], record["warnings"]) == (f"2026-11-{day}T10:00", [])


@pytest.mark.parametrize(
    "said",
    [
        "setiap hari kerja, Senin-Kamis 08.00-15.00, Jumat 08.00-11.00 WIB",
        "Jam layanan konsultasi: Senin-Kamis 08.00-15.00, Jumat 08.00-11.00 WIB",
    ],
)
def test_weekdays_with_hours_of_their_own_have_no_common_one(said):
    record = read(f"Konsultasi usaha gratis di kantor PLUT {said}")
    assert (record["time"], record["end_time"], record["start"]) == (None, None, None)
    assert "time" in doubted(record)


@pytest.mark.parametrize("said", ["Jumat Kliwon", "Senin dua minggu sekali", "Senin, 2 pekan sekali,"])
def test_what_does_not_come_round_each_week_gets_no_rule(said):
    record = read(f"Siaran tiap {said} jam 8 malam WIB di Radio Kita")
    assert (record["recurs"], record["time"]) == ([], "20:00")
    assert "date" in record["ask"]
    assert doubted(record) == ["date"]


@pytest.mark.parametrize(
    ("said", "start"),
    [
        (
            "3 Desember 2026 pukul 10.00 WIB di Aula PLUT dipindah ke Balai Desa Turi pukul 13.00 WIB",
            "2026-12-03T13:00",
        ),
        ("3 Desember 2026 semula pukul 10.00 menjadi pukul 13.00 WIB di Aula PLUT", "2026-12-03T13:00"),
        (
            "Rabu 2 Desember 2026 pukul 10.00 WIB diundur menjadi Kamis 3 Desember 2026 pukul 13.00 WIB",
            "2026-12-03T13:00",
        ),
    ],
)
def test_what_was_moved_is_at_its_new_time_and_told(said, start):
    record = read(f"Konsultasi usaha {said}.")
    assert record["start"] == start
    assert "start" in doubted(record)


def test_a_change_that_is_not_plain_is_told():
    record = read("RALAT. Konsultasi usaha di Aula PLUT 3 Desember 2026 pukul 10.00 WIB. Jam 13.00 WIB yang betul.")
    assert doubted(record) == ["start"]


def test_a_deadline_is_the_last_day_on_which_one_may_come():
    text = "Konsultasi usaha 20 Oktober 2026 pukul 10.00 WIB di Aula PLUT. Pendaftaran 1-10 Oktober 2026."
    assert read(text)["deadline"] == "2026-10-10"


def test_a_day_of_birth_is_no_deadline():
    text = "Konsultasi usaha 20 Oktober 2026 pukul 10.00 WIB di Aula PLUT, bagi yang lahir sebelum 1 Januari 1990."
    assert read(text)["deadline"] is None


def test_midnight_is_of_two_days():
    record = read("Konsultasi usaha Rabu, 2 Desember 2026 jam 12 malam WIB di Aula PLUT.")
    assert record["start"] == "2026-12-03T00:00"
    assert doubted(record) == ["start"]


def test_the_weekdays_of_a_range_may_stand_before_it():
    text = (
        "Konsultasi hari Senin sampai dengan Rabu, 30 November sampai dengan 2 Desember 2026, pukul 09.00 WIB di Aula"
    )
    assert read(text)["start"] == "2026-11-30T09:00"
