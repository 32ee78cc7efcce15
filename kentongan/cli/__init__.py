"""The ``kentongan`` command: the composition root, where domain, builder and server are put together.

Each module beside this one holds a family of commands, and adds them to the parser by its ``add``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from kentongan import __version__
from kentongan.cli.common import LOG_VARIABLE, language_of, say
from kentongan.errors import KentonganError, refused

_FAMILIES = {
    "starting": ("init",),
    "building": ("build", "serve"),
    "content": ("check", "fix", "new"),
    "announcing": ("announce",),
    "radio": ("schedule", "audio"),
    "health": ("doctor",),
    "publishing": ("publish", "releases", "rollback", "live"),
    "deploying": ("due", "deploy"),
    "serving": ("config",),
    "users": ("user",),
    "commenting": ("comments",),
    "keeping": ("backup", "restore"),
}
"""Modules and their commands. Only the module of the command that runs is loaded: all together take a second."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 well, 1 something is wrong with content or world, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    chosen = _parser(given).parse_args(given)
    if chosen.log:
        os.environ[LOG_VARIABLE] = chosen.log  # for the processes that it starts too
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except KentonganError as error:
        say(error.told(language_of()))
        return 1
    except BrokenPipeError:
        return 1  # who read our output has left
    except OSError as error:
        say(refused(error).told(language_of()))
        return 1
    except KeyboardInterrupt:
        return 130


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kentongan", description="Radio talks, consultations and news of a cooperative office."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for family in _families(given):
        import_module(f"{__name__}.{family}").add(commands)
    return parser


def _families(given: Sequence[str]) -> list[str]:
    """The family of the command that is *given*; all of them where help is asked for, or none can be told."""
    return [family for family, names in _FAMILIES.items() if given and given[0] in names] or list(_FAMILIES)
