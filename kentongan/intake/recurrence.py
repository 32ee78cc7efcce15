"""Standing times: ``setiap Senin dan Kamis``, ``tiap Rabu pertama``, ``Senin s.d. Jumat``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kentongan.intake.found import Doubt, Found
from kentongan.intake.times import Hours
from kentongan.intake.words import WEEKDAY, WEEKDAYS, after, before, weekday
from kentongan.language import Message

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_JOIN = r"(?: ?, ?(?:dan )?| dan | ?& ?| ?/ ?| serta )"
_THROUGH = r"(?: ?- ?| ?s/d ?| ?s\.d\.? | sampai (?:dengan )?| hingga )"
_EVERY = re.compile(
    rf"\b(?:(?:se)?tiap|saban|every|rutin(?: hari)?|ben) ?(?::|dina )? ?(?:hari )?(?:"
    rf"(?P<days>{WEEKDAY}(?:(?:{_JOIN}|{_THROUGH})(?:hari )?{WEEKDAY}){{0,6}})"
    rf"(?: ?\(?(?:(?:minggu|pekan) )?(?:ke-?)?(?P<nth>pertama|kedua|ketiga|keempat|terakhir|[1-4])\b)?"
    r"|(?P<work>kerja\b)|(?P<daily>hari\b(?! kerja)))"
    rf"|(?P<habit>\b(?:hari )?{WEEKDAY}(?:{_JOIN}{WEEKDAY}){{0,6}} ?,? (?:setiap|tiap) (?:minggu|pekan)(?:nya)?\b)",
    re.IGNORECASE,
)
_NAMES = re.compile(rf"\b{WEEKDAY}", re.IGNORECASE)
_SPAN = re.compile(rf"{WEEKDAY}{_THROUGH}", re.IGNORECASE)
_BARE = re.compile(
    rf"(?P<days>\b(?:hari )?{WEEKDAY}(?:(?:{_JOIN}"
    rf"|{_THROUGH})(?:hari )?{WEEKDAY}){{1,6}})(?P<nth>)(?P<work>)(?P<daily>)(?P<habit>)"
    r"(?=,? ?\(?(?:pukul|pkl|jam|\d{1,2}[.:]\d\d|:))",
    re.IGNORECASE,
)
"""Without ``setiap`` it takes two days and an hour."""
_OFFICE_HOURS = re.compile(
    r"jam (?:kerja|buka|layanan|kantor|pelayanan)|hari kerja|pelayanan|dihubungi|loket|buka\b|dibalas|kontak|\bcp\b"
    r"|hubungi"
)
_NOT_WEEKLY = re.compile(
    r"(?: (?:pahing|paing|pon|wage|kliwon|legi|manis)\b"
    r"|.*\b(?:(?:dua|tiga|empat|[2-9]) (?:minggu|pekan|bulan) sekali|(?:minggu|pekan) (?:ganjil|genap)|selang-seling))"
)
"""What makes of a weekday something that does not come round each week."""
_GROUP = re.compile(
    rf"\b{WEEKDAY}(?:(?:{_JOIN}|{_THROUGH})(?:hari )?{WEEKDAY}){{0,6}} ?[,:(]{{0,2}} ?(?=pukul|pkl|jam|\d)",
    re.IGNORECASE,
)
"""Weekdays and, right behind them, hours of their own."""
_STEMS = (
    "tiap",
    "saban",
    "every",
    "rutin",
    "ben",
    *(name.replace("'?", "") for names in WEEKDAYS.values() for name in names.split("|")),
)
"""Without one of them nothing comes round."""
_NTH = {"pertama": "1", "kedua": "2", "ketiga": "3", "keempat": "4", "terakhir": "-1"}


def read_recurrence(text: str) -> Found[tuple[str, ...]] | None:
    """The weekdays on which it comes round, as ``BYDAY`` of RFC 5545: ``MO``; ``1FR`` is a month's first Friday.

    None of them where it comes round otherwise: ``setiap Jumat Kliwon``.
    """
    low = text.lower()
    for pattern in (_EVERY, _BARE) if any(stem in low for stem in _STEMS) else ():
        for match in pattern.finditer(text):
            if _is_weekly(match) or (pattern is _BARE and _is_office_hours(text, match)):
                continue
            odd = _NOT_WEEKLY.match(after(text, match.end()))
            end = match.end() + (odd.end() if odd else 0)
            return Found(() if odd else _codes(match), match.start(), end)
    return None


def own_hours(text: str, hours: Sequence[Found[Hours]]) -> Doubt | None:
    """A doubt where weekdays have hours of their own: ``Senin-Kamis 08.00-15.00, Jumat 08.00-11.00``."""
    begins = {one.start: one for one in hours}
    groups = [(match, begins[match.end()]) for match in _GROUP.finditer(text) if match.end() in begins]
    if len({(one.value.start, one.value.end) for _, one in groups}) < 2:
        return None
    place = groups[0][0].start(), groups[-1][1].end
    return Doubt("time", Message("The weekdays have different hours; give each of them a time of its own."), place)


def _is_office_hours(text: str, match: re.Match[str]) -> bool:
    return _OFFICE_HOURS.search(before(text, match.start(), 48)) is not None


def _is_weekly(match: re.Match[str]) -> bool:
    """``setiap minggu`` is every week; Sunday is ``setiap hari Minggu``."""
    return (match["days"] or "").lower() == "minggu" and "hari" not in match[0].lower()


def _codes(match: re.Match[str]) -> tuple[str, ...]:
    if match["work"]:
        return CODES[:5]
    if match["daily"]:
        return CODES
    named = re.sub(r"tiap minggu.*", "", match["days"] or match["habit"], flags=re.IGNORECASE)
    days = [weekday(one[0]) for one in _NAMES.finditer(named)]
    if len(days) == 2 and _SPAN.search(named):
        days = [day % 7 for day in range(days[0], days[0] + (days[1] - days[0]) % 7 + 1)]
    nth = _NTH.get((match["nth"] or "").lower(), match["nth"] or "")
    return tuple(dict.fromkeys(f"{nth}{CODES[day]}" for day in days))
