"""What is easily taken for something else: a day for a telephone, a sum cut short, a district for somebody."""

from datetime import date

import pytest

from kentongan.intake import read_announcement


def read(text):
    return read_announcement(text, date(2026, 11, 24)).to_json("en")


@pytest.mark.parametrize("said", ["Minggu (06-12-26) 20:00", "Minggu (06-12-26) 07.30", "06.12.2026 pukul 07.30"])
def test_a_day_is_no_telephone(said):
    assert read(f"Siaran Buku Kas {said} WIB di Radio Desa Sembada")["phones"] == []


def test_a_telephone_stays_one():
    text = (
        "Siaran Buku Kas Minggu 6 Desember 2026 07.30 WIB di Radio Desa Sembada. Telp (0274) 555-123, WA 0812-3456-7890"
    )
    assert read(text)["phones"] == ["+62274555123", "+6281234567890"]


@pytest.mark.parametrize(
    "cost", ["Rp50rb", "Rp1,5 juta", "Rp 50 ribu/orang", "Rp50.000,-", "Rp2jt per peserta", "Rp 75.000 per orang"]
)
def test_a_sum_is_whole(cost):
    text = f"Konsultasi usaha di Aula PLUT, 3 Desember 2026 pukul 10.00 WIB. Biaya: {cost}. Daftar dulu."
    assert read(text)["cost"] == cost


@pytest.mark.parametrize(
    "said",
    [
        "Acara: Sabtu 3-10-2026 pk. 09.00 WIB di Radio Kita",
        "Acara: Jumat, 4 Des 2026 pukul 09.00 WIB di Radio Kita",
        "Siaran radio. Program: 2 Desember 2026 pukul 09.00 WIB di Radio Kita",
        'Talkshow radio "GRATIS untuk umum" 2 Desember 2026 pukul 09.00 WIB di Radio Kita',
    ],
)
def test_a_day_or_a_slogan_is_no_program(said):
    record = read(said)
    assert (record["kind"], record["program"]) == ("episode", None)
    assert "program" in record["ask"]


def test_a_program_may_begin_with_a_weekday():
    assert read("Acara: Sabtu Ceria\nSabtu 5 Desember 2026 pukul 09.00 WIB di Radio Kita")["program"] == "Sabtu Ceria"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Siaran Radio Trijaya 2 Desember 2026 pukul 10.00 WIB", "Radio Trijaya"),
        ("Siaran di Radio Kita December 5, 2026, pukul 10.00 WIB", "Radio Kita"),
        ("Siaran di Radio Kita 4/12/2026 pukul 10.00 WIB", "Radio Kita"),
        ("Siaran 4 Desember 2026 pukul 10.00 WIB di Radio Desa Sembada DIBATALKAN karena banjir", "Radio Desa Sembada"),
        ("Siaran 4 Desember 2026 pukul 10.00 WIB di Radio Desa Sembada BATAL", "Radio Desa Sembada"),
        ("Siaran di Radio Mitra 2 FM, 4 Desember 2026 pukul 10.00 WIB", "Radio Mitra 2 FM"),
    ],
)
def test_what_follows_a_station_is_no_part_of_it(said, name):
    assert read(said)["station"] == name


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("Bapak Bupati Sleman dan Ibu Ketua Dekranasda", []),
        ("Bapak Camat Turi, Subagyo, S.IP.", [("Subagyo", "Camat Turi")]),
        ("Bapak Lurah Donokerto, Waluyo Jati, S.Sos.", [("Waluyo Jati", "Lurah Donokerto")]),
        ("Bapak Direktur Bank Sleman, Ibu Ketua PKK Turi", []),
        ("Pak Lurah Suyadi", [("Suyadi", "Lurah")]),
        ("Tim PLUT, Bank BPD DIY", []),
        (
            "Camat Pakem Suyanto, S.Sos., Danramil Turi Kapten Inf. Slamet, dan Kapolsek AKP Rina Wati, S.H.",
            [("Suyanto", "Camat Pakem"), ("Slamet", "Danramil Turi"), ("Rina Wati", "Kapolsek")],
        ),
    ],
)
def test_a_place_or_a_body_is_nobody(said, people):
    record = read(f"Konsultasi usaha di Aula PLUT, 3 Desember 2026 pukul 10.00 WIB. Narasumber: {said}")
    assert [(one["name"], one["role"]) for one in record["people"]] == people


def test_the_place_to_which_it_was_moved_holds():
    text = "Konsultasi di Aula PLUT 3 Desember 2026 pukul 10.00 WIB dipindah ke Balai Desa Turi pukul 13.00 WIB."
    assert read(text)["venue"] == "Balai Desa Turi"


def test_whoever_is_not_named_yet_is_no_topic():
    record = read("Konsultasi 2 Desember 2026 pukul 09.00 WIB di Aula PLUT. Narasumber: akan diumumkan. Moderator: tbd")
    assert record["topic"] is None


@pytest.mark.parametrize("below", ["Pembina Utama Muda, IV/c", "Penata Tk. I (III/d)\nNIP 196501011990031001"])
def test_who_has_signed_a_letter_is_no_guest(below):
    text = f"""Konsultasi usaha pada Rabu, 2 Desember 2026 pukul 09.00 WIB di Aula PLUT.

Kepala Dinas,


Drs. H. Pustopo, M.Si.
{below}
"""
    assert read(text)["people"] == []


def test_a_fax_is_no_telephone_but_a_telephone_may_be_both():
    text = "Konsultasi usaha 2 Desember 2026 pukul 09.00 WIB di Aula PLUT. "
    assert read(f"{text}Fax (0274) 555-123, WA 0812-3456-7890")["phones"] == ["+6281234567890"]
    assert read(f"{text}Telp/Fax (0274) 555-123")["phones"] == ["+62274555123"]
