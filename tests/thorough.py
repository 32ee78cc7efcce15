"""How much is tried: CI takes its time, ``make test`` is over in minutes."""

import os

IN_CI = bool(os.environ.get("CI"))


def examples(most: int) -> int:
    """How many examples a property is held to: *most* in CI, a quarter of them elsewhere."""
    return most if IN_CI else max(1, most // 4)
