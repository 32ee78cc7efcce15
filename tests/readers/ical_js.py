"""ical.js, the calendar library of Thunderbird, asked from Python."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent


def missing() -> str | None:
    """Why it cannot be asked; ``None``: it can."""
    if shutil.which("node") is None:
        return "Node is not on this machine"
    if not (FOLDER / "node_modules" / "ical.js").is_dir():
        return "ical.js is not installed: run npm ci in tests/readers"
    return None


def heard(calendars: Iterable[bytes], since: datetime, until: datetime) -> list[list[datetime]]:
    """When something begins that takes place in each calendar, from *since* on and before *until*: UTC, in order."""
    span = {"since": since.timestamp() * 1000, "until": until.timestamp() * 1000}
    lines = "".join(f"{json.dumps({'text': data.decode(), **span})}\n" for data in calendars)
    command = ["node", FOLDER / "ical.js"]
    done = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=True, timeout=1800)
    return [[datetime.fromtimestamp(ms / 1000, UTC) for ms in json.loads(line)] for line in done.stdout.splitlines()]
