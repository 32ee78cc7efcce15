"""Takes a recording in: from a file that somebody was given to the ``audio:`` of its episode."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import Chapter, Episode, Kind, Program
from kentongan.sound import ffmpeg
from kentongan.sound.media_store import MediaStore
from kentongan.sound.tags import Tags, write_tags
from kentongan.store.contents import Contents
from kentongan.store.edit import edit
from kentongan.store.media import MediaFile
from kentongan.store.recording import Header, read_header

MAX_BYTES = 4_000_000_000
MAX_SECONDS = 12 * 3600
_WHOLE = 0.9
"""The share of its stated length below which what could be decoded has broken off."""

_ENDINGS = {"audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a recording: ``audio`` as its episode's file says it now, and whether it could be levelled."""

    episode: str
    path: str
    audio: Mapping[str, Any]
    levelled: bool


@dataclass(frozen=True, slots=True)
class _Finished:
    """Files in the workshop that are ready to be put into the store. ``seconds`` of sound, ``loudness`` in LUFS."""

    main: Path
    media_type: str
    seconds: float
    small: Path | None = None
    loudness: float | None = None


def find_episode(contents: Contents, name: str) -> Episode:
    """The episode called *name*: its id, or the path of its file.

    :raises KentonganError: when there is none, or its file has findings, so that changing it would be a guess.
    """
    id_ = Path(name).name.removesuffix(".md")
    episode = contents.records.get((Kind.EPISODE, id_))
    if not isinstance(episode, Episode):
        raise _unknown(contents, id_)
    path = contents.sources[(Kind.EPISODE, id_)].path
    if any(finding.path == path for finding in contents.findings):
        raise KentonganError(
            Message("Something is wrong in {file}.", {"file": path}),
            Message("Run “kentongan check”, and mend that first."),
        )
    return episode


def _unknown(contents: Contents, id_: str) -> KentonganError:
    known = [other for kind, other in contents.records if kind is Kind.EPISODE]
    close = get_close_matches(id_, known, n=1)
    mend = (
        Message("Did you mean “{near}”?", {"near": close[0]})
        if close
        else Message("Name one of the files in episodes/, without “.md”.")
    )
    return KentonganError(Message("There is no episode “{name}”.", {"name": id_}), mend)


def take(
    content: Path,
    contents: Contents,
    episode: Episode,
    file: Path,
    store: MediaStore,
    *,
    chapters: tuple[Chapter, ...] = (),
    instead: bool = False,
    progress: Callable[[float], None] = lambda _share: None,
) -> Taken:
    """Levels, tags and stores *file* as the recording of *episode*, and writes that into its front matter.

    The store comes first and the one change of the front matter last, so that whoever is interrupted has lost nothing.
    *instead*: whether a recording that is there already gives way; its file stays in the store.

    :raises KentonganError: when *file* is no whole recording, or the episode was cancelled or has one already.
    """
    if episode.audio and not instead:
        raise KentonganError(
            Message("The episode has a recording already."), Message("Put this one in its place with --replace.")
        )
    taken = into_store(contents, episode, file, store, chapters=chapters, progress=progress)
    told = {"chapters": [one.model_dump() for one in chapters]} if chapters else {}
    edit(content / taken.path, {"audio": taken.audio, **told})
    return taken


def into_store(
    contents: Contents,
    episode: Episode,
    file: Path,
    store: MediaStore,
    *,
    chapters: tuple[Chapter, ...] = (),
    progress: Callable[[float], None] = lambda _share: None,
) -> Taken:
    """Levels, tags and stores *file* as the recording of *episode*, whose own file is not touched.

    :raises KentonganError: when *file* is no whole recording, or the episode was cancelled.
    """
    if episode.cancelled:
        raise _cancelled(contents, episode)
    _refuse_odd(file)
    named = replace_chapters(episode, chapters)
    with store.workshop() as workshop:
        finished = (_levelled if ffmpeg.is_installed() else _as_it_is)(file, workshop, progress)
        _refuse_late(named.chapters, finished.seconds)
        if finished.media_type == "audio/mpeg":
            for made in filter(None, (finished.main, finished.small)):
                write_tags(made, _tags(contents, named), finished.seconds)
        audio = _stored(store, finished)
    path = contents.sources[(Kind.EPISODE, episode.id)].path
    return Taken(episode.id, path, audio, finished.loudness is not None)


def replace_chapters(episode: Episode, chapters: tuple[Chapter, ...]) -> Episode:
    """*episode* with *chapters*, where there are any, in place of its own."""
    return episode.model_copy(update={"chapters": chapters}) if chapters else episode


def _cancelled(contents: Contents, episode: Episode) -> KentonganError:
    path = contents.sources[(Kind.EPISODE, episode.id)].path
    return KentonganError(
        Message("The episode is cancelled: {reason}", {"reason": episode.cancelled or ""}),
        Message("If it was held after all, delete “cancelled” in {file}, and run this again.", {"file": path}),
    )


def _refuse_odd(file: Path) -> None:
    try:
        status = file.stat()
    except OSError as error:
        raise KentonganError(Message("There is no file {file}.", {"file": str(file)})) from error
    if not stat.S_ISREG(status.st_mode):
        raise KentonganError(Message("{file} is not a regular file.", {"file": str(file)}))
    if status.st_size == 0:
        raise KentonganError(
            Message("{file} is empty.", {"file": str(file)}), Message("Copy it again from where it was recorded.")
        )
    if status.st_size > MAX_BYTES:
        raise KentonganError(
            Message("{file} is larger than {limit} GB.", {"file": str(file), "limit": MAX_BYTES // 1_000_000_000}),
            Message("Cut off what is not the talk, and save it again."),
        )


def _levelled(file: Path, workshop: Path, progress: Callable[[float], None]) -> _Finished:
    """At -16 LUFS, as an MP3 and as a small one."""
    found = ffmpeg.probe(file)
    if found is None:
        raise _no_recording(file)
    if found.has_video:
        raise _video(file)
    said = found.seconds
    if said and said > MAX_SECONDS:
        raise _too_long(file)
    loud = ffmpeg.measure(file, said, lambda share: progress(share * 0.3))
    header = read_header(file)
    if (header and not header.is_whole) or (_is_sure(header, said) and loud.seconds < _WHOLE * (said or 0) - 1):
        raise _broken_off(file)
    if loud.is_silent:
        raise KentonganError(
            Message("{file} holds nothing but silence.", {"file": str(file)}),
            Message("Listen to it, and copy it again from where it was recorded."),
        )
    main, small = workshop / "main.mp3", workshop / "small.mp3"
    ffmpeg.encode(file, loud, found.channels, main, small, lambda share: progress(0.3 + share * 0.5))
    result = ffmpeg.measure(main, loud.seconds, lambda share: progress(0.8 + share * 0.2))
    return _Finished(main, "audio/mpeg", result.seconds, small, round(result.integrated, 1))


def _is_sure(header: Header | None, said: float | None) -> bool:
    """Of an MP3 the length may be guessed from its first frames; every other format states it."""
    return said is not None and (header is None or header.media_type != "audio/mpeg")


def _as_it_is(file: Path, workshop: Path, _progress: Callable[[float], None]) -> _Finished:
    """Without ffmpeg only what phones play is taken, and its sound stays as it is."""
    header = read_header(file)
    if header is None:
        raise KentonganError(
            Message("{file} is no recording that phones play.", {"file": str(file)}),
            Message("Save it as MP3, or install ffmpeg, which reads nearly everything."),
        )
    if header.has_video:
        raise _video(file)
    if not header.is_whole:
        raise _broken_off(file)
    if header.seconds > MAX_SECONDS:
        raise _too_long(file)
    copy = workshop / f"main{_ENDINGS[header.media_type]}"
    shutil.copyfile(file, copy)
    return _Finished(copy, header.media_type, header.seconds)


def _stored(store: MediaStore, finished: _Finished) -> dict[str, Any]:
    """Puts what is finished into the store; returns the ``audio:`` of an episode's front matter."""
    audio: dict[str, Any] = {
        "url": "",
        "bytes": finished.main.stat().st_size,
        "type": finished.media_type,
        "duration": round(finished.seconds),
    }
    small = finished.small
    if finished.loudness is not None:
        audio["loudness"] = finished.loudness
    if small:
        rendition = {"bytes": small.stat().st_size, "type": finished.media_type, "bitrate": ffmpeg.SMALL_RATE}
        audio["renditions"] = [{"url": store.put(small), **rendition}]
    return {**audio, "url": store.put(finished.main)}


def _tags(contents: Contents, episode: Episode) -> Tags:
    program = contents.records.get((Kind.PROGRAM, episode.program))
    named = program if isinstance(program, Program) else None
    first = min((one.start for one in episode.broadcasts), default=episode.date)
    return Tags(
        title=episode.title,
        program=named.title if named else contents.office.name,
        office=contents.office.name,
        date=first.date().isoformat(),
        language=named.language if named else contents.office.language,
        number=episode.number,
        summary=episode.summary,
        artwork=_artwork(contents, episode, named),
        chapters=episode.chapters,
    )


def _artwork(contents: Contents, episode: Episode, program: Program | None) -> Path | None:
    """The episode's picture, else the program's artwork, where it is a photograph or the like."""
    pictures = (episode.image, program.artwork if program else None)
    found = (contents.media.get(picture.src) for picture in pictures if picture)
    return next((Path(file.source) for file in found if file and _is_raster(file)), None)


def _is_raster(file: MediaFile) -> bool:
    return file.media_type.startswith("image/") and file.media_type != "image/svg+xml"


def _refuse_late(chapters: tuple[Chapter, ...], seconds: float) -> None:
    late = next((one for one in chapters if one.start >= seconds), None)
    if late:
        raise KentonganError(
            Message("The chapter “{title}” begins after the recording has ended.", {"title": late.title}),
            Message("Correct the chapters, or check whether this is the right recording."),
        )


def _no_recording(file: Path) -> KentonganError:
    return KentonganError(
        Message("{file} is no recording.", {"file": str(file)}), Message("Name a file with sound, like an MP3 or WAV.")
    )


def _video(file: Path) -> KentonganError:
    return KentonganError(
        Message("{file} is a video.", {"file": str(file)}),
        Message("Save its sound alone, as MP3 or WAV, and take that."),
    )


def _broken_off(file: Path) -> KentonganError:
    return KentonganError(
        Message("{file} breaks off before its end.", {"file": str(file)}),
        Message("Copy it again from where it was recorded; the copy was not complete."),
    )


def _too_long(file: Path) -> KentonganError:
    return KentonganError(
        Message("{file} is longer than {hours} hours.", {"file": str(file), "hours": MAX_SECONDS // 3600}),
        Message("Cut off what is not the talk, and save it again."),
    )
