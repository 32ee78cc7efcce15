"""The program that a talk is part of: of all names in a text the one that the most evidence calls a program.

A name is labelled (``Acara: …``), or its writing sets it apart (quotes, ``#``, capitals) and the words around it tell:
``program``, ``dengarkan`` or ``di`` before it, ``edisi``, ``bersama`` or a station behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kentongan.intake import clues
from kentongan.intake.clues import CALL, MORE
from kentongan.intake.found import Found
from kentongan.intake.names import is_given_name, read_name
from kentongan.intake.roles import is_organisation, is_place, is_role
from kentongan.intake.words import MONTH, WEEKDAY, vocabulary

ENOUGH = 3
"""How much evidence makes a name a program's."""
_TOP = 160
"""The heading of a poster stands among so many first characters."""

_LABEL = re.compile(
    r"(?:^|[\n.!•] ?)(?:[a-h\d]{1,2}[.)] )?[•\- ]{0,3}(?:nama |mata |judul )?(?:program|acara|segmen)"
    r"(?: (?:acara|siaran|radio)){0,2} ?[:=][ \n]?\"?(?P<name>[^\n\"(]{2,60})",
    re.IGNORECASE,
)
_WORD = rf"(?:[A-Z&][\w'&-]{{0,30}}|\d{{1,2}}(?= (?!{MONTH}|FM\b)[A-Z])|dan(?= [A-Z])|to(?= [A-Z]))"
_CANDIDATE = re.compile(
    r"\"(?P<quoted>[^\"\n]{3,60}?)\"|(?<!\w)'(?P<single>[^'\n]{3,60}?)'(?!\w)|#(?P<tag>[A-Z]\w{2,40})"
    rf"|(?<![\w.@/#'-])(?P<bare>[A-Z][\w'&-]{{1,30}}(?: {_WORD}){{0,5}})"
)
_INSIDE = re.compile(
    rf"(?:.* )?(?:program|acara|talk ?show|segmen|rubrik|siaran|gelar wicara)(?: {MORE}(?= \S+ \S))* (?=\S)"
    rf"|(?:.* )?(?:dialog|podcast|serial)(?: {MORE}(?= \S+ \S))* (?=\S+ \S)",
    re.IGNORECASE,
)
"""A kind among the capitals: what follows it is the name. ``Dialog Pagi`` has no other."""
_CALLED_FOR = re.compile(rf"{CALL} ", re.IGNORECASE)
_DIAL = re.compile(r" ?(?:fm|am)\b| ?\(?\d{2,3}[.,]\d", re.IGNORECASE)
"""What stands behind a station's name."""
_BEGINS = re.compile(r"[.!?\n•] ?\Z")
"""Before the first word of a sentence, which is a name only where capitals or other words tell."""
_MISSPELT = re.compile(r"\b(?:dialog|talk ?show|bincang|obrolan) (?!bersama|dengan|bareng|di\b)\w+ \Z", re.IGNORECASE)
"""``dialog intraktif "Mitra Petani"``."""
_END = re.compile(
    rf"(?<=\S) (?:di|pada|edisi|bersama|dengan|dari|yang|setiap|untuk|mulai|kembali|hadir|live|episode|bertema|tema|eps"
    rf"|radio|rri|rspd|lppl|fm|hari|spesial ramadan|{WEEKDAY}(?=,? ?\(?\d|,)|on)\b.*| [-|•] .*|[,;.] .*|[.!?]+$",
    re.IGNORECASE,
)
_WITH_DATE = re.compile(r"(?<=\w) (?:\d{1,2} [A-Za-z]{3,9}(?: \d{4})?|(?:19|20)\d\d)$")
_WITH_WEEKDAY = re.compile(rf"^(\S+ \S.*) {WEEKDAY}$", re.IGNORECASE)
"""The day on which it is heard, written right behind its name; a name of two words may end in one: ``Pasar Rebo``."""
_IS_DAY = re.compile(rf"(?:{WEEKDAY}[ ,]{{0,2}})?(?:\d{{1,2}}(?:[-./]\d| {MONTH}).*)?", re.IGNORECASE)
"""What a label ``Acara:`` may have for a day: ``Sabtu 3-10-2026``."""
_SLOGAN = re.compile(r"(?:gratis|free|terbuka|untuk umum)\b", re.IGNORECASE)
_SMALL = re.compile(
    r"\b(?:program|acara|segmen|rubrik|talkshow) (?P<name>[a-z]{3,20}(?: [a-z&]{1,20}){0,3}?)"
    r"(?=,|\.| (?:di|radio|rri|fm|bersama|bareng|pukul|pkl|jam|hari|edisi|pada|\d))"
)
"""Where nothing is written large, only ``program`` tells."""

_NO_PROGRAM = vocabulary("no-programs")
_NO_NAMES = vocabulary("no-names")
_NO_BARE = vocabulary("no-bare-programs")
_USUAL = vocabulary("programs")


def read_program(text: str) -> Found[str] | None:
    """The program's name: labelled, or that for which there is the most evidence, the first of equals."""
    for match in _LABEL.finditer(text):
        if (name := _trimmed(match["name"])) and not _IS_DAY.fullmatch(name):
            return _found(match, "name", name)
    worth, found = max(_candidates(text), key=lambda one: one[0], default=(0, None))
    return found if worth >= ENOUGH else _written_small(text)


def _candidates(text: str) -> Iterator[tuple[int, Found[str]]]:
    """Every name that may be a program's, with its evidence."""
    for match in _CANDIDATE.finditer(text):
        group = match.lastgroup or ""
        if group != "bare":
            yield _set_apart(text, match), _found(match, group, match[group].strip())
        elif name := _trimmed(match[group]):
            kind = _INSIDE.match(name)
            lead = kind or _CALLED_FOR.match(name)
            found = _found(match, group, name[lead.end() :] if lead else name)
            yield _plain(text, found, least=3 if kind else 2 if lead else 0), found


def _set_apart(text: str, match: re.Match[str]) -> int:
    """The evidence for a name that quotes or ``#`` set apart."""
    if _SLOGAN.match(match[0].strip("\"'# ")):
        return 0
    ahead, behind = clues.ahead(text, match.start()), clues.behind(text, match.end())
    ahead = ahead or 2 * (_MISSPELT.search(text[max(0, match.start() - 48) : match.start()]) is not None)
    own = ahead >= ENOUGH or _is_own(match[0].strip("\"'# "))
    look = 1 + _is_usual(match[0].strip("\"'# "))
    return own * (ahead + behind + look) if ahead >= 0 else 0


def _plain(text: str, found: Found[str], least: int) -> int:
    """The evidence for a name that only capitals tell; *least* is what the capitals before it tell already."""
    loud = _is_loud(text, found)
    if not _may_be_program(text, found, loud=loud, called=least >= ENOUGH):
        return 0
    ahead = max(least, clues.ahead(text, found.start) if clues.is_cued(text, found.start) else 0)
    worth = ahead + clues.behind(text, found.end) + loud + _is_usual(found.value) + _is_heading(text, found)
    if worth < ENOUGH or (ahead < ENOUGH and not loud and (" " not in found.value or _is_other(found.value))):
        return 0
    return worth if loud or not _is_titled(text, found) else 0


def _may_be_program(text: str, found: Found[str], *, loud: bool, called: bool) -> bool:
    """Whether it pays to look for evidence: most capitals are a station's, a sentence's or a date's."""
    if not (_is_own(found.value) or (loud and _is_office(found.value))) or _DIAL.match(text, found.end):
        return False
    alone = " " not in found.value and not (loud or called)
    return not (alone and _BEGINS.search(text, max(0, found.start - 2), found.start))


def _is_loud(text: str, found: Found[str]) -> bool:
    """All capitals, and the rest of its line is not."""
    if not found.value.isupper() or len(found.value) < 4:
        return False
    line = (
        text[max(0, found.start - 60) : found.start].rpartition("\n")[2]
        + text[found.end : found.end + 60].partition("\n")[0]
    )
    return any(char.islower() for char in line)


def _written_small(text: str) -> Found[str] | None:
    for match in _SMALL.finditer(text):
        if _is_own(match["name"]):
            return _found(match, "name", match["name"])
    return None


def _trimmed(name: str) -> str:
    """*name* without what is said of it: the station, the date, whom it is with."""
    name = _END.sub("", name.strip(" .:-•")).strip(" .:-•")
    return _WITH_WEEKDAY.sub(r"\1", _WITH_DATE.sub("", name))


def _found(match: re.Match[str], group: str, name: str) -> Found[str]:
    start = match.start(group) + match[group].index(name)
    return Found(name, start, start + len(name))


def _is_office(name: str) -> bool:
    """``KOPERASI MENJAWAB`` begins like an office, and capitals set it apart as a name."""
    return name.lower().startswith("koperasi ")


def _is_usual(name: str) -> bool:
    return " " in name and re.split(r"[ -]", name, maxsplit=1)[0].lower() in _USUAL


def _is_heading(text: str, found: Found[str]) -> bool:
    """A line of its own at the top of a poster."""
    first = text[max(0, found.start - 3) : found.start].rstrip(" •-")[-1:] in ("", "\n")
    return found.start < _TOP and first and text[found.end : found.end + 4].lstrip(" •")[:1] in ("", "\n")


def _is_titled(text: str, found: Found[str]) -> bool:
    """Whether *found* is somebody: ``siaran K.H. Ahmad Dahlan``."""
    person = read_name(text, found.start)
    return person is not None and person.prefix is not None


def _is_other(name: str) -> bool:
    """``Budi Santoso di Radio X``, ``Ketua KSP di Radio X``; or a town, or an office, or a word of a sentence."""
    first = name.split(maxsplit=1)[0]
    person = read_name(name)
    known = (
        is_given_name(first) or is_role(first) or is_organisation(first) or is_place(name) or first.lower() in _NO_BARE
    )
    return known or (person is not None and person.is_sure) or (name.lower() in _NO_NAMES)


@lru_cache(maxsize=4096)
def _is_own(name: str) -> bool:
    """Whether *name* is one, and not the next word of the sentence."""
    known = name.split(maxsplit=1)[0].lower() in _NO_PROGRAM or name.lower() in _NO_NAMES or is_place(name)
    return not known and not re.fullmatch(
        rf"{WEEKDAY}(?: (?:{MONTH}|pahing|pon|wage|kliwon|legi))?.{{0,2}}"
        r"|(?:hari|pagi|siang|sore|malam|pekan|minggu|bulan) ini|\d.*",
        name,
        re.IGNORECASE,
    )
