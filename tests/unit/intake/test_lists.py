"""Guests in one line, joined by numbers or ``&``, and guests with the titles of the pesantren."""

import pytest

from kentongan.intake import read_announcement

WHEN = "Senin 14 Desember 2026 pukul 10.00 WIB"
TALK = f'Program "Suara Tani" di Radio Desa FM, {WHEN}'


def read(text):
    return read_announcement(text).to_json("en")


def people(text):
    return [(one["prefix"], one["name"], one["role"]) for one in read(text)["people"]]


def names(text):
    return [one["name"] for one in read(text)["people"]]


@pytest.mark.parametrize(
    "guests",
    [
        "1. Budi Santoso, S.E. (Ketua KSP) 2. Sri Rahayu (Bendahara)",
        "1. Budi Santoso, S.E., Ketua KSP. 2. Sri Rahayu, Bendahara.",
        "1) Budi Santoso - Ketua KSP, 2) Sri Rahayu - Bendahara",
        "(1) Budi Santoso, S.E. (Ketua KSP); (2) Sri Rahayu (Bendahara)",
        "1. Budi Santoso - Ketua KSP 2. Sri Rahayu - Bendahara",
    ],
)
def test_guests_numbered_in_one_line(guests):
    assert people(f"{TALK}. Narasumber: {guests}") == [
        (None, "Budi Santoso", "Ketua KSP"),
        (None, "Sri Rahayu", "Bendahara"),
    ]


def test_a_number_that_ends_a_sentence_begins_no_guest():
    assert names(f"{TALK}. Narasumber: Budi Santoso, Ketua RT 2. Parkir Luas tersedia.") == ["Budi Santoso"]


@pytest.mark.parametrize("sign", ["&", "&amp;"])
@pytest.mark.parametrize(
    ("guests", "expected"),
    [("Budi {} Sri", ["Budi", "Sri"]), ("Budi Santoso {} Sri Lestari", ["Budi Santoso", "Sri Lestari"])],
)
@pytest.mark.parametrize("shape", ["{}", "<p>{}</p>"])
def test_guests_joined_by_an_ampersand(sign, guests, expected, shape):
    assert names(shape.format(f"{TALK} bersama {guests.format(sign)}.")) == expected


def test_one_lone_word_beside_bersama_is_nobody():
    assert names(f"{TALK} bersama Budi.") == []


@pytest.mark.parametrize("title", ["K.H.", "KH.", "KH", "K. H.", "Hj.", "Hj", "H."])
def test_titles_stand_before_the_name(title):
    guests = f"{title} Ahmad Dahlan, Ketua Kopontren Al Huda"
    assert people(f"{TALK}. Narasumber: {guests}") == [(title, "Ahmad Dahlan", "Ketua Kopontren Al Huda")]


@pytest.mark.parametrize("verb", ["akan hadir", "mengisi", "menjelaskan zakat", "menyampaikan tausiah"])
def test_a_talk_by_a_kiai_is_no_news(verb):
    told = read(f"K.H. Ahmad Dahlan {verb} di Radio Desa FM, {WHEN}.")
    assert (told["kind"], told["program"]) == ("episode", None)


def test_a_post_between_the_courtesy_and_the_name():
    guests = "Pak Lurah Suyadi dan Bu Sumiyati, petani"
    for lead in ("Narasumber:", "Narasumber tetap:", "Yang hadir", "Tamunya"):
        assert people(f"{TALK}. {lead} {guests}.") == [(None, "Suyadi", "Lurah"), (None, "Sumiyati", "petani")]


def test_a_title_begins_no_program():
    assert read(f"Siaran K.H. Ahmad Dahlan di Radio Desa FM, {WHEN}.")["program"] is None


def test_a_day_is_nobodys_post():
    assert people(f"Radio Desa FM menghadirkan K.H. Ahmad Dahlan, {WHEN}.") == [("K.H.", "Ahmad Dahlan", None)]


def test_a_lone_name_behind_a_post_is_not_the_end_of_the_post():
    assert people(f"{TALK}. Narasumber: Ketua Koperasi Tani Makmur, Hasnah") == [
        (None, "Hasnah", "Ketua Koperasi Tani Makmur")
    ]
    assert names(f"{TALK}. Narasumber: Ketua KSP Galih Pamungkas, Sleman") == ["Galih Pamungkas"]
