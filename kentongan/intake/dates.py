"""Dates as people write them: ``Rabu tanggal 22 Juli 2020``, ``Kamis (26/10/23)``, ``besok``, ``Rabu depan``."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import isleap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kentongan.intake.found import Doubt, Found
from kentongan.intake.words import MONTH, WEEKDAY, month, weekday
from kentongan.language import Message

_DAYS = r"(?:\d{1,2}(?: ?, ?(?:dan )?| ?- ?| dan | ?& ?| ?s/d ?| ?s\.d\.? | sampai (?:dengan )?| hingga )){0,5}"
_NAMED = re.compile(
    rf"(?<![\d.,:-])(?<!\d/)(?P<more>{_DAYS})(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ \n-]?(?:bulan )?(?P<month>{MONTH})\.?"
    r"(?:(?:,? |-|\n|/)(?:tahun )?(?P<year>\d{4}|'\d\d|(?<=-)\d\d)(?!\d|[.:]\d))?",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    rf"\b(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?(?![\d.:])", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d\d))?(?![\d/]|[.,-]\d)"
)
_ISO = re.compile(r"(?<![\w/-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])")
_SHORT_CUE = re.compile(rf"(?:\b(?:tanggal|tgl)\b\.? ?:? ?|{WEEKDAY}[ ,]{{0,2}}\(?)$", re.IGNORECASE)
_NO_DATE_BEFORE = re.compile(r"\b(?:no|nomor|nomer|sk|perda|perbup|uu)[ .:]{0,3}$", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(
    rf"(?:\bhari[ ,]?)?\b(?P<weekday>{WEEKDAY})(?: (?:pahing|paing|pon|wage|kliwon|legi|manis|pagi|siang|sore|malam"
    rf"|besok"
    r"|depan|ini))?[ ,.(/:\n•-]{0,4}(?:(?:pada )?(?:tanggal|tgl)\b\.?)?[ :]{0,3}$",
    re.IGNORECASE,
)
_WEEKDAY_AFTER = re.compile(rf"[ ,(]{{1,3}}(?:hari )?(?P<weekday>{WEEKDAY})", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"\b(?:hari )?(?:(?P<weekday>{WEEKDAY}) (?P<next>(?:minggu|pekan) depan|depan|besok|mendatang|yang akan datang|ini"
    r"|malam ini|pagi ini|siang ini|sore ini)"
    rf"|(?P<word>besok(?: lusa)?|lusa|hari ini|malam ini|nanti (?:malam|sore|siang)|(?:pagi|siang|sore) ini|tomorrow"
    rf"|today"
    rf"|tonight)(?:,? (?:hari )?(?P<also>{WEEKDAY}))?)\b(?! bulan)",
    re.IGNORECASE,
)
_JOINED = re.compile(r",? (?:dan|atau|serta|&|and|or) | ?(?:-|s/d|s\.d\.?) ?| (?:sampai(?: dengan)?|hingga|to) ")
_LISTED = re.compile(r" ?, ?")
"""Joins a day to the next one only where it leaves the year to that."""
_AHEAD = {"besok": 1, "tomorrow": 1, "lusa": 2, "besok lusa": 2}
_FALLS = (
    Message("The weekday of “{text}” does not fit: that day is a Monday."),
    Message("The weekday of “{text}” does not fit: that day is a Tuesday."),
    Message("The weekday of “{text}” does not fit: that day is a Wednesday."),
    Message("The weekday of “{text}” does not fit: that day is a Thursday."),
    Message("The weekday of “{text}” does not fit: that day is a Friday."),
    Message("The weekday of “{text}” does not fit: that day is a Saturday."),
    Message("The weekday of “{text}” does not fit: that day is a Sunday."),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as the text names it; ``year`` is ``None`` where the text names none.

    The first of several is what counts; ``more`` says that the text joins others to it, and ``last`` is the last one.
    """

    day: int
    month: int
    year: int | None
    weekday: int | None = None
    more: bool = False
    last: date | None = None
    relative: bool = False

    @property
    def date(self) -> date | None:
        """The calendar day; ``None`` while the year is not known."""
        return date(self.year, self.month, self.day) if self.year else None

    @property
    def written(self) -> str:
        """ISO 8601: ``2020-07-22``, or ``--07-22`` where the year is not known."""
        return f"{self.year or '-'}-{self.month:02}-{self.day:02}"


def read_days(text: str, now: date | None) -> tuple[list[Found[Day]], list[Doubt]]:
    """Every day that *text* names, in order, and what is no day although it looks like one.

    ``besok`` and ``Rabu depan`` are only understood where *now* says from which day they count.
    """
    doubts: list[Doubt] = []
    found = _joined(text, sorted(_written(text, doubts), key=lambda one: one.start))
    if now:
        found = _with_relative(found, _relative(text, now, doubts))
    return found, doubts


def says_relative_day(text: str) -> Found[str] | None:
    """A word like ``besok``, which needs the day on which the text was written."""
    match = _RELATIVE.search(text)
    return Found(match[0], *match.span()) if match else None


def weekday_doubt(text: str, found: Found[Day]) -> Doubt | None:
    """A weekday that contradicts the date, and which one it is."""
    day = found.value
    if day.weekday is None or day.date is None or day.date.weekday() == day.weekday:
        return None
    said = " ".join(text[found.start : found.end].split())
    return Doubt("start", Message(_FALLS[day.date.weekday()].msgid, {"text": said}), (found.start, found.end))


def _written(text: str, doubts: list[Doubt]) -> Iterator[Found[Day]]:
    taken = 0
    matches = [match for pattern in (_ISO, _NAMED, _ENGLISH, _NUMERIC) for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda one: (one.start(), -one.end())):
        if match.start() < taken or not _is_meant(text, match):
            continue
        found = _day(text, match, doubts)
        if found:
            taken = match.end()
            yield found


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """A short ``26/10`` is a date only after a weekday or ``tanggal``; ``22.07`` is an hour, ``No. 5/3/20`` neither."""
    if match.re is _NUMERIC and _NO_DATE_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
        return False
    if match.re is not _NUMERIC or match["year"]:
        return match.re is not _NUMERIC or match["sign"] != "." or len(match["year"]) == 4 or _cued(text, match)
    return match["sign"] == "/" and _cued(text, match)


def _cued(text: str, match: re.Match[str]) -> bool:
    return _SHORT_CUE.search(text[max(0, match.start() - 24) : match.start()]) is not None


def _day(text: str, match: re.Match[str], doubts: list[Doubt]) -> Found[Day] | None:
    groups = match.groupdict()
    first = re.match(r"\d+", groups.get("more") or "")
    try:
        number = int(first[0]) if first else int(match["day"])
        month_ = int(match["month"]) if match["month"].isdigit() else month(match["month"])
        year = _year(match["year"])
        date(year or 2000, month_, number)
        last = date(year or 2000, month_, int(match["day"]))
    except ValueError:
        message = Message("“{text}” is no date of any calendar.", {"text": match[0].strip()})
        doubts.append(Doubt("date", message, match.span()))
        return None
    day = Day(number, month_, year, more=first is not None, last=last if first and year else None)
    return _with_weekday(text, Found(day, match.start(), match.end()))


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    digits = text.lstrip("'")
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if not 1900 <= year < 2200:
        raise ValueError
    return year


def _with_weekday(text: str, found: Found[Day]) -> Found[Day]:
    head = max(0, found.start - 48)
    before = _WEEKDAY_BEFORE.search(text[head : found.start])
    if before:
        return Found(replace(found.value, weekday=weekday(before["weekday"])), head + before.start(), found.end)
    after = _WEEKDAY_AFTER.match(text, found.end)
    if after and text[found.end : after.start("weekday")].strip() == "(":
        return Found(replace(found.value, weekday=weekday(after["weekday"])), found.start, after.end())
    return found


def _joined(text: str, days: list[Found[Day]]) -> list[Found[Day]]:
    """*days*, where those that the text joins are one: ``28 November - 2 Desember 2026``."""
    result: list[Found[Day]] = []
    for day in reversed(days):
        following = result[-1] if result else None
        if following and _are_joined(text, day, following):
            result[-1] = Found(_first_of(day.value, following.value), day.start, following.end)
        else:
            result.append(day)
    return result[::-1]


def _are_joined(text: str, day: Found[Day], following: Found[Day]) -> bool:
    if _JOINED.fullmatch(text, day.end, following.start):
        return True
    return day.value.year is None and _LISTED.fullmatch(text, day.end, following.start) is not None


def _first_of(day: Day, following: Day) -> Day:
    """*day*, in the year of *following* unless it has its own, or the turn of the year lies between them."""
    year = day.year
    if year is None and following.year:
        year = following.year - ((day.month, day.day) > (following.month, following.day))
    if year and (day.month, day.day) == (2, 29) and not isleap(year):
        year = None
    return replace(day, year=year, more=True, last=following.last or following.date)


def _relative(text: str, now: date, doubts: list[Doubt]) -> Iterator[Found[Day]]:
    for match in _RELATIVE.finditer(text):
        named = match["weekday"] or match["also"]
        if match["word"]:
            day = now + timedelta(days=_AHEAD.get(match["word"].lower(), 0))
        else:
            day = _next(now, weekday(named), match["next"].lower(), doubts)
        value = Day(day.day, day.month, day.year, weekday(named) if named else None, relative=True)
        yield Found(value, match.start(), match.end())


def _next(now: date, wanted: int, word: str, doubts: list[Doubt]) -> date:
    ahead = (wanted - now.weekday()) % 7
    if word in ("minggu depan", "pekan depan"):
        return now + timedelta(days=7 - now.weekday() + wanted)
    if word.endswith("ini"):
        return now + timedelta(days=ahead)
    if word == "depan" and ahead > 0 and now.weekday() < wanted:
        doubts.append(Doubt("date", Message("“{text}” may mean this week's day or next week's.", {"text": word})))
    return now + timedelta(days=ahead or 7)


def _with_relative(written: list[Found[Day]], relative: Iterable[Found[Day]]) -> list[Found[Day]]:
    """A date without a year, close after ``besok`` and the same day, has the year of ``besok``."""
    result, alone = list(written), []
    for near in relative:
        place = bisect_left(written, near.start, key=lambda one: one.start)
        if place == len(written) or written[place].start - near.end > 24:
            alone.append(near)
        elif written[place].value.year is None and _same_day(written[place].value, near.value):
            found = written[place]
            result[place] = Found(replace(found.value, year=near.value.year), found.start, found.end)
    return sorted([*result, *alone], key=lambda one: one.start)


def _same_day(one: Day, other: Day) -> bool:
    return (one.day, one.month) == (other.day, other.month)
