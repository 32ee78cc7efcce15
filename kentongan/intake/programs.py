"""The program that a talk is part of."""

from __future__ import annotations

import re

from kentongan.intake.found import Found
from kentongan.intake.names import read_name
from kentongan.intake.words import WEEKDAY, vocabulary

_KIND = (
    r"(?:program(?: acara| radio| siaran)?|acara(?: radio)?|talk ?show|talkshow radio|siaran|segmen"
    r"|rubrik|bincang|dialog interaktif|obrolan"
    r"|sapaan|serial|podcast)"
)
_QUOTED = re.compile(
    rf"\b{_KIND}(?: (?:bertajuk|bernama|unggulan|radio|interaktif|kesayangan|kita|spesial"
    rf"|mingguan))?,? ?(?:[\"'] ?)(?P<name>[^\"\n]{{2,60}}?) ?(?:\"|'(?!\w))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|\n|[.!•] ?)[•\- ]{0,3}(?:nama )?(?:program|acara|program acara|segmen|mata acara|nama acara)(?: siaran"
    r"| radio)? ?[:=][ \n]?\"?(?P<name>[^\n\"(]{2,60})",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?:(?i:{_KIND})) (?P<name>[A-Z0-9][\w'&]{{0,30}}(?: (?:[A-Z0-9&][\w'&]{{0,30}}|di(?= [A-Z])"
    rf"|dan(?= [A-Z]))){{0,4}})"
)
_EDITION = re.compile(
    r"(?:^|\n|\b(?:di|dalam|dengarkan|simak|ikuti|tonton|saksikan|bersama) )\"(?P<name>[^\"\n]{3,40})\"(?: edisi"
    r"| kembali| hadir| di radio| on air| episode)",
    re.IGNORECASE,
)
_END = re.compile(
    rf" (?:di|pada|edisi|bersama|dengan|dari|yang|setiap|untuk|mulai|kembali|hadir|live|episode|bertema|tema|eps"
    rf"|radio|rri|hari|"
    rf"spesial ramadan|ramadan|{WEEKDAY}(?=,? ?\(?\d|,)|on)\b.*| [-|•] .*|[,;.] .*|[.!?]+$",
    re.IGNORECASE,
)
_WITH_DATE = re.compile(r"(?<=\w) (?:\d{1,2} [A-Za-z]{3,9}(?: \d{4})?|(?:19|20)\d\d)$")
_WITH_WEEKDAY = re.compile(rf"^(\S+ \S.*) {WEEKDAY}$", re.IGNORECASE)
"""The day on which it is heard, written right behind its name; a name of two words may end in one: ``Pasar Rebo``."""

_NO_PROGRAM = vocabulary("no-programs")


def read_program(text: str) -> Found[str] | None:
    """The program's name: labelled, quoted after ``program``, or capitalised after it."""
    for pattern in (_LABEL, _QUOTED, _EDITION, _NAMED):
        for match in pattern.finditer(text):
            name = match["name"].strip(" .:-•")
            name = name if pattern is _QUOTED else _END.sub("", name).strip(" .:-•")
            name = name if pattern is _QUOTED else _WITH_WEEKDAY.sub(r"\1", _WITH_DATE.sub("", name))
            if name and (pattern is not _NAMED or (_is_own(name) and not _is_person(text, match.start("name")))):
                start = match.start("name") + match["name"].index(name)
                return Found(name, start, start + len(name))
    return None


def _is_person(text: str, place: int) -> bool:
    """``siaran K.H. Ahmad Dahlan``: what begins with a title is somebody."""
    name = read_name(text, place)
    return name is not None and name.prefix is not None


def _is_own(name: str) -> bool:
    """Whether *name* is one, and not the next word of the sentence."""
    return name.split(maxsplit=1)[0].lower() not in _NO_PROGRAM and not re.fullmatch(
        rf"{WEEKDAY}.{{0,2}}|\d.*", name, re.IGNORECASE
    )
