"""``kentongan publish``: releases, cut and switched to."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from kentongan.build.client import Builder, default_settings
from kentongan.build.release import Releases
from kentongan.build.report import BuildReport
from kentongan.build.workplace import Workplace
from kentongan.cli.common import Commands, add_command, add_content, add_place, add_state, state_folder, tell, workplace
from kentongan.clock import build_instant
from kentongan.due import NOT_DUE, judge, read_head, read_live, read_release
from kentongan.errors import KentonganError
from kentongan.language import Message


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "publish", publish, "cut a release and make it the current one")
    add_place(command)
    command.add_argument("--now", metavar="ISO", help="publish as of this instant")
    command.add_argument("--strict", action="store_true", help="publish nothing when there are findings")

    command = add_command(commands, "due", due, "tell whether a new release is due")
    command.add_argument("--url", metavar="ADDRESS", help="ask the live site instead of the current release")
    command.add_argument("--exit-code", action="store_true", help=f"end with {NOT_DUE} when nothing is due")
    add_content(command)
    add_state(command)


def publish(chosen: argparse.Namespace) -> int:
    """``kentongan publish``."""
    conf = _publish_settings(chosen)
    now = build_instant(chosen.now)
    places: list[Workplace] = []

    def into(folder: Path) -> BuildReport:
        places.append(workplace(chosen, conf, folder))
        with Builder(places[-1]) as builder:
            return builder.build(now)

    releases = Releases(state_folder(chosen))
    try:
        report = releases.publish(now, into, strict=chosen.strict)
    finally:
        for place in places:
            place.ledger.unlink(missing_ok=True)  # it speaks of a folder that has another name now
    tell(report)
    print(releases.current.resolve())
    return 0


def due(chosen: argparse.Namespace) -> int:
    """``kentongan due``."""
    head = read_head(chosen.content)
    if chosen.url:
        answer = judge(read_live(chosen.url), head, build_instant())
    else:
        releases = Releases(state_folder(chosen))
        answer = judge(read_release(releases.current), head, build_instant())
        if releases.names()[-1:] > [releases.current.resolve().name]:
            answer = replace(answer, due=False)  # rolled back: the next release is for a person to cut
    print(answer)
    return NOT_DUE if chosen.exit_code and not answer.due else 0


def _publish_settings(chosen: argparse.Namespace) -> Path | None:
    """``publishconf.py``, which says where the site will be; else the development settings, and ``SITEURL`` says it."""
    conf: Path = chosen.content.resolve().parent / "publishconf.py"
    if chosen.settings or conf.is_file():
        return conf
    if not os.environ.get("SITEURL"):
        raise KentonganError(
            Message("The public address of the site is not known."),
            Message("Set SITEURL in the environment, like SITEURL=https://koperasi.example.id."),
        )
    return default_settings(chosen.content)
