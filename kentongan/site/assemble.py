"""Contents -> :class:`Site`: what is public at an instant, references resolved, what does not fit together named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from kentongan.errors import Finding
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Consultation, Episode, Kind, Record, Status
from kentongan.site.addresses import Addresses
from kentongan.site.references import Reference, references
from kentongan.site.site import Site
from kentongan.store.contents import Contents, Key, Source


def assemble(contents: Contents, siteurl: str, now: datetime, *, drafted: Key | None = None) -> Site:
    """The Site that *contents* make at *now* (aware), served at *siteurl*.

    *drafted* names one record to be shown whatever its status and date: the one somebody is previewing.
    """
    zone = ZoneInfo(contents.office.zone)
    due = {key: _due(record, zone) for key, record in contents.records.items() if record.status is Status.PUBLISHED}
    public = {key: contents.records[key] for key, instant in due.items() if instant is None or instant <= now}
    if drafted:
        public[drafted] = contents.records[drafted]
    public = _with_parents(public)
    return Site(
        office=contents.office,
        addresses=Addresses.of(siteurl, contents.office.language),
        now=now,
        records=public,
        bodies={key: contents.bodies[key] for key in public},
        findings=(*contents.findings, *_dangling(contents)),
        commit=contents.commit,
        next_change=min((instant for instant in due.values() if instant and instant > now), default=None),
    )


def _due(record: Record, zone: ZoneInfo) -> datetime | None:
    return record.date.replace(tzinfo=zone) if record.date else None


def _with_parents(public: Mapping[Key, Record]) -> dict[Key, Record]:
    """Without episodes whose program, and consultations whose episode, is not public: they would have no address."""
    placed = {key: record for key, record in public.items() if _parent(record) is None}
    for kind in (Kind.EPISODE, Kind.CONSULTATION):
        placed |= {key: record for key, record in public.items() if key[0] is kind and _parent(record) in placed}
    return {key: record for key, record in public.items() if key in placed}


def _parent(record: Record) -> Key | None:
    match record:
        case Episode():
            return Kind.PROGRAM, record.program
        case Consultation(episode=str(episode)):
            return Kind.EPISODE, episode
        case _:
            return None


def _dangling(contents: Contents) -> Iterator[Finding]:
    for key, record in contents.records.items():
        for reference in references(record):
            if (reference[1], reference[2]) not in contents.records:
                yield _no_such(contents, contents.sources[key], reference)


def _no_such(contents: Contents, source: Source, reference: Reference) -> Finding:
    location, kind, id_ = reference
    known = [other for kind_, other in contents.records if kind_ is kind]
    close = get_close_matches(id_, known, n=1)
    path = f"{RECORD_TYPES[kind].folder}/{id_}.md"
    mend = (
        Message("Did you mean “{near}”?", {"near": close[0]})
        if close
        else Message("Correct the name, or write the file {path}.", {"path": path})
    )
    return source.finding(location, "dangling", Message("There is no {path}.", {"path": path}), mend)
