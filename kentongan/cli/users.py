"""``kentongan user``: accounts, where no browser is at hand."""

from __future__ import annotations

import argparse
import json
import os

from kentongan.accounts import Accounts, Role
from kentongan.cli.common import Commands, add_command, add_content, add_state, say, state_folder
from kentongan.database import Database

_WAYS = ("add", "list", "disable", "enable", "reset")


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "user", user, "invite, list, shut out or let in who may log in")
    command.add_argument("way", choices=_WAYS, help="what to do")
    command.add_argument("who", nargs="?", help="a user name; for add, how somebody is called")
    command.add_argument("--role", choices=list(Role), default=Role.CONTRIBUTOR, help="for add (contributor)")
    command.add_argument("--json", action="store_true", help="list as JSON")
    add_content(command)
    add_state(command)


def user(chosen: argparse.Namespace) -> int:
    """``kentongan user``."""
    if chosen.way != "list" and not chosen.who:
        say("kentongan user: who?")
        return 2
    database = Database(state_folder(chosen))
    try:
        _DO[chosen.way](Accounts(database), chosen)
    finally:
        database.close()
    return 0


def _list(accounts: Accounts, chosen: argparse.Namespace) -> None:
    rows = [
        {"login": one.login, "name": one.name, "role": one.role.value, "disabled": bool(one.disabled)}
        for one in accounts.all()
    ]
    if chosen.json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row['login']:<20} {row['role']:<12} {row['name']}{'  (disabled)' if row['disabled'] else ''}")


def _add(accounts: Accounts, chosen: argparse.Namespace) -> None:
    token = (
        accounts.owner_link() if accounts.is_empty() else accounts.invite(chosen.who, Role(chosen.role), "kentongan")
    )
    _print_link(token)


def _reset(accounts: Accounts, chosen: argparse.Namespace) -> None:
    _print_link(accounts.reset(chosen.who, "kentongan"))


def _print_link(token: str) -> None:
    """The address of the CMS is not known here for sure; ``SITEURL`` says it where it was set."""
    print(f"{os.environ.get('SITEURL', 'http://localhost:8000').rstrip('/')}/admin/tautan/{token}")


_DO = {
    "add": _add,
    "list": _list,
    "disable": lambda accounts, chosen: accounts.disable(chosen.who, "kentongan"),
    "enable": lambda accounts, chosen: accounts.enable(chosen.who, "kentongan"),
    "reset": _reset,
}
