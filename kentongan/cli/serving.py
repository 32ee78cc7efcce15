"""``kentongan config``: what a web server and systemd need to know to serve an office."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from kentongan.cli.common import Commands, add_command, add_content, add_state, state_folder
from kentongan.serving.configuration import ACCOUNT, BACKUPS, CMS_ADDRESS, WEB_SERVERS, Host, Service, units, web_server


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "config", config, "print a configuration of nginx, Caddy or systemd")
    command.add_argument("kind", choices=[*WEB_SERVERS, "systemd"], help="whose configuration")
    command.add_argument(
        "--domain", required=True, metavar="NAME", help="the office's domain, like koperasi.example.id"
    )
    command.add_argument("--root", type=Path, metavar="DIR", help="what to serve (the current release, STATE/current)")
    command.add_argument(
        "--cms",
        nargs="?",
        const=CMS_ADDRESS,
        metavar="HOST:PORT",
        help=f"let everybody reach the CMS, which listens there ({CMS_ADDRESS})",
    )
    command.add_argument("--listen", metavar="HOST:PORT", help="speak plain HTTP here; another server does the HTTPS")
    command.add_argument("--user", default=ACCOUNT, metavar="NAME", help=f"who runs the units ({ACCOUNT})")
    command.add_argument(
        "--no-tls", action="store_true", help="nginx: plain HTTP at first, over which the first certificate comes"
    )
    command.add_argument(
        "--backups", type=Path, default=BACKUPS, metavar="DIR", help=f"systemd: where backups go ({BACKUPS})"
    )
    command.add_argument("--into", type=Path, metavar="DIR", help="write into this folder instead of printing")
    add_content(command)
    add_state(command)


def config(chosen: argparse.Namespace) -> int:
    """``kentongan config``."""
    state = state_folder(chosen)
    root = (chosen.root or state / "current").absolute()
    host = Host(chosen.domain, root, chosen.cms, chosen.listen, tls=not chosen.no_tls)
    for name, text in _files(chosen, host, state).items():
        if chosen.into:
            (chosen.into / name).write_text(text, encoding="utf-8")
        else:
            print(f"# {name}\n{text}")
    return 0


def _files(chosen: argparse.Namespace, host: Host, state: Path) -> dict[str, str]:
    """What was asked for, by the name its file usually has."""
    if chosen.kind in WEB_SERVERS:
        return {WEB_SERVERS[chosen.kind]: web_server(chosen.kind, host)}
    content = chosen.content.resolve()
    backups = chosen.backups.absolute()
    return units(host, Service(_program(), content.parent, content, state, chosen.user, backups))


def _program() -> Path:
    """This very command, by its full path."""
    beside = Path(sys.executable).with_name("kentongan")
    return beside if beside.is_file() else Path(shutil.which("kentongan") or beside)
