"""What was made of a Site, kept for the next one: a value is made again only when something it was made from changed.

Each kept value knows what was read of the Site while it was made, and which other kept values it asked for. It holds
as long as none of that has changed; where one of those others had to be made again and came out equal, it holds too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kentongan.site.site import Site, name_of
from kentongan.site.watched import Note, Reads, WatchedSite

_OF_RECORDS = ("records", "bodies", "sources")
"""What a Site has for each record, by its key."""


@dataclass(slots=True)
class Kept:
    """``make(site, *args)`` as it came out at the instant ``at``: in which turn that was, and when it last held."""

    make: Callable[..., Any]
    args: tuple[Any, ...]
    value: Any
    reads: Reads
    asked: tuple[Kept, ...]
    at: datetime
    changed: int
    checked: int

    def replace(self, again: Kept) -> None:
        """Becomes *again*; a value that came out alike stays what it was, and so does all that was made from it."""
        if self.value == again.value and repr(self.value) == repr(again.value):
            again.value, again.changed = self.value, self.changed
        for name in self.__slots__:
            setattr(self, name, getattr(again, name))


@dataclass(slots=True)
class _Making:
    reads: Reads = field(default_factory=Reads)
    asked: dict[int, Kept] = field(default_factory=dict)


class Memory:
    """What is kept from build to build, in one process, for the Site of the present turn."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Kept] = {}
        self._turn = 0
        self._changed: dict[int, set[Note]] = {}
        """What changed with each turn that is not settled yet."""
        self._noted: set[str] = set()
        self._equal: dict[tuple[int, int], tuple[bool, Any, Any]] = {}
        self._making = [_Making()]
        self._site: Site
        self._watched: Site

    @property
    def site(self) -> Site | None:
        """The Site of the present turn."""
        return self._site if self._turn else None

    def turn(self, site: Site, touched: Collection[Hashable] | None = None) -> Site:
        """*site* watched, to make things of, with all that still holds of what was made of the Sites before it.

        What is made once for *site* itself is kept here too, and made of the watched one. Where the keys of all
        records that were *touched* since the turn before are given, no others are compared.
        """
        self._turn += 1
        if self._turn > 1:
            self._changed[self._turn] = set(_changes(self._site, site, self._noted, touched))
        self._site, self._watched = site, WatchedSite(site, lambda: self._making[-1].reads, self.once)
        vars(site)["once"] = self.once
        self._making = [_Making()]
        self._equal.clear()
        return self._watched

    def settle(self) -> None:
        """Drops what nobody has asked for in this turn; everything that is left holds."""
        self._kept = {name: kept for name, kept in self._kept.items() if kept.checked == self._turn}
        self._changed.clear()

    def once(self, make: Callable[..., Any], *args: Any) -> Any:
        """``make(site, *args)``, kept. *args* are records and hashable values."""
        return self.made((make, *map(name_of, args)), make, args)

    def made(self, name: Hashable, make: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """``make(site, *args)``, kept under *name*."""
        kept = self._kept.get(name)
        if kept is None:
            kept = self._make(make, args)
            self._kept[name] = kept
        elif kept.make == make and self._are_equal(kept.args, args):
            kept.args = args
            self._refresh(kept)
        else:
            kept.replace(self._make(make, args))
        self._making[-1].asked[id(kept)] = kept
        return kept.value

    def known(self, name: Hashable, make: Callable[..., Any], args: tuple[Any, ...]) -> Any | None:
        """What is kept under *name*, if it still holds."""
        kept = self._kept.get(name)
        if kept is None or kept.make != make or not self._are_equal(kept.args, args):
            return None
        if kept.checked != self._turn and not self._holds(kept):
            return None
        kept.args, kept.checked = args, self._turn
        return kept.value

    def reads_of(self, name: Hashable) -> Reads:
        """Everything that the value kept under *name* was made from, also by way of others."""
        whole = Reads()
        for kept in _family(self._kept[name]):
            whole.notes |= kept.reads.notes
            whole.exact |= kept.reads.exact
            for edge in (kept.reads.after, kept.reads.before):
                if edge is not None:
                    whole.compared(edge, self._site.now)
        return whole

    def learn(self, name: Hashable, make: Callable[..., Any], args: tuple[Any, ...], value: Any, reads: Reads) -> None:
        """Keeps what another process has made of the same Site."""
        self._note(reads)
        self._kept[name] = Kept(make, args, value, reads, (), self._site.now, self._turn, self._turn)

    def _refresh(self, kept: Kept) -> None:
        """Brings *kept* up to date."""
        if kept.checked == self._turn:
            return
        if self._holds(kept):
            kept.checked = self._turn
        else:
            kept.replace(self._make(kept.make, kept.args))

    def _holds(self, kept: Kept) -> bool:
        if self._is_stale(kept) or not kept.reads.holds(kept.at, self._site.now):
            return False
        for other in kept.asked:
            try:
                self._refresh(other)
            except Exception:  # it was made for what is no longer there; whoever asked will ask for something else
                return False
            if other.changed > kept.checked:
                return False
        return True

    def _is_stale(self, kept: Kept) -> bool:
        """Whether something changed since *kept* last held that was read for it."""
        return any(
            turn > kept.checked and not kept.reads.notes.isdisjoint(notes) for turn, notes in self._changed.items()
        )

    def _make(self, make: Callable[..., Any], args: tuple[Any, ...]) -> Kept:
        making = _Making()
        self._making.append(making)
        try:
            value = make(self._watched, *args)
        finally:
            self._making.pop()
        self._note(making.reads)
        asked = tuple(making.asked.values())
        return Kept(make, args, value, making.reads, asked, self._site.now, self._turn, self._turn)

    def _note(self, reads: Reads) -> None:
        self._noted.update(note if isinstance(note, str) else note[0] for note in reads.notes)

    def _are_equal(self, one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
        return len(one) == len(other) and all(map(self._is_equal, one, other))

    def _is_equal(self, one: Any, other: Any) -> bool:
        """Whether two arguments are; long tuples come with many recipes, and are compared once a turn."""
        if one is other:
            return True
        pair = (id(one), id(other))
        if pair not in self._equal:
            self._equal[pair] = _same(one, other), one, other  # held, so that no other object gets their ids
        return self._equal[pair][0]


def _family(kept: Kept) -> Iterator[Kept]:
    seen: dict[int, Kept] = {}
    waiting = [kept]
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen[id(one)] = one
            waiting.extend(one.asked)
    return iter(seen.values())


def _changes(before: Site, after: Site, names: set[str], touched: Collection[Hashable] | None) -> Iterator[Note]:
    for name in names:
        if touched is not None and name in _OF_RECORDS:
            yield name
            yield from ((name, key) for key in touched)
            continue
        old, new = getattr(before, name), getattr(after, name)
        if old is new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            changed = [key for key in old.keys() | new.keys() if not _same(old.get(key, old), new.get(key, new))]
            yield from ((name, key) for key in changed)
            if changed or list(old) != list(new):
                yield name
        elif not _same(old, new):
            yield name


def _same(old: Any, new: Any) -> bool:
    return old is new or (type(old) is type(new) and bool(old == new))
