"""Small pictures for lists, made once for each content and kept in the state folder; they can be thrown away."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from kentongan.store import atomic
from kentongan.store.media import MediaFile

FOLDER = "thumbnails"
SIDE = 400
"""Pixels of the longer side."""

_DRAWING = "image/svg+xml"


def thumbnail(file: MediaFile, state: Path) -> Path:
    """The small picture of *file*, below the *state* folder; of a drawing, and of what cannot be read, itself."""
    place = state / FOLDER / f"{file.digest}.webp"
    if file.media_type == _DRAWING:
        return Path(file.source)
    if not place.is_file():
        try:
            atomic.write(place, _small(Path(file.source)))
        except (OSError, ValueError, SyntaxError):
            return Path(file.source)
    return place


def _small(source: Path) -> bytes:
    with Image.open(source) as picture:
        picture.draft("RGB", (SIDE, SIDE))
        picture.thumbnail((SIDE, SIDE), reducing_gap=2.0)
        buffer = BytesIO()
        picture.convert("RGBA" if picture.has_transparency_data else "RGB").save(buffer, "WEBP", quality=75)
    return buffer.getvalue()
