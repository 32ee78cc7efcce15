"""What is called a day or an hour and is none: it is said, with its place, and the rest of the text still counts."""

import pytest

from kentongan.intake import read_announcement
from kentongan.intake.telling import told


def read(text):
    return read_announcement(text).to_json("en")


def doubted(text):
    """The pieces of *text* at which the warnings point."""
    return [(one["field"], text[slice(*one["span"])].strip()) for one in read(text)["warnings"] if "span" in one]


@pytest.mark.parametrize("line", ["Siaran Radio Desa FM\n", "Konsultasi usaha di kantor\n", "Pasar murah warga\n"])
def test_an_impossible_day_and_hour_are_said_with_their_place(line):
    text = f"{line}📅 13/14/2026 pukul 09.60."
    assert doubted(text) == [("date", "13/14/2026"), ("time", "pukul 09.60")]
    assert (read(text)["date"], read(text)["time"]) == (None, None)
    assert "“13/14/2026” is no date of any calendar. (line 2)" in told(read_announcement(text), {}, "en")


def test_an_impossible_day_still_makes_an_event():
    told = read("Siaran Radio Desa FM, 13/14/2026 pukul 09.60.")
    assert (told["kind"], told["ask"]) == ("episode", ["program", "date", "time", "zone", "end"])


def test_an_impossible_hour_right_behind_a_day_is_said():
    text = "Siaran Radio Desa FM, Rabu, 16 Desember 2026, 09.60-10.30"
    assert (read(text)["time"], doubted(text)) == (None, [("time", "09.60")])


@pytest.mark.parametrize("hour", ["25.00", "24.30", "09.60"])
@pytest.mark.parametrize(("zone", "short"), [("WIB", "WIB"), ("wita", "WITA"), ("waktu Indonesia bagian timur", "WIT")])
def test_the_zone_of_an_impossible_hour_stays(hour, zone, short):
    told = read(f"Siaran Radio Desa FM, Rabu, 16 Desember 2026 pukul {hour} {zone}.")
    assert (told["zone"], told["time"], told["ask"]) == (short, None, ["program", "time", "end"])


def test_the_number_of_a_letter_is_no_day():
    text = "Nomor 13/14/2026\nSiaran Radio Desa FM, Rabu, 16 Desember 2026 pukul 09.00 WIB"
    assert (read(text)["start"], doubted(text)) == ("2026-12-16T09:00", [])
