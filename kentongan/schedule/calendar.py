"""Broadcasts and consultations as iCalendar (RFC 5545, with properties of RFC 7986).

One event has one UID in every calendar it stands in. DTSTAMP, LAST-MODIFIED and SEQUENCE come from the records'
``date`` and ``updated``. SEQUENCE is the number of minutes from the one to the other, so that every later save
counts higher; without ``updated`` it is 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import ClassVar

import icalendar

from kentongan.language import translations
from kentongan.model import BroadcastKind, Consultation, Episode, Program
from kentongan.schedule.broadcasts import Broadcast, broadcasts_of
from kentongan.schedule.identity import minutes_between, stable_uuid
from kentongan.schedule.wording import (
    about,
    clean,
    label,
    office_name,
    one_line,
    person_name,
    program_name,
    remarks,
    station_name,
)
from kentongan.site import Site

REFRESH_MINUTES = 60
"""How soon an app that subscribes is asked to look again: a broadcast may be cancelled on its own morning."""

PRODUCT = "-//Kentongan//Kentongan//EN"
"""PRODID (RFC 5545, 3.7.3); without a version, so that an upgrade leaves calendars as they are."""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event. ``start`` and ``end`` (``None``: not announced) are in the IANA zone they are told in."""

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


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar to subscribe to. ``source`` is where it lies; ``zone`` the office's, by its IANA name."""

    media_type: ClassVar[str] = "text/calendar"

    name: str
    description: str | None
    source: str
    zone: str
    refresh_minutes: int
    events: tuple[Event, ...]


def site_calendar(site: Site, broadcasts: Sequence[Broadcast]) -> Calendar:
    """Everything on air; *broadcasts* are those of the whole site."""
    name = translations(site.language).gettext("Broadcasts of {name}").format(name=office_name(site))
    description = site.office.description or site.office.tagline
    return _calendar(site, site.addresses.calendar(), name, description, _on_air(site, broadcasts))


def program_calendar(site: Site, broadcasts: Sequence[Broadcast], program: Program) -> Calendar:
    """The broadcasts of *program* among *broadcasts*."""
    events = _on_air(site, [one for one in broadcasts if one.program == program.id])
    return _calendar(site, site.addresses.calendar(program.id), label(program), program.summary, events)


def episode_calendar(site: Site, episode: Episode) -> Calendar:
    """The broadcasts of one episode."""
    events = _on_air(site, broadcasts_of(site, episode))
    return _calendar(site, site.addresses.event(episode), label(episode), episode.summary, events)


def consultations_calendar(site: Site) -> Calendar:
    """Every consultation, in the order of their starts; one on air as each broadcast of its episode."""
    name = translations(site.language).gettext("Consultations of {name}").format(name=office_name(site))
    found = [event for consultation in site.consultations for event in _events_of(site, consultation)]
    events = tuple(sorted(found, key=lambda event: (event.start, event.uid, event.url)))
    return _calendar(site, site.addresses.consultations_calendar(), name, None, events)


def consultation_calendar(site: Site, consultation: Consultation) -> Calendar:
    """One consultation."""
    path, events = site.addresses.event(consultation), tuple(_events_of(site, consultation))
    return _calendar(site, path, label(consultation), consultation.summary, events)


def _calendar(site: Site, path: str, name: str, description: str | None, events: tuple[Event, ...]) -> Calendar:
    return Calendar(
        name=name,
        description=clean(description),
        source=site.addresses.absolute(path),
        zone=site.office.zone,
        refresh_minutes=REFRESH_MINUTES,
        events=events,
    )


def _on_air(site: Site, broadcasts: Sequence[Broadcast]) -> tuple[Event, ...]:
    return tuple(_broadcast_event(site, one, episode) for one in broadcasts if (episode := site.episode(one.episode)))


def _broadcast_event(
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
        description=_description(site, told, remarks(site, broadcast, told.summary)),
        url=site.addresses.absolute(site.path(told)),
        status="CANCELLED" if broadcast.cancelled else "CONFIRMED",
        modified=modified,
        sequence=sequence,
        categories=(_("Consultation") if consultation else program,),
    )


def _events_of(site: Site, consultation: Consultation) -> Iterator[Event]:
    """On air: each broadcast of its episode; elsewhere the one meeting."""
    episode = site.episode(consultation.episode) if consultation.episode else None
    start = site.consultation_start(consultation)
    if episode:
        for broadcast in broadcasts_of(site, episode):
            yield _broadcast_event(site, broadcast, episode, consultation)
    elif start:
        yield _meeting(site, consultation, start)


def _meeting(site: Site, consultation: Consultation, start: datetime) -> Event:
    """A consultation at the office or online. Nothing says it is cancelled, so it is confirmed."""
    end = site.consultation_end(consultation)
    modified, sequence = _version(site, consultation, consultation)
    return Event(
        uid=stable_uuid(consultation.kind.value, consultation.id),
        start=start,
        end=end,
        summary=label(consultation),
        location=clean(consultation.venue or consultation.channel),
        description=_description(site, consultation, about(site, consultation.summary, end_known=end is not None)),
        url=site.addresses.absolute(site.path(consultation)),
        status="CONFIRMED",
        modified=modified,
        sequence=sequence,
        categories=(translations(site.language).gettext("Consultation"),),
    )


def _version(site: Site, first: Episode | Consultation, told: Episode | Consultation) -> tuple[datetime, int]:
    """When the event last changed (UTC), and its SEQUENCE: minutes from the date of *first* to that change."""
    announced = site.local(first.date)
    saved = max((site.local(one.updated) for one in (first, told) if one.updated), default=announced)
    modified = max(announced, saved, site.local(told.date))
    return modified.astimezone(UTC), minutes_between(announced, saved)


def _studio(site: Site, id_: str) -> str:
    """``Radio Trijaya FM, Yogyakarta``."""
    station = site.station(id_)
    city = one_line(station.city or "") if station else ""
    return ", ".join(part for part in (station_name(site, id_), city) if part)


def _description(site: Site, record: Episode | Consultation, lines: tuple[str, ...]) -> str:
    """*lines*, who takes part, and the page, which some apps show here alone."""
    _ = translations(site.language).gettext
    credited = site.consultants(record) if isinstance(record, Consultation) else record.credits
    names = "; ".join(dict.fromkeys(person_name(site, credit) for credit in credited))
    people = (_("With {names}").format(names=names),) if names else ()
    return "\n".join((*lines, *people, site.addresses.absolute(site.path(record))))


def render_calendar(view: Calendar) -> bytes:
    """*view* as a ``.ics`` file, UTF-8 with CRLF line ends."""
    calendar = icalendar.Calendar()
    _add_head(calendar, view)
    zones = _zones(view)
    if len(zones) == 1:
        calendar.add("x-wr-timezone", icalendar.vText(zones[0]))
    for zone in zones:
        calendar.add_component(_time_zone(zone))
    for event in view.events:
        calendar.add_component(_component(event))
    written: bytes = calendar.to_ical()
    return written


def _add_head(calendar: icalendar.Calendar, view: Calendar) -> None:
    """Names and refresh hints in the standard's words and in those that Apple's and Microsoft's apps know."""
    every = timedelta(minutes=view.refresh_minutes)
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # icalendar writes properties it does not know as they are: their texts and durations are made for it.
    for name, text in (("name", view.name), ("x-wr-calname", view.name), ("x-wr-caldesc", view.description)):
        if text:
            calendar.add(name, icalendar.vText(text))
    calendar.add("source", view.source, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", icalendar.vDuration(every), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(every))


def _zones(view: Calendar) -> list[str]:
    """The zones the events use; an empty calendar has the office's, since one without a component is not valid."""
    moments = [one for event in view.events for one in (event.start, event.end) if one]
    return sorted({str(one.tzinfo) for one in moments}) or [view.zone]


@lru_cache(maxsize=64)
def _time_zone(name: str) -> icalendar.Timezone:
    return icalendar.Timezone.from_tzid(name)


def _component(event: Event) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", event.modified)
    component.add("last-modified", event.modified)
    component.add("sequence", event.sequence)
    component.add("dtstart", event.start)
    if event.end:
        component.add("dtend", event.end)
    component.add("summary", event.summary)
    component.add("description", event.description)
    if event.location:
        component.add("location", event.location)
    component.add("url", event.url)
    component.add("status", event.status)
    component.add("categories", list(event.categories))
    return component
