"""What people are called by their posts, and words that only organisations are called by."""

from __future__ import annotations

from functools import lru_cache

from kentongan.intake.words import vocabulary

_ROLES = vocabulary("roles")
_NO_ROLES = vocabulary("no-roles")
_SHORT = ("kadis", "kadin", "kabid", "kasub")
"""How heads of offices are cut short: ``Kadiskop``."""
_PLACES = vocabulary("places")
_ORGANISATIONS = vocabulary("organisations")


@lru_cache(maxsize=4096)
def is_role(word: str) -> bool:
    """Whether a post may begin with *word*."""
    low = word.lower().rstrip(".")
    return low in _ROLES or low.startswith(_SHORT) or (word.islower() and _is_agent(word))


def _is_agent(word: str) -> bool:
    """Indonesian makes whoever does something by ``pe-``: ``penyanyi``, but ``pelatihan`` is what they do."""
    return word.startswith("pe") and len(word) > 5 and not word.endswith("an") and word not in _NO_ROLES


@lru_cache(maxsize=4096)
def is_organisation(word: str) -> bool:
    """Whether *word* is part of what only organisations are called."""
    low = word.lower().rstrip(".")
    return low in _ORGANISATIONS or (
        low not in _ROLES and word.isupper() and len(low) > 1 and not set(low) & set("aiueo")
    )


@lru_cache(maxsize=4096)
def is_place(words: str) -> bool:
    """Whether *words* name a region and nobody: ``Kulon Progo``."""
    return all(word in _PLACES for word in words.lower().split())
