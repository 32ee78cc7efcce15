"""Broadcasts, slots and consultations as events of iCalendar (RFC 5545).

One event has one UID in every calendar it stands in. A slot, and a consultation that comes round, is one event with a
rule (RRULE); a date that is gone from it is an EXDATE, and one that is told otherwise an event of its own under the
same UID, whose RECURRENCE-ID says which date it stands for. A broadcast with an episode is never part of a series:
the episode's UID is its own, before and after somebody writes a slot.

A slot on several stations is one series for each. A date that the rule does not hit is an RDATE. An event reads the
same in every calendar it stands in: one UID and SEQUENCE never say two things.

DTSTAMP, LAST-MODIFIED and SEQUENCE come from the records' ``date`` and ``updated``. SEQUENCE is the number of minutes
from the one to the other, so that every later save counts higher; without ``updated`` it is 0. Of a program, whose
file need have neither, DTSTAMP is then :data:`NEVER`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kentongan.language import translations
from kentongan.model import BroadcastKind, Consultation, Credit, Episode, Record
from kentongan.schedule.broadcast import Broadcast
from kentongan.schedule.broadcasts import broadcasts_of
from kentongan.schedule.consultations import Meeting, dates_of, first_by_rule, left_out
from kentongan.schedule.identity import NEVER, last_changed, minutes_between, stable_uuid
from kentongan.schedule.recurring import Recurring
from kentongan.schedule.slots import Timetable
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

    With a ``rule`` it is a series: ``start`` is its first date, ``also`` (RDATE) are dates that the rule does not hit,
    and ``without`` (EXDATE) those that it lacks.
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
    also: tuple[datetime, ...] = ()
    without: tuple[datetime, ...] = ()
    instead_of: datetime | None = None


def broadcast_event(site: Site, broadcast: Broadcast, episode: Episode) -> Event:
    """A broadcast of an episode, with the consultations that are held in it."""
    _ = translations(site.language).gettext
    consultations = site.consultations_on(episode)
    program = program_name(site, episode.program)
    modified, sequence = _version(site, episode, *consultations)
    return Event(
        uid=one_line(broadcast.uid),
        start=broadcast.start,
        end=broadcast.end,
        summary=_titled(site, broadcast, f"{program}: {label(episode)}"),
        location=_studio(site, broadcast.station),
        description=_description(
            site,
            episode,
            episode.credits,
            (*remarks(site, broadcast, episode.summary), *(_invitation(site, one) for one in consultations)),
        ),
        url=site.addresses.absolute(site.path(episode)),
        status="CANCELLED" if broadcast.cancelled else "CONFIRMED",
        modified=modified,
        sequence=sequence,
        categories=(program, *((_("Consultation"),) if consultations else ())),
    )


def series_events(site: Site, table: Timetable) -> Iterator[Event]:
    """Each slot as a series, followed by those of its dates that are told otherwise."""
    for line in table.lines:
        if start := line.dates.ruled().begins() or line.dates.begins():
            departures = table.departures(line)
            gone = tuple(date for date, told in departures.items() if told is None)
            yield _series(_slot_event(site, line.broadcast(start), line.dates.zone), line.dates, gone)
            for date, told in departures.items():
                if told:
                    yield replace(_slot_event(site, told, line.dates.zone), instead_of=date)


def guest_event(site: Site, broadcast: Broadcast) -> Event:
    """A broadcast of a program in the place of another's."""
    return _slot_event(site, broadcast, str(broadcast.start.tzinfo))


def consultation_events(site: Site, consultation: Consultation) -> Iterator[Event]:
    """On air: each broadcast of its episode; elsewhere its meeting, or its meetings as a series."""
    episode = site.episode(consultation.episode) if consultation.episode else None
    if episode:
        for broadcast in broadcasts_of(site, episode):
            yield broadcast_event(site, broadcast, episode)
    elif meeting := first_by_rule(site, consultation):
        event, dates = _meeting(site, consultation, meeting), dates_of(site, consultation)
        yield _series(event, dates, left_out(site, consultation)) if dates else event


def _series(event: Event, dates: Recurring, gone: tuple[datetime, ...]) -> Event:
    """*event*, which is the first of *dates* by the rule, as all of them without those that are *gone*.

    An EXDATE that hits nothing makes ical.js deaf to those after it, so a date that would be an RDATE is only left out.
    """
    more = dates.extras()
    return replace(
        event,
        rule=dates.rrule() if dates.ruled().hits(event.start) else None,
        also=tuple(date for date in more if date != event.start and date not in gone),
        without=tuple(date for date in gone if date >= event.start and (date not in more or date == event.start)),
    )


def _slot_event(site: Site, one: Broadcast, zone: str) -> Event:
    """A broadcast without an episode. In one series all times are told in one *zone*, that of its rule."""
    program = site.program(one.program)
    if program is None:
        raise LookupError(one.program)
    host = site.program(one.instead_of) if one.instead_of else None
    modified, sequence = _version(site, host or program, *((program,) if host else ()))
    return Event(
        uid=one.uid,
        start=one.start.astimezone(ZoneInfo(zone)),
        end=one.end.astimezone(ZoneInfo(zone)) if one.end else None,
        summary=_titled(site, one, label(program)),
        location=_studio(site, one.station),
        description=_description(site, program, program.hosts, remarks(site, one, program.summary)),
        url=site.addresses.absolute(site.path(program)),
        status="CANCELLED" if one.cancelled else "CONFIRMED",
        modified=modified,
        sequence=sequence,
        categories=(label(program),),
    )


def _meeting(site: Site, consultation: Consultation, first: Meeting) -> Event:
    """A consultation at the office or online."""
    _ = translations(site.language).gettext
    modified, sequence = _version(site, consultation)
    reason = one_line(consultation.cancelled or "")
    off = (_("Cancelled: {reason}").format(reason=reason),) if reason else ()
    lines = about(site, consultation.summary, end_known=bool(first.end or reason))
    return Event(
        uid=stable_uuid(consultation.kind.value, consultation.id),
        start=first.start,
        end=first.end,
        summary=label(consultation),
        location=clean(consultation.venue or consultation.channel),
        description=_description(site, consultation, consultation.credits, (*off, *lines)),
        url=site.addresses.absolute(site.path(consultation)),
        status="CANCELLED" if reason else "CONFIRMED",
        modified=modified,
        sequence=sequence,
        categories=(_("Consultation"),),
    )


def _titled(site: Site, one: Broadcast, title: str) -> str:
    _ = translations(site.language).gettext
    return _("{title} (repeat)").format(title=title) if one.kind is BroadcastKind.REPEAT else title


def _invitation(site: Site, consultation: Consultation) -> str:
    """A consultation held in a broadcast, and where it says how to ask."""
    _ = translations(site.language).gettext
    return _("Ask your question: {title}, {url}").format(
        title=label(consultation), url=site.addresses.absolute(site.path(consultation))
    )


def _version(site: Site, first: Record, *others: Record) -> tuple[datetime, int]:
    """When the event last changed (UTC), and its SEQUENCE: minutes from the date of *first* to that change."""
    changes = [last_changed(site, one) for one in (first, *others)]
    dated = [change for change in changes if change]
    announced = site.local(first.date) if first.date else min(dated, default=NEVER)
    modified = max((announced, *dated))
    return modified.astimezone(UTC), minutes_between(announced, modified)


def _studio(site: Site, id_: str) -> str:
    """``Radio Trijaya FM, Yogyakarta``."""
    station = site.station(id_)
    city = one_line(station.city or "") if station else ""
    return ", ".join(part for part in (station_name(site, id_), city) if part)


def _description(site: Site, record: Record, credited: Iterable[Credit], lines: tuple[str, ...]) -> str:
    """*lines*, who takes part, and the page, which some apps show here alone."""
    _ = translations(site.language).gettext
    names = "; ".join(dict.fromkeys(person_name(site, credit) for credit in credited))
    people = (_("With {names}").format(names=names),) if names else ()
    return "\n".join((*lines, *people, site.addresses.absolute(site.path(record))))
