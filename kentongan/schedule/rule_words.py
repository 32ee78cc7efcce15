"""How often something comes round, in words: ``Setiap Rabu pukul 10.00 WIB sampai 31 Desember 2027``.

A rule that there are no words for is not described by half: whoever tells it shows its dates instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from babel.dates import format_date
from babel.lists import format_list

from kentongan.language import moment, translations
from kentongan.language.dates import clock, month_day
from kentongan.model import Consultation, Slot
from kentongan.schedule import consultations, lines
from kentongan.schedule.recurring import Recurring
from kentongan.schedule.rhythm import LAST, NthWeekday, Rhythm, rhythm_of
from kentongan.site import Site

_MONDAY = date(2000, 1, 3)
_RUN = 4
"""From how many days in a row on they are told as from the first to the last."""


def slot_words(site: Site, slot: Slot) -> str | None:
    """When a slot comes round, in the time of its station; ``None``: there are no words for it."""
    return rule_words(lines.dates_of(site, slot), site.now, site.language)


def consultation_words(site: Site, consultation: Consultation) -> str | None:
    """When a consultation comes round, in its own zone; ``None``: it meets once, or there are no words for it."""
    dates = consultations.dates_of(site, consultation)
    return rule_words(dates, site.now, site.language) if dates else None


def rule_words(dates: Recurring, now: datetime, language: str) -> str | None:
    """*dates* in words of *language*: how often, when, from which day if that is to come, and until which.

    ``None`` for a rule that there are no words for.
    """
    _ = translations(language).gettext
    rhythm, begins = rhythm_of(dates.rule, dates.start), dates.ruled().begins()
    told = _how_often(rhythm, dates.start, language) if rhythm else None
    if told is None or begins is None:
        return None
    told = _("{rule} at {clock}").format(rule=told, clock=_clock(begins, language))
    if begins > now:
        told = _("{rule}, from {date}").format(rule=told, date=_day(begins, language))
    if dates.last:
        told = _("{rule} until {date}").format(rule=told, date=_day(dates.last, language))
    return told


def _how_often(rhythm: Rhythm, start: datetime, language: str) -> str | None:
    match rhythm.unit:
        case "day":
            return _daily(rhythm.interval, language)
        case "week":
            return _weekly(rhythm, language)
        case "month":
            return _by_date(rhythm, language) if rhythm.month_days else _by_weekday(rhythm, language)
        case "year":
            return _yearly(rhythm.interval, start, language)


def _daily(interval: int, language: str) -> str:
    _ = translations(language).gettext
    return _("Every day") if interval == 1 else _("Every {n} days").format(n=interval)


def _weekly(rhythm: Rhythm, language: str) -> str:
    _ = translations(language).gettext
    days = [day for _nth, day in rhythm.weekdays]
    listed = _listed((_weekday(day, language) for day in days), language)
    if rhythm.interval == 2:
        return _("Every two weeks, on {days}").format(days=listed)
    if rhythm.interval > 2:
        return _("Every {n} weeks, on {days}").format(n=rhythm.interval, days=listed)
    if len(days) == 7:
        return _("Every day")
    if len(days) >= _RUN and days[-1] - days[0] == len(days) - 1:
        first, last = (_weekday(days[place], language) for place in (0, -1))
        return _("Every {first} to {last}").format(first=first, last=last)
    return _("Every {days}").format(days=listed)


def _by_weekday(rhythm: Rhythm, language: str) -> str:
    _ = translations(language).gettext
    days = _listed((_nth_weekday(one, language) for one in rhythm.weekdays), language)
    if rhythm.interval == 1:
        return _("Every {days}").format(days=days)
    return _("Every {n} months, on the {days}").format(n=rhythm.interval, days=days)


def _by_date(rhythm: Rhythm, language: str) -> str | None:
    _ = translations(language).gettext
    days = _listed((str(day) for day in rhythm.month_days), language)
    if rhythm.month_days == (LAST,):
        return _("On the last day of every month") if rhythm.interval == 1 else None
    if rhythm.interval == 1:
        return _("On day {days} of the month").format(days=days)
    return _("Every {n} months, on day {days}").format(n=rhythm.interval, days=days)


def _yearly(interval: int, start: datetime, language: str) -> str:
    _ = translations(language).gettext
    day = month_day(start.date(), language)
    return (_("Every year on {date}") if interval == 1 else _("Every {n} years, on {date}")).format(
        n=interval, date=day
    )


def _nth_weekday(one: NthWeekday, language: str) -> str:
    _ = translations(language).gettext
    named = {
        1: _("first {weekday}"),
        2: _("second {weekday}"),
        3: _("third {weekday}"),
        4: _("fourth {weekday}"),
        5: _("fifth {weekday}"),
        LAST: _("last {weekday}"),
    }
    nth, day = one
    return named[nth].format(weekday=_weekday(day, language))


def _weekday(day: int, language: str) -> str:
    return format_date(_MONDAY + timedelta(days=day), "EEEE", locale=language)


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language)


def _clock(start: datetime, language: str) -> str:
    """``10.00 WIB``; without the zone where summer time gives it two names."""
    winter, summer = (start.replace(month=month, day=1).utcoffset() for month in (1, 7))
    return moment(start, language).clock if winter == summer else clock(start, language)


def _listed(words: Iterable[str], language: str) -> str:
    return format_list(list(words), locale=language)
