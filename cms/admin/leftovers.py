"""What somebody has typed and not saved, wherever: each with the address of its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kentongan.actions import Actor, Newsroom
from kentongan.actions.tables import WorkingCopy
from kentongan.actions.working_copies import all_kept
from kentongan.model import RECORD_TYPES, Kind

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Leftover:
    """``place``: where it is kept; ``label``: what it is called, as far as it says ("": nothing yet)."""

    place: str
    address: str
    label: str


def leftovers(room: Newsroom, actor: Actor) -> Iterator[Leftover]:
    """All of *actor*'s, newest first."""
    return (Leftover(copy.path, _address(copy.path), _label(copy)) for copy in all_kept(room, actor))


def begun(room: Newsroom, actor: Actor, kind: Kind, but: str) -> list[Leftover]:
    """New records of *kind* that were begun and not saved, other than the one that is kept in the place *but*."""
    start = f"{RECORD_TYPES[kind].folder}/~"
    return [one for one in leftovers(room, actor) if one.place.startswith(start) and one.place != but]


def _label(copy: WorkingCopy) -> str:
    return (copy.answers.get("title") or copy.answers.get("name") or copy.answers.get("teks", ""))[:_LONGEST]


def _address(place: str) -> str:
    folder, _, name = place.rpartition("/")
    if not folder:
        return "/admin/tempel"
    if name.startswith("~"):
        return f"/admin/isi/{folder}/baru?kunci={name.removeprefix('~')}"
    return f"/admin/isi/{folder}/{name.removesuffix('.md')}"
