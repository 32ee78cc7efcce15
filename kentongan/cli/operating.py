"""``kentongan audio`` and ``doctor``: recordings taken in, and whether everything an office needs is there."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from kentongan.cli.common import (
    Commands,
    add_command,
    add_place,
    contents_of,
    language_of,
    progress,
    say,
    site_of,
    state_folder,
)
from kentongan.clock import build_instant
from kentongan.doctor import Verdict, examine
from kentongan.language import Message
from kentongan.sound.chapters import read_chapters
from kentongan.sound.intake import find_episode, take
from kentongan.sound.media_store import MediaStore


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(
        commands, "audio", audio, "take in a recording: level, tag and store it, and name it in its episode"
    )
    command.add_argument("episode", metavar="EPISODE", help="the episode's file, or its name without .md")
    command.add_argument("file", type=Path, metavar="FILE", help="the recording")
    add_place(command)
    command.add_argument("--chapters", type=Path, metavar="FILE", help="its parts: lines like “06:12 Title”, or JSON")
    command.add_argument("--replace", action="store_true", help="put it in the place of a recording that is there")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")

    command = add_command(commands, "doctor", doctor, "look whether everything is there, and whether live streams play")
    add_place(command)
    command.add_argument("--seconds", type=float, default=10.0, help="how long a stream may take to answer (10)")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")


def audio(chosen: argparse.Namespace) -> int:
    """``kentongan audio``."""
    contents = contents_of(chosen)
    taken = take(
        chosen.content,
        contents,
        find_episode(contents, chosen.episode),
        chosen.file,
        MediaStore.of(state_folder(chosen)),
        chapters=read_chapters(chosen.chapters) if chosen.chapters else (),
        instead=chosen.replace,
        progress=progress,
    )
    if not taken.levelled:
        say(Message("ffmpeg is not installed, so the recording is used as it is.").told(language_of()))
    print(json.dumps(asdict(taken), ensure_ascii=False, indent=1) if chosen.json else taken.path)
    return 0


def doctor(chosen: argparse.Namespace) -> int:
    """``kentongan doctor``."""
    site = site_of(chosen, build_instant())
    language = language_of(site.language)
    checks = []
    for one in examine(site, chosen.content, state_folder(chosen), chosen.seconds):
        checks.append(one)
        if not chosen.json:
            print(one.line_in(language), flush=True)
    if chosen.json:
        print(json.dumps([one.told(language) for one in checks], ensure_ascii=False, indent=1))
    return 1 if any(one.verdict is Verdict.FAIL for one in checks) else 0
