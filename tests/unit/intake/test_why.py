"""Doubts say where, what and why: the weekday it is, the other days, and why a text is taken for news."""

from datetime import date

import pytest

from kentongan.intake import read_announcement


def read(text, now=date(2026, 11, 24), known=()):
    return read_announcement(text, now, known).to_json("en")


def messages(record):
    return [one["message"] for one in record["warnings"]]


def test_a_weekday_that_does_not_fit_is_told_with_the_right_one_and_its_place():
    text = "Konsultasi usaha\nSenin, 22 Juli 2020 pukul 10.00 WIB di Aula PLUT"
    (warning,) = read(text)["warnings"]
    assert warning["message"] == "The weekday of “Senin, 22 Juli 2020” does not fit: that day is a Wednesday."
    assert text[slice(*warning["span"])] == "Senin, 22 Juli 2020"


def test_other_days_are_named():
    text = "Konsultasi usaha di Aula PLUT Rabu 2 Desember 2026 pukul 10.00 WIB, Jumat 4 Desember 2026 pukul 10.00 WIB"
    assert messages(read(text)) == ["The text names several days, and this is the first: Jumat 4 Desember 2026"]


@pytest.mark.parametrize("said", ["jam 7", "pukul 7", "pukul 7.00"])
def test_the_part_of_the_day_may_stand_before_the_hour(said):
    assert read(f"Siaran radio di Radio Kita nanti malam {said} WIB")["start"] == "2026-11-24T19:00"
    assert read(f"Siaran radio di Radio Kita Sabtu pagi {said} WIB, 28 November 2026")["start"] == "2026-11-28T07:00"


def test_a_day_that_counts_from_the_day_of_writing_asks_for_that():
    record = read("Siaran radio di Radio Kita besok pukul 19.00 WIB", None)
    assert messages(record) == ["“besok” counts from the day of writing; name that day with --now."]


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("Konsultasi: 3 Desember 2026, 10 WIB di Aula PLUT", "2026-12-03T10:00"),
        ("Konsultasi gratis! 2 Desember 2026 di Aula PLUT", None),
        ("Konsultasi 2 Desember 2026 09:00:00 WIB di Aula", "2026-12-02T09:00"),
        ("Klinik izin usaha lewat Zoom, 3 Desember 2026 pukul 10.00 WIB", "2026-12-03T10:00"),
    ],
)
def test_what_begins_as_a_consultation_is_one(said, start):
    assert (read(said)["kind"], read(said)["start"]) == ("consultation", start)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Buku Kas tayang ulang Minggu (6/12/26) 07.30 WIB di Radio Desa Sembada", "It tells of a repeat alone"),
        ("K0NSULTASI usaha 3 Desember 2026 pukul 10.00 WIB di Aula PLUT", "It says neither radio nor consultation"),
        ("Ada konsultasi usaha 3 Desember 2026 di Aula PLUT", "It names a day, and no hour"),
    ],
)
def test_it_is_told_why_a_text_is_taken_for_news(said, why):
    record = read(said)
    assert record["kind"] == "article"
    assert [message.startswith(why) for message in messages(record)] == [True]


def test_plain_news_needs_no_reason():
    assert messages(read("Koperasi Tirta telah menggelar rapat pada Sabtu (18/2/2023) yang dihadiri 90 orang.")) == []
