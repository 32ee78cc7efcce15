"""Broadcasts, slots and consultations as events of iCalendar (RFC 5545).

One event has one UID in every calendar it stands in. A slot, and a consultation that comes round, is one event with a
rule (RRULE); a date that is gone from it is an EXDATE, and one that is told otherwise an event of its own under the
same UID, whose RECURRENCE-ID says which date it stands for. A broadcast with an episode is never part of a series:
the episode's UID is its own, before and after somebody writes a slot.

DTSTAMP, LAST-MODIFIED and SEQUENCE come from the records' ``date`` and ``updated``. SEQUENCE is the number of minutes
from the one to the other, so that every later save counts higher; without ``updated`` it is 0. Of a program, whose
file need have neither, DTSTAMP is then :data:`NEVER`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kentongan.language import translations
from kentongan.model import BroadcastKind, Consultation, Credit, Episode, Record
from kentongan.schedule.broadcast import Broadcast
from kentongan.schedule.broadcasts import broadcasts_of
from kentongan.schedule.consultations import Meeting, dates_of, first_meeting, left_out
from kentongan.schedule.identity import NEVER, minutes_between, stable_uuid
from kentongan.schedule.slots import Line, Timetable
from kentongan.schedule.wording import (
    about,
    clean,
    label,
    one_line,
    person_name,
    program_name,
    remarks,
    station_name,
)
from kentongan.site import Site


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``start`` and ``end`` (``None``: not announced) are in the IANA zone they are told in.

    With a ``rule`` it is a series: ``start`` is its first date, ``without`` (EXDATE) are the dates that it lacks.
    ``instead_of`` (RECURRENCE-ID): it stands for that date of the series with its UID.
    """

    uid: str
    start: datetime
    end: datetime | None
    summary: str
    location: str | None
    description: str
    url: str
    status: str
    """``CONFIRMED`` or ``CANCELLED`` (RFC 5545, 3.8.1.11)."""
    modified: datetime
    """DTSTAMP and LAST-MODIFIED, which are one as long as nobody else relays our events; in UTC."""
    sequence: int
    categories: tuple[str, ...]
    rule: str | None = None
    without: tuple[datetime, ...] = ()
    instead_of: datetime | None = None


def broadcast_event(
    site: Site, broadcast: Broadcast, episode: Episode, consultation: Consultation | None = None
) -> Event:
    """A broadcast; with *consultation*, the same event in the words of the consultation held in it."""
    _ = translations(site.language).gettext
    told = consultation or episode
    program = program_name(site, episode.program)
    title = label(told) if consultation else f"{program}: {label(told)}"
    modified, sequence = _version(site, episode, told)
    return Event(
        uid=one_line(broadcast.uid),
        start=broadcast.start,
        end=broadcast.end,
        summary=_("{title} (repeat)").format(title=title) if broadcast.kind is BroadcastKind.REPEAT else title,
        location=_studio(site, broadcast.station),
        description=_description(site, told, _credited(site, told), remarks(site, broadcast, told.summary)),
        url=site.addresses.absolute(site.path(told)),
        status="CANCELLED" if broadcast.cancelled else "CONFIRMED",
        modified=modified,
        sequence=sequence,
        categories=(_("Consultation") if consultation else program,),
    )


def series_events(site: Site, table: Timetable) -> Iterator[Event]:
    """Each slot as a series, followed by those of its dates that are told otherwise."""
    for line in table.lines:
        if start := line.dates.begins():
            departures = table.departures(line)
            gone = tuple(date for date, told in departures.items() if told is None)
            yield _series(site, line, start, gone)
            yield from (_departure(site, line, date, told) for date, told in departures.items() if told)


def consultation_events(site: Site, consultation: Consultation) -> Iterator[Event]:
    """On air: each broadcast of its episode; elsewhere its meeting, or its meetings as a series."""
    episode = site.episode(consultation.episode) if consultation.episode else None
    if episode:
        for broadcast in broadcasts_of(site, episode):
            yield broadcast_event(site, broadcast, episode, consultation)
    elif meeting := first_meeting(site, consultation):
        yield _meeting(site, consultation, meeting)


def _series(site: Site, line: Line, start: datetime, gone: tuple[datetime, ...]) -> Event:
    usual = line.broadcast(start)
    return replace(_slot_event(site, line, usual), rule=line.dates.rrule(), without=gone)


def _departure(site: Site, line: Line, date: datetime, told: Broadcast) -> Event:
    return replace(_slot_event(site, line, told), instead_of=date)


def _slot_event(site: Site, line: Line, one: Broadcast) -> Event:
    _ = translations(site.language).gettext
    program, title = line.program, label(line.program)
    modified, sequence = _version(site, program, program)
    return Event(
        uid=line.uid,
        start=one.start,
        end=one.end,
        summary=_("{title} (repeat)").format(title=title) if one.kind is BroadcastKind.REPEAT else title,
        location=_studio(site, one.station),
        description=_description(site, program, program.hosts, remarks(site, one, program.summary)),
        url=site.addresses.absolute(site.path(program)),
        status="CANCELLED" if one.cancelled else "CONFIRMED",
        modified=modified,
        sequence=sequence,
        categories=(title,),
    )


def _meeting(site: Site, consultation: Consultation, first: Meeting) -> Event:
    """A consultation at the office or online. Nothing says it is cancelled, so it is confirmed."""
    modified, sequence = _version(site, consultation, consultation)
    lines = about(site, consultation.summary, end_known=first.end is not None)
    dates = dates_of(site, consultation)
    return Event(
        uid=stable_uuid(consultation.kind.value, consultation.id),
        start=first.start,
        end=first.end,
        summary=label(consultation),
        location=clean(consultation.venue or consultation.channel),
        description=_description(site, consultation, consultation.credits, lines),
        url=site.addresses.absolute(site.path(consultation)),
        status="CONFIRMED",
        modified=modified,
        sequence=sequence,
        categories=(translations(site.language).gettext("Consultation"),),
        rule=dates.rrule() if dates else None,
        without=tuple(date for date in left_out(site, consultation) if date > first.start),
    )


def _version(site: Site, first: Record, told: Record) -> tuple[datetime, int]:
    """When the event last changed (UTC), and its SEQUENCE: minutes from the date of *first* to that change."""
    dated = first.date or first.updated
    announced = site.local(dated) if dated else NEVER
    saved = max((site.local(one.updated) for one in (first, told) if one.updated), default=announced)
    modified = max(announced, saved, site.local(told.date) if told.date else announced)
    return modified.astimezone(UTC), minutes_between(announced, saved)


def _studio(site: Site, id_: str) -> str:
    """``Radio Trijaya FM, Yogyakarta``."""
    station = site.station(id_)
    city = one_line(station.city or "") if station else ""
    return ", ".join(part for part in (station_name(site, id_), city) if part)


def _credited(site: Site, record: Episode | Consultation) -> tuple[Credit, ...]:
    return site.consultants(record) if isinstance(record, Consultation) else record.credits


def _description(site: Site, record: Record, credited: Iterable[Credit], lines: tuple[str, ...]) -> str:
    """*lines*, who takes part, and the page, which some apps show here alone."""
    _ = translations(site.language).gettext
    names = "; ".join(dict.fromkeys(person_name(site, credit) for credit in credited))
    people = (_("With {names}").format(names=names),) if names else ()
    return "\n".join((*lines, *people, site.addresses.absolute(site.path(record))))
