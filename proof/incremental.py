"""A thousand random changes, each built by a resident builder and in one shot, each equal to a clean build."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.changes import Office
from tests.steps import WAYS, Builders

STEPS = int(os.environ.get("STEPS", "1000"))
STEPS_PER_OFFICE = 100
"""So that an office is not worn out by all that happens to it."""


def prove() -> dict[str, Any]:
    """Makes the changes, of :data:`STEPS_PER_OFFICE` in one office after the other.

    :raises AssertionError: naming the office's seed, the change, and the files that differ.
    """
    made: Counter[str] = Counter()
    for seed in range(-(-STEPS // STEPS_PER_OFFICE)):
        with tempfile.TemporaryDirectory() as folder:
            made += _one_office(Path(folder) / "office", seed, min(STEPS_PER_OFFICE, STEPS))
    return {"steps": made.total(), "changes": dict(sorted(made.items()))}


def _one_office(folder: Path, seed: int, steps: int) -> Counter[str]:
    made: Counter[str] = Counter()
    office = Office(folder, seed)
    with Builders(office.folder) as builders:
        builders.build(office.now, *WAYS)
        for step in range(steps):
            change = office.change()
            different = builders.build(office.now, *WAYS)
            assert not different, f"seed {seed}, step {step}, {change}: {different}"
            made[change] += 1
            print(f"seed {seed}: {step + 1} steps", end="\r", file=sys.stderr, flush=True)
    return made
