"""``kentongan build`` and ``serve``: the site made from the content, once or as long as people edit."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from kentongan.build.client import Builder, default_settings
from kentongan.build.workplace import Workplace
from kentongan.cli.commenting import take_in
from kentongan.cli.common import (
    Commands,
    add_command,
    add_place,
    language_of,
    now_of,
    say,
    state_folder,
    tell,
    workplace,
)

_SAMPLE = "sample"


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "build", build, "build the site")
    add_place(command)
    _output(command)
    command.add_argument("--now", metavar="ISO", help="build as of this instant")
    command.add_argument("--comments", metavar="FILE|URL", help="take in this snapshot of approved comments")
    command.add_argument("--strict", action="store_true", help="exit 1 when there are findings")
    command.add_argument("--clean", action="store_true", help="empty the output folder first")
    command.add_argument("--jobs", type=int, metavar="N", help="how many processes may work (one per core)")

    command = add_command(commands, "serve", serve, "build, serve the site and the CMS, and rebuild on every change")
    add_place(command)
    _output(command)
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    command.add_argument("--cms", action="store_true", help="answer /admin to other machines too")
    command.add_argument("--sample", type=Path, metavar="DIR", help="work on a copy of DIR in the state folder")


def _output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", type=Path, default=Path("output"), metavar="DIR", help="where to build (output/)")


def build(chosen: argparse.Namespace) -> int:
    """``kentongan build``."""
    place = workplace(chosen, default_settings(chosen.content), chosen.output)
    if chosen.comments:
        take_in(place.state, chosen.comments)
    with Builder(place) as builder:
        report = builder.build(now_of(chosen), clean=chosen.clean, jobs=chosen.jobs)
    tell(report)
    return 1 if chosen.strict and report.findings else 0


def serve(chosen: argparse.Namespace) -> int:
    """``kentongan serve``."""
    from kentongan_cms.serve import serve as run  # noqa: PLC0415 - no other command needs a web server

    address = os.environ.get("SITEURL", "")
    os.environ.setdefault("SITEURL", f"http://localhost:{chosen.port}")
    return run(
        place=_sample_workplace(chosen)
        if chosen.sample
        else workplace(chosen, default_settings(chosen.content), chosen.output),
        original=chosen.sample,
        host=chosen.host,
        port=chosen.port,
        opened=chosen.cms,
        address=address,
        say=say,
        tell=tell,
        fail=lambda error: say(error.told(language_of())),
    )


def _sample_workplace(chosen: argparse.Namespace) -> Workplace:
    """The sample office is worked on in a copy below the state folder, with an output of its own."""
    folder = state_folder(chosen) / _SAMPLE
    settings = chosen.settings or default_settings(chosen.sample)
    return Workplace.of(folder / "content", settings, folder / "output", state_folder(chosen))
