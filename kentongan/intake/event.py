"""Which of several days and hours is the event's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, TypeVar

from kentongan.intake.dates import Day
from kentongan.intake.found import Doubt, Found
from kentongan.intake.times import Hours, is_of_something_else
from kentongan.intake.words import before
from kentongan.language import Message

T = TypeVar("T")
_DEADLINE = re.compile(
    r"\b(?:paling lambat|selambat(?:-lambatnya)?|batas|ditutup|penutupan|tutup|deadline|sebelum|pendaftaran|registrasi"
    r"|daftar (?:sampai|s)|terakhir (?:daftar|pada|tanggal)|diterima|dibuka (?:sampai|hingga|s)|closing)\b"
)
_UNTIL = re.compile(r"\b(?:sampai(?: dengan)?|s/d|s\.d\.?|hingga|until)[ a-z]{0,16}$")
_OTHER = re.compile(
    r"\b(?:nomor|no\.|tertanggal|surat|peraturan|permen|undang-undang|uu|keputusan|sk|sejak|berdiri|lahir|yang lalu"
    r"|kemarin"
    r"|diposting|posted|published|diunggah|diperbarui|update|terbit|ditulis oleh|ulang tahun|hari jadi|disiarkan ulang"
    r"|siaran ulang|diputar ulang|tayang ulang|diulang|hut|data|diterbitkan|edaran|menyusul|sebelumnya|tadi|libur"
    r"|semula"
    r"|diubah dari|mundur dari)\b|\bper (?:tanggal )?$|\bbukan (?:hari |tanggal )?[a-z]*,? ?$"
)
_LEFT_OUT = re.compile(r"\b(?:kecuali|terkecuali|tidak termasuk|selain|libur|except)\b[ a-z:,]{0,24}$")
"""Before a day on which it does not take place."""
_BORN = re.compile(r"\b(?:lahir|kelahiran|berdiri|berusia)\b")
_PAST_AFTER = re.compile(r"[ ,()\w]{0,12}\b(?:lalu|kemarin|silam|tadi)\b", re.IGNORECASE)
_MOVED_TO = re.compile(
    r"\b(?:di)?(?:pindah|undur|maju|mundur|geser|ubah|ganti|alih)(?:kan)?\b[^\n.!?]{0,80}?\b(?:ke|menjadi|jadi|pada)\b"
    r"|\b(?:bergeser|berubah)\b[^\n.!?]{0,80}?\b(?:ke|menjadi|jadi)\b",
    re.IGNORECASE,
)
"""Between two days or hours it says plainly that the later one holds."""
_CUE = re.compile(r"\b(?:hari|pada|waktu|tanggal|tgl|jadwal|kapan|when|date|besok)\b")
_LETTER_HEAD = re.compile(r"(?:^|\n)[A-Z][\w .]{2,30}, ?$")
_FROM = re.compile(r"\b(?:mulai|terhitung|berlaku|efektif|per|sejak|perdana)\b[ a-z:,(]{0,24}$")
_MOST_TOLD = 5
"""So many days are named in a doubt."""
_REACH = 160
"""Hours that stand further than so many characters behind a day are not that day's."""


@dataclass(frozen=True, slots=True)
class When:
    """The day and hours of the event, and the deadline, as far as the text tells them; with their places."""

    day: Found[Day] | None = None
    hours: Found[Hours] | None = None
    deadline: Found[Day] | None = None


def _start(one: Found[Any]) -> int:
    return one.start


def is_deadline(text: str, day: Found[Day]) -> bool:
    """Whether *day* is the last on which something may be asked or sent in."""
    context = before(text, day.start, 70)
    return _DEADLINE.search(context) is not None and not _BORN.search(context)


def is_left_out(text: str, day: Found[Day]) -> bool:
    """Whether *day* is one on which it does not take place: ``kecuali tanggal 16 Desember``."""
    return _LEFT_OUT.search(before(text, day.start, 40)) is not None


def is_beside_the_point(text: str, day: Found[Day]) -> bool:
    """Whether *day* is a letter's, a law's, a repeat's, or gone by."""
    if _OTHER.search(before(text, day.start, 60).rpartition("menjadi")[2]) or _PAST_AFTER.match(text, day.end):
        return True
    if is_left_out(text, day) or (not day.value.more and _UNTIL.search(before(text, day.start, 40))):
        return True
    line_end = text[day.end : day.end + 2]
    return bool(_LETTER_HEAD.search(text[max(0, day.start - 40) : day.start]) and line_end[:1] in ("", "\n"))


def starts_a_habit(text: str, day: Found[Day]) -> bool:
    """Whether *day* is the first of many: ``mulai 3 Agustus 2020``."""
    return _FROM.search(before(text, day.start, 48)) is not None


def choose(text: str, days: Sequence[Found[Day]], hours: Sequence[Found[Hours]]) -> tuple[When, list[Doubt]]:
    """The event's day and hours among all that *text* names; a doubt when others look as good."""
    deadlines, open_days = [], []
    for day in days:
        if is_deadline(text, day):
            deadlines.append(day)
        elif not is_beside_the_point(text, day):
            open_days.append(day)
    open_hours = [hour for hour in superseding(text, hours) if not is_of_something_else(text, hour)]
    scored = [(_worth(text, day, open_hours, days), day) for day in superseding(text, open_days)]
    best = max((worth for worth, _ in scored), default=0)
    leading = [day for worth, day in scored if worth == best]
    chosen = leading[0] if leading else None
    when = When(
        chosen, _fullest(_hours_of(chosen, open_hours, days), open_hours), _last(deadlines[0]) if deadlines else None
    )
    return when, _rivals(text, chosen, [day for worth, day in scored if worth >= best - 1])


def superseding(text: str, found: Sequence[Found[T]]) -> list[Found[T]]:
    """*found* without what the text says was moved to the next of them: ``10.00, dipindah ke pukul 13.00``."""
    pairs = zip_longest(found, found[1:])
    return [one for one, following in pairs if not (following and _MOVED_TO.search(text, one.end, following.start))]


def _last(deadline: Found[Day]) -> Found[Day]:
    """The last of several days: ``Pendaftaran 1-10 Oktober 2026``."""
    last = deadline.value.last
    return replace(deadline, value=Day(last.day, last.month, last.year)) if last else deadline


def _worth(text: str, day: Found[Day], hours: Sequence[Found[Hours]], days: Sequence[Found[Day]]) -> int:
    near = _hours_of(day, hours, days, alone=False)
    cue = _CUE.search(before(text, day.start + 5, 32)) is not None
    return 3 * (near is not None) + 2 * (day.value.weekday is not None) + cue


def _hours_of(
    day: Found[Day] | None, hours: Sequence[Found[Hours]], days: Sequence[Found[Day]], *, alone: bool = True
) -> Found[Hours] | None:
    """The hours next to *day*: after it, then before it; else, if *alone* will do, the only ones there are."""
    if day is not None:
        following = bisect_right(days, day.start, key=_start)
        limit = days[following].start if following < len(days) else day.end + _REACH
        after = bisect_left(hours, day.end, key=_start)
        if after < len(hours) and hours[after].start < min(limit, day.end + _REACH):
            return hours[after]
        if after and 0 <= day.start - hours[after - 1].end <= 48:
            return hours[after - 1]
        if not alone:
            return None
    distinct = {(one.value.start, one.value.end) for one in hours}
    return hours[0] if len(distinct) == 1 or _one_start(hours) else None


def _fullest(chosen: Found[Hours] | None, hours: Sequence[Found[Hours]]) -> Found[Hours] | None:
    """The same hours said again, with the zone: ``jam 3 sore (15.00 WIB)``."""
    if chosen is None or chosen.value.zone:
        return chosen
    same = [one for one in hours if one.value.start == chosen.value.start and one.value.end in (chosen.value.end, None)]
    return next((one for one in same if one.value.zone and one.value.end == chosen.value.end), chosen)


def in_line(text: str, anchor: Found[str] | None, hours: Sequence[Found[Hours]]) -> Found[Hours] | None:
    """The only hours in the line of *anchor*: in a rundown those of the program, not of the jingle before it."""
    if anchor is None:
        return None
    first, last = text.rfind("\n", 0, anchor.start), text.find("\n", anchor.end)
    inside = [one for one in hours if first < one.start < (last if last >= 0 else len(text))]
    alone = len(inside) == 1 and not is_of_something_else(text, inside[0])
    return inside[0] if alone else None


def _one_start(hours: Sequence[Found[Hours]]) -> bool:
    return len({one.value.start for one in hours}) == 1


def _rivals(text: str, chosen: Found[Day] | None, days: Sequence[Found[Day]]) -> list[Doubt]:
    """A doubt that names the other days, or all of those that are joined to *chosen*."""
    if chosen is None:
        return []
    others = [day for day in days if day.value.written != chosen.value.written]
    named = [chosen] if chosen.value.more and not others else others
    told = ", ".join(dict.fromkeys(" ".join(text[day.start : day.end].split()) for day in named[:_MOST_TOLD]))
    message = Message("The text names several days, and this is the first: {days}", {"days": told})
    return [Doubt("start", message, (named[0].start, named[0].end))] if named else []
