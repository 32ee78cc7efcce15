"""Lays out the repository of a new office from the files of this package."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zoneinfo import ZoneInfo

from kentongan import __version__
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model.fields import ZONES
from kentongan.starter.repository import first_commit
from kentongan.store import atomic

_COMMON = "common"
_COMPILED = "__pycache__"
"""What an installer makes beside every Python file, also beside those of an office."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new office says of itself. ``zone`` is WIB, WITA or WIT; ``address`` where the site will be, or empty."""

    name: str
    zone: str = "WIB"
    language: str = "id"
    address: str = ""


def begin(folder: Path, beginning: Beginning, now: datetime) -> bool:
    """Lays out *folder*, which is made if need be, and commits it; whether there is a git to commit with.

    :raises KentonganError: when something is in *folder* already, or the office's name cannot be one.
    """
    _refuse(folder, beginning.name)
    values = _values(beginning, now)
    for tree in (_COMMON, beginning.language):
        for path, source in _files(files(__package__) / "files" / tree):
            atomic.write(folder / path, _filled(source.read_text(encoding="utf-8"), values).encode())
    return first_commit(folder)


def _refuse(folder: Path, name: str) -> None:
    if folder.exists() and (not folder.is_dir() or any(one.name != ".git" for one in folder.iterdir())):
        raise KentonganError(
            Message("{path} is not empty.", {"path": str(folder)}),
            Message("Name a folder that is not there yet; nothing is ever overwritten."),
        )
    if not (name.strip() and name.isprintable()):
        raise KentonganError(Message("This cannot be the name of an office."), Message("Write it on one line."))


def _values(beginning: Beginning, now: datetime) -> Mapping[str, str]:
    """What stands in the files in capitals, and what comes in its place; a JSON text is YAML and Python too."""
    return {
        "__NAME__": beginning.name,
        "__NAME_QUOTED__": json.dumps(beginning.name, ensure_ascii=False),
        "__ADDRESS_QUOTED__": json.dumps(beginning.address, ensure_ascii=False),
        "__ZONE__": beginning.zone,
        "__DATE__": f"{now.astimezone(ZoneInfo(ZONES[beginning.zone])):%Y-%m-%d %H:%M}",
        "__GUID__": str(uuid.uuid4()),
        "__VERSION__": __version__,
    }


def _files(folder: Traversable, below: str = "") -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.name == _COMPILED:
            continue
        if one.is_dir():
            yield from _files(one, f"{below}{one.name}/")
        else:
            yield f"{below}{one.name}", one


def _filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub("|".join(values), lambda place: values[place[0]], text)
