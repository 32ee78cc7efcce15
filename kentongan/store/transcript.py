"""Transcripts: WebVTT and SubRip captions as plain stretches of text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kentongan.store.media import MediaFile

_TIMES = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,]\d{3}\s+-->")
_VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Caption:
    """One stretch: where it starts, in seconds, who speaks (where that is said), and the words."""

    start: int
    speaker: str | None
    text: str


def read_cues(file: MediaFile) -> tuple[Caption, ...]:
    """The captions of a VTT or SRT file, those of one speaker in a row joined; nothing of any other file."""
    if file.media_type not in ("text/vtt", "application/x-subrip"):
        return ()
    return _read(file.source, file.digest)


@lru_cache(maxsize=5000)
def _read(source: str, _digest: str) -> tuple[Caption, ...]:
    text = Path(source).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return tuple(_joined(captions(text)))


def captions(text: str) -> Iterator[Caption]:
    """The captions of WebVTT (W3C) or SubRip *text*, in their order."""
    for block in re.split(r"\n\s*\n", text):
        lines = block.strip().split("\n")
        place = next((place for place, line in enumerate(lines) if _TIMES.match(line)), None)
        if place is None:
            continue
        times = _TIMES.match(lines[place])
        hours, minutes, seconds = (int(part or 0) for part in times.groups()) if times else (0, 0, 0)
        words = " ".join(line.strip() for line in lines[place + 1 :] if line.strip())
        voice = _VOICE.search(words)
        spoken = html.unescape(_TAG.sub("", words)).strip()
        if spoken:
            yield Caption(hours * 3600 + minutes * 60 + seconds, voice[1].strip() if voice else None, spoken)


def _joined(found: Iterator[Caption]) -> Iterator[Caption]:
    """Captions are cut for a screen; on a page one speaker's are one paragraph."""
    last: Caption | None = None
    for caption in found:
        if last and last.speaker == caption.speaker and caption.speaker is not None:
            last = Caption(last.start, last.speaker, f"{last.text} {caption.text}")
            continue
        if last:
            yield last
        last = caption
    if last:
        yield last
