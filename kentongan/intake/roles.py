"""What people are called by their posts, and words that only organisations are called by."""

from __future__ import annotations

from kentongan.intake.words import vocabulary

_ROLES = vocabulary("roles")
_PLACES = vocabulary("places")
_ORGANISATIONS = vocabulary("organisations")


def is_role(word: str) -> bool:
    """Whether a post may begin with *word*."""
    return word.lower().rstrip(".") in _ROLES


def is_organisation(word: str) -> bool:
    """Whether *word* is part of what only organisations are called."""
    low = word.lower().rstrip(".")
    return low in _ORGANISATIONS or (
        low not in _ROLES and word.isupper() and len(low) > 1 and not set(low) & set("aiueo")
    )


def is_place(words: str) -> bool:
    """Whether *words* name a region and nobody: ``Kulon Progo``."""
    return all(word in _PLACES for word in words.lower().split())
