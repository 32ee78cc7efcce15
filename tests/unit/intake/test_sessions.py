"""An event in sessions lasts from the first to the last of them; sessions on days of their own are not joined."""

import pytest

from kentongan.intake import read_announcement

DAY = "Senin 14 Desember 2026"


def read(text):
    return read_announcement(text).to_json("en")


@pytest.mark.parametrize(
    "hours",
    [
        ". Sesi 1 09.00-10.00, Sesi 2 10.30-11.30 WIB",
        ".\nSesi I: 09.00-10.00 WIB\nSesi II: 10.30-11.30 WIB",
        ".\n• Sesi pertama (pukul 09.00 - 10.00 WIB)\n• Sesi kedua (pukul 10.30 - 11.30 WIB)",
        " pukul 09.00-10.00 WIB (sesi 1) dan 10.30-11.30 WIB (sesi 2)",
        ". Sesi 1 jam 09.00-10.00, sesi 2 jam 10.15-10.25, sesi 3 jam 10.30-11.30 WIB",
    ],
)
@pytest.mark.parametrize("event", ["Konsultasi usaha di kantor PLUT, ", 'Program "Suara Tani" di Radio Desa FM, '])
def test_sessions_of_one_day_are_one_event(event, hours):
    told = read(f"{event}{DAY}{hours}")
    assert (told["start"], told["end"], told["zone"]) == ("2026-12-14T09:00", "2026-12-14T11:30", "WIB")
    assert "several sessions" in told["warnings"][0]["message"]


def test_the_last_session_may_have_no_end():
    told = read(f"Konsultasi usaha di kantor PLUT, {DAY}. Sesi 1 09.00-10.00, sesi 2 10.30 WIB s.d. selesai")
    assert (told["start"], told["end"]) == ("2026-12-14T09:00", None)


def test_sessions_on_days_of_their_own_are_asked_about():
    text = f"Konsultasi usaha. Sesi 1 {DAY} 09.00-10.00 WIB, Sesi 2 Selasa 15 Desember 2026 13.00-14.00 WIB"
    told = read(text)
    assert (told["start"], told["end"]) == ("2026-12-14T09:00", "2026-12-14T10:00")
    assert "several days" in told["warnings"][0]["message"]
