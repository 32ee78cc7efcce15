"""Whether a station's live stream plays: it answers in time, with sound, of the type and bitrate that are written."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from urllib.parse import urljoin

from mutagen import MutagenError
from mutagen.mp3 import MP3

from kentongan.doctor.check import Check, fail, ok, warn
from kentongan.language import Message
from kentongan.model import Stream
from kentongan.web import Answer, NoAnswer, ask

SECONDS = 10.0
_REDIRECTS = 5
_NEAR = 0.2
"""How far a bitrate may be from the one that is written."""

_PLAYLISTS = ("audio/x-mpegurl", "audio/mpegurl", "application/vnd.apple.mpegurl", "audio/x-scpls")
_ASK = Message("Ask the station, or correct the address in its file.")
_SAME = {"audio/mp3": "audio/mpeg", "audio/aacp": "audio/aac", "application/ogg": "audio/ogg"}


def stream(one: Stream, seconds: float = SECONDS) -> Check:
    """Listens to the stream *one* for a moment, at most about *seconds*."""
    try:
        check = _judged(one, _answer(one.url, seconds))
    except NoAnswer as error:
        check = fail("stream", error.message, _ASK)
    return replace(check, subject=one.url)


def _answer(url: str, seconds: float) -> Answer:
    """The answer at the end of all redirects."""
    for _ in range(_REDIRECTS + 1):
        answer = ask(url, headers={"Icy-MetaData": "0"}, seconds=seconds)
        if answer.status not in (301, 302, 303, 307, 308):
            return answer
        url = urljoin(url, answer.headers.get("location", ""))
        if not url.startswith(("http://", "https://")):
            break
    raise NoAnswer(Message("It sends one from address to address, and never plays."))


def _judged(one: Stream, answer: Answer) -> Check:
    media_type = _SAME.get(answer.media_type, answer.media_type)
    if answer.status != 200:
        return fail("stream", Message("It is off the air: it answers {status}.", {"status": answer.status}), _ASK)
    if media_type in _PLAYLISTS:
        return fail(
            "stream",
            Message("This is a playlist, not the stream itself."),
            Message("Open it in a text editor, and write the address that stands in it."),
        )
    if not media_type.startswith("audio/"):
        told = {"type": media_type or "?"}
        return fail("stream", Message("It answers with {type}, which is no sound.", told), _ASK)
    if not answer.body:
        return fail("stream", Message("It answers, but sends no sound."), _ASK)
    if media_type != one.type:
        return warn(
            "stream",
            Message("It is {type}; the station's file says {stated}.", {"type": media_type, "stated": one.type}),
            Message("Correct “type”, so that apps know whether they can play it."),
        )
    return _judged_by_rate(one, media_type, answer)


def _judged_by_rate(one: Stream, media_type: str, answer: Answer) -> Check:
    rate = _bitrate(media_type, answer)
    if rate is None:
        return ok("stream", Message("It plays."))
    if one.bitrate and abs(rate - one.bitrate) > _NEAR * one.bitrate:
        return warn(
            "stream",
            Message(
                "It plays at {rate} kbit/s; the station's file says {stated}.", {"rate": rate, "stated": one.bitrate}
            ),
            Message("Correct “bitrate”, by which listeners know what an hour costs them."),
        )
    return ok("stream", Message("It plays, at {rate} kbit/s.", {"rate": rate}))


def _bitrate(media_type: str, answer: Answer) -> int | None:
    """kbit/s by the sound itself where that is MP3, else as the server says."""
    if media_type == "audio/mpeg":
        with suppress(MutagenError):
            return int(MP3(BytesIO(answer.body)).info.bitrate) // 1000
    said = answer.headers.get("icy-br", "").partition(",")[0]
    return int(said) if said.isdigit() else None
