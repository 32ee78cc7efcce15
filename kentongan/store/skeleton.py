"""A new record's file: a draft with its keys in place, ready to be filled in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import yaml

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind
from kentongan.store import atomic

_EMPTY: Mapping[Kind, str] = {
    Kind.ARTICLE: "summary:\ncategory:\n",
    Kind.PAGE: "summary:\n",
    Kind.PROGRAM: "summary:\nstations:\n",
    Kind.EPISODE: "program:\nsummary:\nbroadcasts:\n#  - id: siaran\n#    station:\n#    start: 2020-07-22 10:00\n"
    "credits:\n#  - person:\n#    role: guest\n#    stated:\n",
    Kind.CONSULTATION: "mode: office\nstart:\nvenue:\nsummary:\n",
    Kind.PERSON: "suffix:\nrole:\norganisation:\n",
    Kind.STATION: "zone: WIB\ncity:\n",
}


def write_new(content: Path, kind: Kind, id_: str, label: str, now: datetime) -> Path:
    """Writes a draft of a new record, called *label* and dated *now* (the office's time); returns its path.

    :raises KentonganError: when there is such a file already; nothing is ever overwritten.
    """
    path = content / RECORD_TYPES[kind].folder / f"{id_}.md"
    if path.exists():
        raise KentonganError(
            Message("There is a file {path} already.", {"path": str(path)}), Message("Choose another title.")
        )
    atomic.write(path, _text(kind, label, now).encode(), durable=True)
    return path


def _text(kind: Kind, label: str, now: datetime) -> str:
    fields = RECORD_TYPES[kind].model_fields
    keys = {"title" if "title" in fields else "name": label, "status": "draft"}
    if "guid" in fields:
        keys["guid"] = str(uuid.uuid4())
    if kind not in (Kind.PERSON, Kind.STATION, Kind.PAGE, Kind.PROGRAM):
        keys["date"] = f"{now:%Y-%m-%d %H:%M}"
    front = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front}{_EMPTY[kind]}---\n\n"
