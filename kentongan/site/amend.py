"""A Site with single records as they are now: what readers look at first need not wait for all the rest.

What follows from a record beyond its own words (its pictures, what it belongs to, who else is of its name) is looked
at by :func:`~kentongan.site.assemble.assemble` alone; where that would give something else, nothing is amended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from operator import is_
from typing import Any

from kentongan.model import Article, Consultation, Episode, Record, Station, Status
from kentongan.site.assemble import Targets, due, is_reserved
from kentongan.site.links import resolve
from kentongan.site.references import shown_media
from kentongan.site.site import Shelf, Site
from kentongan.store.contents import Contents, Key
from kentongan.store.reader import Read

_WORDS = {"title", "summary", "body", "updated"}
"""What decides nothing about where a record stands in any list."""

_INDEXES = tuple(
    name for name, value in vars(Site).items() if isinstance(value, cached_property) and name not in ("today", "_made")
)


def amend(
    site: Site, contents: Contents, reads: Iterable[Read], now: datetime, *, drafted: bool = False
) -> tuple[Site, tuple[Key, ...]]:
    """*site*, made of *contents*, as it is at *now* with those of *reads* that can go ahead; and their keys.

    *drafted*: whatever their status and date, for somebody is previewing them.
    """
    amended, keys = site, []
    for read in sorted(reads, key=lambda read: read.record.parent is not None):  # what others belong to goes ahead
        if (drafted or _is_due(read.record, site, now)) and _may_go_ahead(amended, contents, read):
            found = _with(amended, contents, read, now)
            amended = found or amended
            keys += [read.record.key] if found else []
    return amended, tuple(keys)


def _may_go_ahead(site: Site, contents: Contents, read: Read) -> bool:
    """Whether *read* stands for itself, and names no file that is not there yet."""
    record, key = read.record, read.record.key
    known = contents.sources.get(key)
    return (
        not isinstance(record, Station)  # whose zone counts for what others say
        and (known is None or known.path == read.source.path)
        and key not in contents.orphans
        and not is_reserved(site.addresses, record)
        and (record.parent is None or record.parent in site.records)
        and all(path in site.media for _, path in shown_media(record))
    )


def _is_due(record: Record, site: Site, now: datetime) -> bool:
    instant = due(record, site.zone)
    return record.status is Status.PUBLISHED and (instant is None or instant <= now)


def _with(site: Site, contents: Contents, read: Read, now: datetime) -> Site | None:
    """*site* with *read* in it; ``None`` when its text links to a file that is not there yet."""
    record, key = read.record, read.record.key
    records = {**site.records, key: record}
    targets = Targets(replace(contents, sources={**contents.sources, key: read.source}), records, site.addresses)
    body, _ = resolve(read.html, read.source.path, targets.find, site.addresses.link)
    if not targets.linked_media <= site.media.keys():
        return None
    amended = replace(
        site,
        now=now,
        records=records,
        bodies={**site.bodies, key: body},
        sources={**site.sources, key: read.source},
    )
    if (before := site.records.get(key)) and _stands_alike(before, record):
        vars(amended).update(_indexes(site, before, record))
    return amended


def _stands_alike(one: Record, other: Record) -> bool:
    """Whether two versions of a record differ only in words."""
    if not isinstance(one, Article | Episode | Consultation):
        return False
    return all(getattr(one, name) == getattr(other, name) for name in type(one).model_fields.keys() - _WORDS)


def _indexes(site: Site, before: Record, after: Record) -> Mapping[str, Any]:
    """The indexes that *site* has made already, with *after* in the place of *before*."""
    return {name: _swapped(vars(site)[name], before, after) for name in _INDEXES if name in vars(site)}


def _swapped(value: Any, before: Record, after: Record) -> Any:
    """*value* with *after* for *before*; itself where that is not in it."""
    if value is before:
        return after
    if isinstance(value, tuple):
        swapped = [_swapped(one, before, after) if isinstance(one, tuple | Shelf) else one for one in value]
        swapped = [after if one is before else one for one in swapped]
        return value if all(map(is_, swapped, value)) else tuple(swapped)
    if isinstance(value, Shelf):
        articles = _swapped(value.articles, before, after)
        return value if articles is value.articles else replace(value, articles=articles)
    if isinstance(value, Mapping):
        changed = {k: new for k, old in value.items() if (new := _swapped(old, before, after)) is not old}
        return {**value, **changed} if changed else value
    return value
