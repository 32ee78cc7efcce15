"""``kentongan backup`` and ``restore``: what an office could not make again, in one file."""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from pathlib import Path

from sqlalchemy import make_url

from kentongan.backup import Office, restore, save
from kentongan.backup.sealing import is_sealed
from kentongan.cli.common import Commands, add_command, add_content, add_state, language_of, progress, say, state_folder
from kentongan.clock import build_instant
from kentongan.comments import secret
from kentongan.database import URL_VARIABLE
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.sound.media_store import MediaStore

PASSPHRASE_VARIABLE = "KENTONGAN_BACKUP_PASSPHRASE"  # noqa: S105 - the name of one

_NO_SECRET = Message(
    "{variable} opens the e-mail addresses in the database, and is not in the backup: keep it elsewhere.",
    {"variable": secret.VARIABLE},
)


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "backup", backup, "keep content, history, settings, state and recordings in a file")
    command.add_argument("file", type=Path, metavar="FILE|DIR", help="the file, or a folder for one named by the time")
    add_content(command)
    add_state(command)
    command.add_argument("--encrypt", action="store_true", help=f"by a passphrase ({PASSPHRASE_VARIABLE}, else asked)")
    command.add_argument("--no-verify", action="store_true", help="do not try it by restoring it")

    command = add_command(commands, "restore", bring_back, "bring an office back from a backup")
    command.add_argument("file", type=Path, metavar="FILE", help="the backup")
    command.add_argument("folder", type=Path, metavar="DIR", help="a new or an empty folder")


def backup(chosen: argparse.Namespace) -> int:
    """``kentongan backup``."""
    state = state_folder(chosen)
    office = Office(chosen.content.resolve(), state, MediaStore.of(state).folder, os.environ.get(URL_VARIABLE))
    passphrase = _passphrase(again=True) if chosen.encrypt else None
    file = save(
        office,
        chosen.file.absolute(),
        build_instant(),
        passphrase=passphrase,
        verify=not chosen.no_verify,
        progress=progress,
    )
    say(_databases(office).told(language_of()))
    if os.environ.get(secret.VARIABLE):
        say(_NO_SECRET.told(language_of()))
    for path in office.left:
        say(Message("{path} is no plain file, and was left out.", {"path": str(path)}).told(language_of()))
    print(file)
    return 0


def _databases(office: Office) -> Message:
    """Which databases are in the backup: an office that keeps its own elsewhere must notice where none is."""
    names = [path.name for path in office.databases()]
    if office.database:
        names.append(make_url(office.database).render_as_string(hide_password=True))
    if names:
        return Message("With the database {names}.", {"names": ", ".join(names)})
    return Message(
        "Without a database: there is none in {state}, and {variable} names no other.",
        {"state": str(office.state), "variable": URL_VARIABLE},
    )


def bring_back(chosen: argparse.Namespace) -> int:
    """``kentongan restore``."""
    passphrase = _passphrase() if is_sealed(chosen.file) else None
    manifest = restore(chosen.file, chosen.folder.absolute(), passphrase, os.environ.get(URL_VARIABLE))
    told = Message("This is the office of {made}, commit {commit}.", _told(manifest.made.isoformat(), manifest.commit))
    say(told.told(language_of()))
    print(chosen.folder.absolute())
    return 0


def _told(made: str, commit: str | None) -> dict[str, str]:
    return {"made": made, "commit": (commit or "-")[:10]}


def _passphrase(*, again: bool = False) -> str:
    """From the environment, else from the person; *again*: typed twice.

    :raises KentonganError: when there is none, or when it was typed in two ways.
    """
    given = os.environ.get(PASSPHRASE_VARIABLE) or (_asked(Message("Passphrase:")) if sys.stdin.isatty() else "")
    if not given:
        raise KentonganError(
            Message("No passphrase was given."),
            Message("Set {variable} in the environment.", {"variable": PASSPHRASE_VARIABLE}),
        )
    if again and PASSPHRASE_VARIABLE not in os.environ and _asked(Message("Once more:")) != given:
        raise KentonganError(Message("The two passphrases differ."))
    return given


def _asked(prompt: Message) -> str:
    return getpass(f"{prompt.told(language_of())} ")
