"""What a stranger's texts tripped the reader over."""

from datetime import date

import pytest

from kentongan.clock import named_day
from kentongan.errors import KentonganError
from kentongan.intake import read_announcement


def read(text):
    return read_announcement(text, date(2026, 11, 24)).to_json("en")


def warnings(text):
    return [one["message"] for one in read(text)["warnings"]]


def test_an_end_before_the_beginning_is_left_out_and_said():
    told = read("Konsultasi koperasi di kantor PLUT, Senin 14 Desember 2026 pukul 11.00-09.00 WIB.")
    assert (told["start"], told["end"]) == ("2026-12-14T11:00", None)
    assert [one["field"] for one in told["warnings"]] == ["end"]


def test_a_talk_may_still_end_after_midnight():
    told = read("Siaran Radio Desa FM, Senin 14 Desember 2026 pukul 22.00-01.00 WIB.")
    assert told["end"] == "2026-12-15T01:00"


@pytest.mark.parametrize("name", ["rekening BPD", "NIP", "NIK:", "no rekening BRI a.n. Koperasi"])
def test_a_number_of_something_else_is_no_telephone(name):
    assert read(f"Konsultasi usaha, Senin 14 Desember 2026 pukul 09.00 WIB. {name} 0812345678901")["phones"] == []


def test_what_comes_back_after_a_success_is_no_news():
    text = (
        "Setelah sukses pada 10 Oktober 2026, program Rembuk Anggota kembali hadir 12 November 2026 pukul 19.30 WIB"
        " di Radio Desa FM."
    )
    assert (read(text)["kind"], read(text)["start"]) == ("episode", "2026-11-12T19:30")


def test_a_correction_tells_the_new_day():
    text = (
        "RALAT! Siaran Buku Kas di Radio Desa yang semula 9 Desember 2026"
        " diundur menjadi 16 Desember 2026 pukul 13.00 WIB."
    )
    assert (read(text)["kind"], read(text)["start"]) == ("episode", "2026-12-16T13:00")


@pytest.mark.parametrize("day", ["11 Desember 2026", "Senin, 14 Desember 2026", "2026"])
def test_the_day_behind_a_programs_name_is_no_part_of_it(day):
    assert read(f"Program Pasar Pagi {day} pukul 06.00 WIB di Radio Sembada FM.")["program"] == "Pasar Pagi"


def test_several_whole_names_in_a_row_are_people():
    told = read(
        "Program Pasar Pagi, 11 Desember 2026 pukul 06.00 WIB di Radio Sembada FM"
        " bersama Budi Santoso, Sri Lestari, dan Joko Purnomo."
    )
    assert [one["name"] for one in told["people"]] == ["Budi Santoso", "Sri Lestari", "Joko Purnomo"]


def test_what_is_called_off_is_said():
    assert warnings("Konsultasi usaha di kantor, 9 Desember 2026 pukul 10.00 WIB DIBATALKAN.") == [
        "The text says that something is called off or put off; if it is on the site, say so there."
    ]


def test_a_bare_number_is_no_doubtful_hour():
    assert (
        warnings("Konsultasi usaha: 1. bawa KTP 2. bawa buku kas 3. datang Senin 14 Desember 2026 pukul 09.00 WIB")
        == []
    )


def test_a_day_after_which_there_is_none_is_refused():
    with pytest.raises(KentonganError):
        named_day("9999-12-31")
