"""A dated broadcast, and the state that clock, flip and audio give it and its episode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property
from typing import Self, TypeVar

from kentongan.model import BroadcastKind, Episode
from kentongan.schedule.week import Week

K = TypeVar("K")

USUAL_LENGTH = timedelta(minutes=60)
"""How long a broadcast with an unknown end counts as live where its program has no slot. Never printed."""


class State(StrEnum):
    """Where an announcement is in its one life."""

    ANNOUNCED = "announced"
    LIVE = "live"
    AIRED = "aired"
    RECORDED = "recorded"
    CANCELLED = "cancelled"
    MOVED = "moved"
    """It does not take place here: another broadcast, elsewhere in the schedule, is what became of it."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One dated transmission: an episode's, or a slot's (then it may have no episode). Times are in its station's zone.

    One that was moved is there twice: as ``moved_to``, where it was to be, and as ``moved_from``, where it is. One
    whose place another program takes is there twice, too: as cancelled and ``replaced_by``, and as the other program's.
    """

    uid: str
    """The same in every calendar, for ever: the episode's guid and the broadcast's id, or that of the slot's series."""
    program: str
    station: str
    start: datetime
    end: datetime | None
    """``None``: unknown."""
    counts_until: datetime
    """When it is taken to be over: its end, else after the program's usual length. Never printed."""
    kind: BroadcastKind
    episode: str | None = None
    slot: str | None = None
    """The slot it stands in, of its program or of ``instead_of``; ``None``: the episode's own file states it."""
    cancelled: bool = False
    reason: str | None = None
    """What readers are told of why it is cancelled, moved, or not as usual."""
    moved_to: datetime | None = None
    moved_from: datetime | None = None
    replaced_by: str | None = None
    """The program that is heard instead."""
    instead_of: str | None = None
    """The program whose slot this broadcast has for once."""
    on_air: bool = False
    """A person's flip has put it on the air."""

    @property
    def takes_place(self) -> bool:
        """Whether there is, was or will be something to hear at its time."""
        return not self.cancelled and self.moved_to is None

    def state(self, now: datetime) -> State:
        """Any state but recorded, at *now*; a person's flip makes it live before the clock does."""
        if self.moved_to:
            return State.MOVED
        if self.cancelled:
            return State.CANCELLED
        if now >= self.counts_until:
            return State.AIRED
        return State.LIVE if self.on_air or now >= self.start else State.ANNOUNCED


class Broadcasts(tuple[Broadcast, ...]):
    """Broadcasts in the order of their starts, which can be looked up without a walk through all of them."""

    @classmethod
    def of(cls, broadcasts: Iterable[Broadcast]) -> Self:
        """*broadcasts*, which are in order, as such; those that are already are what they were."""
        return broadcasts if isinstance(broadcasts, cls) else cls(broadcasts)

    def __eq__(self, other: object) -> bool:
        """Equal instants in other zones are told in other words."""
        if self is other:
            return True
        same: bool = tuple.__eq__(self, other)
        return same and (not isinstance(other, Broadcasts) or self._zones == other._zones)

    @cached_property
    def _zones(self) -> list[tzinfo | None]:
        return [one.start.tzinfo for one in self]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        """By its ends: to look at all of them takes as long as to compare them."""
        return hash((len(self), *self[:1], *self[-1:]))

    def in_week(self, week: Week) -> Broadcasts:
        return self._by_week.get(week, _NONE)

    def of_program(self, id_: str) -> Broadcasts:
        return self._by_program.get(id_, _NONE)

    def of_episode(self, id_: str) -> Broadcasts:
        return self._by_episode.get(id_, _NONE)

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that have a broadcast with an episode, in order."""
        return tuple(sorted({Week.of(one.start) for one in self if one.episode}))

    @cached_property
    def _by_week(self) -> Mapping[Week, Broadcasts]:
        return self._grouped(lambda one: Week.of(one.start))

    @cached_property
    def _by_program(self) -> Mapping[str, Broadcasts]:
        return self._grouped(lambda one: one.program)

    @cached_property
    def _by_episode(self) -> Mapping[str | None, Broadcasts]:
        return self._grouped(lambda one: one.episode)

    def _grouped(self, key: Callable[[Broadcast], K]) -> Mapping[K, Broadcasts]:
        groups: dict[K, list[Broadcast]] = {}
        for one in self:
            groups.setdefault(key(one), []).append(one)
        return {name: Broadcasts(group) for name, group in groups.items()}


_NONE = Broadcasts()


def in_order(broadcasts: Iterable[Broadcast]) -> Broadcasts:
    """*broadcasts* in the order of their starts, at one start those first that do not take place."""
    return Broadcasts(sorted(broadcasts, key=lambda one: (one.start, one.takes_place, one.uid)))


def state_of(episode: Episode, dated: tuple[Broadcast, ...], now: datetime) -> State:
    """The state of an episode at *now*, given its broadcasts."""
    if episode.cancelled:
        return State.CANCELLED
    if episode.audio:
        return State.RECORDED
    states = {broadcast.state(now) for broadcast in dated}
    for state in (State.LIVE, State.ANNOUNCED):
        if state in states:
            return state
    return State.AIRED if states else State.ANNOUNCED


def next_boundary(dated: tuple[Broadcast, ...], now: datetime) -> datetime | None:
    """The first instant after *now* at which a broadcast begins or is over, in UTC."""
    edges = [edge for one in dated for edge in (one.start, one.counts_until)]
    return min((edge.astimezone(UTC) for edge in edges if edge > now), default=None)
