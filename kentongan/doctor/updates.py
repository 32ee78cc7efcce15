"""Whether Kentongan is another version than the one that made the last release, and what has changed since."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from kentongan import __version__
from kentongan.build import engine
from kentongan.doctor.check import Check, ok, warn
from kentongan.language import Message

_SECTION = re.compile(r"^## \[(\d[^\]]*)\].*?(?=^## \[|\Z)", re.MULTILINE | re.DOTALL)


def update(state: Path, installed: str = __version__) -> Check:
    """Compares *installed* with what the last release of the folder *state* was made by."""
    former = engine.remembered(state)
    versions = {"installed": installed, "former": former or ""}
    if former is None or former == installed:
        return ok("update", Message("No release was made by another version than {installed}.", versions))
    if _order(former) > _order(installed):
        return warn(
            "update",
            Message("Kentongan {installed} is older than {former}, which made the last release.", versions),
            Message("Install {former} or a newer one.", versions),
        )
    check = warn(
        "update",
        Message("Kentongan {installed} is newer than {former}, which made the last release.", versions),
        Message("Read what has changed; the next release is made by it."),
    )
    return replace(check, details=news(changelog(), former, installed) or None)


def news(text: str, former: str, installed: str) -> str:
    """The sections of the changelog *text* on versions after *former*, up to *installed*."""
    sections = _SECTION.finditer(text)
    return "".join(one[0] for one in sections if _order(former) < _order(one[1]) <= _order(installed)).strip()


def changelog() -> str:
    """What users notice of each version, in English."""
    return (files(__package__) / "CHANGELOG.md").read_text(encoding="utf-8")


def _order(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]
