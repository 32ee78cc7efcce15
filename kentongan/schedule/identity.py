"""Which thing an entry is, and which version of it: from the records alone, never from the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID, uuid5

from kentongan.model import Record
from kentongan.site import Site

NAMESPACE = UUID("3d5c2a8e-7b41-4f0a-9c6d-1e8f52b7a904")
"""The namespace of every UUID we derive. Readers' apps know our entries by it: it must never change."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When what has no date changed, for formats that ask: not now, since bytes depend on content alone."""


@lru_cache(maxsize=65536)
def stable_uuid(kind: str, id_: str) -> str:
    """A UUID (version 5, RFC 9562) of the thing called *id_*; it survives a change of domain and of title."""
    return str(uuid5(NAMESPACE, f"{kind}:{id_}"))


def last_changed(site: Site, record: Record) -> datetime | None:
    """The later of a record's ``date`` and ``updated``, in the office's zone; ``None`` where it has neither."""
    return max((site.local(one) for one in (record.date, record.updated) if one), default=None)


def newest_change(site: Site, records: Iterable[Record]) -> datetime | None:
    """The latest change among *records*; ``None`` where none of them has a date."""
    return max((changed for record in records if (changed := last_changed(site, record))), default=None)


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes from one instant to another; none where *later* comes first."""
    return max(0, (later - earlier) // timedelta(minutes=1))
