"""Standing times: ``setiap Senin dan Kamis``, ``tiap Rabu pertama``, ``Senin s.d. Jumat``."""

from __future__ import annotations

import re

from kentongan.intake.found import Found
from kentongan.intake.words import WEEKDAY, WEEKDAYS, before, weekday

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
    """The weekdays on which it comes round, as ``BYDAY`` of RFC 5545: ``MO``; ``1FR`` is a month's first Friday."""
    low = text.lower()
    for pattern in (_EVERY, _BARE) if any(stem in low for stem in _STEMS) else ():
        for match in pattern.finditer(text):
            if not _is_weekly(match) and not (pattern is _BARE and _is_office_hours(text, match)):
                return Found(_codes(match), match.start(), match.end())
    return None


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
