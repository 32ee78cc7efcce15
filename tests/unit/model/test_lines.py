"""Texts of one line and lists of them: what is in them, and how many there may be."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from kentongan.model.fields import Line, Texts


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x00", "\ufffe"])
def test_what_cannot_be_seen_and_changes_what_is_read_is_refused(character: str):
    with pytest.raises(ValidationError, match="control-character"):
        TypeAdapter(Line).validate_python(f"Pasar {character}murah")


def test_emoji_and_other_scripts_stay():
    text = "Keluarga 👨\u200d👩\u200d👧 ❤\ufe0f كتاب"
    assert TypeAdapter(Line).validate_python(text) == text


def test_a_list_of_texts_ends_somewhere():
    texts = TypeAdapter(Texts)
    assert texts.json_schema()["maxItems"] == 30
    assert len(texts.validate_python(["a"] * 30)) == 30
    with pytest.raises(ValidationError, match="too_long"):
        texts.validate_python(["a"] * 31)
