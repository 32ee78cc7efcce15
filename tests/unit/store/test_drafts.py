"""Drafts as files: whatever is put into them comes out again, and no name is taken twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.errors import KentonganError
from kentongan.model import Kind
from kentongan.store.drafts import draft_text, free_id, printable, write_draft
from kentongan.store.frontmatter import parse


@given(st.text())
def test_any_text_comes_out_of_the_front_matter_as_it_went_in(text):
    data = parse(draft_text({"title": "x", "announcement": text}, "")).data
    assert data.get("announcement", "").strip() == printable(text).strip()


def test_keys_that_hold_nothing_are_left_out():
    text = draft_text({"title": "x", "end": None, "credits": [], "ask": {"phone": None, "whatsapp": "+62"}}, "Isi\n")
    assert text == "---\ntitle: x\nask:\n  whatsapp: '+62'\n---\n\nIsi\n"


def test_a_name_that_is_taken_or_planned_gets_a_number(tmp_path):
    path = write_draft(tmp_path, Kind.PERSON, free_id(tmp_path, Kind.PERSON, "budi"), "satu")
    assert free_id(tmp_path, Kind.PERSON, "budi") == "budi-2"
    assert free_id(tmp_path, Kind.PERSON, "budi", {"budi-2"}) == "budi-3"
    assert free_id(tmp_path, Kind.PERSON, "") == "person"
    assert len(free_id(tmp_path, Kind.PERSON, "a" * 200)) <= 100
    with pytest.raises(KentonganError):
        write_draft(tmp_path, Kind.PERSON, "budi", "dua")
    assert path.read_text() == "satu"
