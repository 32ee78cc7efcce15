"""ffmpeg: what a recording is, how loud it is (EBU R 128), and the renditions that are published.

Foreign files are given to it with the file protocol alone and with demuxers that open nothing else, so that a
playlist in an audio file's clothes fetches nothing.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kentongan.errors import KentonganError
from kentongan.language import Message

LOUDNESS, TRUE_PEAK = -16.0, -1.0
"""LUFS and dBTP: what Apple and the AES (TD1008) ask of talk."""

MAIN_RATE, STEREO_RATE, SMALL_RATE = 96, 128, 32
"""kbit/s of MP3: for one voice channel, for two, and for slow phones."""

_DEMUXERS = "aac,ac3,aiff,amr,asf,caf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,ogg,w64,wav"
_SAFELY = ("-protocol_whitelist", "file", "-format_whitelist", _DEMUXERS)
_SILENCE = -69.0
_WIDEST_RANGE = 50.0
"""LU; a wider target range than the recording's keeps loudnorm linear, a plain change of volume."""

Progress = Callable[[float], None]
"""Hears how much of the work is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Probe:
    """``seconds`` as the file says (``None``: it does not), ``channels`` of its first sound, whether it has moving
    pictures."""

    seconds: float | None
    channels: int
    has_video: bool


@dataclass(frozen=True, slots=True)
class Loudness:
    """A measured recording: ``seconds`` that could be decoded; integrated loudness in LUFS, true peak in dBTP, range
    in LU, gating threshold in LUFS, and ``offset`` in LU, as ffmpeg's loudnorm prints them."""

    seconds: float
    integrated: float
    peak: float
    range: float
    threshold: float
    offset: float

    @property
    def is_silent(self) -> bool:
        return self.integrated < _SILENCE


def is_installed() -> bool:
    return shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None


def probe(file: Path) -> Probe | None:
    """What *file* is; ``None`` when it holds no sound that ffmpeg reads."""
    asked = "format=duration:stream=codec_type,channels:stream_disposition=attached_pic"
    command = ["ffprobe", "-v", "error", *_SAFELY, "-show_entries", asked, "-of", "json", _url(file)]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    streams = found.get("streams", ())
    sounds = [stream for stream in streams if stream.get("codec_type") == "audio"]
    if done.returncode or not sounds:
        return None
    pictures = [one for one in streams if one.get("codec_type") == "video" and not one["disposition"]["attached_pic"]]
    said = found.get("format", {}).get("duration")
    return Probe(float(said) if said else None, int(sounds[0].get("channels") or 1), bool(pictures))


def measure(file: Path, seconds: float | None, progress: Progress) -> Loudness:
    """Decodes all of *file*, which is about *seconds* long, and measures it.

    :raises KentonganError: when it cannot be decoded.
    """
    said, decoded = _run(
        ["-i", _url(file), "-map", "0:a:0", "-af", _loudnorm("print_format=json"), "-f", "null", "-"], seconds, progress
    )
    blocks = re.findall(r"\{[^{}]*\}", said)
    if not blocks:
        raise _failed(said)
    values = {key: _number(value) for key, value in json.loads(blocks[-1]).items() if key != "normalization_type"}
    return Loudness(
        decoded,
        values["input_i"],
        values["input_tp"],
        values["input_lra"],
        values["input_thresh"],
        values["target_offset"],
    )


def encode(file: Path, loud: Loudness, channels: int, main: Path, small: Path, progress: Progress) -> None:
    """Writes *file*, measured as *loud*, at -16 LUFS: as MP3 to *main*, and in less data to *small*.

    :raises KentonganError: when ffmpeg fails.
    """
    wide = min(max(loud.range, 11.0), _WIDEST_RANGE)
    level = _loudnorm(
        f"LRA={wide}",
        f"measured_I={loud.integrated}",
        f"measured_TP={loud.peak}",
        f"measured_LRA={loud.range}",
        f"measured_thresh={loud.threshold}",
        f"offset={loud.offset}",
        "linear=true",
    )
    graph = f"[0:a:0]{level},asplit=2[main][small]"
    rate, sides = (STEREO_RATE, 2) if channels > 1 else (MAIN_RATE, 1)
    outputs = [
        *("-map", "[main]", *_mp3(rate, sides, 44_100), _url(main)),
        *("-map", "[small]", *_mp3(SMALL_RATE, 1, 24_000), _url(small)),
    ]
    _run(["-i", _url(file), "-filter_complex", graph, *outputs], loud.seconds, progress)


def _loudnorm(*options: str) -> str:
    return "loudnorm=" + ":".join((f"I={LOUDNESS}", f"TP={TRUE_PEAK}", *options))


def _mp3(rate: int, channels: int, samples: int) -> list[str]:
    """The same bytes from the same sound: no names of versions, no tags of the source."""
    plain = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    return [*plain, "-c:a", "libmp3lame", "-b:a", f"{rate}k", "-ac", str(channels), "-ar", str(samples), "-f", "mp3"]


def _url(file: Path) -> str:
    """A path that is never taken for an option or another protocol."""
    return f"file:{file.resolve()}"


def _number(text: str) -> float:
    """``-inf`` is what loudnorm prints for silence."""
    return max(float(text), -99.0)


def _run(arguments: Sequence[str], seconds: float | None, progress: Progress) -> tuple[str, float]:
    """Runs ffmpeg; returns what it said and how many seconds it has worked through. It never outlives this call."""
    command = ["ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-y", "-progress", "pipe:1", *_SAFELY, *arguments]
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words, text=True)
        watchdog = threading.Timer(120 + 2 * (seconds or 12 * 3600), process.kill)
        watchdog.start()
        try:
            done = _follow(process, seconds, progress)
            process.wait()
        finally:
            watchdog.cancel()
            process.kill()
            process.wait()
        words.seek(0)
        said = words.read().decode("utf-8", "replace")
    if process.returncode:
        raise _failed(said)
    return said, done


def _follow(process: subprocess.Popen[str], seconds: float | None, progress: Progress) -> float:
    done = 0.0
    for line in process.stdout or ():
        key, _, value = line.strip().partition("=")
        if key == "out_time_us" and value.lstrip("-").isdigit():
            done = max(done, int(value) / 1_000_000)
            if seconds:
                progress(min(done / seconds, 1.0))
    return done


def _failed(said: str) -> KentonganError:
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")
    return KentonganError(
        Message("ffmpeg could not work on the recording: {error}", {"error": last[:200]}),
        Message("Open it in an audio program, and save it again as MP3 or WAV."),
    )
