"""Drafts with their values in place, as files; nothing is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind
from kentongan.store import atomic

_LONGEST = 90
"""Characters of a file's name, so that ``-2`` still fits."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as such."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def free_id(content: Path, kind: Kind, wanted: str, planned: Collection[str] = ()) -> str:
    """*wanted*, or with ``-2``, ``-3``, … where *content* has such a record already, or it is among the *planned*."""
    stem = wanted[:_LONGEST].strip("-") or kind.value
    number, name = 1, stem
    while name in planned or (content / RECORD_TYPES[kind].folder / f"{name}.md").exists():
        number += 1
        name = f"{stem}-{number}"
    return name


def draft_text(front: Mapping[str, Any], body: str) -> str:
    """A file with *front* as its front matter; keys that hold nothing are left out."""
    written = {key: _clean(value) for key, value in front.items() if value not in (None, "", [], {})}
    dumped = yaml.dump(written, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000) if written else ""
    return f"---\n{dumped}---\n\n{printable(body)}"


def write_draft(content: Path, kind: Kind, id_: str, text: str) -> Path:
    """Writes *text* as the record *id_*, a name of :func:`free_id`; returns its path.

    :raises KentonganError: when somebody else made such a file meanwhile.
    """
    path = content / RECORD_TYPES[kind].folder / f"{id_}.md"
    if path.exists():
        raise KentonganError(
            Message("There is a file {path} already.", {"path": str(path)}), Message("Choose another title.")
        )
    atomic.write(path, text.encode(), durable=True)
    return path


def printable(text: str) -> str:
    """*text* without what no page and no front matter may hold; every way to break a line is one newline."""
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items() if item not in (None, "")}
    return [_clean(item) for item in value] if isinstance(value, list) else value
