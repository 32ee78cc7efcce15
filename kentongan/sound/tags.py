"""ID3v2.3 tags of a published MP3: what players show where no web page is, chapters (ID3v2 Chapter Frames) included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from mutagen.id3 import APIC, CHAP, COMM, CTOC, ID3, TALB, TCON, TDRC, TIT2, TLAN, TPE1, TRCK, CTOCFlags, Frame
from PIL import Image as Pillow

from kentongan.model import Chapter

_UTF16 = 1
"""The one encoding of ID3v2.3 that has every letter."""

_FRONT_COVER = 3
_ARTWORK_PIXELS = 600
_NO_OFFSET = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Tags:
    """What is told of a recording. ``date`` is an ISO day, ``language`` a BCP 47 code, ``artwork`` a picture's file."""

    title: str
    program: str
    office: str
    date: str
    language: str
    number: int | None = None
    summary: str | None = None
    artwork: Path | None = None
    chapters: tuple[Chapter, ...] = ()


def write_tags(file: Path, tags: Tags, seconds: float) -> None:
    """Replaces all tags of the MP3 *file*, which lasts *seconds*."""
    frames = ID3()
    for frame in (*_facts(tags), *_chapter_frames(tags.chapters, seconds)):
        frames.add(frame)
    frames.update_to_v23()
    frames.save(file, v1=0, v2_version=3)


def _facts(tags: Tags) -> Iterator[Frame]:
    yield TIT2(_UTF16, tags.title)
    yield TALB(_UTF16, tags.program)
    yield TPE1(_UTF16, tags.office)
    yield TDRC(_UTF16, tags.date)
    yield TCON(_UTF16, "Podcast")
    yield TLAN(_UTF16, {"id": "ind", "en": "eng", "jv": "jav", "su": "sun"}.get(tags.language, "und"))
    if tags.number:
        yield TRCK(_UTF16, str(tags.number))
    if tags.summary:
        yield COMM(_UTF16, "ind" if tags.language == "id" else "eng", "", tags.summary)
    if tags.artwork:
        yield APIC(0, "image/jpeg", _FRONT_COVER, "", small_jpeg(tags.artwork))


def _chapter_frames(chapters: Sequence[Chapter], seconds: float) -> Iterator[Frame]:
    """A table of contents and one frame per chapter, each until the next begins; times in milliseconds."""
    if not chapters:
        return
    names = [f"chp{place}" for place in range(len(chapters))]
    yield CTOC("toc", CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED, names)
    ends = [*(chapter.start * 1000 for chapter in chapters[1:]), round(seconds * 1000)]
    for name, chapter, end in zip(names, chapters, ends, strict=True):
        title = [TIT2(_UTF16, chapter.title)]
        yield CHAP(name, chapter.start * 1000, end, _NO_OFFSET, _NO_OFFSET, sub_frames=title)


def small_jpeg(picture: Path) -> bytes:
    """*picture* as a JPEG that adds little to a recording."""
    with Pillow.open(picture) as opened:
        image = opened.convert("RGB")
    image.thumbnail((_ARTWORK_PIXELS, _ARTWORK_PIXELS))
    data = BytesIO()
    image.save(data, "JPEG", quality=82)
    return data.getvalue()
