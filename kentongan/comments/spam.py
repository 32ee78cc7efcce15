"""What looks like spam: rules that need no learning, and a filter that learns from what moderators decide.

The filter is naive Bayes over the words of a comment (Graham, "A Plan for Spam", in its log-odds form), begun with a
list of words and with examples. It is made of the decided comments themselves: what is erased is forgotten by it too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from kentongan.comments.text import links

MOST_LINKS = 2
"""More links than this in one comment are for search engines, not for readers."""

_TRICKS = str.maketrans("013457@$!€£", "oieastasiel")
"""Letters that spell a word past a filter."""
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_SPACED = re.compile(r"\b(?:\w[ .\-_*|]){3,}\w\b")
_MARK = re.compile(r"\W|_")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/\s?#]+)", re.IGNORECASE)
# No repeat that may begin at any letter is without bound: a text of 8 kB would be read a thousand times over.
_BARE_HOST = re.compile(
    r"\b[\w-]{1,63}\.(?:com|net|org|xyz|top|vip|site|online|club|live|pro|link|info|me|cc|biz|bet|win|fun|shop|ly)\b",
    re.IGNORECASE,
)
_BRAND = re.compile(r"\b[a-z]{3,}(?:\d{2,4})\b", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_AGAIN, _SUFFIX = re.compile(r"(.)\1{2,}"), re.compile(r"(?<=\w{4})(?:nya|mu)$")
_ENGLISH = frozenset(
    (
        "the",
        "for",
        "your",
        "you",
        "now",
        "free",
        "we",
        "and",
        "buy",
        "best",
        "with",
        "my",
        "visit",
        "at",
        "this",
        "here",
    )
)
_TRAITS = ("[link]", "[brand]", "[shout]", "[dressed letters]", "[phone]", "[english]")
_QUESTION, _ASKS = "[question]", 2.0
"""Who asks, wants an answer: that counts as two real comments before the first decision."""
_PHONE = re.compile(r"(?:\+?62|0)8[\d .-]{8,}|wa\.me|t\.me", re.IGNORECASE)
_MONEY = re.compile(r"\b\d[\d.,]{0,20}\s?(?:rb|ribu|k|jt|juta|miliar|perak|persen|x)\b|\d\s?%|\brp\b", re.IGNORECASE)
_SHOUT = re.compile(r"[!🔥🎰💰💸✅👉⚡💎🚀]{2,}")

_PRIOR = 2.0
"""How many comments of either kind count as having been seen before the first decision, besides the examples."""
_EXAMPLE = 0.5
"""As how many decisions one of the examples counts."""
_SMOOTH, _MOST_EACH = 0.7, 3.5
_EDGE = 1.2
"""Log-odds from which on a comment is set apart as spam: three to one. Somebody reads either kind."""
_STRONG, _WEAK = 12.0, 1.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a comment looks like spam, and by which rules."""

    is_spam: bool
    reasons: tuple[str, ...] = ()


class Filter:
    """What moderators decided, counted. *decided* are comments (name and text) with whether they are spam."""

    def __init__(self, decided: Iterable[tuple[str, str, bool]] = ()) -> None:
        self._seen = {is_spam: Counter(words) for is_spam, words in _known().items()}
        self._held = {is_spam: _PRIOR + _EXAMPLE * len(shown) for is_spam, shown in _examples().items()}
        for name, text, is_spam in decided:
            self._seen[is_spam].update(tokens(name, text))
            self._held[is_spam] += 1

    def odds(self, name: str, text: str) -> float:
        """The logarithm of how much more likely spam is than a real comment; 0 is even."""
        return sum(self._weight(token) for token in tokens(name, text))

    def judge(self, name: str, text: str) -> Verdict:
        """What is thought of a comment before anybody has read it."""
        reasons = tuple(rule for rule, holds in self._rules(name, text) if holds)
        return Verdict(bool(reasons), reasons)

    def _rules(self, name: str, text: str) -> Iterator[tuple[str, bool]]:
        yield "links", len(links(text)) > MOST_LINKS
        yield "words", self.odds(name, text) > _EDGE

    def _weight(self, token: str) -> float:
        spam, real = self._seen[True][token], self._seen[False][token]
        if spam + real == 0:
            return 0.0
        share = (spam + _SMOOTH) / (self._held[True] + 2 * _SMOOTH)
        other = (real + _SMOOTH) / (self._held[False] + 2 * _SMOOTH)
        return max(-_MOST_EACH, min(_MOST_EACH, log(share / other)))


@lru_cache(maxsize=4096)
def tokens(name: str, text: str) -> frozenset[str]:
    """The words of a comment with spelling tricks undone, and what it has besides words, as words in brackets."""
    named = tuple(_words(name))
    return frozenset((*_words(text), *named, *(f"name:{word}" for word in named), *_traits(name, text)))


def _words(text: str) -> Iterator[str]:
    flat = _SPACED.sub(lambda match: _MARK.sub("", match[0]), _folded(_WEB.sub(" ", text)))
    for found in _WORD.findall(flat):
        word = found.translate(_TRICKS) if any(char.isalpha() for char in found) else ""
        if len(word) > 1:
            yield _SUFFIX.sub("", _AGAIN.sub(r"\1", word))


def _traits(name: str, text: str) -> Iterator[str]:
    yield from (f"[host {match[1]}]" for link in links(text) if (match := _HOST.match(link.casefold())))
    if links(text) or _BARE_HOST.search(text):
        yield "[link]"
    if _BRAND.search(_folded(f"{name} {text}")):
        yield "[brand]"
    if _PHONE.search(text):
        yield "[phone]"
    if _MONEY.search(text):
        yield "[money]"
    if "?" in text:
        yield _QUESTION
    if len(_ENGLISH.intersection(_folded(text).split())) > 2:
        yield "[english]"
    if _SHOUT.search(text):
        yield "[shout]"
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 15 and sum(char.isupper() for char in letters) > len(letters) / 2:
        yield "[capitals]"
    if unicodedata.normalize("NFKC", text) != text:
        yield "[dressed letters]"


def undressed(text: str) -> str:
    """*text* in small letters, those that stand for others, by their look, as what they are read as."""
    return _folded(text).translate(_TRICKS)


def _folded(text: str) -> str:
    """Letters that are dressed up (mathematical, full width, accented) as what they are read as."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


@cache
def _known() -> dict[bool, Counter[str]]:
    """Words of the list and of the examples, for spam and for real comments, with how many decisions each counts as."""
    strong, weak, real = (part.split() for part in _parts("spam-words.txt"))
    spam = {**dict.fromkeys(weak, _WEAK), **dict.fromkeys(strong, _STRONG), **dict.fromkeys(_TRAITS, _WEAK)}
    known = {True: Counter(spam), False: Counter({**dict.fromkeys(real, _WEAK), _QUESTION: _ASKS})}
    for is_spam, shown in _examples().items():
        for words in shown:
            known[is_spam].update(dict.fromkeys(words, _EXAMPLE))
    return known


@cache
def _examples() -> dict[bool, list[frozenset[str]]]:
    """The words of each example, of spam and of real comments."""
    read = [
        [tokens(*line.split(" | ", 1)) for line in part.splitlines() if line] for part in _parts("spam-examples.txt")
    ]
    return dict(zip((True, False), read, strict=True))


def _parts(name: str) -> list[str]:
    """What stands below each heading (a line in brackets) of the file *name*."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return re.split(r"^\[.*\]$", text, flags=re.MULTILINE)[1:]
