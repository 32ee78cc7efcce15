"""No text makes the reader fail; what it gives stands where it says."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kentongan.errors import KentonganError
from kentongan.intake import LIMIT, read_announcement
from tests.thorough import examples
from tests.unit.intake.corpus import SETS, cases

PIECES = (
    "Program “Warung Sebelah”",
    "Radio Suka FM",
    "97,5 FM",
    "hari Rabu tanggal 22 Juli 2020",
    "pukul 10.00",
    "jam 7 malam",
    "s.d.",
    "Narasumber:",
    "Dr. Budi Santoso, S.E., Ketua KUD Turi",
    "dan",
    "setiap Senin",
    "besok",
    "0812-3456-7890",
    "https://bit.ly/x",
    "<p>",
    "</td>",
    "&nbsp;",
    "*",
    "\n",
    "📅",
    "\u202e",
    "\0",
    "\ud800",
    "３１ Februari",
    "SLEMAN – ",
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map(" ".join)
PIECES_OF_TEXT = ("title", "topic", "program", "station", "venue", "dateline", "email", "cost")
"""Fields whose value is a piece of the text, and not made of it."""


def plain(text):
    return re.sub(r"\W+", "", text).casefold()


def whole(announcement):
    record = announcement.to_json("id")
    length = len(announcement.text.original)
    for field, (start, end) in record["spans"].items():
        assert 0 <= start < end <= length, field
    for field in PIECES_OF_TEXT:
        if record[field]:
            start, end = record["spans"][field]
            places = zip(announcement.text.plain, announcement.text.starts, strict=True)
            shown = "".join(char for char, place in places if start <= place < end)
            assert plain(record[field]) in plain(shown), field
    return record


@settings(max_examples=examples(150))
@given(TEXTS)
@example("")
@example("<!--" * 50)
@example("Rabu, 29 Februari 2021 pukul 24.00 - 24.00 WIB di Radio 108 FM")
def test_any_text_is_read_and_spans_lie_within_it(text):
    whole(read_announcement(text, date(2020, 7, 20)))


@pytest.mark.parametrize("case", [case for which in SETS for case in cases(which)], ids=lambda case: case.name)
def test_spans_of_real_announcements_hold_what_was_read(case):
    whole(read_announcement(case.text))


def test_the_same_text_gives_the_same_reading():
    text = "Program Warta di Radio Suka, Rabu, 22 Juli 2020 pukul 10.00 bersama Bu Ani, petani"
    assert read_announcement(text) == read_announcement(text)


def test_a_text_too_long_for_an_announcement_is_refused():
    with pytest.raises(KentonganError, match="too long"):
        read_announcement("a" * (LIMIT + 1))


@pytest.mark.parametrize(
    ("pasted", "seen"),
    [
        ("<p>Halo&nbsp;<b>semua</b></p><p>Ya</p>", "Halo semua\n\nYa"),
        ("<script>alert(1)</script><p>Isi</p>", "Isi"),
        ("Surel <budi@example.id> & 3 < 4", "Surel <budi@example.id> & 3 < 4"),
        ("*Tebal* dan _miring_, kata_sandi tetap", "Tebal dan miring, kata_sandi tetap"),
        ("* butir", "• butir"),
        ("> kutipan", "• kutipan"),
        ("Dinas,Ir. Budi,M.P.", "Dinas, Ir. Budi, M.P."),
        ("[10/5 08.12] Admin: halo\n[10/5 08.13] Bu Tatik: siap", "halo\nsiap"),
        ("10/05/25, 08.12 - Admin: halo", "halo"),
        ("Ｒａｄｉｏ　１０", "Radio 10"),
        ("𝗥𝗮𝗯𝘂", "Rabu"),
        ("a\u200bb\ufeffc", "abc"),
        ("satu   dua\t\ttiga  \r\n empat", "satu dua tiga\nempat"),
        ("“kutip” – ‘satu’", "\"kutip\" - 'satu'"),
    ],
)
def test_what_readers_see_of_a_text(pasted, seen):
    assert read_announcement(pasted).text.plain.strip("\n") == seen
