"""The program that a talk is part of."""

from __future__ import annotations

import re

from kentongan.intake.found import Found
from kentongan.intake.names import is_given_name, read_name
from kentongan.intake.roles import is_organisation, is_place, is_role
from kentongan.intake.words import WEEKDAY, vocabulary

_KIND = (
    r"(?:program(?: acara| radio| siaran)?|acara(?: radio)?|talk ?show|talkshow radio|siaran|segmen"
    r"|rubrik|bincang|dialog(?: interaktif)?|obrolan"
    r"|sapaan|serial|podcast)"
)
_QUOTED = re.compile(
    rf"\b{_KIND}(?: (?:bertajuk|bernama|unggulan|radio|interaktif|langsung|kesayangan|kita|spesial|perdana"
    rf"|mingguan))?,?[ \n]?(?:[\"'] ?)(?P<name>[^\"\n]{{2,60}}?) ?(?:\"|'(?!\w))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|\n|[.!•] ?)[•\- ]{0,3}(?:nama )?(?:program|acara|program acara|segmen|mata acara|nama acara)(?: siaran"
    r"| radio)? ?[:=][ \n]?\"?(?P<name>[^\n\"(]{2,60})",
    re.IGNORECASE,
)
_CAPITALS = r"[A-Z0-9][\w'&]{0,30}(?: (?:[A-Z0-9&][\w'&]{0,30}|di(?= [A-Z])|dan(?= [A-Z]))){0,4}"
_CALLED_PROGRAM = re.compile(rf"\b(?i:program|acara) (?P<name>{_CAPITALS})")
_WITH_KIND = re.compile(rf"(?P<name>\b(?:Bincang|Obrolan|Sapaan) {_CAPITALS})")
_NAMED = re.compile(rf"\b(?i:{_KIND}) (?P<name>{_CAPITALS})")
_EDITION = re.compile(
    r"(?:^|\n|\b(?:di|dalam|dengarkan|simak|ikuti|tonton|saksikan|bersama) )\"(?P<name>[^\"\n]{3,40})\"(?: edisi"
    r"| kembali| hadir| di radio| on air| episode)",
    re.IGNORECASE,
)
_CALL = (
    r"dengar(?:kan)?|dengerin|simak(?:lah)?|ikuti(?:lah)?|saksikan|nantikan|jangan lewatkan|pantengin"
    r"|tune in to|listen to"
)
_SENTENCE = r"(?:(?:^|\n)[•\- ]{0,3}|[.!?•] )"
_BEGINS = rf"(?:{_SENTENCE}|\b(?i:{_CALL}|di|dalam|on) )"
_OWN = rf"(?P<name>(?!(?i:{_CALL})\b)[A-Z][\w']{{1,30}}(?: [A-Z&][\w']{{0,30}}){{0,4}})"
_BESIDE = r"(?i:(?= edisi| di (?:radio\b|rri\b|[a-z]\w+ (?:fm\b|\d{2,3}[.,]\d))| bersama | bareng | sareng ))"
_NAMED_EDITION = re.compile(rf"(?:{_BEGINS}|[a-z],? ){_OWN},? (?i:edisi {WEEKDAY})")
_BARE_QUOTED = re.compile(rf"\"(?P<name>[^\"\n]{{3,40}})\",?{_BESIDE}")
_CALLED = re.compile(rf"\b(?i:{_CALL}) \"(?P<name>[^\"\n]{{3,40}})\"")
_ON_AIR_LABEL = re.compile(rf"(?i:\b(?:info |jadwal )?siaran(?: radio)?) ?: {_OWN}")
_BEFORE_DAY = re.compile(rf"{_SENTENCE}(?=\S+ \S){_OWN}(?i:, {WEEKDAY},? \(?\d)")
_BEHIND_STATION = re.compile(rf"(?i:\bfm|\b(?:radio|rri) [^\n-]{{3,30}}) - {_OWN}(?=\n|$)")
_BARE = re.compile(_BEGINS + _OWN + _BESIDE)
"""Names that nothing calls a program, but that a station, ``edisi`` or ``bersama`` stands right behind."""
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
_NAMES = (_CALLED_PROGRAM, _WITH_KIND, _NAMED)
_BARE_NAMES = (_BARE, _BEHIND_STATION, _ON_AIR_LABEL, _BEFORE_DAY)


def read_program(text: str) -> Found[str] | None:
    """The program's name: labelled, quoted after ``program``, or capitalised after it."""
    for pattern in (_LABEL, _QUOTED, _EDITION, _NAMED_EDITION, *_NAMES, _BARE_QUOTED, *_BARE_NAMES, _CALLED):
        for match in pattern.finditer(text):
            name = match["name"].strip(" .:-•")
            name = name if pattern is _QUOTED else _END.sub("", name).strip(" .:-•")
            name = name if pattern is _QUOTED else _WITH_WEEKDAY.sub(r"\1", _WITH_DATE.sub("", name))
            if name and _holds(text, match, name):
                start = match.start("name") + match["name"].index(name)
                return Found(name, start, start + len(name))
    return None


def _holds(text: str, match: re.Match[str], name: str) -> bool:
    """Whether *name* is believed, the more easily the more the text says of it."""
    if match.re not in (*_NAMES, _NAMED_EDITION, *_BARE_NAMES):
        return True
    bare = match.re not in _NAMES
    return _may_be_program(text, match.start("name"), name) and not (bare and _is_other(name))


def _may_be_program(text: str, place: int, name: str) -> bool:
    """Whether *name* is a program's own, and nobody's title: ``siaran K.H. Ahmad Dahlan``."""
    person = read_name(text, place)
    return _is_own(name) and not (person and person.prefix)


def _is_other(name: str) -> bool:
    """``Budi Santoso di Radio X``, ``Ketua KSP di Radio X``; or a town, or an office."""
    first = name.split(maxsplit=1)[0]
    person = read_name(name)
    known = is_given_name(first) or is_role(first) or is_organisation(first) or is_place(name)
    return known or (person is not None and person.is_sure)


def _is_own(name: str) -> bool:
    """Whether *name* is one, and not the next word of the sentence."""
    return name.split(maxsplit=1)[0].lower() not in _NO_PROGRAM and not re.fullmatch(
        rf"{WEEKDAY}.{{0,2}}|\d.*", name, re.IGNORECASE
    )
