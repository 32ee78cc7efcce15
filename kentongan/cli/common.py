"""What commands share: how one is added, where it works, and in which language it speaks."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from kentongan.build.report import BuildReport
from kentongan.build.workplace import STATE_VARIABLE, Workplace
from kentongan.clock import VARIABLE, build_instant
from kentongan.errors import Finding
from kentongan.language import LANGUAGES, Message, translations
from kentongan.markup import Prose
from kentongan.site import Site, assemble
from kentongan.store import load
from kentongan.store.contents import Contents

LANGUAGE_VARIABLE = "KENTONGAN_LANG"
LOG_VARIABLE = "KENTONGAN_LOG"
LOGS = ("text", "json")
"""How lines are written to standard error: for people, or one JSON object each."""

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a family adds its commands."""


def add_command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], help_: str
) -> argparse.ArgumentParser:
    """A new command *name*, done by *run*."""
    command = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
    command.add_argument("--log", choices=LOGS, help=f"how messages are written ({LOG_VARIABLE}, else text)")
    command.set_defaults(command=run)
    return command


def add_content(command: argparse.ArgumentParser) -> None:
    """The option that says where the content is."""
    command.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="content folder (content/)"
    )


def add_state(command: argparse.ArgumentParser) -> None:
    """The option that says where the state folder is."""
    command.add_argument("--state", type=Path, metavar="DIR", help="state folder (KENTONGAN_STATE, else var/)")


def add_place(command: argparse.ArgumentParser) -> None:
    """The options that say where content, settings and state are."""
    add_content(command)
    command.add_argument("--settings", type=Path, metavar="FILE", help="settings file (pelicanconf.py, publishconf.py)")
    add_state(command)


def workplace(chosen: argparse.Namespace, settings: Path | None, output: Path) -> Workplace:
    """Where a build works; *settings* where none are given."""
    return Workplace.of(chosen.content, chosen.settings or settings, output, state_folder(chosen))


def state_folder(chosen: argparse.Namespace) -> Path:
    """``--state``, else ``KENTONGAN_STATE``, else ``var/`` beside the content."""
    beside: Path = (getattr(chosen, "sample", None) or chosen.content).resolve().parent / "var"
    return Path(chosen.state or os.environ.get(STATE_VARIABLE) or beside).resolve()


def now_of(chosen: argparse.Namespace) -> datetime | None:
    """The instant that was asked for; ``None``: the second in which the build begins."""
    return build_instant(chosen.now) if chosen.now is not None or os.environ.get(VARIABLE) else None


def contents_of(chosen: argparse.Namespace) -> Contents:
    """What the content folder says."""
    prose = Prose()
    try:
        return load(chosen.content, prose)
    finally:
        prose.close()


def site_of(chosen: argparse.Namespace, now: datetime) -> Site:
    """The site that the content folder makes at *now*, in memory."""
    return assemble(contents_of(chosen), os.environ.get("SITEURL") or "http://localhost", now)


def language_of(site: str = LANGUAGES[0]) -> str:
    """The language to speak: the one asked for by ``KENTONGAN_LANG``, else that of the site."""
    named = os.environ.get(LANGUAGE_VARIABLE, "")
    return named if named in LANGUAGES else site


def say(text: str, **fields: object) -> None:
    """To the person; data goes to standard output. *fields* go with it where the log is JSON."""
    if os.environ.get(LOG_VARIABLE) == "json":
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        text = json.dumps({"time": time, "message": text, **fields}, ensure_ascii=False)
    print(text, file=sys.stderr, flush=True)


def progress(share: float) -> None:
    """A bar on a terminal; in a log it would be noise. *share* is from 0 to 1."""
    if sys.stderr.isatty() and os.environ.get(LOG_VARIABLE) != "json":
        width = round(share * 30)
        end = "\n" if share >= 1 else ""
        print(f"\r[{'=' * width}{' ' * (30 - width)}] {share:4.0%}", end=end, file=sys.stderr, flush=True)


def tell(report: BuildReport) -> None:
    """What a build did, and what is wrong."""
    language = language_of(report.language)
    tell_findings(report.findings, language)
    done = Message(
        "{written} files written, {removed} removed, {unchanged} unchanged.",
        {
            "written": len(report.outcome.written),
            "removed": len(report.outcome.removed),
            "unchanged": report.outcome.unchanged,
        },
    )
    say(done.told(language))
    if report.findings:
        say(count_of(len(report.findings), language))


def tell_findings(findings: Iterable[Finding], language: str) -> None:
    """Each finding on a line of its own."""
    for finding in findings:
        spoken = language_of(language)
        say(finding.line_in(spoken), finding=finding.told(spoken))


def count_of(count: int, language: str) -> str:
    """How many findings there are, in words."""
    words = translations(language_of(language)).ngettext("{n} finding.", "{n} findings.", count)
    return words.format(n=count)
