"""Smaller copies of pictures, so that a phone need not load what a wide screen shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image, ImageOps

from kentongan.store.media import MediaFile

_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "JPEG": {"quality": 78, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
}


@dataclass(frozen=True, slots=True)
class SmallCopy:
    """The picture with ``digest``, whose bytes are at ``source``, ``width`` pixels across."""

    media_type: ClassVar[str] = "application/octet-stream"

    source: str = field(repr=False)
    digest: str
    width: int


def small_copies(file: MediaFile) -> Iterator[tuple[str, SmallCopy]]:
    """The copies of *file* with their paths."""
    yield from ((path, SmallCopy(file.source, file.digest, width)) for width, path in file.copies.items())


def render_copy(copy: SmallCopy) -> bytes:
    """*copy* in the format of its picture, upright, without what came with it. One that cannot be read goes out as it
    is: that it breaks off is no reason to be without it."""
    try:
        return _scaled(copy)
    except (OSError, ValueError, SyntaxError):
        return Path(copy.source).read_bytes()


def _scaled(copy: SmallCopy) -> bytes:
    with Image.open(copy.source) as opened:
        format_ = "PNG" if opened.format == "PNG" else "JPEG"
        opened.draft(None, (2 * copy.width, 2 * copy.width))
        upright = ImageOps.exif_transpose(opened)
    height = max(1, round(upright.height * copy.width / upright.width))
    if upright.mode not in ("RGB", "RGBA", "L", "CMYK"):
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    small = upright.resize((copy.width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = BytesIO()
    kept = {"icc_profile": opened.info["icc_profile"]} if "icc_profile" in opened.info else {}
    small.info.clear()
    small.save(buffer, format_, **_OPTIONS[format_], **kept)
    return buffer.getvalue()
