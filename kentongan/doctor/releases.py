"""What readers get from this machine."""

from __future__ import annotations

from pathlib import Path

from kentongan.build.release import Releases
from kentongan.doctor.check import Check, ok, warn
from kentongan.language import Message


def release(state: Path) -> Check:
    """Which release of the folder *state* is live, and whether timers may publish the next."""
    releases = Releases(state)
    if not releases.current.is_dir():
        return ok("release", Message("Nothing was published from this machine yet."))
    name = {"name": releases.current.resolve().name}
    if releases.is_held:
        return warn(
            "release",
            Message("Somebody went back to {name}, and nothing is published by the clock since.", name),
            Message("Run “kentongan publish” when the site may go on."),
        )
    return ok("release", Message("The release {name} is live.", name))
