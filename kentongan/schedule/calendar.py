"""Calendars to subscribe to, as iCalendar (RFC 5545, with properties of RFC 7986)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import ClassVar

import icalendar

from kentongan.language import translations
from kentongan.model import Consultation, Episode, Program
from kentongan.schedule.broadcast import Broadcast, Broadcasts
from kentongan.schedule.broadcasts import broadcasts_of, episode_of
from kentongan.schedule.events import Event, broadcast_event, consultation_events, guest_event, series_events
from kentongan.schedule.slots import Timetable, timetable, timetables
from kentongan.schedule.wording import clean, label, office_name
from kentongan.site import Site

REFRESH_MINUTES = 60
"""How soon an app that subscribes is asked to look again: a broadcast may be cancelled on its own morning."""

PRODUCT = "-//Kentongan//Kentongan//EN"
"""PRODID (RFC 5545, 3.7.3); without a version, so that an upgrade leaves calendars as they are."""


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
    events = (
        *_of_episodes(site, broadcasts),
        *_of_slots(site, timetables(site, broadcasts)),
        *_of_guests(site, broadcasts),
    )
    return _calendar(site, site.addresses.calendar(), name, description, events)


def program_calendar(site: Site, broadcasts: Sequence[Broadcast], program: Program) -> Calendar:
    """The broadcasts of *program* among *broadcasts*."""
    own = Broadcasts.of(broadcasts).of_program(program.id)
    events = (
        *_of_episodes(site, own),
        *_of_slots(site, (timetable(site, program, own),)),
        *_of_guests(site, broadcasts, program),
    )
    return _calendar(site, site.addresses.calendar(program.id), label(program), program.summary, events)


def episode_calendar(site: Site, episode: Episode) -> Calendar:
    """The broadcasts of one episode."""
    events = tuple(_of_episodes(site, broadcasts_of(site, episode)))
    return _calendar(site, site.addresses.event(episode), label(episode), episode.summary, events)


def consultations_calendar(site: Site) -> Calendar:
    """Every consultation, in the order of their starts; one on air as each broadcast of its episode."""
    name = translations(site.language).gettext("Consultations of {name}").format(name=office_name(site))
    found = [event for consultation in site.consultations for event in consultation_events(site, consultation)]
    events = tuple(sorted(found, key=lambda event: (event.start, event.uid, event.url)))
    return _calendar(site, site.addresses.consultations_calendar(), name, None, events)


def consultation_calendar(site: Site, consultation: Consultation) -> Calendar:
    """One consultation."""
    path, events = site.addresses.event(consultation), tuple(consultation_events(site, consultation))
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


def _of_episodes(site: Site, broadcasts: Iterable[Broadcast]) -> Iterator[Event]:
    for one in broadcasts:
        if episode := episode_of(site, one):
            yield broadcast_event(site, one, episode)


def _of_slots(site: Site, tables: Iterable[Timetable]) -> Iterator[Event]:
    """The series of every slot, and what departs from them."""
    for table in tables:
        yield from series_events(site, table)


def _of_guests(site: Site, broadcasts: Sequence[Broadcast], program: Program | None = None) -> Iterator[Event]:
    """What comes once in the place of another program: of *program*, or of all."""
    wanted, told = {one.id for one in ((program,) if program else site.programs)}, Broadcasts.of(broadcasts)
    for host in site.programs:
        invited = {override.program for override in host.overrides if override.program}
        if wanted & invited:
            own = (one for id_ in (host.id, *invited) for one in told.of_program(id_))
            guests = timetable(site, host, own).guests()
            yield from (guest_event(site, one) for one in guests if one.program in wanted)


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
    """A VTIMEZONE with each change of the clock on a line of its own: ical.js reads of a list its first date alone."""
    zone = icalendar.Timezone.from_tzid(name)
    for observance in zone.subcomponents:
        if "rdate" in observance:
            dates = [date.dt for date in observance.pop("rdate").dts]
            for date in dates:
                observance.add("rdate", date)
    return zone


def _component(event: Event) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", event.modified)
    component.add("last-modified", event.modified)
    component.add("sequence", event.sequence)
    component.add("dtstart", event.start)
    if event.rule:
        component.add("rrule", icalendar.vRecur.from_ical(event.rule))
    # One RDATE and one EXDATE a line: not every app reads a list.
    for start in event.also:
        component.add("rdate", start)
    for start in event.without:
        component.add("exdate", start)
    if event.instead_of:
        component.add("recurrence-id", event.instead_of)
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
