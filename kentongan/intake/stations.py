"""Stations and their place on the dial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from kentongan.intake.found import Doubt, Found
from kentongan.intake.roles import is_organisation, is_place
from kentongan.intake.words import MONTH, WEEKDAY, vocabulary
from kentongan.language import Message

FM_BAND = (76.0, 108.9)
"""MHz; anything else that calls itself FM was mistyped."""

_FREQUENCY = re.compile(
    r"(?:\b(?:frekuensi|gelombang|kanal)\b(?: radio)?(?: fm)?[ :]{0,3}|\bfm[ :]{0,2}\(?|(?<![\w.,/:-]))"
    rf"(?P<number>\d{{2,3}}(?:[.,]\d{{1,2}})?)(?! ?[/:]|[.,]?\d| {MONTH})"
    r" ?(?P<unit>mhz fm|mhz|fm\b|khz|am\b|(?=radio\b)"
    r"|(?=(?-i:[A-Z])\w{1,20}(?: \w{1,20}){0,2} fm\b))?",
    re.IGNORECASE,
)
_DIAL = re.compile(
    r"\b(?i:di|lewat|melalui|via|dari|ing|at|on) (?P<name>[A-Z][A-Za-z'-]{2,20}(?: [A-Z][A-Za-z'-]{1,20}){0,2})"
    r",? ?\(?(?P<number>\d{2,3}[.,]\d{1,2})\)?(?=\s*$|[.!,;\n•-]| -|\)"
    rf"| (?i:pukul|pkl|jam|hari|mulai|bersama|dengan|pada|tanggal|setiap|{WEEKDAY}))"
)
"""A name and its place on the dial, and nothing that says radio: ``di Trijaya 97.0``."""
_LABEL = re.compile(
    r"(?i:(?:^|\n|[.•] ?)[•\- ]{0,3}(?:stasiun(?: radio)?|radio)(?: penyiar| siaran)? ?[:=] ?)"
    r"(?P<name>[A-Z][A-Za-z'-]{1,20}(?: [A-Z][A-Za-z'-]{1,20}){0,4})"
)
_WORD = r"[^\W_][\w'.-]{0,30}"
_RADIO = re.compile(rf"\b(?:pro \d rri|radio|rri|lppl|suara)\b(?=(?P<tail>(?: {_WORD}){{0,6}}))", re.IGNORECASE)
_DAY = re.compile(rf" (?:\d{{1,2}}(?:[/.-]\d| {MONTH})|{MONTH} \d)", re.IGNORECASE)
"""A day behind a station is no part of its name: ``Radio Kita 3 Desember``."""
_FM = re.compile(r"\b(?:fm|am)\b", re.IGNORECASE)
_BEHIND_DIAL = re.compile(r"\b(?:FM|Fm) \(?\d{2,3}[.,]\d{1,2}\)? (?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})")
"""``FM 92.3 Suka``."""
_CALL_SIGN = re.compile(r"(?P<name>(?<![\w.])[A-Z][\w'-]{1,20} Radio)(?= (?:FM\b|\(?\d{2,3}[.,]\d))")
"""``Pinguin Radio 100.4 FM``: the name may stand first."""
_ON_DIAL = re.compile(r",? ?[(-]? ?\d{2,4}(?:[.,]\d{1,2})? ?(?:mhz|khz|fm|am)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{2,3}(?:[.,]\d{1,2})?$")
_IS_NUMBER = re.compile(r"\(?\d{2,3}(?:[.,]\d{1,2})?,?|-|mhz|fm|\(", re.IGNORECASE)
_REACH = 120
"""A station and its number take no more characters than that."""
_ENDS = frozenset(("fm", "am"))
_STOPS = vocabulary("no-stations")
_OURS = frozenset(("Kita", "Kami"))
"""Written like that they are names: ``Radio Kita``."""


def read_frequencies(text: str, stations: Iterable[Found[str]] = ()) -> tuple[list[Found[float]], list[Doubt]]:
    """Every frequency in *text*, in MHz, and numbers that are called one but lie outside the band.

    A number right behind one of *stations* needs no ``FM``: no clock shows what lies in the band.
    """
    found, doubts = [], []
    ends = {station.end for station in stations}
    for match in _FREQUENCY.finditer(text):
        unit = (match["unit"] or "").lower()
        if match["unit"] is None and match[0][0].isdigit():
            if _is_on_dial(text, match, ends):
                found.append(Found(_mhz(match["number"]), *match.span("number")))
            continue
        number = _mhz(match["number"])
        start, end = match.start("number"), match.end()
        if unit in ("khz", "am"):
            if 500 <= number < 1800:
                found.append(Found(number / 1000, start, end))
        elif _is_in_band(number):
            found.append(Found(number, start, end))
        elif unit or not match[0][0].isdigit():
            doubts.append(
                Doubt("frequency", Message("{number} MHz is outside the FM band.", {"number": match["number"]}))
            )
    return found, doubts


def _mhz(number: str) -> float:
    return float(number.replace(",", "."))


def _is_in_band(mhz: float) -> bool:
    return FM_BAND[0] <= mhz <= FM_BAND[1]


def _is_on_dial(text: str, match: re.Match[str], ends: Set[int]) -> bool:
    """Whether a bare number stands right behind a station, with its decimal."""
    head = max(0, match.start() - 3)
    place = head + len(text[head : match.start()].rstrip(" (,-:"))
    return place in ends and _is_in_band(_mhz(match["number"])) and not match["number"].isdigit()


def read_stations(text: str) -> list[Found[str]]:
    """Every station that *text* names by ``Radio …``, ``… FM`` or ``RRI …``, in order."""
    found = [one for match in _RADIO.finditer(text) if (one := _forward(match))]
    for match in _FM.finditer(text):
        one = _backward(text, match)
        if one and not any(other.start <= one.start < other.end for other in found[-1:]):
            found.append(one)
    taken = {one.end for one in found}
    found += (
        _with_fm(text, match) for match in _CALL_SIGN.finditer(text) if match["name"].split()[0].lower() not in _STOPS
    )
    found += (
        Found(match["name"], *match.span("name"))
        for match in _BEHIND_DIAL.finditer(text)
        if match.start() + 2 not in taken and _may_be_station(match["name"])
    )
    found += (Found(match["name"], *match.span("name")) for match in _bare(text) if _may_be_station(match["name"]))
    return sorted(_apart(found), key=lambda one: one.start)


def _with_fm(text: str, match: re.Match[str]) -> Found[str]:
    """The name and the ``FM`` right behind it."""
    end = match.end("name") + 3 * text.startswith(" FM", match.end("name"))
    return Found(text[match.start("name") : end], match.start("name"), end)


def _bare(text: str) -> Iterator[re.Match[str]]:
    """Names that a label or a place on the dial makes stations."""
    yield from _LABEL.finditer(text)
    yield from (match for match in _DIAL.finditer(text) if _is_in_band(_mhz(match["number"])))


def _may_be_station(name: str) -> bool:
    words = [word for word in name.split() if word.lower() not in _ENDS]
    return not is_place(name) and not any(is_organisation(word) or word.lower() in _STOPS for word in words)


def _apart(found: list[Found[str]]) -> Iterator[Found[str]]:
    """Of two readings of the same place the longer one."""
    last: Found[str] | None = None
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if last is None or one.start >= last.end:
            last = one
            yield one


def _forward(match: re.Match[str]) -> Found[str] | None:
    """From ``Radio`` on: as many words as can be of a name, up to ``FM``."""
    day = _DAY.search(match.string, match.end(), match.end("tail") + 12)
    said = match.string[match.start() : min(match.end("tail"), day.start() if day else len(match.string))]
    words = list(re.finditer(r"\S+", said))
    kept = [words[0]]
    small = not any(word[0][0].isupper() for word in words[1:2])
    for word in words[1:]:
        plain = word[0].rstrip(".,'-")
        if plain.lower() in _ENDS:
            kept.append(word)
            break
        if (
            not _names(plain, small=small, many=len(kept) > 3)
            and not (plain.lower() == "radio" and kept[-1][0].lower() == "lppl")
        ) or (_NUMBER.match(plain) and "." in plain):
            break
        kept.append(word)
        if plain != word[0]:
            break
    last = kept[-1]
    end = match.start() + last.start() + len(last[0].rstrip(".,'-"))
    if (
        len(kept) == 1
        or (len(kept) == 2 and last[0].lower() in _ENDS)
        or not _is_station(kept, small, dial=_ON_DIAL.match(match.string, end) is not None)
    ):
        return None
    return Found(said[: end - match.start()], match.start(), end)


def _is_station(kept: list[re.Match[str]], small: bool, *, dial: bool) -> bool:
    """``radio trijaya`` written small counts only where ``fm`` or its place on the *dial* closes it.

    ``Suara`` needs that always.
    """
    closed = dial or kept[-1][0].lower().rstrip(".,") in _ENDS
    lead = kept[0][0].lower()
    if lead == "suara":
        return closed
    return closed or lead in ("rri", "pro") or not small


def _names(word: str, *, small: bool, many: bool) -> bool:
    if not word or (word.lower() in _STOPS and word not in _OURS) or (many and not word[0].isupper()):
        return False
    if word.isdigit():
        return len(word) == 1
    return small or any(char.isupper() for char in word)


def _backward(text: str, match: re.Match[str]) -> Found[str] | None:
    """From ``FM`` back: the capitalised words before it, past the number, or one word where all is written small."""
    head = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _REACH)
    words = list(re.finditer(r"\S+", text[head : match.start()]))[-6:]
    while words and _IS_NUMBER.fullmatch(words[-1][0]):
        words.pop()
    kept: list[re.Match[str]] = []
    for word in reversed(words[-4:]):
        plain = word[0].rstrip(".,")
        if plain != word[0] or not _names_before(plain, first=not kept):
            break
        kept.insert(0, word)
    lead = [place for place, word in enumerate(kept) if word[0].lower() in ("rri", "radio")]
    kept = kept[lead[-1] :] if lead else kept
    if not kept or kept[0][0][0].isdigit():
        return None
    start, named = head + kept[0].start(), head + kept[-1].end()
    end = match.end() if text[named : match.start()] == " " else named
    return Found(text[start:end], start, end)


def _names_before(word: str, *, first: bool) -> bool:
    known = (word in _OURS or word.lower() not in _STOPS) and word.lower() not in ("stasiun", "fm", "am")
    return known and word[-1].isalnum() and (first or word[0].isupper()) and word[0].isalnum()
