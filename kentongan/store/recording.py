"""What the header of a recording says: its type and length, without decoding a second of it."""

from __future__ import annotations

import mmap
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutagen
from mutagen.mp3 import MP3, BitrateMode
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

_TYPES = {MP3: "audio/mpeg", MP4: "audio/mp4", OggOpus: "audio/ogg", OggVorbis: "audio/ogg"}
_VIDEO_TRACK = re.compile(rb"hdlr.{8}vide", re.DOTALL)
"""A media handler of type ``vide`` (ISO/IEC 14496-12, 8.4.3)."""

_WHOLE = 0.95
"""The share of its bytes below which a recording counts as broken off; tags take the rest."""


@dataclass(frozen=True, slots=True)
class Header:
    """``media_type`` as feeds write it, ``seconds`` of sound, ``bitrate`` in kbit/s (0: not said).

    ``is_whole`` is false where the header promises more than the file holds.
    """

    media_type: str
    seconds: float
    bitrate: int
    is_whole: bool = True
    has_video: bool = False


def read_header(path: Path) -> Header | None:
    """The header of *path*, if it is a recording that phones play: MP3, M4A, or Ogg with Opus or Vorbis."""
    try:
        with path.open("rb") as file:
            found = mutagen.File(file, options=list(_TYPES))
    except Exception:  # whatever a parser of foreign bytes comes to: it is no recording
        return None
    if found is None or not found.info.length > 0:
        return None
    info: Any = found.info
    return Header(
        media_type=_TYPES[type(found)],
        seconds=float(info.length),
        bitrate=round(getattr(info, "bitrate", 0) / 1000),
        is_whole=not isinstance(found, MP3) or _is_whole(info, path.stat().st_size),
        has_video=isinstance(found, MP4) and _has_video(path),
    )


def _is_whole(info: Any, size: int) -> bool:
    """Only a Xing or VBRI header states a length of its own; else it was computed from the size."""
    return info.bitrate_mode is BitrateMode.UNKNOWN or size >= _WHOLE * info.length * info.bitrate / 8


def _has_video(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _VIDEO_TRACK.search(data) is not None
