"""An end told by a word: ``selesai 10.00``; what ends at no hour stays without an end."""

import pytest

from kentongan.intake import read_announcement

DAY = "Senin, 14 Desember 2026"


def read(hours):
    return read_announcement(f'Program "Suara Tani" di Radio Suka FM, {DAY}, {hours}').to_json("en")


@pytest.mark.parametrize(
    "hours",
    [
        "pukul 09.00 selesai 10.00 WIB",
        "mulai 09.00 WIB selesai pukul 10.00",
        "mulai pukul 09.00 WIB dan berakhir pada pukul 10.00 WIB",
        "mulai: 09.00 WIB\nSelesai: 10.00 WIB",
        "mulai 09.00 WIB. Selesai 10.00 WIB.",
        "09.00 WIB (selesai 10.00)",
    ],
)
def test_an_end_told_by_a_word(hours):
    told = read(hours)
    assert (told["start"], told["end"], told["zone"]) == ("2026-12-14T09:00", "2026-12-14T10:00", "WIB")


@pytest.mark.parametrize(
    "hours", ["09.00 s.d. selesai", "09.00 WIB s/d selesai", "09.00-selesai", "09.00 sampai selesai"]
)
def test_an_end_at_no_hour_is_none(hours):
    assert (read(hours)["time"], read(hours)["end_time"]) == ("09:00", None)


@pytest.mark.parametrize("hours", ["selesai 10.00 WIB", "berakhir pukul 10.00 WIB"])
def test_an_end_alone_is_no_beginning(hours):
    assert (read(hours)["time"], read(hours)["start"]) == (None, None)
