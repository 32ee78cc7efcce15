"""``kentongan announce``: from pasted text to a reading on standard output, and to drafts on request."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from kentongan.cli.common import Commands, add_command, contents_of, language_of
from kentongan.clock import build_instant, named_day
from kentongan.errors import KentonganError
from kentongan.intake import LIMIT, Announcement, read_announcement
from kentongan.intake.decoding import decoded
from kentongan.intake.drafting import plan_drafts, write_drafts
from kentongan.intake.matching import Match, match, match_doubts, mentioned
from kentongan.intake.standing import slot_proposal
from kentongan.intake.telling import told
from kentongan.language import Message
from kentongan.store import Contents

_MOST_BYTES = 4 * LIMIT
_STDIN = "-"
_MATCHABLE = ("people/", "programs/", "stations/")
"""Folders of the records that an announcement may name."""


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "announce", announce, "read an announcement: what it says, and what must be asked")
    command.add_argument("file", metavar="FILE", help="a text file, or - for standard input")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")
    command.add_argument("--now", metavar="ISO", help="when it was written; “besok” counts from there")
    command.add_argument("--content", type=Path, metavar="DIR", help="also say what the records in DIR know of it")
    command.add_argument("--write", action="store_true", help="write drafts of the records it describes")


def announce(chosen: argparse.Namespace) -> int:
    """``kentongan announce``."""
    text, doubts = decoded(_read(chosen.file))
    if not text.strip("\0 \r\n\t\ufeff"):
        raise KentonganError(Message("There is no text in it."), Message("Name a file with an announcement."))
    if chosen.write:
        chosen.content = chosen.content or Path("content")
    contents = contents_of(chosen) if chosen.content else None
    known = contents.records.values() if contents else ()
    announcement = read_announcement(text, named_day(chosen.now), mentioned(text, known))
    matches = match(announcement, known)
    announcement = announcement.doubting((*doubts, *match_doubts(announcement, matches)))
    added = _added(chosen, announcement, matches, contents) if contents else {}
    if chosen.json:
        print(json.dumps({**announcement.to_json(language_of()), **added}, ensure_ascii=False, indent=1))
    else:
        print(_page(announcement, matches, added))
    if contents:
        _tell_unread(contents)
    return 0


def _tell_unread(contents: Contents) -> None:
    """Says which of the site's records could not be read: whom they name is taken for unknown."""
    read = {source.path for source in contents.sources.values()}
    named = {one.path for one in contents.findings if one.path.startswith(_MATCHABLE)}
    for file in sorted(named - read):
        told = Message("{file} could not be read, so nothing is known from it; see “kentongan check”.", {"file": file})
        print(told.told(language_of()), file=sys.stderr)


def _added(
    chosen: argparse.Namespace, announcement: Announcement, matches: Mapping[str, Match], contents: Contents
) -> dict[str, Any]:
    """What the site's records add, and what was written."""
    added: dict[str, Any] = {"matched": {field: found.to_json() for field, found in matches.items()}}
    local = build_instant(chosen.now).astimezone(ZoneInfo(contents.office.zone))
    if announcement.kind == "slot":
        added["proposal"] = slot_proposal(announcement, matches, local)
    if chosen.write:
        drafts = plan_drafts(announcement, matches, chosen.content, local)
        added["written"] = [str(path) for path in write_drafts(chosen.content, drafts)]
    return added


def _page(announcement: Announcement, matches: Mapping[str, Match], added: Mapping[str, Any]) -> str:
    language = language_of()
    parts = [told(announcement, matches, language)]
    if proposal := added.get("proposal"):
        head = Message("For “slots:” in the program's file:").told(language)
        parts.append(f"{head}\n{yaml.safe_dump([proposal], allow_unicode=True, sort_keys=False)}".rstrip())
    if written := added.get("written"):
        parts.append("\n".join([Message("Drafts written:").told(language), *(f"  {path}" for path in written)]))
    elif "written" in added:
        parts.append(Message("No draft was written: copy these lines into the program's file.").told(language))
    return "\n\n".join(parts)


def _read(file: str) -> bytes:
    """At most a little more than an announcement may have: a longer text is refused without being read.

    :raises KentonganError: when it cannot be read.
    """
    if file == _STDIN:
        return sys.stdin.buffer.read(_MOST_BYTES + 1)
    try:
        with Path(file).open("rb") as source:
            return source.read(_MOST_BYTES + 1)
    except OSError as error:
        told = {"path": file, "error": error.strerror or str(error)}
        raise KentonganError(
            Message("{path} cannot be read: {error}.", told),
            Message("Name a text file, or - for standard input."),
        ) from error
