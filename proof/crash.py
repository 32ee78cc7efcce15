"""Killed with -9 at a hundred moments of a build, the next build gives the tree of a clean one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from tests.plugins.test_crash import killed_and_mended

ROUNDS = 100


def prove() -> dict[str, Any]:
    """Kills and mends.

    :raises AssertionError: when a tree differs.
    """
    with tempfile.TemporaryDirectory() as folder:
        killed_and_mended(Path(folder), ROUNDS)
    return {"kills": ROUNDS}
