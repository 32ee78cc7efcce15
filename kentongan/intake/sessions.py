"""An event in sessions: ``Sesi 1 09.00-10.00, Sesi 2 10.30-11.30`` lasts from the first to the last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kentongan.intake.dates import Day
from kentongan.intake.found import Doubt, Found
from kentongan.intake.times import Hours
from kentongan.intake.words import before
from kentongan.language import Message

_WORD = r"(?:sesi|session|kloter|babak)"
_NUMBER = r"(?:ke-?)?(?:\d|[ivx]{1,4}|pertama|kedua|ketiga|keempat|satu|dua|tiga|empat|pagi|siang|sore|malam)"
_BEFORE = re.compile(rf"\b{_WORD} ?{_NUMBER}\b[ .:,(=•)-]*(?:pukul|pkl|jam)?[ .:]*$", re.IGNORECASE)
_BEHIND = re.compile(rf" ?[(-] ?{_WORD} ?{_NUMBER}\b", re.IGNORECASE)


def sessions(text: str, hours: Sequence[Found[Hours]], days: Sequence[Found[Day]]) -> list[Found[Hours]]:
    """The hours of the sessions of one day, in order; none where there are no two, or each has its own day."""
    found = [one for one in hours if _is_session(text, one)]
    starts = [one.value.start for one in found]
    if len(found) < 2 or starts != sorted(set(starts)) or _any_between(days, found[0].start, found[-1].end):
        return []
    return found


def together(found: Sequence[Found[Hours]]) -> tuple[Found[Hours], Doubt]:
    """From the beginning of the first session to the end of the last."""
    first, last = found[0], found[-1]
    zones = {one.value.zone for one in found} - {None}
    zone = zones.pop() if len(zones) == 1 else None
    doubt = Doubt(
        "end", Message("The text tells several sessions: it is from the first to the last."), (first.start, last.end)
    )
    return Found(replace(first.value, end=last.value.end, zone=zone), first.start, last.end), doubt


def _is_session(text: str, hours: Found[Hours]) -> bool:
    return bool(_BEFORE.search(before(text, hours.start, 40)) or _BEHIND.match(text, hours.end))


def _any_between(days: Sequence[Found[Day]], start: int, end: int) -> bool:
    place = bisect_left(days, start, key=lambda day: day.start)
    return place < len(days) and days[place].start < end
