"""An announcement as it was pasted -> plain text to read, every character of which knows where it stood.

Readers look at :attr:`Text.plain`: HTML is gone, WhatsApp's marks and zero-width characters too; quotes, dashes,
bullets, full-width and mathematical letters are plain ones; emoji are bullets; no two spaces stand together, and a line
break stays one. Whatever they find is told in places of the text as it was pasted.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from kentongan.intake.hypertext import is_hypertext, linked, visible
from kentongan.intake.pieces import Piece, pieces

_PLAIN = {
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛′`´ʼʻ", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("•▪▫●○◦‣⁃∙·◆◇■□★☆✓✔➤➢➡→", "•"),
    **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"),
    "\n": "\n",
    "\u20e3": "•",
}
_INVISIBLE = ("Cf", "Mn", "Me")
_SIGNS = ("So", "Sk", "Cs", "Co", "Cn")
_MARKS = "*_~>"
_BULLETS = re.compile("•+")
_CHAT_HEAD = re.compile(
    r"^\W?(?:\[[\d/., :-]{8,22}(?:[AP]M)?\] |\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}[.:]\d\d - )[^:\n]{1,40}:[ ]",
    re.MULTILINE,
)
"""Who wrote when, as a chat is copied: ``[10/5 08.12] Admin: ``."""


@dataclass(frozen=True, slots=True)
class Text:
    """``plain`` is what readers see of ``original``; ``starts`` and ``ends`` hold a place there per character."""

    original: str
    plain: str
    starts: array[int]
    ends: array[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that ``plain[start:end]`` (not empty) was read from."""
        return self.starts[start], self.ends[end - 1]

    def with_emoji(self, start: int, end: int) -> str:
        """``plain[start:end]`` with its emoji as they were pasted, those that are joined of several too."""
        return _BULLETS.sub(
            lambda found: self._emoji(start + found.start(), start + found.end()), self.plain[start:end]
        )

    def _emoji(self, start: int, end: int) -> str:
        first, last = self.origin(start, end)
        last += self.original.startswith("\ufe0f", last)  # "show it in colour" (UTS 51)
        pasted = self.original[first:last]
        return pasted if all(map(_is_of_emoji, pasted)) else self.plain[start:end]


def plain_text(original: str) -> Text:
    """*original*, made ready to read. Takes any text, in time linear in its length."""
    source = chain(visible(original), linked(original)) if is_hypertext(original) else _each(original)
    folded = [
        (part, start, end) for piece, start, end in source for part in ((piece,) if len(piece) > 1 else _fold(piece))
    ]
    chars: list[str] = []
    starts, ends = array("l"), array("l")
    for part, start, end in _tidy(folded):
        chars.append(part)
        if len(part) > 1:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.append(start)
            ends.append(end)
    return Text(original, "".join(chars), starts, ends)


def _each(original: str) -> Iterator[Piece]:
    """The characters of a text that is no HTML, without the heads of a chat's messages."""
    source, place = original.replace("\r\n", " \n"), 0
    for head in (*_CHAT_HEAD.finditer(source), None):
        end = head.start() if head else len(source)
        yield from pieces(source, place, end)
        place = head.end() if head else end


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """One character as plain characters: none, one, or a few."""
    if char.isascii() and char.isprintable() and char != "`":
        return char
    if char in _PLAIN:
        return _PLAIN[char]
    category = unicodedata.category(char[0])
    if category in _INVISIBLE:
        return ""
    compatible = unicodedata.normalize("NFKC", char)
    if compatible != char:
        return "".join(_fold(part) for part in compatible)
    if category in _SIGNS:
        return "•"
    return char if char.isprintable() else " "


def _tidy(folded: list[Piece]) -> Iterator[Piece]:
    """Drops marks and needless white space: a space waits until something follows it in its line."""
    space: Piece | None = None
    previous = "\n"
    for place, (char, start, end) in enumerate(folded):
        if char in _MARKS:
            following = folded[place + 1][0][0] if place + 1 < len(folded) else "\n"
            kept = _unmarked(char, previous, following)
        else:
            kept = char
        if kept == " ":
            space = space or (kept, start, end) if previous != "\n" else None
        elif kept:
            if space and kept != "\n":
                yield space
            if previous == "," and kept[0].isalpha() and not space:
                yield " ", start, start + 1
            space = None
            yield kept, start, end
        previous = kept[-1:] or previous


def _is_of_emoji(char: str) -> bool:
    """Whether *char* is a sign, or joins signs to one; not one that stands for a bullet anyway."""
    if char in _PLAIN:
        return char == "\u20e3"
    return unicodedata.category(char) in ("So", "Sk", *_INVISIBLE)


def _unmarked(char: str, previous: str, following: str) -> str:
    """A mark as text: a bullet or a dash where it is one, nothing where it makes letters bold, itself inside a word."""
    if char == ">":
        return "•" if previous == "\n" else char
    if char == "*":
        return "•" if previous == "\n" and following == " " else ""
    if char == "~" and previous == following == " ":
        return "-"
    return char if previous.isalnum() and following.isalnum() else ""


def lines(text: str) -> Iterable[tuple[int, str]]:
    """The lines of *text*, each with the place where it begins."""
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1
