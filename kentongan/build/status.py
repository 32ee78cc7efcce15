"""Draws pictures for a WhatsApp status: 9:16, as JPEG, since WhatsApp takes no SVG. The same view gives the same bytes.

From the top down: office, kind and title; from the bottom up: the QR code, then people, place and time. The title takes
what is left between them, in letters as large as that allows. All of the rest together leaves room for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from kentongan.build.qr import QUIET, code_of
from kentongan.feeds.typesetting import lines_of, printable, typeset, write
from kentongan.views.status import StatusPicture

WIDTH, HEIGHT = 1080, 1920
MARGIN = 90
TOP, BOTTOM = 170, 150
"""Where WhatsApp lays its own names and buttons over a status."""

_PAPER = "#fffdf7"
_CODE, _GAP, _BREAK = 300, 36, 24
_LINES_EACH = 2
_TITLE, _SITE = range(128, 47, -4), range(40, 23, -2)
_LEADING = 1.25
_QUALITY = 90


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: int
    bold: bool = False
    before: int = 0
    """The gap above it."""

    @property
    def height(self) -> int:
        return self.before + round(self.size * _LEADING)


def draw_status(view: StatusPicture) -> bytes:
    """The picture of *view*."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), view.colour)
    pen = ImageDraw.Draw(picture)
    above, below = _head(view), _facts(view)
    floor = HEIGHT - BOTTOM - _CODE - _GAP - _height(below)
    ground = _write(pen, TOP, above) + _BREAK
    _write(pen, ground, _title(view.title, floor - _GAP - ground))
    _write(pen, floor, below)
    _draw_foot(picture, pen, view)
    written = BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, dpi=(72, 72))
    return written.getvalue()


def _head(view: StatusPicture) -> list[_Line]:
    return [*_set([view.office], 40, 1), *_set([view.kind], 52, 1)]


def _title(title: str, room: int) -> list[_Line]:
    size, lines = typeset(printable(title), _TITLE, WIDTH - 2 * MARGIN, lambda size: int(room / (size * _LEADING)))
    return [_Line(line, size, bold=True) for line in lines]


def _facts(view: StatusPicture) -> list[_Line]:
    """Each in as many lines as leave room for the others, and for a title."""
    alarm = [view.alarm] if view.alarm else []
    return [
        *_set(alarm, 56, 2, bold=True),
        *_set(view.when[-1:], 56, 2, bold=True),
        *_set(view.when[:-1], 44, 2),
        *_set(view.where, 44, 3),
        *_set(view.people, 44, 4),
    ]


def _set(texts: Iterable[str], size: int, most: int, *, bold: bool = False) -> list[_Line]:
    """*texts*, each on lines of its own, in at most *most* lines, and a gap before them."""
    lines: list[str] = []
    for text in texts:
        room = min(_LINES_EACH, most - len(lines))
        lines += lines_of(printable(text), size, WIDTH - 2 * MARGIN, room) if room else ()
    return [_Line(line, size, bold, 0 if place else _BREAK) for place, line in enumerate(lines)]


def _height(lines: Iterable[_Line]) -> int:
    return sum(line.height for line in lines)


def _write(pen: ImageDraw.ImageDraw, top: int, lines: Iterable[_Line]) -> int:
    """Writes *lines* from *top* down; returns where they end."""
    for line in lines:
        write(pen, (MARGIN, top + line.before), line.text, line.size, _PAPER, bold=line.bold)
        top += line.height
    return top


def _draw_foot(picture: Image.Image, pen: ImageDraw.ImageDraw, view: StatusPicture) -> None:
    """The QR code, and beside it what it is for, and the site as one would type it."""
    top, left = HEIGHT - BOTTOM - _CODE, MARGIN + _CODE + _GAP
    picture.paste(_code(view.url), (MARGIN, top))
    for line in _beside(view, WIDTH - MARGIN - left):
        write(pen, (left, top), line.text, line.size, _PAPER, bold=line.bold)
        top += line.height


def _beside(view: StatusPicture, width: int) -> Iterator[_Line]:
    yield from (_Line(line, 40) for line in lines_of(printable(view.invitation), 40, width, 4))
    size, lines = typeset(printable(view.site), _SITE, width, lambda _size: 1)
    yield from (_Line(line, size, bold=True) for line in lines)


def _code(url: str) -> Image.Image:
    """A QR code of whole pixels, in the middle of its white square."""
    rows = [bytes(0 if dark else 255 for dark in row) for row in code_of(url).matrix_iter(border=QUIET)]
    small = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    scale = _CODE // len(rows)
    square = Image.new("L", (_CODE, _CODE), 255)
    spare = (_CODE - scale * len(rows)) // 2
    square.paste(small.resize((scale * len(rows),) * 2, Image.Resampling.NEAREST), (spare, spare))
    return square
