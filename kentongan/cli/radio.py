"""``kentongan schedule`` and ``audio``: what is on the air, and what was."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from kentongan.cli.common import (
    Commands,
    add_command,
    add_content,
    add_place,
    contents_of,
    count_of,
    language_of,
    progress,
    say,
    site_of,
    state_folder,
)
from kentongan.clock import build_instant
from kentongan.language import Message
from kentongan.schedule import Week
from kentongan.schedule.listing import week_as_json, week_as_table
from kentongan.sound.chapters import read_chapters
from kentongan.sound.intake import find_episode, take
from kentongan.sound.media_store import MediaStore


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "schedule", schedule, "print the broadcasts of a week, past or coming")
    add_content(command)
    command.add_argument(
        "--week", type=_week, metavar="YYYY-MM-DD", help="the week of this day, or 2020-W30 (this week)"
    )
    command.add_argument("--now", metavar="ISO", help="with states as of this instant")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")

    command = add_command(
        commands, "audio", audio, "take in a recording: level, tag and store it, and name it in its episode"
    )
    command.add_argument("episode", metavar="EPISODE", help="the episode's file, or its name without .md")
    command.add_argument("file", type=Path, metavar="FILE", help="the recording")
    add_place(command)
    command.add_argument("--chapters", type=Path, metavar="FILE", help="its parts: lines like “06:12 Title”, or JSON")
    command.add_argument("--replace", action="store_true", help="put it in the place of a recording that is there")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")


def schedule(chosen: argparse.Namespace) -> int:
    """``kentongan schedule``."""
    site = site_of(chosen, build_instant(chosen.now))
    week = chosen.week or Week.of(site.now.astimezone(site.zone))
    print(week_as_json(site, week) if chosen.json else week_as_table(site, week))
    if site.findings:
        say(count_of(len(site.findings), site.language))
    return 0


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day like 2020-07-22") from error


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
