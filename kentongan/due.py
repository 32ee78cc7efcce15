"""Is it time for a new release? ``version.json``, of the live site or of the current release, says until when it is
valid and which commit it shows.

Run as ``python3 -m kentongan.due`` this needs Python alone: a timed CI run that finds nothing due is over in a second.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

VERSION = "version.json"
NOT_DUE = 3
"""Exit code, on request, when nothing is due."""

_STATE = "KENTONGAN_STATE"

FOREIGN = "dubious ownership"
"""What git says of another account's repository."""

_PATIENCE = 20
_NO_SITE = (404, 410)
"""Answers of a host that has no site of ours yet."""
_SKEW = timedelta(hours=1)
"""How far apart the clocks of two machines may be."""

_MOST_BYTES = 100_000
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest commit of the content, and when it was made."""

    commit: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a release is due, and of which ``commit`` (``None``: what is checked out).

    ``fresh``: that commit is not live yet. ``at`` is when the site that is live has to be made again, if it says so.
    """

    due: bool
    fresh: bool
    commit: str | None
    at: datetime | None

    def __str__(self) -> str:
        """One ``name=value`` a line, as CI systems and shells read it."""
        at = self.at.isoformat() if self.at else ""
        return f"due={_word(self.due)}\nfresh={_word(self.fresh)}\ncommit={self.commit or ''}\nat={at}"


class Silent(Exception):
    """The live site does not say what it is, for the reason that is told: it may be there all the same."""


UNKNOWN = Answer(due=False, fresh=False, commit=None, at=None)
"""Where nobody says what is live, that stays."""


def judge(version: Mapping[str, Any] | None, head: Head | None, now: datetime) -> Answer:
    """What *version*, a site's ``version.json`` (``None``: there is none), asks for at *now*.

    A newer commit is due at once. But a site that was made *after* the newest commit, and from an older one, was
    rolled back: it stays with its own commit, and only its hours pass, until a newer commit comes. One that was made in
    what is yet to come was made by a clock that was wrong, and is due whatever it says.
    """
    at, built = (_instant(version, key) for key in ("validUntil", "built"))
    live = _commit(version)
    is_newer = head and head.commit != live and (live is None or built is None or built < head.made)
    if built is None or is_newer or built > now + _SKEW:
        return Answer(due=True, fresh=True, commit=head.commit if head else None, at=at)
    return Answer(due=at is None or now >= at, fresh=False, commit=live, at=at)


def read_live(address: str) -> Mapping[str, Any] | None:
    """``version.json`` of the site at *address*; ``None`` when there is none, so that nothing of ours is there.

    :raises Silent: when that cannot be told: no answer, an error of the server, something else than JSON.
    """
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/{VERSION}", timeout=_PATIENCE) as answer:  # noqa: S310
            return _mapping(answer.read(_MOST_BYTES))
    except urllib.error.HTTPError as error:
        if error.code in _NO_SITE:
            return None
        raise Silent(f"HTTP {error.code}") from error
    except (OSError, ValueError, HTTPException) as error:
        raise Silent(str(getattr(error, "reason", error))) from error


def read_release(folder: Path) -> Mapping[str, Any] | None:
    """``version.json`` of the release in *folder*; ``None`` when it has none."""
    try:
        return _mapping((folder / VERSION).read_bytes())
    except (OSError, ValueError):
        return None


def is_held(state: Path) -> bool:
    """Whether a person went back to the release that is live from the folder *state*, so that the next one is for a
    person to cut."""
    held, current = state / "held", state / "current"
    return held.is_file() and current.is_dir() and held.read_text(encoding="utf-8") == current.resolve().name


def read_head(folder: Path) -> Head | None:
    """The commit checked out in *folder*; ``None`` outside a repository.

    :raises PermissionError: where git leaves the repository alone, for it belongs to another account.
    """
    command = ["git", "log", "-1", "--format=%H %ct"]
    try:
        told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=_PATIENCE).stdout
    except subprocess.CalledProcessError as error:
        if FOREIGN in error.stderr:
            raise PermissionError(error.stderr.strip()) from error
        return None
    except (OSError, subprocess.SubprocessError):
        return None
    commit, made = told.split()
    return Head(commit, datetime.fromtimestamp(int(made), UTC))


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks the live site, for CI; ends with 1 when that, or git, does not say."""
    parser = argparse.ArgumentParser(prog="python3 -m kentongan.due", description="Is a new release due?")
    parser.add_argument("--url", required=True, help="the public address of the site")
    parser.add_argument("--content", type=Path, default=Path(), help="the repository's folder (the current one)")
    chosen = parser.parse_args(arguments)
    try:
        answer = judge(read_live(chosen.url), read_head(chosen.content), datetime.now(UTC))
    except (Silent, PermissionError) as reason:
        print(UNKNOWN)
        print(f"{chosen.url}: {reason}", file=sys.stderr)
        return 1
    state = Path(os.environ.get(_STATE) or chosen.content / "var")
    print(replace(answer, due=False) if is_held(state) else answer)
    return 0


def _mapping(data: bytes) -> Mapping[str, Any] | None:
    read = json.loads(data)
    return read if isinstance(read, dict) else None


def _instant(version: Mapping[str, Any] | None, key: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(str((version or {})[key]))
    except (KeyError, ValueError):
        return None
    return instant if instant.tzinfo else None


def _commit(version: Mapping[str, Any] | None) -> str | None:
    text = str((version or {}).get("commit"))
    return text if _COMMIT.fullmatch(text) else None


def _word(flag: bool) -> str:
    return "true" if flag else "false"


if __name__ == "__main__":
    sys.exit(main())
