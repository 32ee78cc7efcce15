"""``kentongan announce``: from a file or a pipe to a reading on standard output, and to drafts on request."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from kentongan.clock import build_instant, named_day
from kentongan.errors import KentonganError
from kentongan.intake.announcement import Announcement
from kentongan.intake.drafting import plan_drafts, write_drafts
from kentongan.intake.matching import Match, match
from kentongan.intake.reading import LIMIT, read_announcement
from kentongan.intake.standing import slot_proposal
from kentongan.intake.telling import told
from kentongan.language import Message
from kentongan.markup import Prose
from kentongan.store import Contents, load

_MOST_BYTES = 4 * LIMIT
_STDIN = "-"


def announce(file: str, *, content: Path | None, now: str | None, as_json: bool, write: bool, language: str) -> int:
    """Reads *file* (``-``: standard input), prints what it says in *language*, and writes drafts below *content*.

    :raises KentonganError: when the text cannot be read or is no announcement for its length.
    """
    announcement = read_announcement(_decoded(_read(file)), named_day(now))
    contents = _load(content) if content else None
    matches = match(announcement, contents.records.values()) if contents else {}
    result: dict[str, Any] = {**announcement.to_json(language)}
    if contents:
        result["matched"] = {field: found.to_json() for field, found in matches.items()}
        local = build_instant(now).astimezone(ZoneInfo(contents.office.zone))
        if announcement.kind == "slot":
            result["proposal"] = slot_proposal(announcement, matches, local)
        if write and content:
            drafts = plan_drafts(announcement, matches, content, local)
            result["written"] = [str(path) for path in write_drafts(content, drafts)]
    print(
        json.dumps(result, ensure_ascii=False, indent=1) if as_json else _page(announcement, matches, result, language)
    )
    return 0


def _page(announcement: Announcement, matches: Mapping[str, Match], result: Mapping[str, Any], language: str) -> str:
    parts = [told(announcement, matches, language)]
    if proposal := result.get("proposal"):
        head = Message("For “slots:” in the program's file:").told(language)
        parts.append(f"{head}\n{yaml.safe_dump([proposal], allow_unicode=True, sort_keys=False)}".rstrip())
    if written := result.get("written"):
        parts.append("\n".join([Message("Drafts written:").told(language), *(f"  {path}" for path in written)]))
    return "\n\n".join(parts)


def _load(content: Path) -> Contents:
    prose = Prose()
    try:
        return load(content, prose)
    finally:
        prose.close()


def _read(file: str) -> bytes:
    """At most a little more than an announcement may have: a longer text is refused without being read."""
    try:
        if file == _STDIN:
            return sys.stdin.buffer.read(_MOST_BYTES + 1)
        with Path(file).open("rb") as source:
            return source.read(_MOST_BYTES + 1)
    except OSError as error:
        raise KentonganError(
            Message("{path} cannot be read.", {"path": file}), Message("Name a text file, or - for standard input.")
        ) from error


def _decoded(data: bytes) -> str:
    """UTF-8, with or without a mark, or UTF-16 with one; what is neither is taken for Windows text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
