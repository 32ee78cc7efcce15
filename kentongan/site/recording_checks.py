"""What Apple, PSP-1 and Podcasting 2.0 would say of recordings: findings about valid episodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from kentongan.errors import Finding
from kentongan.language import Message
from kentongan.model import Audio, Episode, EpisodeType, Kind, Program, Rendition
from kentongan.model.audio import TRANSCRIPT_TYPES
from kentongan.model.messages import Fault
from kentongan.site.podcast_words import check_name, check_summary, check_terms_and_place, check_title
from kentongan.store.contents import Contents
from kentongan.store.media import MediaFile

ENCLOSURES = {
    ".mp3": ("audio/mpeg", "audio/mp3"),
    ".m4a": ("audio/x-m4a", "audio/mp4", "audio/m4a", "audio/aac"),
    ".mp4": ("audio/mp4", "video/mp4"),
    ".m4v": ("video/x-m4v", "video/m4v", "video/mp4"),
    ".mov": ("video/quicktime",),
}
"""What Apple Podcasts plays: the endings of addresses, and the types that go with each."""

_NUMBERED = re.compile(r"\b(?:eps?|episode)\b\.?\s*#?\d+|\bs\d{1,2}\s?e\d{1,3}\b", re.IGNORECASE)


def check_recordings(contents: Contents) -> Iterator[Finding]:
    """Every finding about episodes as podcasts tell them."""
    seen = _Seen()
    for key, record in contents.records.items():
        if isinstance(record, Episode):
            source = contents.sources[key]
            program = contents.records.get((Kind.PROGRAM, record.program))
            for fault in _episode(contents, record, program if isinstance(program, Program) else None):
                yield source.finding(*fault)
            for fault in seen.again(record, source.path):
                yield source.finding(*fault)


def _episode(contents: Contents, episode: Episode, program: Program | None) -> Iterator[Fault]:
    yield from check_title(episode.title)
    yield from _says_more_than_its_title(episode, program)
    yield from check_summary(episode.summary)
    for place, credit in enumerate(episode.credits):
        if credit.name:
            yield from check_name(("credits", place, "name"), credit.name)
    yield from check_terms_and_place(episode.license, episode.location)
    yield from _number(episode, program)
    if episode.audio:
        yield from _audio(contents, episode.audio)
    yield from _chapters(contents, episode)
    yield from _transcripts(contents, episode)


def _says_more_than_its_title(episode: Episode, program: Program | None) -> Iterator[Fault]:
    if _NUMBERED.search(episode.title):
        yield (
            ("title",),
            "podcast-title",
            Message("The title says the number of the episode, which Apple and PSP-1 want apart from it."),
            Message("Write it after “number:” and “season:” instead."),
        )
    if program and re.match(rf"{re.escape(program.title)}\s*[:|–—-]", episode.title, re.IGNORECASE):
        yield (
            ("title",),
            "podcast-title",
            Message("The title repeats that of the program, which Apple and PSP-1 do not want."),
            Message("Leave the program out: apps show it anyway."),
        )


def _number(episode: Episode, program: Program | None) -> Iterator[Fault]:
    if program and program.serial and episode.number is None and episode.episode_type is EpisodeType.FULL:
        yield (
            (),
            "podcast-number",
            Message("The episode has no number, which Apple and PSP-1 ask for in a serial."),
            Message("Add a line “number: …”, or take “serial: yes” out of the program."),
        )


def _audio(contents: Contents, audio: Audio) -> Iterator[Fault]:
    file = contents.media.get(audio.file or "")
    yield from _measured(audio, file)
    media_type = file.media_type if file else audio.type.lower()
    yield from _playable(audio, media_type)
    if audio.url and audio.url.lower().startswith("http://"):
        yield (
            ("audio", "url"),
            "podcast-https",
            Message(
                "The address begins with http://; Podcasting 2.0 asks for https://, and browsers refuse the other."
            ),
            Message("Begin it with https://."),
        )
    for place, rendition in enumerate(audio.renditions):
        yield from _rendition(contents, audio, rendition, place)


def _measured(audio: Audio, file: MediaFile | None) -> Iterator[Fault]:
    if file and audio.bytes and audio.bytes != file.bytes:
        yield (
            ("audio", "bytes"),
            "podcast-bytes",
            Message(
                "The file has {there} bytes, not {written}; PSP-1 asks for the true length.",
                {"there": file.bytes, "written": audio.bytes},
            ),
            Message("Delete the line: the size of a file of ours is measured."),
        )
    if file and "type" in audio.model_fields_set and audio.type.lower() not in _types_of(file):
        yield (
            ("audio", "type"),
            "podcast-type",
            Message(
                "The file is {there}, not {written}; PSP-1 asks for the true type.",
                {"there": file.media_type, "written": audio.type},
            ),
            Message("Delete the line: the type of a file of ours is known."),
        )


def _types_of(file: MediaFile) -> tuple[str, ...]:
    return (file.media_type, *ENCLOSURES.get(PurePosixPath(file.path).suffix.lower(), ()))


def _playable(audio: Audio, media_type: str) -> Iterator[Fault]:
    where = "url" if audio.url else "file"
    ending = PurePosixPath(urlsplit(audio.url).path if audio.url else audio.file or "").suffix.lower()
    if media_type not in {one for types in ENCLOSURES.values() for one in types}:
        yield (
            ("audio", "type" if "type" in audio.model_fields_set else where),
            "podcast-enclosure-type",
            Message("Apple Podcasts does not play {type}.", {"type": media_type}),
            Message("Use MP3 (audio/mpeg) or M4A (audio/mp4), and offer the other among “renditions”."),
        )
    elif media_type not in ENCLOSURES.get(ending, ()):
        yield (
            ("audio", where),
            "podcast-enclosure-ending",
            Message(
                "Apple tells recordings by how their address ends, and “{ending}” does not go with {type}.",
                {"ending": ending or PurePosixPath(audio.url or "").name, "type": media_type},
            ),
            Message("Use an address that ends in one of: {known}.", {"known": " ".join(_endings(media_type))}),
        )


def _endings(media_type: str) -> list[str]:
    return [ending for ending, types in ENCLOSURES.items() if media_type in types]


def _rendition(contents: Contents, audio: Audio, rendition: Rendition, place: int) -> Iterator[Fault]:
    whole, part = (_bytes(contents, one) for one in (audio, rendition))
    if whole and part and part >= whole:
        yield (
            ("audio", "renditions", place),
            "podcast-rendition",
            Message("This version is not smaller than the recording, for which Podcasting 2.0 has apps offer it."),
            Message("Take the larger one as the recording, or delete this one."),
        )


def _bytes(contents: Contents, audio: Audio | Rendition) -> int | None:
    file = contents.media.get(audio.file or "")
    return file.bytes if file else audio.bytes


def _seconds(contents: Contents, audio: Audio) -> int | None:
    file = contents.media.get(audio.file or "")
    return audio.duration or (file.seconds if file else None)


def _chapters(contents: Contents, episode: Episode) -> Iterator[Fault]:
    length = _seconds(contents, episode.audio) if episode.audio else None
    for place, chapter in enumerate(episode.chapters):
        if place and chapter.start <= episode.chapters[place - 1].start:
            yield _misplaced(
                place,
                "podcast-chapter-order",
                Message("The chapter does not come after the one above it; Podcasting 2.0 reads them in their order."),
            )
        if length is not None and chapter.start >= length:
            yield _misplaced(
                place,
                "podcast-chapter-end",
                Message(
                    "The chapter starts at {start} seconds, but the recording ends at {end} (Podcasting 2.0).",
                    {"start": chapter.start, "end": length},
                ),
            )


def _misplaced(place: int, rule: str, message: Message) -> Fault:
    mend = Message("Correct “start”: seconds, or minutes and seconds like 46:10.")
    return ("chapters", place, "start"), rule, message, mend


def _transcripts(contents: Contents, episode: Episode) -> Iterator[Fault]:
    for place, transcript in enumerate(episode.transcripts):
        file = contents.media.get(transcript.file or "")
        media_type = transcript.media_type(file.media_type if file else None)
        if media_type not in TRANSCRIPT_TYPES:
            yield (
                ("transcripts", place, "file" if file else "type"),
                "podcast-transcript-type",
                Message("Podcasting 2.0 and PSP-1 know no transcripts of type {type}.", {"type": media_type}),
                Message("Use one of: {known}.", {"known": ", ".join(TRANSCRIPT_TYPES)}),
            )
        elif file and "type" in transcript.model_fields_set and transcript.media_type(None) != file.media_type:
            yield (
                ("transcripts", place, "type"),
                "podcast-type",
                Message(
                    "The file is {there}, not {written}; PSP-1 asks for the true type.",
                    {"there": file.media_type, "written": transcript.type},
                ),
                Message("Delete the line: the type of a file of ours is known."),
            )


@dataclass
class _Seen:
    """What episodes met so far hold, which no other may: a number in a season, a recording."""

    numbers: dict[tuple[str, int | None, int], str] = field(default_factory=dict)
    recordings: dict[str, str] = field(default_factory=dict)

    def again(self, episode: Episode, path: str) -> Iterator[Fault]:
        """What *episode*, which the file *path* holds, has in common with an earlier one."""
        if episode.number and episode.episode_type is EpisodeType.FULL:
            first = self.numbers.setdefault((episode.program, episode.season, episode.number), path)
            if first != path:
                yield (
                    ("number",),
                    "podcast-same-number",
                    Message("{path} has the same number; Apple counts within a season.", {"path": first}),
                    Message("Give each episode of a season a number of its own."),
                )
        recording = (episode.audio.url or episode.audio.file) if episode.audio else None
        if recording:
            first = self.recordings.setdefault(recording, path)
            if first != path and not episode.repeat_of:
                yield (
                    ("audio",),
                    "podcast-same-audio",
                    Message("{path} has the same recording; to apps the two are one (PSP-1).", {"path": first}),
                    Message("Name the recording of this episode, or write “repeat_of:”."),
                )
