"""A Site that notes what is read of it, so that what follows from it can be kept until that changes.

What is noted is a name (a field or an index of the Site), or a name with a key in it (one record, one body). Whatever
reads the Site in a way that has no such note is told the exact instant, or reads through these fields in the end.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from kentongan.site.site import Site

T = TypeVar("T")

Note = str | tuple[str, Hashable]
"""The name of a field or index of the Site, or that with a key: ``("records", (Kind.EPISODE, "tangguh"))``."""


@dataclass(slots=True)
class Reads:
    """What was read of a Site. It holds between ``after`` and ``before``, both open; ``exact``: only at its instant."""

    notes: set[Note] = field(default_factory=set)
    after: datetime | None = None
    before: datetime | None = None
    exact: bool = False

    def compared(self, edge: datetime, now: datetime) -> None:
        """Notes that *now* was held against *edge*."""
        if edge < now:
            self.after = edge if self.after is None else max(self.after, edge)
        elif edge > now:
            self.before = edge if self.before is None else min(self.before, edge)
        else:
            self.exact = True

    def holds(self, then: datetime, now: datetime) -> bool:
        """Whether what was read at the instant *then* reads the same at *now*."""
        if now == then:
            return True
        return (
            not self.exact and (self.after is None or now > self.after) and (self.before is None or now < self.before)
        )


class Instant(datetime):
    """Now. Comparing it notes the edge; anything else that is done with it notes that it was exact."""

    _reads: Reads
    _plain: datetime

    @classmethod
    def of(cls, now: datetime, reads: Reads) -> Instant:
        """*now*, watched for *reads*."""
        made = cls.combine(now.date(), now.timetz())
        object.__setattr__(made, "_reads", reads)
        object.__setattr__(made, "_plain", now)
        return made

    def __getattribute__(self, name: str) -> Any:
        held = object.__getattribute__(self, "__dict__")
        held["_reads"].exact = True
        return getattr(held["_plain"], name)


def _comparing(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def compared(self: Instant, other: object) -> Any:
        held = object.__getattribute__(self, "__dict__")
        if not isinstance(other, datetime):
            return NotImplemented
        held["_reads"].compared(other, held["_plain"])
        return compare(held["_plain"], other)

    return compared


def _exactly(name: str) -> Callable[..., Any]:
    def exact(self: Instant, *args: Any) -> Any:
        held = object.__getattribute__(self, "__dict__")
        held["_reads"].exact = True
        return getattr(held["_plain"], name)(*args)

    return exact


for _compare in (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne):
    setattr(Instant, f"__{_compare.__name__}__", _comparing(_compare))
for _name in ("__add__", "__radd__", "__sub__", "__rsub__", "__hash__", "__str__", "__repr__", "__format__"):
    setattr(Instant, _name, _exactly(_name))


class WatchedMapping(Mapping[Any, T]):
    """A mapping of the Site: what is looked up in it is noted by key, what walks through it by its name."""

    def __init__(self, name: str, held: Mapping[Any, T], notes: set[Note]) -> None:
        self._name, self._held, self._notes = name, held, notes

    def __getitem__(self, key: Any) -> T:
        self._notes.add((self._name, key))
        return self._held[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self._notes.add((self._name, key))
        return self._held.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes.add((self._name, key))
        return key in self._held

    def __iter__(self) -> Iterator[Any]:
        self._notes.add(self._name)
        return iter(self._held)

    def __len__(self) -> int:
        self._notes.add(self._name)
        return len(self._held)

    def keys(self) -> KeysView[Any]:
        self._notes.add(self._name)
        return self._held.keys()

    def values(self) -> ValuesView[T]:
        self._notes.add(self._name)
        return self._held.values()

    def items(self) -> ItemsView[Any, T]:
        self._notes.add(self._name)
        return self._held.items()


class WatchedSite(Site):
    """*site*, with every read noted in whatever *reading* gives at that moment; :meth:`once` is *made*'s."""

    def __init__(self, site: Site, reading: Callable[[], Reads], made: Callable[..., Any]) -> None:
        vars(self).update(_site=site, _reading=reading, once=made)


def _noting(name: str) -> property:
    def read(self: WatchedSite) -> Any:
        held = vars(self)
        value, notes = getattr(held["_site"], name), held["_reading"]().notes
        if isinstance(value, Mapping):
            return WatchedMapping(name, value, notes)
        notes.add(name)
        return value

    return property(read)


def _now(self: WatchedSite) -> Instant:
    return Instant.of(vars(self)["_site"].now, vars(self)["_reading"]())


for _name in (
    *(one.name for one in fields(Site)),
    *(n for n, v in vars(Site).items() if isinstance(v, cached_property)),
):
    setattr(WatchedSite, _name, _noting(_name))
WatchedSite.now = property(_now)  # type: ignore[assignment]
