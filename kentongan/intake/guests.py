"""Where a text names those who take part: after ``Narasumber:``, ``bersama``, ``dipandu``, before ``akan hadir``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from kentongan.intake.names import MARK, read_name
from kentongan.intake.roles import is_role
from kentongan.intake.words import WEEKDAY, vocabulary

REACH = 900
"""A list of guests is not longer than that many characters."""

_GUESTS = (
    r"narasumber(?:nya|e|ipun| kita| kami)?|nara sumber(?:nya)?|narsum(?:nya|e)?|pengisi(?: materi| siaran)?(?= ?:)"
    r"|(?:pembicara|pemateri|tamu)(?:nya|ne|e)|pembicara|pemateri|pengisi acara|bintang tamu"
    r"|tamu(?: studio| kita| kami| spesial| istimewa)?"
    r"|konsultan(?= ?:)|pendamping(?= ?:)|menghadirkan|hadirkan|mengundang|kedatangan|speakers?"
    r"|guests?(?: star)?|welcomes?|featuring"
    r"|(?:ditemani|didampingi|diwakili|dimeriahkan|dihadiri|disampaikan|diisi)(?: langsung)?(?: oleh)?"
    r"|hadir(?= ?:)"
    r"|(?:yang|sing|ingkang|nu)(?: akan| bakal)? (?:hadir|rawuh|sumping|datang)(?: adalah)?"
    r"|nara ?sumber utama|panelis|penceramah|instruktur(?= ?:)|fasilitator(?= ?:)|petugas(?= ?:)"
    r"|mentor(?= ?:)|pelatih(?= ?:)|ahli(?= ?:)|trainer(?= ?:)"
)
_BESIDE = (
    r"bersama(?:-sama)?(?: dengan)?|dengan|bareng|sareng|kalih|with|sama|oleh|kepada|ada(?: juga)?|yaitu|yakni"
    r"|antara lain|hadir|w/"
)
_HOSTS = (
    r"hosts?(?:-?na|-?nya|e)?|hosted by|pandu(?= ?:)|pemandu(?: acara| siaran| obrolan)?"
    r"|dipandu(?: langsung)?(?: oleh)?|(?:moderator|penyiar)(?:nya|na|e)?|pewara|presenter"
    r"|(?:pembawa|pengasuh) acara|announcer"
    r"|(?:dimoderatori|diasuh|dibawakan)(?: oleh)?|mc"
)
_LEAD = re.compile(
    rf"\b(?:(?P<guest>(?:{_GUESTS})(?: kita| kami| hari ini| malam ini| kali ini| utama| tetap)?)"
    rf"|(?P<beside>{_BESIDE})|(?P<host>(?:{_HOSTS})(?: kita| kami)?))(?<=[\w/])(?!\w)(?P<label>(?: ?(?:\d"
    rf"|(?-i:[IVX]{{1,3}})))?[ \n]?[:=]\s{{0,3}}"
    rf"|\s)?",
    re.IGNORECASE,
)
_STOP = re.compile(
    rf"\n\n(?! ?(?:[•-]|\d{{1,2}}[.)]))|\n[•\- ]{{0,3}}(?!nama\b|jabatan\b|instansi\b"
    rf"|asal\b)[A-Z][A-Za-z/]{{1,14}}(?: [A-Za-z/]{{1,14}}){{0,2}} ?:"
    rf"|\b(?:dalam (?:program|acara|siaran|rangka|obrolan|talkshow|dialog|sesi|segmen|episode|edisi|bincang)"
    rf"|pada (?:hari|tanggal|pukul|program|acara|siaran|jam|edisi|episode|sesi|{WEEKDAY})"
    rf"|hari (?:{WEEKDAY}|ini)|pukul|pkl\b|jam \d|di (?:radio|studio|aula|kantor|gedung|ruang|kanal|youtube|zoom"
    rf"|frekuensi|program|acara|balai|pendopo|\d|rri|[a-z]{{2,20}} fm)"
    rf"|melalui|via|lewat|(?:yang )?akan|bakal|siap|untuk|guna|tentang|mengenai|membahas|kupas|mengupas"
    rf"|dengan (?:tema|topik|judul|moderator|host)|bertema|bertajuk|tema|topik|hanya di"
    rf"|on air|mulai|besok|lusa|tanggal|tgl|{WEEKDAY},|{WEEKDAY} ?\(|kuota|gratis|pendaftaran|informasi|jangan lupa"
    rf"|yuk|live|link|cp|hubungi|langsung dari|catat|simak|ikuti|dengarkan"
    rf"|dipandu|host|moderator|narasumber|penyiar|dimoderatori|program|acara"
    r"|trims|terima kasih|makasih|suwun|matur nuwun|hatur nuhun|wassalam|demikian|setiap|bertempat|ngobrol|berbincang"
    rf"|berbagi|menjawab|tanya)\b"
    r"|[!?]",
    re.IGNORECASE,
)
_SENTENCE_STOP = r"(?:[a-z]{3}|[A-Z]{3}|\)|(?<![\w.])[A-Z][a-z]{2})" + "".join(
    rf"(?<!\b(?i:{word}))" for word in sorted(vocabulary("titles"))
)
_THEN = r"\.(?=\s+[A-Z\"•]|\s*$)"
_FULL_STOP = re.compile(rf"(?:{_SENTENCE_STOP}|(?<=[A-Za-z] )\d{{1,2}}){_THEN}")
"""The end of a sentence, and not of a degree or a title."""
_LISTED_STOP = re.compile(rf"(?:{_SENTENCE_STOP}){_THEN}")
"""The same in a numbered list, where ``2.`` begins the next guest."""
_BULLET = re.compile(r"[•\- ]*(?:\d{1,2}[.)] ?)?")
_FIRST_NUMBER = re.compile(r"\s*\(?1[.)]\s?[A-Z]")
_ARRIVES = re.compile(
    r" ?,? (?:akan |bakal |siap |dijadwalkan )?(?:hadir|menjadi (?:narasumber|pembicara|tamu|bintang tamu)|mengisi"
    r"|menjawab|menemani|menyapa|berbagi|mengudara|berbincang"
    r"|jadi narasumber|membagikan|bercerita|didapuk|tampil|ikut|turut|mau siaran"
    r"|mengatakan|menyampaikan|menjelaskan|menuturkan|menyebut)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[a-z]{4}|[A-Z]{3}|FM|[)\d])[.!?]\s+|[!?]\s+|\n")
_ANY_LABEL = re.compile(r"[•\- ]*(?:\d{1,2}[.)] ?)?[A-Za-z][A-Za-z /]{2,30}(?: ?(?:\d|[IVX]{1,3}))? ?: ?")
_PERSON = 260
"""Name, degrees and post of one take no more characters than that."""
_CAPITALS = re.compile(r"(?<![\w.])[A-Z][\w'-]*\.?(?: (?:[A-Z][\w'-]*\.?|bin|binti|br\.?)){0,5}\Z")
_APART = re.compile(
    r"\b(?:yth|ytc|kepada|sdr|jl|jalan|jln|gg|gedung|aula|rs|rsud|universitas|masjid|almarhum(?:ah)?|alm|hormat kami"
    r"|mengetahui|ttd|tertanda|a\.n|an|cp|panitia|milik|kediaman|rumah|warung|toko|stadion|bandara|taman)"
    r"[., :\n]{0,3}(?:\w+ ?){0,2},?\n{0,3}\Z",
    re.IGNORECASE,
)
"""What makes a name an address, a place, or the hand that signed."""
_PAY_GRADE = r"(?:pembina|penata|pengatur)\b[^\n]{0,30}\b[iv]{1,3} ?/ ?[a-e]\b"
_SIGNED = re.compile(rf"[^\n]{{0,60}}\n{{1,2}} ?(?:(?:nip|nik)\b|{_PAY_GRADE})", re.IGNORECASE)
_NAMED = re.compile(r"\bnama(?: lengkap)? ?: ?(?:\w+ ){0,4}\Z", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[!?;:•()\n\"]|(?<=[a-z]{3})\. |\b(?:dengan|bersama|oleh|dan|serta|yang|akan|dalam|acara|program|adalah|ada|bareng"
    r"|menghadirkan|sama|saha|lan|jo|plus|beserta|lalu|kemudian|bahwa|juga|pukul|wib|wita|wit|fm)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:selaku|sebagai) \Z", re.IGNORECASE)
"""What joins a post to the name before it."""
_LETTERS = re.compile(r"[^\W\d_]+")
_CONTACT = re.compile(
    r"\b(?:hubungi|kontak|contact|cp|narahubung|info|wa|daftar ke|pendaftaran|hp|telepon|telp|ttd|hormat kami"
    r"|mengetahui)\b[^\n]{0,24}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """``plain[start:end]`` may name people. ``sure``: its lead says that people follow; ``labelled``: with a colon.

    ``titled``: only who has an honorific or a degree is meant.
    """

    start: int
    end: int
    host: bool = False
    sure: bool = True
    labelled: bool = False
    titled: bool = False


def chunks(text: str) -> Iterator[Chunk]:
    """Every stretch of *text* that may name those who take part, in the order of the text."""
    yield from sorted(
        (*_after_leads(text), *_before_verbs(text), *_cards(text), *_titled(text)),
        key=lambda chunk: (chunk.start, -chunk.end),
    )


def _after_leads(text: str) -> Iterator[Chunk]:
    leads = [lead for lead in _LEAD.finditer(text) if lead["label"]]
    for lead, following in zip_longest(leads, leads[1:]):
        if _CONTACT.search(text[max(0, lead.start() - 32) : lead.start()]):
            continue
        limit = min(lead.end() + REACH, following.start() if following else len(text))
        end = _end(text, lead.end(), limit)
        labelled = any(sign in lead["label"] for sign in ":=")
        if end > lead.end():
            yield Chunk(lead.end(), end, lead["host"] is not None, lead["beside"] is None, labelled)


def _end(text: str, start: int, limit: int) -> int:
    """Where the people end: before other news of the event, or after a sentence."""
    last = _first(_STOP, text, start, limit).start
    full_stop = _first(_LISTED_STOP if _FIRST_NUMBER.match(text, start) else _FULL_STOP, text, start, last)
    return last if full_stop.start == last else full_stop.end - 1


class _Place(NamedTuple):
    start: int
    end: int


def _first(pattern: re.Pattern[str], text: str, start: int, limit: int) -> _Place:
    """Where *pattern* is first found in *text* from *start* on; where that is not before *limit*, there."""
    places = _places(pattern, text)
    at = bisect_left(places, (start,))
    return places[at] if at < len(places) and places[at].end <= limit else _Place(limit, limit)


@lru_cache(maxsize=4)
def _places(pattern: re.Pattern[str], text: str) -> list[_Place]:
    """Every place of *pattern*: looked for once, for many ask about windows that overlap."""
    return [_Place(*found.span()) for found in pattern.finditer(text)]


def _before_verbs(text: str) -> Iterator[Chunk]:
    """``Ketua Kopma X, Galih Pamungkas, akan hadir``: from the beginning of the sentence to its verb."""
    done = 0
    for verb in _ARRIVES.finditer(text):
        head, done = max(done, verb.start() - 500), verb.end()
        start = max((end.end() for end in _SENTENCE.finditer(text, head, verb.start())), default=head)
        other = max((stop.end() for stop in _STOP.finditer(text, start, verb.start())), default=None)
        start = start if other is None else _first_post(text, other, verb.start())
        if start < verb.start():
            yield Chunk(start, verb.start(), sure=False)


def _titled(text: str) -> Iterator[Chunk]:
    """Whoever is called by an honorific or a degree takes part, unless one turns to them or a street has their name.

    Such a stretch ends before the next but one, as the reader must see to whom a post between two names belongs.
    """
    named = {_name_start(text, mark): mark for mark in reversed(list(_marks(text)))}
    starts = list(_whole(text, sorted(named)))
    for before, start, limit in zip(starts[:1] + starts, starts, (*starts[2:], len(text), len(text)), strict=False):
        head = text[max(0, start - 60) : start]
        mark = named[start]
        if start >= 0 and not (_is_apart(head) or _has_signed(text, mark, head)):
            yield Chunk(
                _post_start(text, start, before),
                _end(text, start, min(start + _PERSON, limit)),
                sure=False,
                titled=True,
            )


@lru_cache(maxsize=1024)
def _is_apart(head: str) -> bool:
    """Whether *head*, what stands before a name, makes it an address, or whom to call."""
    return bool(_APART.search(head) or _CONTACT.search(head))


def _has_signed(text: str, mark: re.Match[str], head: str) -> bool:
    """Below whose name a number of service stands has signed a letter, unless a table names them."""
    return _SIGNED.match(text, mark.end()) is not None and not _NAMED.search(head)


def _whole(text: str, starts: Iterable[int]) -> Iterator[int]:
    """Of *starts* those that are in nobody else's name: its degrees and its honorific mark the same name."""
    end = 0
    for start in starts:
        if start >= end:
            name = read_name(text, start)
            end = name.end if name else start
            yield start


def _marks(text: str) -> Iterator[re.Match[str]]:
    """Honorifics and degrees; of several in a row, which are one person's, the first."""
    last = -1
    for mark in MARK.finditer(text):
        if last < 0 or text[last : mark.start()].strip(" .,"):
            yield mark
        last = mark.end()


def _name_start(text: str, mark: re.Match[str]) -> int:
    """Where the name begins to which *mark* belongs; a degree stands behind it. -1 where there is none."""
    if not mark["degree"]:
        return mark.start()
    before = _CAPITALS.search(text, max(0, mark.start() - 70), mark.start())
    words = _LETTERS.finditer(text, before.start(), mark.start()) if before else ()
    return next((word.start() for word in words if _reaches(text, word.start(), mark.start("degree"))), -1)


def _reaches(text: str, start: int, degree: int) -> bool:
    name = read_name(text, start)
    return name is not None and name.end > degree


def _post_start(text: str, start: int, before: int) -> int:
    """Where a post begins that stands right before the name at *start*, and behind the one at *before*."""
    head = max(0, start - 90, before if before < start else 0)
    clause = _CLAUSE.split(text[head:start].rstrip(" ("))[-1]
    first = start - len(text[head:start]) + len(text[head:start].rstrip(" (")) - len(clause)
    post = _first_post(text, first, start)
    return start if _LEAD.match(text, post) or _HELD.search(text, max(0, post - 12), post) else post


def _first_post(text: str, start: int, end: int) -> int:
    """Where the first post between *start* and *end* begins; *end* where there is none."""
    return next((word.start() for word in _LETTERS.finditer(text, start, end) if is_role(word[0])), end)


def _cards(text: str) -> Iterator[Chunk]:
    """A line of a poster that is a name with degrees, or name and post, and the line below it."""
    lines = text.split("\n")
    place = 0
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        start, place = place, place + len(line) + 1
        label = _ANY_LABEL.match(line)
        skipped = label.end() if label else 0
        end = _card_end(line[skipped:], below)
        if end and not _CONTACT.search(text[max(0, start - 60) : start + skipped].replace("\n", " ")):
            yield Chunk(start + skipped, min(start + skipped + end, len(text)), sure=False)


def _card_end(line: str, below: str) -> int:
    """How far a card that begins with *line* goes, with its line break where it takes *below*; 0 where it is none."""
    bare = _BULLET.match(line)
    name = read_name(line, bare.end() if bare else 0) if len(line) < 160 else None
    if re.match(_PAY_GRADE, below, re.IGNORECASE):
        return 0  # who has signed a letter
    if name is None or not (" " in name.name or name.is_sure):
        return 0
    rest = line[name.end :].strip(" ,-:(")
    if rest:
        return len(line) if is_role(rest.split()[0].strip(",")) else 0
    return len(line) + 1 + len(below) if is_role(below.strip("(•- ").split(" ")[0]) else 0
