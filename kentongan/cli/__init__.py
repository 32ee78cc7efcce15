"""The ``kentongan`` command: the composition root, where domain, builder and server are put together.

Each module beside this one holds a family of commands, and adds them to the parser by its ``add``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence

from kentongan import __version__
from kentongan.cli import (
    announcing,
    building,
    commenting,
    content,
    deploying,
    health,
    keeping,
    publishing,
    radio,
    serving,
    starting,
    users,
)
from kentongan.cli.common import LOG_VARIABLE, language_of, say
from kentongan.errors import KentonganError, refused

_FAMILIES = (
    starting,
    building,
    content,
    announcing,
    radio,
    health,
    publishing,
    deploying,
    serving,
    users,
    commenting,
    keeping,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 well, 1 something is wrong with content or world, 2 wrong usage."""
    chosen = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kentongan", description="Radio talks, consultations and news of a cooperative office."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for family in _FAMILIES:
        family.add(commands)
    return parser
