"""Words that every reader knows: names of days and months, and how to look around a place in the text."""

from __future__ import annotations

import re
from importlib.resources import files

WEEKDAYS = {
    0: r"senin|senen|senén|monday|sen",
    1: r"selasa|slasa|salasa|tuesday|sel",
    2: r"rabu|rebo|wednesday|rab",
    3: r"kamis|kemis|thursday|kam",
    4: r"jum'?at|jum at|jumaat|jemuwah|juma'ah|friday|jum",
    5: r"sabtu|setu|saptu|saturday|sab",
    6: r"minggu|ahad|sunday|mgg",
}
"""Monday is 0. Indonesian, Javanese, Sundanese and English."""

MONTHS = {
    1: "januari|january|jan",
    2: "februari|pebruari|february|feb|peb",
    3: "maret|march|mar|mrt",
    4: "april|apr",
    5: "mei|may",
    6: "juni|june|jun",
    7: "juli|july|jul",
    8: "agustus|august|agust|agst|agt|agu|ags|aug",
    9: "september|séptember|sept|sep",
    10: "oktober|october|okt|oct",
    11: "november|nopember|nov|nop",
    12: "desember|désember|december|des|dec",
}

WEEKDAY = "(?:" + "|".join(WEEKDAYS.values()) + r")\b"
MONTH = "(?:" + "|".join(MONTHS.values()) + r")\b"
_WEEKDAY_OF = {name: day for day, names in WEEKDAYS.items() for name in names.replace("'?", "'").split("|")}
_MONTH_OF = {name: month for month, names in MONTHS.items() for name in names.split("|")}
_SENTENCE_END = re.compile(r"(?:[a-z)]{3}|\d)[.!?] (?=[A-Z•\"])|[!?] |\n")


def weekday(name: str) -> int:
    """The day of the week that *name* names; Monday is 0."""
    low = name.lower()
    return 4 if low == "jumat" else _WEEKDAY_OF[low]


def month(name: str) -> int:
    """The month that *name* names."""
    return _MONTH_OF[name.lower()]


def before(text: str, place: int, reach: int = 60) -> str:
    """What stands before *place* in the same sentence and line, at most *reach* characters, in lower case."""
    context = text[max(0, place - reach) : place]
    ends = [match.end() for match in _SENTENCE_END.finditer(context)]
    return context[ends[-1] if ends else 0 :].lower()


def after(text: str, place: int, reach: int = 60) -> str:
    """What stands after *place* in the same line, at most *reach* characters, in lower case."""
    return text[place : place + reach].partition("\n")[0].lower()


def vocabulary(name: str) -> frozenset[str]:
    """The words, in small letters, of the list *name* in ``vocabulary/``; ``#`` begins a comment."""
    text = (files(__package__) / "vocabulary" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
