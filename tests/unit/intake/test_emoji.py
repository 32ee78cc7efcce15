"""Emoji of a pasted text: signs to whoever reads it for its facts, themselves to whoever reads it on the site."""

from __future__ import annotations

import pytest

from kentongan.intake.text import plain_text

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    "text", ["Ayo 🎉 datang!", f"Untuk {FAMILY}!", "Salam ❤\ufe0f", "Bagus 👍🏽👍🏽", "Kami 🇮🇩", "✅ Gratis"]
)
def test_emoji_stay_as_they_were_pasted(text: str):
    read = plain_text(text)
    assert read.with_emoji(0, len(read.plain)) == text


def test_signs_that_stand_for_bullets_are_bullets():
    read = plain_text("➤ Satu\n★ Dua")
    assert read.with_emoji(0, len(read.plain)) == "• Satu\n• Dua"
