"""``kentongan publish``: releases, cut and switched to."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from kentongan.build import websub
from kentongan.build.client import Builder, default_settings
from kentongan.build.recordings import link_recordings
from kentongan.build.release import Releases
from kentongan.build.report import BuildReport
from kentongan.build.workplace import Workplace
from kentongan.cli.common import Commands, add_command, add_place, language_of, say, state_folder, tell, workplace
from kentongan.clock import build_instant
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.sound.media_store import MediaStore


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "publish", publish, "cut a release and make it the current one")
    add_place(command)
    command.add_argument("--now", metavar="ISO", help="publish as of this instant")
    command.add_argument("--strict", action="store_true", help="publish nothing when there are findings")


def publish(chosen: argparse.Namespace) -> int:
    """``kentongan publish``."""
    conf = _publish_settings(chosen)
    now = build_instant(chosen.now)
    places: list[Workplace] = []

    def into(folder: Path) -> BuildReport:
        places.append(workplace(chosen, conf, folder))
        with Builder(places[-1]) as builder:
            report = builder.build(now)
        _tell_lacking(link_recordings(folder, MediaStore.of(state_folder(chosen))))
        return report

    releases = Releases(state_folder(chosen))
    former = releases.current.resolve() if releases.current.exists() else None
    try:
        report = releases.publish(now, into, strict=chosen.strict)
    finally:
        for place in places:
            place.ledger.unlink(missing_ok=True)  # it speaks of a folder that has another name now
    tell(report)
    print(releases.current.resolve())
    _tell_followers(former, releases.current.resolve())
    return 0


def _tell_followers(former: Path | None, current: Path) -> None:
    """Whether or not hubs hear of it, the release is out."""
    told = list(websub.tell(websub.changed_topics(former, current)))
    for one in told:
        if one.failure:
            failed = Message("The hub {hub} did not hear of {url}.", {"hub": one.topic.hub, "url": one.topic.url})
            say(f"{failed.told(language_of())} {one.failure.told(language_of())}")
    if heard := sum(one.failure is None for one in told):
        say(Message("Hubs have heard of {count} changed feeds.", {"count": heard}).told(language_of()))


def _tell_lacking(addresses: Sequence[str]) -> None:
    for address in addresses:
        told = Message("The recording {address} is not in the media store here.", {"address": address})
        say(told.told(language_of()))


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
