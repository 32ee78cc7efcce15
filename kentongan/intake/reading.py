"""Announcement text -> :class:`Announcement`: runs every reader, lets them agree, and says what is left to ask."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from kentongan.errors import KentonganError
from kentongan.intake import kinds, programs, stations, terms, titles
from kentongan.intake.announcement import Announcement
from kentongan.intake.contacts import Contacts, read_contacts
from kentongan.intake.found import Doubt, Found
from kentongan.intake.moment import Moment, moment_fields, read_moment, written
from kentongan.intake.people import Person, read_people
from kentongan.intake.text import plain_text
from kentongan.language import Message
from kentongan.model import Mode

LIMIT = 1_000_000
"""Characters; a longer text is no announcement."""

_CALLED_OFF = re.compile(r"\b(?:dibatalkan|batal|ditiadakan|ditunda)\b", re.IGNORECASE)


def read_announcement(original: str, now: date | None = None, known: Collection[str] = ()) -> Announcement:
    """Reads *original*; *now* is the day from which ``besok`` counts. The same text always gives the same reading.

    *known* says what the text names of the site's own: a ``station``, a ``program``. It tells a talk on air from news,
    and no value.

    :raises KentonganError: when the text is longer than :data:`LIMIT`.
    """
    if len(original) > LIMIT:
        raise KentonganError(
            Message("This text is too long for an announcement."), Message("Paste only the announcement itself.")
        )
    text = plain_text(original)
    facts = _facts(text.plain[: titles.leftovers(text.plain)], now)
    verdict = kinds.judge(facts.plain, _signs(facts, known))
    values = _news(facts)
    if not verdict.past and (verdict.kind != "article" or (facts.moment.day and facts.moment.hours)):
        values |= _event(facts, verdict)
    if verdict.kind != "article":
        values |= {"ask": tuple(_ask(verdict, facts.moment, values)), "doubts": facts.doubts}
    elif not verdict.past:
        why = (Doubt("text", verdict.why),) if verdict.why else ()
        values |= {"doubts": (*facts.moment.unread, *why)}
    nothing: dict[str, Any] = dict.fromkeys(field.name for field in fields(Announcement))
    lists = dict.fromkeys(("people", "phones", "whatsapp", "doubts", "ask"), ())
    judged = {"text": text, "kind": verdict.kind, "also": verdict.also, "mode": verdict.mode}
    return Announcement(**{**nothing, **lists, **judged, **values})


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is read before the kind is known."""

    plain: str
    title: Found[str] | None
    program: Found[str] | None
    stations: tuple[Found[str], ...]
    frequencies: tuple[Found[float], ...]
    venue: Found[str] | None
    people: tuple[Found[Person], ...]
    contacts: Contacts
    moment: Moment
    doubts: tuple[Doubt, ...]


def _facts(plain: str, now: date | None) -> _Facts:
    program = programs.read_program(plain)
    moment, doubts = read_moment(plain, program, now)
    named = stations.read_stations(plain)
    frequencies, frequency_doubts = stations.read_frequencies(plain, named)
    people, people_doubts = read_people(plain)
    venue = terms.read_venue(plain)
    return _Facts(
        plain,
        titles.read_title(plain),
        program,
        tuple(one for one in named if not (_within(one, program) or _within(program, one))),
        tuple(frequencies),
        None if any(_is_about(one, venue) for one in people if venue) else venue,
        tuple(one for one in people if not _within(one, program)),
        read_contacts(plain),
        moment,
        tuple(dict.fromkeys((*doubts, *frequency_doubts, *people_doubts, *_called_off(plain)))),
    )


def _called_off(plain: str) -> Iterator[Doubt]:
    if off := _CALLED_OFF.search(plain):
        message = Message("The text says that something is called off or put off; if it is on the site, say so there.")
        yield Doubt("start", message, off.span())


def _is_about(person: Found[Person], venue: Found[str]) -> bool:
    """Whether *venue* is where somebody works."""
    return _within(venue, person) or _within(venue, person.value.role)


def _within(one: Found[Any] | None, other: Found[Any] | None) -> bool:
    return one is not None and other is not None and other.start <= one.start < other.end


def _signs(facts: _Facts, known: Collection[str]) -> kinds.Signs:
    moment = facts.moment
    return kinds.Signs(
        dated=(moment.day is not None or moment.hinted or moment.tries("date")) and moment.recurs is None,
        timed=moment.hours is not None or moment.tries("time"),
        recurring=moment.recurs is not None,
        on_station=bool(facts.stations or facts.frequencies or "station" in known),
        in_program=facts.program is not None,
        venue=facts.venue is not None,
        in_known_program="program" in known,
    )


def _news(facts: _Facts) -> dict[str, Any]:
    """Plain news: what it is called, where it was written and whom to ask, and no more than that."""
    return {
        "title": facts.title,
        "dateline": titles.read_dateline(facts.plain),
        "phones": facts.contacts.phones,
        "whatsapp": facts.contacts.mobile,
        "email": facts.contacts.email,
        "registration": facts.contacts.registration,
    }


def _event(facts: _Facts, verdict: kinds.Verdict) -> dict[str, Any]:
    """What an event has besides."""
    return {
        "topic": titles.read_topic(facts.plain, facts.title, facts.program),
        "venue": facts.venue,
        "people": facts.people,
        "stream": facts.contacts.stream,
        "meeting": facts.contacts.meeting,
        "quota": terms.read_quota(facts.plain),
        "recurs": facts.moment.recurs,
        "deadline": written(facts.moment.deadline),
        **moment_fields(facts.plain, facts.moment),
        **(_on_air(facts) if verdict.mode is Mode.RADIO else {"cost": terms.read_cost(facts.plain)}),
    }


def _on_air(facts: _Facts) -> dict[str, Any]:
    return {
        "program": facts.program,
        "station": next(iter(facts.stations), None),
        "frequency": next(iter(facts.frequencies), None),
    }


def _ask(verdict: kinds.Verdict, moment: Moment, values: dict[str, Any]) -> Iterator[str]:
    """What the record needs and the text does not say, in the order of a form."""
    if verdict.mode is Mode.RADIO:
        yield from (name for name in ("program", "station") if values.get(name) is None)
    elif verdict.mode is None:
        yield "mode"
    elif verdict.mode is Mode.OFFICE and values.get("venue") is None:
        yield "venue"
    if moment.recurs is None:
        if moment.day is None:
            yield "date"
        elif moment.day.value.year is None:
            yield "year"
    for name, value in (("time", "time"), ("zone", "zone"), ("end", "end_time")):
        if values.get(value) is None:
            yield name
