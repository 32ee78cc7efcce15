"""Dates and times in words. Babel writes them, never the C locale (``LC_ALL=C`` must still say "Rabu")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_time, get_timezone_name

from kentongan.language.catalogue import translations

_SENTENCE = {"id": "EEEE, d MMMM y 'pukul' HH.mm", "en": "EEEE, d MMMM y 'at' HH:mm"}
_CLOCK = {"id": "HH.mm", "en": "HH:mm"}


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant as a page prints it: in a sentence, on a date leaf, and for machines."""

    iso: str
    """RFC 3339 with the offset of its zone, to the minute: ``2020-07-22T10:00+07:00``."""
    sentence: str
    """``Rabu, 22 Juli 2020 pukul 10.00 WIB``."""
    day: str
    """``Rabu, 22 Juli 2020``."""
    clock: str
    """``10.00 WIB``."""
    weekday: str
    number: str
    month_year: str


def moment(instant: datetime, language: str) -> Moment:
    """*instant* (aware, in the zone it is to be told in) in words of *language*.

    :raises ValueError: when *instant* has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return _moment(instant, str(instant.tzinfo), language)


@lru_cache(maxsize=65536)
def _moment(instant: datetime, _zone: str, language: str) -> Moment:
    """Remembered by zone too: 10.00 WIB and 11.00 WITA are equal instants, and not the same words."""
    zone = zone_name(instant)
    return Moment(
        iso=instant.isoformat(timespec="minutes"),
        sentence=f"{format_datetime(instant, _pattern(_SENTENCE, language), locale=language)} {zone}",
        day=day_name(instant.date(), language),
        clock=f"{clock(instant, language)} {zone}",
        weekday=format_date(instant, "EEEE", locale=language),
        number=str(instant.day),
        month_year=format_date(instant, "MMMM y", locale=language),
    )


def zone_name(instant: datetime) -> str:
    """``WIB``, ``WITA`` or ``WIT`` (only Babel's Indonesian knows them); elsewhere the offset."""
    return get_timezone_name(instant, width="short", locale="id")


def utc_text(instant: datetime) -> str:
    """``2020-07-22T03:00:00Z`` (RFC 3339), for machines."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def clock(instant: datetime, language: str) -> str:
    """The time of day without its zone: ``10.00``."""
    return format_time(instant, _pattern(_CLOCK, language), locale=language)


@lru_cache(maxsize=4096)
def day_name(day: date, language: str) -> str:
    """``Rabu, 22 Juli 2020``."""
    return format_date(day, "EEEE, d MMMM y", locale=language)


def short_weekday(day: date, language: str) -> str:
    """``Rab``: three letters over a column."""
    return format_date(day, "EEE", locale=language)


def week_span(monday: date, language: str) -> str:
    """The seven days from *monday*: ``20–26 Juli 2020``, ``27 Juli–2 Agustus 2020``."""
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        first = str(monday.day)
    elif monday.year == sunday.year:
        first = format_date(monday, "d MMMM", locale=language)
    else:
        first = format_date(monday, "d MMMM y", locale=language)
    return f"{first}–{format_date(sunday, 'd MMMM y', locale=language)}"


def month_day(day: date, language: str) -> str:
    """``22 Juli``."""
    return format_date(day, "d MMMM", locale=language)


def weekday_names(days: Iterable[int], language: str) -> str:
    """``Senin, Kamis``: days of the week (Monday is 0) in words."""
    monday = date(2024, 1, 1)
    return ", ".join(format_date(monday + timedelta(days=day), "EEEE", locale=language) for day in days)


def month_name(month: int, language: str) -> str:
    """``Juli`` of 7."""
    return format_date(date(2000, month, 1), "LLLL", locale=language)


def duration_words(seconds: int, language: str) -> str:
    """``46 menit``; below a minute ``17 detik``."""
    words = translations(language)
    if seconds < 60:
        return words.ngettext("{n} second", "{n} seconds", seconds).format(n=seconds)
    minutes = round(seconds / 60)
    return words.ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)


def _pattern(patterns: dict[str, str], language: str) -> str:
    return patterns.get(language, patterns["en"])
