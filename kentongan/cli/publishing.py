"""``kentongan publish``, ``releases``, ``rollback`` and ``live``: what readers see, and what they saw before."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from kentongan.build import engine, websub
from kentongan.build.client import Builder, default_settings
from kentongan.build.live import Live, State, look, wait_for
from kentongan.build.private import Private
from kentongan.build.recordings import link_recordings
from kentongan.build.release import KEPT, Releases, Terms, seed
from kentongan.build.report import BuildReport
from kentongan.build.verify import public_address
from kentongan.cli.common import (
    Commands,
    add_command,
    add_content,
    add_place,
    add_state,
    language_of,
    say,
    state_folder,
    tell,
    workplace,
)
from kentongan.clock import build_instant
from kentongan.due import judge, read_head
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.sound.media_store import MediaStore
from kentongan.store.git import require_own
from kentongan.store.history import History
from kentongan.web import SET_SITEURL, is_site_address

_SHORT = 10
"""Digits of a commit that tell it from the others."""


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "publish", publish, "cut a release and make it the current one")
    add_place(command)
    command.add_argument("--now", metavar="ISO", help="publish as of this instant")
    command.add_argument("--strict", action="store_true", help="publish nothing when there are findings")
    command.add_argument("--allow-fewer", action="store_true", help="let many pages go that the last release has")
    command.add_argument(
        "--no-grace", action="store_true", help="let go at once of what pages open in browsers may need"
    )
    command.add_argument("--keep", type=_count, default=KEPT, metavar="N", help=f"how many releases stay ({KEPT})")

    command = add_command(commands, "releases", releases, "list the releases that are kept; * marks the current one")
    _state_options(command)
    command.add_argument("--json", action="store_true", help="as JSON on standard output")

    command = add_command(commands, "rollback", rollback, "make an older release the current one")
    _state_options(command)
    command.add_argument("release", nargs="?", metavar="RELEASE", help="its name (the one before the current one)")

    command = add_command(commands, "live", live, "tell whether readers get a commit at the public address")
    _state_options(command)
    command.add_argument("--address", metavar="URL", help="the public address (SITEURL, else that of the last release)")
    command.add_argument("--commit", metavar="SHA", help="the commit (the newest of the content)")
    command.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="how long to wait for it (0)")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")


def _state_options(command: argparse.ArgumentParser) -> None:
    add_content(command)
    add_state(command)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a number from 1 on is needed")
    return int(text)


def publish(chosen: argparse.Namespace) -> int:
    """``kentongan publish``."""
    require_own(chosen.content)
    conf = _publish_settings(chosen)
    now = build_instant(chosen.now)
    releases = Releases(state_folder(chosen))

    def into(folder: Path) -> BuildReport:
        place = workplace(chosen, conf, folder)
        seed(place, releases.current)
        with Builder(place) as builder:
            report = builder.build(now)
        _tell_lacking(link_recordings(folder, MediaStore.of(state_folder(chosen))))
        return report

    former = releases.current.resolve() if releases.current.exists() else None
    tell(releases.publish(now, into, _terms(chosen)))
    engine.remember(state_folder(chosen))
    print(releases.current.resolve())
    _tell_followers(former, releases.current.resolve())
    return 0


def _tell_lacking(addresses: Sequence[str]) -> None:
    for address in addresses:
        told = Message("The recording {address} is not in the media store here.", {"address": address})
        say(told.told(language_of()))


def _tell_followers(former: Path | None, current: Path) -> None:
    """Whether or not hubs hear of it, the release is out."""
    told = list(websub.tell(websub.changed_topics(former, current)))
    for one in told:
        if one.failure:
            failed = Message("The hub {hub} did not hear of {url}.", {"hub": one.topic.hub, "url": one.topic.url})
            say(f"{failed.told(language_of())} {one.failure.told(language_of())}")
    if heard := sum(one.failure is None for one in told):
        say(Message("Hubs have heard of {count} changed feeds.", {"count": heard}).told(language_of()))


def _terms(chosen: argparse.Namespace) -> Terms:
    return Terms(
        private=Private.of(chosen.content.resolve(), os.environ),
        strict=chosen.strict,
        may_shrink=chosen.allow_fewer,
        keep=chosen.keep,
        grace=not chosen.no_grace,
    )


def releases(chosen: argparse.Namespace) -> int:
    """``kentongan releases``."""
    kept = Releases(state_folder(chosen)).all()
    if chosen.json:
        print(json.dumps([asdict(release) for release in kept], indent=1))
        return 0
    for release in kept:
        mark = "*" if release.current else " "
        print(f"{mark} {release.name}  {(release.commit or '-')[:_SHORT]:<{_SHORT}}  {release.pages}")
    return 0


def rollback(chosen: argparse.Namespace) -> int:
    """``kentongan rollback``."""
    print(Releases(state_folder(chosen)).rollback(chosen.release))
    return 0


def live(chosen: argparse.Namespace) -> int:
    """``kentongan live``."""
    history = History(chosen.content)
    address, commit = _public_address(chosen), chosen.commit or history.commit()
    if not commit:
        raise KentonganError(Message("There is no commit to look for."), Message("Name one with --commit."))

    def includes(served: str, wanted: str) -> bool:
        return served.startswith(wanted) or history.includes(served, wanted)

    releases = Releases(state_folder(chosen))

    def look_again() -> Live:
        return _held(look(address, commit, includes), releases, chosen)

    found = wait_for(look_again, chosen.wait)
    if chosen.json:
        print(json.dumps(found.told(language_of()), ensure_ascii=False, indent=1))
    else:
        print(f"{found.message.told(language_of())} {found.address}")
    return 0 if found.state is State.LIVE else 1


def _held(found: Live, releases: Releases, chosen: argparse.Namespace) -> Live:
    """*found*, unless what is live is there because somebody went back to it: then nothing newer is on its way."""
    head = None if chosen.commit else read_head(chosen.content)
    version = {"commit": found.commit, "built": found.built}
    stays = releases.is_held or (head and not judge(version, head, build_instant()).fresh)
    if found.state is not State.PUBLISHING or not stays:
        return found
    to = Message(
        "Somebody went back to {commit}; it does not go on by itself.", {"commit": (found.commit or "")[:_SHORT]}
    )
    return replace(found, state=State.HELD, message=to)


def _public_address(chosen: argparse.Namespace) -> str:
    current = Releases(state_folder(chosen)).current
    address = chosen.address or os.environ.get("SITEURL") or (public_address(current) if current.is_dir() else "")
    if not address:
        raise KentonganError(Message("The public address of the site is not known."), SET_SITEURL)
    return _required_address(address)


def _required_address(text: str) -> str:
    """*text*, an address that every feed and calendar can be written with."""
    if is_site_address(text):
        return text
    raise KentonganError(Message("“{text}” cannot be the public address of a site.", {"text": text}), SET_SITEURL)


def _publish_settings(chosen: argparse.Namespace) -> Path | None:
    """``publishconf.py``, which says where the site will be; else the development settings, and ``SITEURL`` says it."""
    if siteurl := os.environ.get("SITEURL"):
        _required_address(siteurl)
    conf: Path = chosen.content.resolve().parent / "publishconf.py"
    if chosen.settings or conf.is_file():
        return conf
    if not siteurl:
        raise KentonganError(Message("The public address of the site is not known."), SET_SITEURL)
    return default_settings(chosen.content)
