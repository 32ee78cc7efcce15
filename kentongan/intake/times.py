"""Hours as people write them: ``pukul 10.00``, ``jam 7 malam``, ``09.00 – 11.30 WITA``, ``jam setengah delapan``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kentongan.intake.found import Doubt, Found
from kentongan.intake.words import WEEKDAY, before
from kentongan.language import Message

MIDNIGHT = 24 * 60
_NUMBERS = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
_NUMBER = {name: number for number, name in enumerate(_NUMBERS, 1)} | {"dua belas": 12}
_PAST = {"seperempat": 15, "sepuluh": 10, "lima": 5, "dua puluh": 20}
_ZONES = {"barat": "WIB", "tengah": "WITA", "timur": "WIT"}

_AFTERNOON = {
    **dict.fromkeys(("siang", "awan"), range(1, 7)),
    **dict.fromkeys(("sore", "sonten", "petang", "burit", "pm"), range(1, 12)),
    **dict.fromkeys(("malam", "malem", "dalu", "ndalu", "bengi", "wengi", "peuting"), range(5, 13)),
}
"""Hours that a clock of 24 shows twelve later, by part of the day, also in Javanese and Sundanese."""

_CLOCK = re.compile(
    r"(?:(?P<cue>\b(?:pukul|puku|pkl|jam|jem|jm|tabuh|at)\b(?: ?[.:])?[ \n]?)"
    r"|(?<![\w.,:/+-])|(?<=s/d)|(?<= -)|(?<=\d-))"
    r"(?P<half>setengah )?"
    rf"(?:(?P<hour>\d{{1,2}})(?:(?P<dot>[.:;]|,(?=\d\d))(?P<minute>\d\d)(?::00\b)?)?"
    rf"|(?P<word>dua belas|{'|'.join(_NUMBERS)}))"
    r"(?!\d|[:/]\d|[.,-]\d{3}|\.\d)"
    r"(?: ?(?P<shift>lewat|lebih|kurang) (?P<by>\d{1,2}|seperempat|sepuluh|lima|dua puluh)(?: menit)?\b)?"
    r"(?: ?(?P<part>pagi|isuk|esuk|enjang|enjing|siang|awan|sore|sonten"
    r"|petang|burit|malam|malem|n?dalu|bengi|wengi|peuting|subuh"
    r"|dini hari|am|pm|a\.m\.|p\.m\.)(?=\b|wi))?"
    r"(?: ?(?:\(|\[|- )?(?P<zone>wib|wita|wit)\b[)\]]?| waktu indonesia (?:bagian )?(?P<region>barat|tengah|timur)\b)?",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(r"\b(pagi|siang|sore|petang|malam)(?: (?:ini|nanti))?,? ?\Z", re.IGNORECASE)
_TO = re.compile(
    r"[ \n]?(?:-|s/d|s\.d\.?|sd|sampai(?: dengan| jam| pukul)?|hingga"
    r"|dugi(?: ka)?|ngantos(?: ka| dumugi)?|dumugi|tekan|to|until"
    r"|[,.;(]{0,2} ?(?:dan )?(?:selesai|berakhir|rampung)(?: pada| sekitar| jam)? ?:?)[ \n]?",
    re.IGNORECASE,
)
_ENDS_A_RANGE = re.compile(r"(?:\d[.:]\d\d(?: ?\(?(?:wib|wita|wit)\)?)?|(?<!\d)\d{1,2}) ?(?:-|s/d) ?$", re.IGNORECASE)
_NO_HOUR_AFTER = re.compile(
    r" ?(?:mhz|khz|fm|%|persen|juta|ribu|miliar|rb|jt|kg|gram|km|m2|meter|ha|hektare?|kali|orang|peserta|anggota|menit"
    r"|tahun|bulan|hari|lembar|ton|liter)\b|%",
    re.IGNORECASE,
)
_NO_HOUR_BEFORE = re.compile(
    r"(?:rp\.?|no\.?|nomor|pasal|ayat|versi|usd|\$|halaman|bab|rt|rw)[ :.]{0,2}$", re.IGNORECASE
)

_AFTER_DAY = re.compile(rf"(?:\b(?:19|20)\d\d|{WEEKDAY})[ ,)]{{1,3}}$", re.IGNORECASE)
_NOT_ITS_OWN = re.compile(
    r"\b(?:paling lambat|selambat(?:-lambatnya)?|batas|ditutup|deadline|sebelum|jam (?:kerja|buka|layanan|kantor"
    r"|operasional|pelayanan)"
    r"|hari kerja|pelayanan|layanan|registrasi|daftar ulang|siaran ulang|disiarkan ulang|diputar ulang|diulang|ulangan"
    r"|tayang ulang|dihubungi|dibalas|check.?in|istirahat|gladi|berangkat|kumpul|sejak|loket|pendaftaran|menghubungi"
    r"|semula|tadinya|respon|hotline|call center|buka puasa|azan|adzan|imsak|lalu lintas|kemarin|re-?run"
    r"|ulang(?= ?:))\b"
)
_IS_END = re.compile(
    r"(?:\b(?:selesai|berakhir|rampung)(?: pada| sekitar)? ?:?"
    r"|\b(?:sampai(?: dengan)?|hingga|until|tekan|dumugi|dugi(?: ka)?)|\bs/d|\bs\.d\.?) ?$"
)
"""What makes the hour after it an end, and no beginning."""
_ITS_OWN = re.compile(r"\b(?:acara|siaran langsung|mulai|waktu|talkshow) ?:? ?(?:pukul|jam)? ?$")


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes since midnight, as the clock of ``zone`` shows them; no ``end``: the text names none.

    ``cued`` says that the text calls it an hour (``pukul``), ``part`` that it names the time of day (``malam``).
    """

    start: int
    end: int | None = None
    zone: str | None = None
    cued: bool = False
    part: str | None = None


def read_hours(text: str) -> tuple[list[Found[Hours]], list[Doubt]]:
    """Every hour and range of hours in *text*, in order, and what cannot be one although it is called so."""
    doubts: list[Doubt] = []
    found: list[Found[Hours]] = []
    broken = -1
    for match, clock in _clocks(text):
        if clock is None:
            doubts.append(_doubt(match, Message("“{text}” is no time of day.", {"text": match[0].strip()})))
            broken = match.end()
        elif (
            clock.value.cued and clock.value.part is None and _is_ambiguous(match) and not _TO.match(text, match.end())
        ):
            doubts.append(_doubt(match, Message("“{text}” may be morning or afternoon.", {"text": match[0].strip()})))
        elif found and _is_end(text, found[-1], clock):
            found[-1], backwards = _range(found[-1], clock)
            doubts.extend(backwards)
        elif broken >= 0 and _TO.fullmatch(text, broken, clock.start):
            broken = -1  # the end of what has no beginning
        elif clock.value.cued or _stands_alone(text, clock):
            found.append(clock)
    return found, doubts


def _doubt(match: re.Match[str], message: Message) -> Doubt:
    return Doubt("time", message, match.span())


def _clocks(text: str) -> Iterator[tuple[re.Match[str], Found[Hours] | None]]:
    """Everything that looks like an hour, and the hour; ``None`` for one that no clock shows."""
    for match in _CLOCK.finditer(text):
        cued = match["cue"] is not None
        if not cued and (match["word"] or match["half"] or not _can_be_hour(text, match)):
            continue
        part = _part(text, match)
        minutes = _minutes(match, part or "")
        stated = match["zone"] or match["region"]
        zone = zone_named(stated) if stated else None
        if minutes is not None:
            yield match, Found(Hours(minutes, None, zone, cued, part), match.start(), match.end())
        elif cued or zone or (match["minute"] and _AFTER_DAY.search(text[max(0, match.start() - 12) : match.start()])):
            yield match, None


def _part(text: str, match: re.Match[str]) -> str | None:
    """The part of the day behind the hour, or right before it: ``nanti malam pukul 7``."""
    said = match["part"]
    if (
        said is None
        and match["cue"]
        and (ahead := _PART_BEFORE.search(text[max(0, match.start() - 16) : match.start()]))
    ):
        said = ahead[1]
    return said.lower().replace(".", "") if said else None


def zone_named(words: str) -> str:
    """``wib`` and ``Waktu Indonesia bagian Barat`` are ``WIB``."""
    last = words.lower().rpartition(" ")[2]
    return _ZONES.get(last, last.upper())


def _can_be_hour(text: str, match: re.Match[str]) -> bool:
    return not (
        _NO_HOUR_AFTER.match(text, match.end())
        or _NO_HOUR_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    )


def _minutes(match: re.Match[str], part: str) -> int | None:
    """Minutes since midnight, or ``None`` when no clock shows that."""
    hour = int(match["hour"]) if match["hour"] else _NUMBER[match["word"].lower()]
    minute = int(match["minute"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    total = _hour_of_day(hour, part) * 60 + minute
    if match["half"]:
        total -= 30
    if match["shift"]:
        by = _PAST.get(match["by"].lower()) or int(match["by"])
        total += -by if match["shift"].lower() == "kurang" else by
    return total


def _hour_of_day(hour: int, part: str) -> int:
    """*hour* of a part of the day on a clock of 24 hours: 7 ``malam`` is 19, 1 ``siang`` 13, 12 ``malam`` 24."""
    if part == "am" and hour == 12:
        return 0
    return hour + 12 if hour in _AFTERNOON.get(part, ()) else hour


def _is_ambiguous(match: re.Match[str]) -> bool:
    """``jam 4`` alone: nobody says whether it is dawn or tea-time."""
    small = (match["hour"] or match["word"] or "").lower() in (*"123456789", *_NUMBERS[:9])
    return small and not match["minute"]


def _has_minutes(text: str, clock: Found[Hours]) -> bool:
    return re.search(r"\d[.:]\d\d", text[clock.start : clock.end]) is not None


def _stands_alone(text: str, clock: Found[Hours]) -> bool:
    """Whether minutes, a part of the day or a zone make an hour of it, and it does not end what was no beginning."""
    of_day = clock.value.part is not None or _has_minutes(text, clock)
    zoned = clock.value.zone is not None and clock.value.start >= 10 * 60  # a smaller one may be morning or afternoon
    return (of_day or zoned) and not _ENDS_A_RANGE.search(text[max(0, clock.start - 14) : clock.start])


def _is_end(text: str, first: Found[Hours], clock: Found[Hours]) -> bool:
    between = text[first.end : clock.start]
    if first.value.end is not None or not _TO.fullmatch(between):
        return False
    return first.value.cued or _has_minutes(text, clock) or clock.value.part is not None


def _range(first: Found[Hours], last: Found[Hours]) -> tuple[Found[Hours], list[Doubt]]:
    """Two hours with a dash between them. A part of the day after the second also tells which the first is.

    An end that would be more than half a day away is a slip, and none at all.
    """
    start, end, part = first.value.start, last.value.start, first.value.part or last.value.part
    if first.value.part is None and part and start < 12 * 60:
        moved = _hour_of_day(start // 60, part) * 60 + start % 60
        start = moved if moved < end else start
    hours = replace(first.value, start=start, end=end, zone=first.value.zone or last.value.zone, part=part)
    if end <= start and end + MIDNIGHT - start > MIDNIGHT // 2:
        backwards = Doubt("end", Message("It ends before it begins, so the end is left out."))
        return Found(replace(hours, end=None), first.start, last.end), [backwards]
    return Found(hours, first.start, last.end), []


def is_end(text: str, hours: Found[Hours]) -> bool:
    """Whether the words before say that this is when it ends: ``selepas Asar sampai pukul 17.00``."""
    return _IS_END.search(before(text, hours.start, 48)) is not None


def is_of_something_else(text: str, hours: Found[Hours]) -> bool:
    """Whether the words before say that these are office hours, a deadline, a repeat, and not when it begins."""
    if is_end(text, hours):
        return True
    context = before(text, hours.start, 48).rpartition("menjadi")[2]
    return _NOT_ITS_OWN.search(context) is not None and not _ITS_OWN.search(context)
