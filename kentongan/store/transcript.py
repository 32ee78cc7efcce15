"""Transcripts: WebVTT and SubRip captions as paragraphs that can be read, each with the seconds it was spoken in."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kentongan.store.media import MediaFile

MAX_BYTES = 2_000_000
"""Ten hours of talk take half of it."""

CAPTION_TYPES = ("text/vtt", "application/x-subrip")

# No expression here can look at a character more than a few times, whatever is between < and >.
_CLOCK = r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->(?:\s*{_CLOCK})?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^\s<>][^<>]*)>")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_SENTENCE_END = re.compile(r"[.?!…][”\"’')]*$")

_PAUSE = 3.0
_LONG, _TOO_LONG = 240, 700
"""Characters after which a paragraph ends with its sentence, and at which it ends anyhow."""


@dataclass(frozen=True, slots=True)
class Caption:
    """One stretch: when it begins and ends, in seconds, who speaks (where that is said), and the words."""

    start: float
    end: float
    speaker: str | None
    text: str


def read_cues(file: MediaFile) -> tuple[Caption, ...]:
    """The paragraphs of a VTT or SRT file; nothing of any other file, or of one larger than :data:`MAX_BYTES`."""
    if file.media_type not in CAPTION_TYPES or file.bytes > MAX_BYTES:
        return ()
    return _read(file.source, file.digest)


@lru_cache(maxsize=5000)
def _read(source: str, _digest: str) -> tuple[Caption, ...]:
    return tuple(paragraphs(captions(decode(Path(source).read_bytes()))))


def decode(data: bytes) -> str:
    """Captions are UTF-8; UTF-16 with its mark and what Windows editors write are understood too."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def captions(text: str) -> Iterator[Caption]:
    """The captions of WebVTT (W3C) or SubRip *text*, in their order; blank lines between them may be missing."""
    times: re.Match[str] | None = None
    words: list[str] = []
    for line in (*re.split(r"\r\n|\r|\n", text), ""):
        found = _TIMES.match(line)
        if found and words and words[-1].isdigit():
            words.pop()  # the number of the next SubRip caption, right below this one
        if times and (found or not line.strip()):
            yield from _caption(times, words)
            times = None
        if found:
            times, words = found, []
        elif times:
            words.append(line.strip())


def _caption(times: re.Match[str], words: list[str]) -> Iterator[Caption]:
    spoken = " ".join(words)
    voice = _VOICE.search(spoken)
    plain = " ".join(html.unescape(_TAG.sub("", spoken)).replace("\0", "").split())
    if plain:
        parts = times.groups()
        start, end = _seconds(*parts[:4]), _seconds(*parts[4:])
        yield Caption(start, max(start, end), html.unescape(voice[1]).strip() if voice else None, plain)


def _seconds(hours: str | None, minutes: str | None, seconds: str | None, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000


def paragraphs(found: Iterable[Caption]) -> Iterator[Caption]:
    """Captions are cut for a screen; on a page what one speaker says in a go is a paragraph."""
    last: Caption | None = None
    for caption in found:
        if last and _goes_on(last, caption):
            last = replace(last, end=max(last.end, caption.end), text=f"{last.text} {caption.text}")
            continue
        if last:
            yield last
        last = caption
    if last:
        yield last


def _goes_on(last: Caption, caption: Caption) -> bool:
    if caption.speaker != last.speaker or not caption.start - last.start >= 0 or caption.start - last.end > _PAUSE:
        return False
    length = len(last.text) + len(caption.text)
    return length <= _TOO_LONG and not (len(last.text) >= _LONG and _SENTENCE_END.search(last.text))
