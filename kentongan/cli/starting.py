"""``kentongan init``: an office's own repository."""

from __future__ import annotations

import argparse
from pathlib import Path

from kentongan.cli.common import Commands, add_command, language_of, say
from kentongan.clock import build_instant
from kentongan.language import LANGUAGES, Message
from kentongan.model.fields import ZONES
from kentongan.starter import Beginning, begin
from kentongan.web import is_site_address


def add(commands: Commands) -> None:
    """Adds the command of this family."""
    command = add_command(commands, "init", init, "begin an office's own repository; nothing is asked")
    command.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty or not there yet")
    command.add_argument("--name", metavar="TEXT", help="the office's name (made from the folder's)")
    command.add_argument("--zone", choices=list(ZONES), default="WIB", help="its time zone (WIB)")
    command.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="the site's language (id)")
    command.add_argument("--address", type=_address, metavar="URL", help="where the site will be")


def _address(text: str) -> str:
    if not is_site_address(text):
        raise argparse.ArgumentTypeError("it is written like https://koperasi.example.id, with https:// or http://")
    return text


def init(chosen: argparse.Namespace) -> int:
    """``kentongan init``."""
    folder = chosen.folder.resolve()
    name = chosen.name if chosen.name is not None else folder.name.replace("-", " ").replace("_", " ").title()
    committed = begin(folder, Beginning(name, chosen.zone, chosen.language, chosen.address or ""), build_instant())
    if not committed:
        say(Message("git is not installed, or refused: the folder is no repository yet.").told(language_of()))
    say(Message("Go on with “make serve” in {path}; README.md says more.", {"path": str(folder)}).told(language_of()))
    print(folder)
    return 0
