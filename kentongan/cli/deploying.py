"""What is done with releases by the clock and over the wire: ``kentongan due`` and ``kentongan deploy``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kentongan.build.release import Releases
from kentongan.build.workplace import open_locked
from kentongan.cli.common import Commands, add_command, add_content, add_state, language_of, say, state_folder
from kentongan.cli.progress import progress
from kentongan.clock import build_instant
from kentongan.deploy import Shipment, read_target, ship
from kentongan.deploy.manifest import GRACE, digests
from kentongan.deploy.targets import FILE
from kentongan.due import NOT_DUE, UNKNOWN, Silent, judge, read_head, read_live, read_release
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store.git import require_own


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "due", due, "tell whether a new release is due")
    command.add_argument("--url", metavar="ADDRESS", help="ask the live site instead of the current release")
    command.add_argument("--exit-code", action="store_true", help=f"end with {NOT_DUE} when nothing is due")
    add_content(command)
    add_state(command)

    command = add_command(commands, "deploy", deploy, "ship the current release to a target")
    command.add_argument("target", metavar="TARGET", help=f"its name in {FILE}")
    command.add_argument(
        "--targets", type=Path, metavar="FILE", help=f"where targets are named ({FILE} beside content/)"
    )
    command.add_argument("--release", metavar="NAME", help="another release than the current one")
    command.add_argument("--dry-run", action="store_true", help="only say what would be sent and deleted")
    command.add_argument("--all", action="store_true", help="send every file, whatever the target says it has")
    command.add_argument("--no-grace", action="store_true", help="delete at once what pages open in browsers may need")
    command.add_argument("--json", action="store_true", help="what was sent and deleted, as JSON on standard output")
    add_content(command)
    add_state(command)


def due(chosen: argparse.Namespace) -> int:
    """``kentongan due``."""
    releases = Releases(state_folder(chosen))
    require_own(chosen.content)
    try:
        version = read_release(releases.current) if chosen.url is None else read_live(chosen.url)
    except Silent as error:
        print(UNKNOWN)
        raise KentonganError(
            Message("{address} does not say what is live: {reason}.", {"address": chosen.url, "reason": str(error)}),
            Message("What is live stays; ask again when it answers."),
        ) from error
    answer = judge(version, read_head(chosen.content), build_instant())
    if releases.is_held:
        answer = replace(answer, due=False)  # the next release is for a person to cut
    print(answer)
    return NOT_DUE if chosen.exit_code and not answer.due else 0


def deploy(chosen: argparse.Namespace) -> int:
    """``kentongan deploy``."""
    state = state_folder(chosen)
    target = read_target(chosen.targets or chosen.content.resolve().parent / FILE, chosen.target)
    release = _release(Releases(state), chosen.release)
    carrier = target.carrier(state / "deploy" / f"{chosen.target}.git")
    with _alone(state / "deploy" / f"{chosen.target}.lock", chosen.target):
        here = digests(release, precompressed=target.precompressed)
        grace = timedelta() if chosen.no_grace else GRACE
        shipment = Shipment.of(carrier, release, here, build_instant(), everything=chosen.all, grace=grace)
        if not chosen.dry_run:
            with progress(chosen.target, len(shipment.changes.send)) as tell:
                ship(shipment, carrier, build_instant, tell)
    _report(shipment, as_json=chosen.json, listed=chosen.dry_run)
    return 0


def _release(releases: Releases, name: str | None) -> Path:
    """The folder of the release *name*, else of the current one, under its own name."""
    if name is None and releases.current.is_dir():
        return releases.current.resolve()
    if name in releases.names():
        return releases.folder / str(name)
    raise KentonganError(
        Message("There is no release to deploy."),
        Message(
            "Run “kentongan publish” first, or name one of: {names}.", {"names": ", ".join(releases.names()) or "–"}
        ),
    )


@contextmanager
def _alone(lock: Path, target: str) -> Iterator[None]:
    """One shipment to a target at a time, from this machine."""
    with ExitStack() as held:
        try:
            held.enter_context(open_locked(lock))
        except KentonganError as error:
            raise KentonganError(
                Message("Another deploy to “{target}” is still running.", {"target": target}),
                Message("Wait until it has ended, or end it."),
            ) from error
        yield


def _report(shipment: Shipment, *, as_json: bool, listed: bool) -> None:
    changes = shipment.changes
    if as_json:
        print(json.dumps({"send": changes.send, "delete": changes.delete, "keep": changes.keep}, ensure_ascii=False))
    elif listed:
        for sign, paths in (("+", changes.send), ("-", changes.delete), ("=", changes.keep)):
            for path in paths:
                print(sign, path)
    counts = {"sent": len(changes.send), "deleted": len(changes.delete), "kept": len(changes.keep)}
    future = Message("{sent} files to send, {deleted} to delete, {kept} kept for open pages.", counts)
    past = Message("{sent} files sent, {deleted} deleted, {kept} kept for open pages.", counts)
    say((future if listed else past).told(language_of()))
