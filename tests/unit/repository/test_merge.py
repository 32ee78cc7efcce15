"""Merging what two people changed of one record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.repository.edit import BODY, Clash, Conflict, Edit, merged
from kentongan.store.frontmatter import parse

BASE = """---
title: Pasar murah   # a comment stays
date: 2026-07-01 08:00
tags: [pasar, harga]

# before the summary
summary: Beras dan minyak
---

Isi pertama.

Isi kedua.
"""


def test_changed_keys_are_spliced_and_all_else_keeps_its_bytes():
    edit = Edit("articles/pasar.md", BASE, {"summary": "Beras, minyak, gula", "category": "Warta"})
    assert merged(edit, BASE) == BASE.replace("Beras dan minyak", "Beras, minyak, gula").replace(
        "gula\n---", "gula\ncategory: Warta\n---"
    )


def test_an_untouched_body_keeps_its_bytes_though_browsers_change_line_ends():
    edit = Edit("articles/pasar.md", BASE, {}, "Isi pertama.\r\n\r\nIsi kedua.\r\n")
    assert merged(edit, BASE) == BASE


def test_different_fields_are_merged():
    theirs = BASE.replace("Pasar murah ", "Pasar sangat murah ")
    edit = Edit("articles/pasar.md", BASE, {"summary": "Gula"}, "Isi baru.")
    found = parse(merged(edit, theirs))
    assert (found.data["title"], found.data["summary"], found.body) == ("Pasar sangat murah", "Gula", "Isi baru.\n")


def test_the_same_field_shows_both():
    theirs = BASE.replace("Beras dan minyak", "Kopi").replace("Isi kedua", "Isi lain")
    edit = Edit("articles/pasar.md", BASE, {"summary": "Gula", "title": "Pasar murah"}, "Isi baru.")
    with pytest.raises(Conflict) as caught:
        merged(edit, theirs)
    assert caught.value.clashes == (
        Clash("summary", "Beras dan minyak", "Gula", "Kopi"),
        Clash(BODY, "Isi pertama.\n\nIsi kedua.\n", "Isi baru.", "Isi pertama.\n\nIsi lain.\n"),
    )


def test_the_same_words_from_both_are_no_conflict():
    theirs = BASE.replace("Beras dan minyak", "Gula")
    assert merged(Edit("articles/pasar.md", BASE, {"summary": "Gula"}), theirs) == theirs


def test_a_field_changed_here_and_deleted_there_shows_both():
    theirs = BASE.replace("summary: Beras dan minyak\n", "")
    with pytest.raises(Conflict) as caught:
        merged(Edit("articles/pasar.md", BASE, {"summary": "Gula"}), theirs)
    assert caught.value.clashes == (Clash("summary", "Beras dan minyak", "Gula", None),)


def test_a_new_record_whose_name_was_taken_meanwhile_shows_both():
    with pytest.raises(Conflict) as caught:
        merged(Edit("articles/pasar.md", None, {"title": "Lain"}, "Isi lain."), BASE)
    assert [clash.field for clash in caught.value.clashes] == ["title", BODY]


def test_a_record_deleted_meanwhile_is_told():
    with pytest.raises(Conflict) as caught:
        merged(Edit("articles/pasar.md", BASE, {"title": "Lain"}), None)
    assert caught.value.theirs is None


def test_pelican_metadata_becomes_front_matter():
    found = merged(
        Edit("a.md", "Title: Lama\nDate: 2026-01-02\n\nIsi.\n", {"title": "Baru"}),
        "Title: Lama\nDate: 2026-01-02\n\nIsi.\n",
    )
    assert parse(found).data["title"] == "Baru"
    assert parse(found).body == "Isi.\n"


KEYS = ("title", "date", "summary", "category")
WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
CHANGES = st.dictionaries(st.sampled_from(KEYS), st.none() | WORDS)


def both_changed(mine, base, theirs) -> set[str]:
    return {key for key in mine if base.get(key) != mine[key] != theirs.get(key) != base.get(key)}


@given(CHANGES, CHANGES, st.none() | WORDS)
def test_nothing_of_either_is_lost(mine, theirs, body):
    """What both wanted is in the merge, or in the conflict."""
    base = merged(Edit("a.md", None, {"title": "Judul", "summary": "Ringkas"}, "Isi."), None)
    other = merged(Edit("a.md", base, theirs), base)
    edit = Edit("a.md", base, mine, body)
    clashing = both_changed(mine, parse(base).data, parse(other).data)
    if clashing:
        with pytest.raises(Conflict) as caught:
            merged(edit, other)
        assert {clash.field for clash in caught.value.clashes} == clashing
        return
    found = parse(merged(edit, other))
    before, after = parse(base).data, parse(other).data
    for key in KEYS:
        wanted = found.data.get(key)
        assert wanted == (mine[key] if key in mine and mine[key] != before.get(key) else after.get(key))
    assert found.body.strip() == (body or "Isi.").strip()
