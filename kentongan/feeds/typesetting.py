"""Words in pictures, set in the font that comes with Pillow: it is there on every machine, so bytes never differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from PIL import ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont


def typeset(text: str, sizes: Sequence[int], width: int, most: Callable[[int], int]) -> tuple[int, list[str]]:
    """The first of *sizes* (in pixels) in which *text* fits *width* and as many lines as *most* allows, and its lines.

    What does not fit even in the last one is cut short.
    """
    for size in sizes:
        lines = list(_wrapped(text, size, width))
        if len(lines) <= most(size) and all(_width(line, size) <= width for line in lines):
            return size, lines
    return sizes[-1], lines_of(text, sizes[-1], width, most(sizes[-1]))


def lines_of(text: str, size: int, width: int, most: int) -> list[str]:
    """*text* in at most *most* lines, the last one cut short where there is more to say."""
    lines = [cut_short(line, size, width) for line in _wrapped(text, size, width)]
    return lines if len(lines) <= most else [*lines[: most - 1], cut_short(f"{lines[most - 1]} …", size, width)]


def cut_short(line: str, size: int, width: int) -> str:
    """*line*, or as much of it as *width* holds, and ``…``."""
    if _width(line, size) <= width:
        return line
    kept = line.removesuffix("…").rstrip()
    while kept and _width(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def write(
    pen: ImageDraw.ImageDraw,
    place: tuple[int, int],
    line: str,
    size: int,
    colour: str,
    *,
    bold: bool = False,
    anchor: str = "la",
) -> None:
    """*line* with its upper left corner at *place*; bold by a stroke, since the font has one weight."""
    stroke = _weight(size) if bold else 0
    pen.text(place, line, fill=colour, font=font(size), stroke_width=stroke, stroke_fill=colour, anchor=anchor)


def printable(text: str) -> str:
    """*text* in the letters that the font has: Latin ones without accents."""
    return " ".join("".join(map(_known, text)).split())


@lru_cache(maxsize=256)
def font(size: int) -> FreeTypeFont:
    """The font with letters of *size* pixels."""
    found = ImageFont.load_default(size)
    if not isinstance(found, FreeTypeFont):
        raise TypeError("Pillow is without FreeType")
    return found


def _wrapped(text: str, size: int, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer, size) > width:
            yield line
            line = word
        else:
            line = longer
    yield line


def _known(letter: str) -> str:
    if letter.isascii() or letter in "‘’“”–—…":
        return letter
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()


def _weight(size: int) -> int:
    return max(1, size // 40)


def _width(text: str, size: int) -> float:
    return font(size).getlength(text) + 2 * _weight(size)
