"""Names of people, with the degrees and honours before and after them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kentongan.intake.roles import is_organisation, is_role
from kentongan.intake.words import vocabulary

_HONORIFIC = re.compile(
    r"(?:(?:bapak|bapa|ibu|bpk|bp|pak|bu|mama|mace|pace|kaka|abah|ambu|petta|puang|opu|inang|amang|ito|lae"
    r"|abang|ibuk|emak|dj|ning|nona|adik|dik|nduk|mpok|babeh|encik|téh|ny|nyonya|ceu|eceu|mbok|sdri?|saudara"
    r"|saudari|kakak|kak|mas|mbak|mba|bang|kang|teh|teteh|mbah|cak|bung|om"
    r"|tante"
    r"|uda|uni|mr|mrs|ms|yth|ytc)\b\.? ?){1,3}",
    re.IGNORECASE,
)
_TITLE = (
    r"(?:prof|sr|krt|krht|kph|gkr|datuk seri|datuk|jero mangku|pnt|pdm|haji|hajjah|drs|dra|drg|drh|dr|ir|hj"
    r"|kh|k\. ?h|h|ust|ustadz|ustad|ustadzah|ustazah|ustaz"
    r"|kyai|kiai|nyai|ajengan|buya|suster|pdt|romo|rm"
    r"|apt|ns"
    r"|tgk|tgh|tuan guru|gus|(?:letkol|mayor|kapten)(?: (?:inf|kav|art)\b)?|akbp|akp|kompol)"
)
_PREFIX = re.compile(rf"(?:{_TITLE}(?:\.,? ?| (?=[A-Z]))){{1,6}}", re.IGNORECASE)
_NEEDS_DOT = re.compile(r"(?:dr|ir|rm|ns|apt) $", re.IGNORECASE)
_PARTS = (
    "Pd|Pt|Si|Sos|Kom|Ag|Hum|Kep|IP|I\\.P|E|T|H|P|Psi|Hut|Kes|Ked|KM|K\\.M|TP|T\\.P|Farm|Gz|Keb|Ds|Sn|Ikom"
    "|I\\.Kom|Md|M|M\\.E"
    "|Eng|Ec|Ak|Akt|Ak\\.|Pd\\.I|Ars|Han|Tr\\.\\w+|Kn|Par|Tr|Stat|Mat|Ab|AB|A\\.B|Ap|AP|A\\.P|Kel|Pi|Pn|S|A"
    "|Sc|Fil|Th|Li|Acc|Bus|Akun|Tr\\.Kom|STP|S\\.T\\.P|E\\.I|EI|H\\.I|HI|Sy"
)
DEGREE = re.compile(
    rf"(?:[SM]\. ?(?:{_PARTS})(?:\.[A-Z][A-Za-z]{{0,4}})?|A\. ?Md(?:\.? ?(?:{_PARTS})\b)?|Ph\. ?D|LL\. ?M|D\. ?Sc"
    rf"|B\. ?(?:A|Sc|Eng|Com)"
    r"|M\. ?B\. ?A|Sp\.[A-Z]{1,3}|M\.Ec\.Dev|MSE|MSi|MPd|MKom|MSc|MBA|MAk|MAP|MHum|MKes|MAg|MKn|MM|MH|MT|MP|MA|MSos"
    r"|MIKom|MIP"
    r"|SE|SH|ST|SP|SPd|SPt|SKom|SSos|SSi|SAg|SIP|STP|SKM|SKep|SST|SSTP|SHI|SEI|SPsi|SIKom|SKH|SHut|SFarm|STh|SAP|SPi|SS"
    r"|AMd|Amd|PhD|BSc|Ak|CA|CPA|CMA|CFA|CRP|CPMA|BKP|AAAI|CFP|CH|Lc|Pr|SVD|OFM|SJ|SSpS|OSU|CB|OSF|Apt|Ns|QIA"
    r"|CHt|ChFC|CIRBC|S\.?STP|A\.Ks|Dipl)(?![A-Za-z])\.?",
)
_UPPER_DEGREE = re.compile(r"[SM]\.(?:[A-Z]{1,4})(?:\.[A-Z]{1,4})?\.?(?![A-Za-z])")
_SUFFIX = re.compile(rf"(?:(?:,? |, ?|,)(?:{DEGREE.pattern}|{_UPPER_DEGREE.pattern})){{1,6}}")
_SMALL_SUFFIX = re.compile(rf"(?:, (?:{DEGREE.pattern})){{1,6}}", re.IGNORECASE)
"""Behind a name that is written small."""
_ANY_DEGREE = re.compile(
    rf"(?:{DEGREE.pattern}|{_UPPER_DEGREE.pattern})(?:(?:,? |, ?|,)(?:{DEGREE.pattern}|{_UPPER_DEGREE.pattern})){{0,5}}"
)
MARK = re.compile(
    rf"(?<![\w.@/])(?:{_HONORIFIC.pattern.removesuffix('{1,3}')}{{1,3}}(?-i:(?=[A-Z]))"
    rf"|(?:{_TITLE}\.,?|buya|kh|kyai|kiai|nyai|ust\w{{2,5}}|tgk|gus|haji|hajjah|jero mangku|krt|kph"
    rf"|datuk(?: seri)?|romo|suster) ?(?-i:(?=[A-Z])))"
    rf"|(?<=[a-z.])(?P<degree>,? (?-i:{DEGREE.pattern}|{_UPPER_DEGREE.pattern}))",
    re.IGNORECASE,
)
"""What only people have: an honorific or a title before the name, or a ``degree`` behind it."""
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)?\.?")
_SHORTENED = frozenset(["moch", "moh", "mohd", "muh", "mhd", "muhd", "abd", "abdul", "st", "sy", "tb", "dt", "tgk"])
"""Given names that are often cut short, with a full stop."""
_LINKS = frozenset(["bin", "binti", "br", "boru", "van", "de", "der", "von", "al", "el"])
_NO_NAMES = vocabulary("no-names")
_GIVEN_NAMES = vocabulary("first-names")


@dataclass(frozen=True, slots=True)
class Name:
    """A name without degrees, the degrees, and the place of all of it in a string."""

    name: str
    prefix: str | None
    suffix: str | None
    start: int
    end: int
    polite: bool
    """Called Bapak or Ibu, which only people are."""

    @property
    def is_sure(self) -> bool:
        """Whether something besides capital letters says that this is a person."""
        return self.polite or self.prefix is not None or self.suffix is not None


@lru_cache(maxsize=4096)
def read_name(text: str, start: int = 0) -> Name | None:
    """The name that begins at *start*: ``Prof. Dr. H. Budi Santoso, S.E., M.Si.``; ``None`` where none does."""
    polite = _HONORIFIC.match(text, start)
    place = polite.end() if polite else start
    before = _PREFIX.match(text, place)
    if before and _NEEDS_DOT.search(before[0]):
        before = None
    first = before.end() if before else place
    end = _name_end(text, first, lower=polite is not None or before is not None)
    if end == first:
        return None
    after = _SUFFIX.match(text, end)
    name = text[first:end]
    if after is None and name.islower():
        after = _SMALL_SUFFIX.match(text, end)
    suffix = after[0].strip(" ,") if after else None
    prefix = text[place:first].strip(" ,") if before else None
    return Name(name, prefix or None, suffix, start, after.end() if after else end, polite is not None)


def polite_end(text: str, start: int) -> int:
    """Where ``Bapak`` or ``Ibu`` at *start* ends; *start* itself where neither stands."""
    polite = _HONORIFIC.match(text, start)
    return polite.end() if polite else start


def is_given_name(word: str) -> bool:
    """Whether *word* is a common given name, or the beginning of one."""
    return word.lower().rstrip(".") in _GIVEN_NAMES


def degree_at(text: str, start: int) -> re.Match[str] | None:
    """The degrees that begin at *start*."""
    return _ANY_DEGREE.match(text, start)


def _name_end(text: str, start: int, *, lower: bool) -> int:
    """Where the words of a name end; after Bapak or Ibu they may be written small."""
    end, place = start, start
    for _ in range(6):
        word = _WORD.match(text, place)
        if word is None or not _is_name_word(
            text, start, word, first=place == start, lower=lower and not text[start].isupper()
        ):
            break
        end = word.end() if _keeps_stop(word[0]) or not word[0].endswith(".") else word.end() - 1
        if text[end : end + 1] != " " and not (word[0].endswith(".") and end == word.end()):
            break
        place = end + 1 if text[end : end + 1] == " " else end
    return end


def _is_name_word(text: str, start: int, word: re.Match[str], *, first: bool, lower: bool) -> bool:
    plain = word[0].rstrip(".")
    low = plain.lower()
    if low in _LINKS and not first:
        return True
    if not (plain[0].isupper() or lower) or (low in _NO_NAMES and not _is_mei(text, word)) or plain == "WA":
        return False
    if not first and len(plain) == 2 and plain.isupper() and text[word.end() : word.end() + 1] in (",", "", "\n"):
        return not degree_at(text, word.start())  # initials behind the name: Dwiyama SB
    if is_role(plain) or is_organisation(plain) or (_is_acronym(plain) and not text[start : start + 2].isupper()):
        return False
    if degree_at(text, word.start()) and not first:
        return False
    return len(plain) > 1 or plain.isupper()


def _is_mei(text: str, word: re.Match[str]) -> bool:
    """The month of that name stands beside a number, the name between others: ``Tan Mei Ling``."""
    return word[0] == "Mei" and re.match(r" (?=[A-Z])", text[word.end() : word.end() + 2]) is not None


def _keeps_stop(word: str) -> bool:
    plain = word.rstrip(".")
    return len(plain) <= 2 or plain.lower() in _SHORTENED


def _is_acronym(word: str) -> bool:
    return len(word) > 2 and word.isupper()
