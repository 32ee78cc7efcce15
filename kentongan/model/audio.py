"""Recordings: what can be heard again, in which sizes, with which parts and which transcript."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.fields import LanguageCode, Line, WebAddress, fault, web_address
from kentongan.model.image import MediaPath

_CLOCK = re.compile(r"(?:(\d{1,2})[:.])?(\d{1,2})[:.](\d{2})$")


def _seconds(value: Any) -> int:
    text = str(value)
    if text.isdigit():
        return int(text)
    if match := _CLOCK.match(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    raise fault(
        "duration",
        Message("“{text}” is no length of time.", {"text": text}),
        Message("Write seconds, or minutes and seconds like 46:10."),
    )


Seconds = Annotated[int, BeforeValidator(_seconds), Field(ge=0)]
"""Whole seconds; ``46:10`` and ``1:02:30`` are understood."""


STORED = "/media/audio/"
"""Where recordings of the media store are on the site, each named by the hash of its bytes."""

_STORED_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,4}")


def is_stored(address: str) -> bool:
    """Whether *address* is one of the media store, whose file need not be at hand."""
    return address.startswith(STORED) and _STORED_NAME.fullmatch(address, len(STORED)) is not None


def _sound_address(value: Any) -> str:
    text = str(value)
    return text if is_stored(text) else web_address(text)


SoundAddress = Annotated[
    str, BeforeValidator(_sound_address), WithJsonSchema({"type": "string", "format": "uri-reference"})
]
"""A web address, or one of the media store like ``/media/audio/<hash>.mp3``."""


def _check_place(url: str | None, file: str | None, size: int | None) -> None:
    """Feeds must state the size of what they enclose (RSS 2.0), so an address elsewhere comes with it."""
    if (url is None) == (file is None):
        raise fault(
            "audio-place",
            Message("It does not say where the recording is."),
            Message("Write “file” (below content/media) or “url” (elsewhere), one of the two."),
        )
    if url and size is None:
        raise fault("audio-bytes", Message("“bytes” is missing."), Message("Write the size of the file in bytes."))


class Rendition(Model):
    """The same recording in another size: ``bytes`` its size, ``bitrate`` in kbit/s."""

    url: SoundAddress | None = None
    file: MediaPath | None = None
    bytes: Annotated[int, Field(gt=0)] | None = None
    type: Line = "audio/mpeg"
    bitrate: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        _check_place(self.url, self.file, self.bytes)
        return self


class Audio(Model):
    """A recording: at ``url``, or a small one as ``file`` below ``content/media``.

    ``bytes`` is its size, ``duration`` in seconds, ``loudness`` in LUFS. Of a file of ours the size is measured.
    """

    url: SoundAddress | None = None
    file: MediaPath | None = None
    bytes: Annotated[int, Field(gt=0)] | None = None
    type: Line = "audio/mpeg"
    duration: Seconds | None = None
    loudness: Annotated[float, Field(ge=-70, le=0)] | None = None
    renditions: tuple[Rendition, ...] = ()

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        _check_place(self.url, self.file, self.bytes)
        return self


TRANSCRIPT_TYPES = ("text/vtt", "application/x-subrip", "text/plain", "text/html", "application/json")
"""The types of transcripts that podcasts know (Podcasting 2.0, PSP-1)."""

_OTHER_NAMES = {"application/srt": "application/x-subrip", "text/srt": "application/x-subrip"}


class Transcript(Model):
    """What was said, as a file of captions or text: below ``content/media``, or elsewhere."""

    file: MediaPath | None = None
    url: WebAddress | None = None
    type: Line = "text/vtt"
    language: LanguageCode = "id"

    def media_type(self, of_file: str | None) -> str:
        """Its type: that *of_file* where it is ours, else as it is written, under the name that podcasts know."""
        written = self.type.lower()
        return of_file or _OTHER_NAMES.get(written, written)


class Chapter(Model):
    """A part of a recording: where it starts, in seconds, and what it is called."""

    start: Seconds
    title: Line
