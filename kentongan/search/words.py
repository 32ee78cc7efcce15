"""What counts as a word, and which words are one and the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

LONGEST = 64
"""Letters of a word that are compared."""
_WORD = re.compile(r"[^\W_]+")
_STEMMER = snowballstemmer.stemmer("indonesian")


def words(text: str) -> list[str]:
    """The words of *text* in their order: small letters, no accents."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return [word[:LONGEST] for word in _WORD.findall(text.casefold())]


def stems(all_words: Iterable[str]) -> list[str]:
    """The stems of those of *all_words* that are not their own: ``layan`` for layanan, melayani and pelayanan."""
    return [stem for word in dict.fromkeys(all_words) if (stem := stem_of(word)) != word]


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """*word* without its affixes, after Tala's rules for Indonesian (Snowball)."""
    return str(_STEMMER.stemWord(word))
