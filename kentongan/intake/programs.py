"""The program that a talk is part of: of all names in a text the one that the most evidence calls a program.

A name is labelled (``Acara: …``), or its writing sets it apart (quotes, ``#``, capitals) and the words around it tell:
``program``, ``dengarkan`` or ``di`` before it, ``edisi``, ``bersama`` or a station behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kentongan.intake.found import Found
from kentongan.intake.names import is_given_name, read_name
from kentongan.intake.roles import is_organisation, is_place, is_role
from kentongan.intake.words import MONTH, WEEKDAY, vocabulary

ENOUGH = 3
"""How much evidence makes a name a program's."""
_TOP = 160
"""The heading of a poster stands among so many first characters."""

_KIND = (
    r"(?:(?:program(?: acara| radio| siaran)?|(?:mata )?acara(?: radio)?|acr|talk ?show|segmen|rubrik|(?:weekly |radio )?show|bincang-bincang"
    r"|bincang|dialog(?: interaktif)?|obrolan|sapaan|serial|podcast|siaran(?: radio| langsung)?|gelar wicara)(?:-?nya|ne|-?na)?)"
)
_MORE = (
    r"(?:radio|interaktif|langsung|unggulan|kesayangan|andalan|favorit|kita|kami|spesial|khusus|perdana|baru|rutin"
    r"|mingguan|harian|live|santai|ringan|bincang|dialog|talk ?show|obrolan|on air)"
)
_CALLED = r"(?:,? (?:yang )?(?:bernama|bertajuk|berjudul|bertitel|dengan nama|yaitu|yakni))?"
_LABEL = re.compile(
    r"(?:^|[\n.!•] ?)(?:[a-h\d]{1,2}[.)] )?[•\- ]{0,3}(?:nama |mata |judul )?(?:program|acara|segmen)(?: (?:acara|siaran"
    r"|radio))?(?: (?:acara|siaran|radio))? ?[:=][ \n]?\"?(?P<name>[^\n\"(]{2,60})",
    re.IGNORECASE,
)
_WORD = rf"(?:[A-Z&][\w'&-]{{0,30}}|\d{{1,2}}(?= (?!{MONTH}|FM\b)[A-Z])|dan(?= [A-Z])|to(?= [A-Z]))"
_CANDIDATE = re.compile(
    r"\"(?P<quoted>[^\"\n]{3,60}?)\"|(?<!\w)'(?P<single>[^'\n]{3,60}?)'(?!\w)|#(?P<tag>[A-Z]\w{2,40})"
    rf"|(?<![\w.@/#'-])(?P<bare>[A-Z][\w'&-]{{1,30}}(?: {_WORD}){{0,5}})"
)
_INSIDE = re.compile(
    rf"(?:.* )?(?:program|acara|talk ?show|segmen|rubrik|siaran|gelar wicara)(?: {_MORE}(?= \S+ \S))* (?=\S)"
    rf"|(?:.* )?(?:dialog|podcast|serial)(?: {_MORE}(?= \S+ \S))* (?=\S+ \S)",
    re.IGNORECASE,
)
"""A kind among the capitals: what follows it is the name. ``Dialog Pagi`` has no other."""
_STATION = r"(?:(?:radio|rri|rspd|lppl|suara|pro)\b|\d{2,3}[.,]\d|(?-i:[A-Z])\w+(?: \w+){0,2} (?:fm\b|\d{2,3}[.,]\d))"
_ON_STATION = r"(?:\bfm|\b(?:radio|rri) [^\n-]{3,30})"
_CALL = (
    r"(?:dengar(?:kan)?|dengerin|simak(?:lah)?|ikuti(?:lah)?|saksikan|nantikan|nikmati|jangan (?:lewatkan|lupa)"
    r"|pantengin|tongkrongin|mempersembahkan|menyajikan|menyiarkan|menggelar|kembali (?:di|bersama)|hadir (?:di|lewat)|tune in to|listen to)"
)
_MEET = r"(?:ngobrol|ngopi|(?:ber)?bincang|hadir|kumpul|jumpa|ketemu|bertemu|kembali|temani|sapa|tampil|mampir|gabung|diskusi|dialog)"
_CALLED_FOR = re.compile(rf"{_CALL} ", re.IGNORECASE)
_BEFORE = (
    (3, re.compile(rf"\b{_KIND}(?: {_MORE}){{0,2}}{_CALLED},?[ :]{{1,2}}\Z", re.IGNORECASE)),
    (
        2,
        re.compile(
            r"\b(?:episode|edisi|eps\.?)(?: spesial)?(?: ?(?:ke-? ?)?\d+)? \Z|\b(?:acara|program)(?: [a-z-]+){1,3}, \Z"
        ),
    ),
    (2, re.compile(rf"(?:\A|\n){_STATION}[^\n]{{0,40}}\n\Z", re.IGNORECASE)),
    (
        2,
        re.compile(
            rf"\b{_CALL} \Z|\b{_MEET}(?: \w+){{0,2}} (?:di|dalam|lewat|melalui|ke) \Z|{_ON_STATION} - \Z", re.IGNORECASE
        ),
    ),
    (1, re.compile(r"(?:\A|[\n.!?•:|] ?|\n- |\b(?:di|dalam|on|pada|lewat|melalui|buat|kali ini) )\Z", re.IGNORECASE)),
)
_DIAL = re.compile(r" ?(?:fm|am)\b| ?\(?\d{2,3}[.,]\d", re.IGNORECASE)
"""What stands behind a station's name."""
_BEHIND = (
    (
        2,
        re.compile(
            r",? \(?(?:edisi|episode|eps\b|eps?\.|kali ini|kembali|balik|hadir|mengudara|tayang|menyapa|on air)",
            re.IGNORECASE,
        ),
    ),
    (2, re.compile(rf",? ?(?:(?:\w{{2,5}}|@|-|[|•]|\(|\n) ?)?{_STATION}", re.IGNORECASE)),
    (2, re.compile(r",? (?:bersama|bareng|sareng|with)\b|\n(?:w/|bersama|bareng) ", re.IGNORECASE)),
    (2, re.compile(r" (?:akan )?(?:menghadirkan|kedatangan|mengundang|mengajak|membahas|mengupas|membedah)\b")),
    (2, re.compile(r", (?:acara|program|dialog|talk ?show|obrolan|bincang)\b")),
    (2, re.compile(r" \([A-Z][a-z]+(?: [\w-]+){1,6}\)(?=\s|\Z)")),
    (2, re.compile(rf",? \(?(?:{WEEKDAY},? \(?\d|(?:\w{{3,9}},? )?\d{{1,2}} {MONTH})", re.IGNORECASE)),
    (1, re.compile(rf"[, (|-]{{1,3}}(?:hari (?:ini )?)?{WEEKDAY}", re.IGNORECASE)),
)
_SUBJECT = re.compile(
    r"\b(?:tema|topik|judul(?! ?(?:program|acara))|materi|webinar|seminar|kajian|pelatihan|workshop|lomba|membahas|tentang|soal|mengupas|tajuk|(?<!program )(?<!acara )bertajuk)\b[ :\w]{0,12}\Z",
    re.IGNORECASE,
)
"""What stands before a topic."""
_MISSPELT = re.compile(r"\b(?:dialog|talk ?show|bincang|obrolan) (?!bersama|dengan|bareng|di\b)\w+ \Z", re.IGNORECASE)
"""``dialog intraktif "Mitra Petani"``."""
_CUES = frozenset(
    word + suffix
    for clue in (*(clue for _, clue in _BEFORE), _SUBJECT)
    for word in re.findall(r"[a-z-]+", clue.pattern)
    for suffix in ("", "nya", "na", "ne")
)
"""What a name must stand behind, else no clue before it needs to be looked for."""
_END = re.compile(
    rf"(?<=\S) (?:di|pada|edisi|bersama|dengan|dari|yang|setiap|untuk|mulai|kembali|hadir|live|episode|bertema|tema|eps"
    rf"|radio|rri|rspd|lppl|fm|hari|spesial ramadan|{WEEKDAY}(?=,? ?\(?\d|,)|on)\b.*| [-|•] .*|[,;.] .*|[.!?]+$",
    re.IGNORECASE,
)
_WITH_DATE = re.compile(r"(?<=\w) (?:\d{1,2} [A-Za-z]{3,9}(?: \d{4})?|(?:19|20)\d\d)$")
_WITH_WEEKDAY = re.compile(rf"^(\S+ \S.*) {WEEKDAY}$", re.IGNORECASE)
"""The day on which it is heard, written right behind its name; a name of two words may end in one: ``Pasar Rebo``."""
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
        if name := _trimmed(match["name"]):
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
            kind, call = _INSIDE.match(name), _CALLED_FOR.match(name)
            found = _found(match, group, name[(kind or call).end() :] if kind or call else name)
            yield _plain(text, found, least=3 if kind else 2 if call else 0), found


def _set_apart(text: str, match: re.Match[str]) -> int:
    """The evidence for a name that quotes or ``#`` set apart."""
    ahead, behind = _ahead(text, match.start()), _behind(text, match.end())
    ahead = ahead or 2 * (_MISSPELT.search(text[max(0, match.start() - 48) : match.start()]) is not None)
    own = ahead >= ENOUGH or _is_own(match[0].strip("\"'# "))
    look = 2 if match["tag"] else 1 + _is_usual(match[0].strip("\"'# "))
    return own * (ahead + behind + look) if ahead >= 0 else 0


def _plain(text: str, found: Found[str], least: int) -> int:
    """The evidence for a name that only capitals tell; *least* is what the capitals before it tell already."""
    ahead = max(least, _ahead(text, found.start) if _is_cued(text, found.start) else 0)
    behind = _behind(text, found.end)
    if _DIAL.match(text, found.end):
        return 0
    loud = _is_loud(text, found)
    worth = ahead + behind + loud + _is_usual(found.value) + _is_heading(text, found)
    if worth < ENOUGH or not (_is_own(found.value) or (loud and _is_office(found.value))):
        return 0
    if ahead < ENOUGH and not loud and (" " not in found.value or _is_other(found.value)):
        return 0
    return worth if loud or not _is_titled(text, found) else 0


def _is_cued(text: str, place: int) -> bool:
    """Whether the word before *place* is one that a clue ends with; a sign may always be."""
    last = text[max(0, place - 20) : place].rsplit(None, 1)[-1:]
    return not (last and last[0].isalpha() and last[0].lower() not in _CUES)


def _ahead(text: str, place: int) -> int:
    """What the words before *place* tell; -9 before a topic."""
    head = text[max(0, place - 48) : place]
    if _SUBJECT.search(head):
        return -9
    return next((weight for weight, clue in _BEFORE if clue.search(head)), 0)


def _behind(text: str, place: int) -> int:
    return next((weight for weight, clue in _BEHIND if clue.match(text, place)), 0)


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
    return " " in name and is_organisation(name.split(maxsplit=1)[0])


def _is_usual(name: str) -> bool:
    return " " in name and re.split(r"[ -]", name, maxsplit=1)[0].lower() in _USUAL


def _is_heading(text: str, found: Found[str]) -> bool:
    """A line of its own at the top of a poster."""
    first = text[max(0, found.start - 3) : found.start].strip(" •-") in ("", "\n")
    return found.start < _TOP and first and text[found.end : found.end + 1] in ("", "\n", "•")


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
        rf"{WEEKDAY}(?: (?:{MONTH}|pahing|pon|wage|kliwon|legi))?.{{0,2}}|(?:hari|pagi|siang|sore|malam|pekan|minggu|bulan) ini|\d.*",
        name,
        re.IGNORECASE,
    )
