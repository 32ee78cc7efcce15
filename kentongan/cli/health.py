"""``kentongan doctor``: whether everything is there that the office's site needs."""

from __future__ import annotations

import argparse
import json

from kentongan.cli.common import Commands, add_command, add_place, language_of, site_of, state_folder
from kentongan.clock import build_instant
from kentongan.doctor import Verdict, examine


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "doctor", doctor, "look whether everything is there, and whether live streams play")
    add_place(command)
    command.add_argument("--seconds", type=float, default=10.0, help="how long a stream may take to answer (10)")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")


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
