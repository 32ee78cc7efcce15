"""Words, and which are one and the same."""

import pytest

from kentongan.search.words import stem_of, stems, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rapat_Anggota-2026!", ["rapat", "anggota", "2026"]),
        ("Café, naïve ﬁ Straße", ["cafe", "naive", "fi", "strasse"]),
        ("ꦏꦸ 人 \0\ud800", ["ꦏ", "人"]),
        ("x" * 100, ["x" * 64]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]):
    assert words(text) == found


@pytest.mark.parametrize(
    ("root", "derived"),
    [
        ("layan", "layanan melayani pelayanan"),
        ("simpan", "simpanan menyimpan penyimpanan"),
        ("pinjam", "pinjaman meminjam peminjam"),
        ("latih", "pelatihan dilatih melatih"),
        ("usaha", "pengusaha berusaha"),
        ("koperasi", "perkoperasian"),
    ],
)
def test_words_of_one_root_have_one_stem(root: str, derived: str):
    assert {stem_of(word) for word in derived.split()} == {root}


def test_only_stems_that_are_no_words_of_the_text_are_kept():
    assert stems(["koperasi", "layanan", "layanan", "melayani"]) == ["layan", "layan"]
