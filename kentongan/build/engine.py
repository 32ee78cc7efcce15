"""Which version of Kentongan made an office's last release."""

from __future__ import annotations

from pathlib import Path

from kentongan import __version__
from kentongan.store import atomic

_FILE = "engine"


def remember(state: Path) -> None:
    """Writes this version down in the folder *state*."""
    atomic.write(state / _FILE, f"{__version__}\n".encode())


def remembered(state: Path) -> str | None:
    """The version that was written down in the folder *state*; ``None``: none was."""
    try:
        return (state / _FILE).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
