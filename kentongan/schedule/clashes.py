"""Broadcasts that want the same station at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kentongan.schedule.broadcast import Broadcast, in_order


@dataclass(frozen=True, slots=True)
class Claim:
    """Who wants it: a program, by its slot, by its episode, or by an episode in a slot.

    What comes instead of a program wants it in that one's slot.
    """

    program: str
    slot: str | None
    episode: str | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims on one station, and when the later of them begins at their first clash, in the station's zone."""

    station: str
    at: datetime
    first: Claim
    second: Claim


def clashes(broadcasts: Iterable[Broadcast]) -> tuple[Clash, ...]:
    """Where *broadcasts* overlap, each two claims once, by the time of their first clash.

    What is cancelled or moved away claims nothing, and an unknown end no more than the minute it starts in. The cost
    is that of sorting: a broadcast is held against the one before it that lasts longest, not against each that does.
    """
    found: dict[tuple[str, Claim, Claim], Clash] = {}
    for earlier, later in _overlapping(in_order(one for one in broadcasts if one.takes_place)):
        clash = Clash(later.station, later.start, _claim(earlier), _claim(later))
        found.setdefault((clash.station, *_sorted(clash)), clash)
    return tuple(found.values())


def _overlapping(ordered: Iterable[Broadcast]) -> Iterator[tuple[Broadcast, Broadcast]]:
    lasting: dict[str, Broadcast] = {}
    for one in ordered:
        before = lasting.get(one.station)
        if before and (one.start == before.start or one.start < _claimed_until(before)):
            yield before, one
        if before is None or _claimed_until(one) >= _claimed_until(before):
            lasting[one.station] = one


def _claimed_until(one: Broadcast) -> datetime:
    return one.end or one.start


def _claim(one: Broadcast) -> Claim:
    return Claim(one.instead_of or one.program, one.slot, one.episode)


def _sorted(clash: Clash) -> tuple[Claim, Claim]:
    first, second = sorted(
        (clash.first, clash.second), key=lambda one: (one.program, one.slot or "", one.episode or "")
    )
    return first, second
