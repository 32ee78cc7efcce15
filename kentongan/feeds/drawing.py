"""Square pictures as JPEG bytes, by Pillow: the same view gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from itertools import product

from PIL import Image, ImageDraw, ImageOps

from kentongan.feeds.artwork import CutArtwork, DrawnArtwork
from kentongan.feeds.typesetting import cut_short, font, printable, typeset, write

MOST_BYTES = 500_000
"""Apps load it on mobile data: Apple advises to keep it below half a megabyte."""

_QUALITIES, _COARSER = (88, 75, 60, 45), (1, 2, 4, 16)
"""What is tried in turn to keep within it: lower qualities of JPEG, then the same with less detail."""

_PAPER, _CHALK = "#fffdf7", "#f7f4ec"
_MARGIN, _TALL, _LOW = 0.1, 0.2, 0.1
"""Parts of the side: the empty edge, and the strokes of a day with and without a broadcast."""

_LINES, _LARGEST, _SMALLEST = 4, 0.19, 0.07
"""How many lines a title has at most, and how high its letters are, in parts of the side."""


def cut(view: CutArtwork) -> bytes:
    """The picture of *view*; what is see-through is shown on paper."""
    with Image.open(view.source) as opened:
        upright = ImageOps.exif_transpose(opened)
        centring = (view.focus[0] / 100, view.focus[1] / 100)
        fitted = ImageOps.fit(_flat(upright), (view.side, view.side), Image.Resampling.LANCZOS, centering=centring)
    return _jpeg(fitted)


def draw(view: DrawnArtwork) -> bytes:
    """The picture of *view*."""
    picture = Image.new("RGB", (view.side, view.side), view.colour)
    pen = ImageDraw.Draw(picture)
    margin = round(view.side * _MARGIN)
    _draw_title(pen, view, margin)
    _draw_strokes(pen, view, margin)
    small = round(view.side * 0.042)
    office = cut_short(printable(view.office), small, view.side - 2 * margin)
    pen.text((margin, view.side - margin), office, fill=_CHALK, font=font(small), anchor="ls")
    return _jpeg(picture)


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, _PAPER)
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    """As good as :data:`MOST_BYTES` allow."""
    data = b""
    for times, quality in product(_COARSER, _QUALITIES):
        written = BytesIO()
        _coarser(picture, times).save(written, "JPEG", quality=quality, dpi=(72, 72))
        data = written.getvalue()
        if len(data) < MOST_BYTES:
            break
    return data


def _coarser(picture: Image.Image, times: int) -> Image.Image:
    """*picture* in its size, with the detail of one that is so many *times* smaller."""
    return picture if times == 1 else picture.reduce(times).resize(picture.size, Image.Resampling.BICUBIC)


def _draw_title(pen: ImageDraw.ImageDraw, view: DrawnArtwork, margin: int) -> None:
    """As large as it fits."""
    sizes = range(round(view.side * _LARGEST), round(view.side * _SMALLEST) - 1, -round(view.side * 0.01))
    size, lines = typeset(printable(view.title), sizes, view.side - 2 * margin, lambda _size: _LINES)
    for number, line in enumerate(lines):
        place = (margin, margin + round(number * size * 1.15))
        write(pen, place, line, size, _PAPER, bold=True, anchor="lt")


def _draw_strokes(pen: ImageDraw.ImageDraw, view: DrawnArtwork, margin: int) -> None:
    """The week as the site draws it: seven strokes on one line, tall on the days of the program."""
    base, width = round(view.side * 0.82), round(view.side * 0.052)
    step = (view.side - 2 * margin - width) / 6
    for day, is_beat in enumerate(view.beats):
        left = margin + round(day * step)
        right = left + width
        top = base - round(view.side * (_TALL if is_beat else _LOW))
        colour = _PAPER if is_beat else _between(view.colour, _CHALK)
        pen.rounded_rectangle((left, top, right, base), radius=(right - left) // 2, fill=colour)


def _between(one: str, other: str) -> tuple[int, int, int]:
    """The colour half-way from *one* to *other*, both like ``#7a3f1d``."""
    red, green, blue = ((int(one[at : at + 2], 16) + int(other[at : at + 2], 16)) // 2 for at in (1, 3, 5))
    return red, green, blue
