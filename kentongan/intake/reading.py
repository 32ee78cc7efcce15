"""Announcement text -> :class:`Announcement`: runs every reader, lets them agree, and says what is left to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from kentongan.errors import KentonganError
from kentongan.intake import contacts, dates, event, kinds, programs, recurrence, stations, terms, times, titles
from kentongan.intake.announcement import Announcement
from kentongan.intake.found import Doubt, Found
from kentongan.intake.people import read_people
from kentongan.intake.text import Text, plain_text
from kentongan.intake.times import MIDNIGHT, Hours
from kentongan.language import Message
from kentongan.model import Mode

LIMIT = 1_000_000
"""Characters; a longer text is no announcement."""

_ZONE = re.compile(r"WITA|WIB|WIT|waktu indonesia (?:bagian )?(?:barat|tengah|timur)", re.IGNORECASE)


def read_announcement(original: str, now: date | None = None) -> Announcement:
    """Reads *original*; *now* is the day from which ``besok`` counts. The same text always gives the same reading.

    :raises KentonganError: when the text is longer than :data:`LIMIT`.
    """
    if len(original) > LIMIT:
        raise KentonganError(
            Message("This text is too long for an announcement."), Message("Paste only the announcement itself.")
        )
    text = plain_text(original)
    plain = text.plain[: titles.leftovers(text.plain)]
    moment, doubts = _moment(plain, now)
    verdict = kinds.judge(plain, _signs(plain, moment))
    if verdict.past or (verdict.kind == "article" and not (moment.day and moment.hours)):
        return _news(text, plain, verdict)
    return _event(text, plain, verdict, moment, doubts)


@dataclass(frozen=True, slots=True)
class _Moment:
    """When it is, as far as the text says: ``day`` and ``hours`` once, ``recurs`` again and again."""

    day: Found[dates.Day] | None
    hours: Found[Hours] | None
    deadline: Found[dates.Day] | None
    recurs: Found[tuple[str, ...]] | None
    hinted: bool
    """The text names a day by a word like ``besok``."""


def _moment(plain: str, now: date | None) -> tuple[_Moment, list[Doubt]]:
    days, day_doubts = dates.read_days(plain, now)
    hours, hour_doubts = times.read_hours(plain)
    when, rivals = event.choose(plain, days, hours)
    recurs = recurrence.read_recurrence(plain)
    day = when.day
    if rundown := event.in_line(plain, programs.read_program(plain), hours):
        when = event.When(day, rundown, when.deadline)
    if recurs and day and (event.starts_a_habit(plain, day) or recurs.start <= day.start < recurs.end):
        rivals = []
    elif recurs and day:
        recurs = None
    if recurs:
        when = event.When(day, _after(recurs, hours, plain) or when.hours, when.deadline)
    doubts = [*day_doubts, *hour_doubts, *rivals]
    if day and (wrong := dates.weekday_doubt(day.value)):
        doubts.append(wrong)
    hinted = dates.says_relative_day(plain) is not None
    return _Moment(day, when.hours, when.deadline, recurs, hinted), doubts


def _after(recurs: Found[tuple[str, ...]], hours: list[Found[Hours]], plain: str) -> Found[Hours] | None:
    """The hours that stand next to the standing days."""
    near = [one for one in hours if -60 <= one.start - recurs.end <= 120]
    return next(iter(sorted(near, key=lambda one: abs(one.start - recurs.end))), None)


def _signs(plain: str, moment: _Moment) -> kinds.Signs:
    return kinds.Signs(
        dated=(moment.day is not None or moment.hinted) and moment.recurs is None,
        timed=moment.hours is not None,
        recurring=moment.recurs is not None,
        on_station=bool(stations.read_stations(plain) or stations.read_frequencies(plain)[0]),
        in_program=programs.read_program(plain) is not None,
        venue=terms.read_venue(plain) is not None,
    )


def _news(text: Text, plain: str, verdict: kinds.Verdict) -> Announcement:
    """Plain news: what it is called, where it was written and whom to ask, and no more than that."""
    reached = contacts.read_contacts(plain)
    return _announcement(
        text,
        verdict,
        title=titles.read_title(plain),
        dateline=titles.read_dateline(plain),
        phones=reached.phones,
        whatsapp=reached.mobile,
        email=reached.email,
        registration=reached.registration,
    )


def _event(text: Text, plain: str, verdict: kinds.Verdict, moment: _Moment, doubts: list[Doubt]) -> Announcement:
    program = programs.read_program(plain)
    title = titles.read_title(plain)
    frequencies, frequency_doubts = stations.read_frequencies(plain)
    people, people_doubts = read_people(plain)
    reached = contacts.read_contacts(plain)
    on_air = verdict.mode is Mode.RADIO
    heard = [one for one in stations.read_stations(plain) if not _within(one, program)] if on_air else []
    values: dict[str, Any] = {
        "title": title,
        "topic": titles.read_topic(plain, title, program),
        "program": program if on_air else None,
        "station": heard[0] if heard else None,
        "frequency": frequencies[0] if frequencies and on_air else None,
        "venue": terms.read_venue(plain),
        "people": tuple(people),
        "phones": reached.phones,
        "whatsapp": reached.mobile,
        "email": reached.email,
        "registration": reached.registration,
        "stream": reached.stream,
        "meeting": reached.meeting,
        "quota": terms.read_quota(plain),
        "cost": None if on_air else terms.read_cost(plain),
        "dateline": titles.read_dateline(plain),
        "recurs": moment.recurs,
        "deadline": _written(moment.deadline),
        **_times(plain, moment),
    }
    if verdict.kind != "article":
        values["ask"] = tuple(_ask(verdict, moment, values))
        values["doubts"] = tuple(dict.fromkeys([*doubts, *frequency_doubts, *people_doubts]))
    return _announcement(text, verdict, **values)


def _within(one: Found[Any], other: Found[Any] | None) -> bool:
    return other is not None and other.start <= one.start < other.end


def _announcement(text: Text, verdict: kinds.Verdict, **values: Any) -> Announcement:
    nothing: dict[str, Any] = dict.fromkeys(field.name for field in fields(Announcement))
    lists = dict.fromkeys(("people", "phones", "whatsapp", "doubts", "ask"), ())
    return Announcement(
        **{**nothing, **lists, "text": text, "kind": verdict.kind, "also": verdict.also, "mode": verdict.mode, **values}
    )


def _times(plain: str, moment: _Moment) -> dict[str, Found[Any] | None]:
    """Date and hours as the text has them, and together where they are whole."""
    hours, day = moment.hours, moment.day
    values: dict[str, Found[Any] | None] = {"date": _written(day, whole=False)}
    if hours is None:
        return values
    end = hours.value.end
    values["time"] = Found(_clock(hours.value.start), hours.start, hours.end)
    values["end_time"] = Found(_clock(end), hours.start, hours.end) if end is not None else None
    values["zone"] = _zone(plain, hours)
    if day and day.value.date:
        first, last = min(day.start, hours.start), max(day.end, hours.end)
        values["start"] = Found(_at(day.value.date, hours.value.start), first, last)
        if end is not None:
            late = end if end > hours.value.start else end + MIDNIGHT
            values["end"] = Found(_at(day.value.date, late), first, last)
    return values


def _written(day: Found[dates.Day] | None, *, whole: bool = True) -> Found[str] | None:
    return Found(day.value.written, day.start, day.end) if day and (day.value.date or not whole) else None


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _zone(plain: str, hours: Found[Hours]) -> Found[str] | None:
    """The zone next to the hours, or earlier in their line: ``Waktu (WITA): 10.00``."""
    if hours.value.zone:
        match = _ZONE.search(plain, hours.start, hours.end)
        return Found(hours.value.zone, *(match.span() if match else (hours.start, hours.end)))
    line = plain.rfind("\n", 0, hours.start) + 1
    match = re.compile(r"\b(WIB|WITA|WIT)\b\)? ?:").search(plain, line, hours.start)
    after = re.compile(r" ?(?:-|s/d|s\.d\.?|sampai|hingga) ?(?:selesai|habis)?,? ?\(?(WIB|WITA|WIT)\b").match(
        plain, hours.end
    )
    chosen = match or after
    return Found(chosen[1], *chosen.span(1)) if chosen else None


def _ask(verdict: kinds.Verdict, moment: _Moment, values: dict[str, Any]) -> Iterator[str]:
    """What the record needs and the text does not say, in the order of a form."""
    if verdict.mode is Mode.RADIO:
        yield from (name for name in ("program", "station") if values[name] is None)
    elif verdict.mode is None:
        yield "mode"
    elif verdict.mode is Mode.OFFICE and values["venue"] is None:
        yield "venue"
    if moment.recurs is None:
        if moment.day is None:
            yield "date"
        elif moment.day.value.year is None:
            yield "year"
    for name, value in (("time", "time"), ("zone", "zone"), ("end", "end_time")):
        if values.get(value) is None:
            yield name
