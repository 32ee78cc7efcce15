"""When it is: the day and hours of an event, or the days on which it comes round."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from kentongan.intake import dates, event, recurrence, sessions, times
from kentongan.intake.found import Doubt, Found
from kentongan.intake.times import MIDNIGHT, Hours, zone_named
from kentongan.language import Message

_ZONE = re.compile(r"WITA|WIB|WIT|waktu indonesia (?:bagian )?(?:barat|tengah|timur)", re.IGNORECASE)
_ZONE_BEFORE = re.compile(r"\b(WIB|WITA|WIT)\b\)? ?:")
_ZONE_BEHIND = re.compile(r" ?(?:-|s/d|s\.d\.?|sampai|hingga) ?(?:selesai|habis)?,? ?\(?(WIB|WITA|WIT)\b")

_CHANGE = re.compile(
    r"\b(?:di(?:pindah|undur|maju|geser|ubah|ganti)(?:kan)?|berubah|bergeser|semula|ralat)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is, as far as the text says: ``day`` and ``hours`` once, ``recurs`` again and again."""

    day: Found[dates.Day] | None
    hours: Found[Hours] | None
    deadline: Found[dates.Day] | None
    recurs: Found[tuple[str, ...]] | None
    hinted: bool
    """The text names a day by a word like ``besok``."""
    unread: tuple[Doubt, ...] = ()
    """What is called a day or an hour and is none, or may be two."""

    def tries(self, field: str) -> bool:
        """Whether something of ``date`` or ``time`` stands there that nobody can read."""
        return any(doubt.field == field for doubt in self.unread)


def read_moment(plain: str, program: Found[str] | None, now: date | None) -> tuple[Moment, list[Doubt]]:
    """The event's moment among all days and hours of *plain*; in a rundown the hours beside *program* are its own."""
    days, day_doubts = dates.read_days(plain, now)
    hours, hour_doubts = times.read_hours(plain)
    when, rivals = event.choose(plain, days, hours)
    chosen, joined = _once(plain, program, when, days, hours)
    recurs, odd = _standing(plain, when.day)
    if recurs:
        rivals, joined, chosen = _left_out(plain, days), (), _beside(plain, recurs, hours) or chosen
    several = recurrence.own_hours(plain, hours) if recurs or when.day is None else None
    chosen = None if several else chosen
    alone = _end_alone(plain, hours) if chosen is None and several is None else None
    hint = dates.says_relative_day(plain)
    unread = (*day_doubts, *hour_doubts, *(doubt for doubt in (odd, several, alone) if doubt))
    doubts = [*unread, *rivals, *joined, *_changed(plain, days, hours), *_at_midnight(chosen)]
    if when.day and (wrong := dates.weekday_doubt(plain, when.day)):
        doubts.append(wrong)
    if hint and now is None and when.day is None:
        doubts.append(_from_now(hint))
    return Moment(when.day, chosen, when.deadline, recurs, hint is not None, unread), doubts


def _once(
    plain: str,
    program: Found[str] | None,
    when: event.When,
    days: list[Found[dates.Day]],
    hours: list[Found[Hours]],
) -> tuple[Found[Hours] | None, tuple[Doubt, ...]]:
    """The hours of what takes place once: of its sessions together, else those in the program's line or by the day."""
    if several := sessions.sessions(plain, hours, days):
        chosen, joined = sessions.together(several)
        return chosen, (joined,)
    return event.in_line(plain, program, hours) or when.hours, ()


def _from_now(hint: Found[str]) -> Doubt:
    message = Message("“{text}” counts from the day of writing; name that day with --now.", {"text": hint.value})
    return Doubt("date", message, (hint.start, hint.end))


def _standing(plain: str, day: Found[dates.Day] | None) -> tuple[Found[tuple[str, ...]] | None, Doubt | None]:
    """The standing days, unless a single *day* is announced beside them; a doubt where they come round oddly."""
    recurs = recurrence.read_recurrence(plain)
    if recurs is None or not (
        day is None or event.starts_a_habit(plain, day) or recurs.start <= day.start < recurs.end
    ):
        return None, None
    if recurs.value:
        return recurs, None
    text = plain[recurs.start : recurs.end]
    message = Message("“{text}” does not come round each week; ask on which days it is.", {"text": text})
    return None, Doubt("date", message, (recurs.start, recurs.end))


def _left_out(plain: str, days: Iterable[Found[dates.Day]]) -> list[Doubt]:
    """Days on which what comes round does not take place."""
    left_out = [day for day in days if event.is_left_out(plain, day)][:5]
    told = ", ".join(plain[day.start : day.end] for day in left_out)
    message = Message("It does not take place on {days}; say so on the site by hand.", {"days": told})
    return [Doubt("recurs", message, (left_out[0].start, left_out[-1].end))] if left_out else []


def _changed(plain: str, days: Collection[Found[dates.Day]], hours: Collection[Found[Hours]]) -> Iterator[Doubt]:
    """A doubt where the text tells of a change, and names two days or hours."""
    several = len({day.value.written for day in days}) > 1 or len({one.value.start for one in hours}) > 1
    if several and (change := _CHANGE.search(plain)):
        yield Doubt("start", Message("The text tells of a change; see that this is the new time."), change.span())


def _at_midnight(hours: Found[Hours] | None) -> Iterator[Doubt]:
    if hours and hours.value.start == MIDNIGHT:
        message = Message("It begins at midnight; see whether the night before or after that day is meant.")
        yield Doubt("start", message, (hours.start, hours.end))


def _end_alone(plain: str, hours: Iterable[Found[Hours]]) -> Doubt | None:
    """A doubt where the text says until when, and no hour at which it begins."""
    end = next((one for one in hours if times.is_end(plain, one)), None)
    message = Message("The text says until when, and not at which hour it begins.")
    return Doubt("time", message, (end.start, end.end)) if end else None


def _beside(plain: str, recurs: Found[tuple[str, ...]], hours: list[Found[Hours]]) -> Found[Hours] | None:
    """The hours that stand next to the standing days."""
    near = [one for one in hours if -60 <= one.start - recurs.end <= 120 and not times.is_end(plain, one)]
    return min(near, key=lambda one: abs(one.start - recurs.end), default=None)


def moment_fields(plain: str, moment: Moment) -> dict[str, Found[Any] | None]:
    """Date and hours as the text has them, and together where they are whole."""
    hours, day = moment.hours, moment.day
    values: dict[str, Found[Any] | None] = {"date": written(day, whole=False)}
    if hours is None:
        return values | {"zone": _zone_alone(plain, moment.unread)}
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


def written(day: Found[dates.Day] | None, *, whole: bool = True) -> Found[str] | None:
    """*day* as ISO 8601; unless a *whole* one is wanted also without its year."""
    return Found(day.value.written, day.start, day.end) if day and (day.value.date or not whole) else None


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _zone_alone(plain: str, unread: Iterable[Doubt]) -> Found[str] | None:
    """The zone of an hour that no clock shows: ``25.00 WIB``."""
    places = (doubt.place for doubt in unread if doubt.field == "time" and doubt.place)
    match = next((match for place in places if (match := _ZONE.search(plain, *place))), None)
    return Found(zone_named(match[0]), *match.span()) if match else None


def _zone(plain: str, hours: Found[Hours]) -> Found[str] | None:
    """The zone next to the hours, or earlier in their line: ``Waktu (WITA): 10.00``."""
    if hours.value.zone:
        match = _ZONE.search(plain, hours.start, hours.end)
        return Found(hours.value.zone, *(match.span() if match else (hours.start, hours.end)))
    line = plain.rfind("\n", 0, hours.start) + 1
    chosen = _ZONE_BEFORE.search(plain, line, hours.start) or _ZONE_BEHIND.match(plain, hours.end)
    return Found(chosen[1], *chosen.span(1)) if chosen else None
