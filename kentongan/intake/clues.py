"""What the words before and behind a name tell: whether it is a program's."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kentongan.intake.words import MONTH, WEEKDAY

KIND = (
    r"(?:(?:program(?: acara| radio| siaran)?|(?:mata )?acara(?: radio)?|acr|talk ?show|(?:weekly |radio )?show"
    r"|segmen|rubrik|bincang-bincang|bincang|dialog(?: interaktif)?|obrolan|sapaan|serial|podcast"
    r"|siaran(?: radio| langsung)?|gelar wicara)(?:-?nya|ne|-?na)?)"
)
MORE = (
    r"(?:radio|interaktif|langsung|unggulan|kesayangan|andalan|favorit|kita|kami|spesial|khusus|perdana|baru|rutin"
    r"|mingguan|harian|live|tetap|adalah|santai|ringan|bincang|dialog|talk ?show|obrolan|on air)"
)
CALL = (
    r"(?:dengar(?:kan)?|dengerin|simak(?:lah)?|ikuti(?:lah)?|saksikan|nantikan|nikmati|jangan (?:lewatkan|lupa)"
    r"|pantengin|tongkrongin|mempersembahkan|menyajikan|menyiarkan|menggelar|kembali (?:di|bersama)"
    r"|hadir (?:di|lewat)|tune in to|listen to)"
)
_NAMED = r"(?:,? (?:yang )?(?:bernama|bertajuk|berjudul|bertitel|dengan nama|yaitu|yakni))?"
_MEET = (
    r"(?:ngobrol|ngopi|(?:ber)?bincang|hadir|kumpul|jumpa|ketemu|bertemu|kembali|temani|sapa|tampil|mampir|gabung"
    r"|diskusi|dialog)"
)
_STATION = r"(?:(?:radio|rri|rspd|lppl|suara|pro)\b|\d{2,3}[.,]\d|(?-i:[A-Z])\w+(?: \w+){0,2} (?:fm\b|\d{2,3}[.,]\d))"


def _weighed(clues: Mapping[int, tuple[str, ...]], end: str = "") -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(rf"(?:{'|'.join(any_)}){end}", re.IGNORECASE)) for weight, any_ in clues.items())


_BEFORE = _weighed(
    {
        3: (rf"\b{KIND}(?: {MORE}){{0,2}}{_NAMED},?[ :]{{1,2}}",),
        2: (
            rf"\b{CALL} ",
            rf"\b{_MEET}(?: \w+){{0,2}} (?:di|dalam|lewat|melalui|ke) ",
            r"\b(?:episode|edisi|eps\.?)(?: spesial)?(?: ?(?:ke-? ?)?\d+)? ",
            r"(?-i:\b(?:acara|program)(?: [a-z-]+){1,3}, )",
            r"\bnamanya[ :]{1,3}",
            rf"(?:\A|\n){_STATION}[^\n]{{0,40}}\n",
            r"(?:\bfm|\b(?:radio|rri) [^\n-]{3,30}) - ",
        ),
        1: (r"(?:\A|[\n.!?•:|] ?|\n- )", r"\b(?:di|dalam|on|pada|lewat|melalui|buat|kali ini) "),
    },
    r"\Z",
)
_BEHIND = _weighed(
    {
        2: (
            r",? \(?(?:edisi|episode|eps\b|eps?\.|kali ini|kembali|balik|hadir|mengudara|tayang|menyapa|on air)",
            rf",? ?(?:(?:\w{{2,5}}|@|-|[|•]|\(|\n) ?)?{_STATION}",
            r",? (?:bersama|bareng|sareng|with)\b",
            r"\n(?:w/|bersama|bareng) ",
            r"(?-i: (?:akan )?(?:menghadirkan|kedatangan|mengundang|mengajak|membahas|mengupas|membedah)\b)",
            r"(?-i:, (?:acara|program|dialog|talk ?show|obrolan|bincang)\b)",
            r"(?-i: \([A-Z][a-z]+(?: [\w-]+){1,6}\)(?=\s|\Z))",
            rf",? \(?{WEEKDAY},? \(?\d",
            rf",? \(?(?:\w{{3,9}},? )?\d{{1,2}} {MONTH}",
        ),
        1: (rf"[, (|-]{{1,3}}(?:hari (?:ini )?)?{WEEKDAY}",),
    }
)
_SUBJECT = re.compile(
    r"\b(?:tema|topik|judul(?! ?(?:program|acara))|materi|webinar|seminar|kajian|pelatihan|workshop|lomba|membahas"
    r"|tentang|soal|mengupas|tajuk|(?<!program )(?<!acara )bertajuk)\b[ :\w]{0,12}\Z",
    re.IGNORECASE,
)
"""What stands before a topic."""
_CUES = frozenset(
    word for clue in (*(clue for _, clue in _BEFORE), _SUBJECT) for word in re.findall(r"[a-z]{2,}", clue.pattern)
)
_LONG_CUES = tuple(sorted(cue for cue in _CUES if len(cue) > 4))
_SMALL = re.compile(r"[a-z-]+,")
_REACH = 48
"""A clue before a name takes no more characters than that."""


def ahead(text: str, place: int) -> int:
    """What the words before *place* tell, up to 3; -9 before a topic."""
    head = text[max(0, place - _REACH) : place]
    if _SUBJECT.search(head):
        return -9
    return next((weight for weight, clue in _BEFORE if clue.search(head)), 0)


def behind(text: str, place: int) -> int:
    """What the words from *place* on tell, up to 2."""
    return next((weight for weight, clue in _BEHIND if clue.match(text, place)), 0)


def is_cued(text: str, place: int) -> bool:
    """Whether the word or sign before *place* may end a clue; most end none, and :func:`ahead` costs more."""
    head = text[max(0, place - 20) : place]
    last = head.split()[-1] if head[-1:] == " " and head.strip() else ""
    if last.endswith(","):
        return _SMALL.fullmatch(last) is not None or last[:-1].lower() in _CUES
    return not last.isalpha() or last.lower() in _CUES or last.lower().startswith(_LONG_CUES)
