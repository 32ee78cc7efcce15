"""Title, topic and dateline."""

from __future__ import annotations

import re

from kentongan.intake.found import Found
from kentongan.intake.text import lines
from kentongan.intake.words import WEEKDAY

_DATELINE = re.compile(
    r"(?:^|\n)(?P<place>[A-Z][A-Za-z']{2,20}(?: [A-Z][A-Za-z']{1,20}){0,2})"
    r"(?:, (?P<outlet>[A-Z][A-Za-z. ]{2,30}|\d{1,2} [A-Z][a-z]{2,8} \d{4}))?"
    r"(?: ?\((?P<paren>[^)\n]{1,40})\))? ?(?:-|--) ?(?=\"?[A-Z][^\n]{60})"
)
_NO_PLACE = re.compile(
    r"\b(?:info|pengumuman|undangan|siaran|talk ?show|program|acara|konsultasi|dialog|radio|jadwal|agenda|rilis"
    r"|berita|kabar|obrolan"
    r"|tema|topik|webinar|workshop|pelatihan|live|on air|salam|rundown|rilis pers|koperasi|umkm|warung|plut)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|\n|[•(.] ?)(?:dengan )?(?:tema|topik|judul(?! (?:acara|program))|theme|topic|materi|bahasan|edisi"
    r"|pembahasan)(?: talkshow"
    r"| siaran| kita| obrolan| acara| hari ini| kali ini| diskusi| minggu ini"
    r"| pekan ini)?(?: ini)? ?[:=][ \n]?(?P<topic>[^\n•]{3,200})",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:(?:dengan |mengangkat |mengusung |mengambil |ber)(?:tema|topik|judul)|bertajuk|tema(?:nya)?|topik(?:nya)?"
    r"|judul(?:nya)?(?! (?:acara|program))|membahas|mengupas|kupas(?: tuntas)?|bahas(?: tuntas)?|ngobrolin"
    r"|ngomongin|bicara(?: soal"
    r"| tentang)|berbincang tentang)"
    r"(?: tentang| soal| mengenai| seputar| tuntas| kali ini| hari ini| utama| talkshow)?(?: adalah| yaitu"
    r"| yakni)?[ :]{1,2}(?P<topic>\"[^\"\n]{3,200}\"|(?<=[a-z] )[^\n\"!?;•]{4,160})",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:ngobrol|obrolan|berbincang|bincang|bicara|berbicara|dialog|diskusi|bercerita|cerita|talkshow"
    r"|siaran|webinar|kita)\b[^\n.!?]{0,40}?"
    r" (?:tentang|soal|seputar|mengenai) (?P<topic>[^\n\"!?;•]{4,160})",
    re.IGNORECASE,
)
_LECTURE = re.compile(
    r"\b(?:kajian|ceramah|kuliah umum|webinar|seminar)\b[^\n\"]{0,40} (?P<topic>\"[^\"\n]{3,200}\")",
    re.IGNORECASE,
)
"""``Kajian Muamalah "Zakat dan Koperasi"``."""
_TOPIC_END = re.compile(
    rf"(?:\.(?: |$)|,? (?:bersama|dengan narasumber|di radio|di rri|pada (?:hari|{WEEKDAY}|tanggal|pukul)"
    rf"|hari (?:{WEEKDAY}|ini)|pukul|pkl|jam \d|yang akan|akan hadir|yuk|di studio|di program|dalam (?:program"
    rf"|acara)|live|besok|lusa|{WEEKDAY}(?=[ ,]{{0,2}}[\d(]|,)|dipandu|menghadirkan|melalui|lewat|via|narasumber"
    rf"|di [A-Z][a-z]+ FM)\b).*",
    re.IGNORECASE | re.DOTALL,
)
_GREETING = re.compile(
    r"(?:assalam|salam|wa'?alaikum|halo|hai\b|hallo|hello|selamat (?:pagi|siang|sore|malam)|yth|kepada|nuwun"
    r"|sampurasun|kulo ?nuwun|sugeng|bismillah|dengan hormat"
    r"|nomor|no\.|lampiran|lamp\.|sifat|hal\b|perihal|dari|di tempat|di -|kop\b|pemerintah|dinas|jalan|jl\.?\b|telp"
    r"|website|e-?mail|pengumuman$|info(?:rmasi)?!*$|undangan$|rilis pers$|siaran pers$|forwarded|diteruskan|\["
    r"|om swastiastu|shalom|horas|tabe"
    r"|breaking|attention|catat|save the date|coming soon|mohon|permisi|izin|ijin|punten|monggo|wilujeng|reminder"
    r"|pengingat|jangan lupa|jangan lewatkan|dengarkan|simak|ikuti|bapak|ibu|sobat|sahabat|warga|posted|post author"
    r"|home|menu|hadirilah|agenda$)",
    re.IGNORECASE,
)
_NO_TOPIC = re.compile(rf"radio\b|rri\b|{WEEKDAY}|.{{0,40}}\bfm\b|\d|eps\b|episode\b|edisi\b|spesial\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:^|\n)(?:perihal|hal) ?: ?(?P<subject>[^\n]{4,160})", re.IGNORECASE)
_FIELD = re.compile(
    rf"(?:hari|tanggal|waktu|pukul|jam|tempat|narasumber|pembicara|host|moderator|cp|kontak|tgl|kuota"
    rf"|biaya)\b[^:\n]{{0,24}}:|(?:{WEEKDAY})[, ]|\d",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:konsultasi|talk ?show|dialog|siaran|obrolan|bincang|ngobrol|live|on air|webinar|kelas|klinik|diskusi|sapa"
    r"|undangan|info|pengumuman)[^:\n]{0,60}?(?<! )(?<!narasumber)(?<!pemateri)(?<!pembicara)(?<!moderator)"
    r" ?(?::| -) (?P<topic>[^\n]{6,200})",
    re.IGNORECASE,
)
_LEFTOVER = re.compile(
    r"\n(?:Post Author|Leave a Reply|Share this|Bagikan|Tags?:|Category|Posted in|Your email address|Komentar"
    r"|Baca juga|Tinggalkan Balasan)[^\n]*",
    re.IGNORECASE,
)


def read_title(text: str) -> Found[str] | None:
    """The line that says what it is all about: the subject of a letter, else the first line that could be a title."""
    subject = _SUBJECT.search(text[:3000])
    if subject:
        return _found(subject, "subject", subject["subject"])
    for start, line in lines(text[:3000]):
        bare = line.strip(" •-:!\"'=#")
        if len(bare) < 6 or _GREETING.match(bare) or _FIELD.match(bare) or _DATELINE.match(line):
            continue
        if len(bare) > 160 or bare.endswith((".", ",")):
            return None
        place = start + line.index(bare)
        return Found(bare, place, place + len(bare))
    return None


def read_topic(text: str, title: Found[str] | None, program: Found[str] | None) -> Found[str] | None:
    """What they talk about: labelled, said (``dengan tema``), or the title's part after a colon."""
    labelled = _LABELLED.search(text)
    if labelled and (topic := _topic(labelled)):
        return topic
    if title and (topic := _from_title(text, title, program.value if program else None)) and not _same(topic, program):
        return topic
    for pattern in (_SAID, _ABOUT, _LECTURE):
        for match in pattern.finditer(text):
            topic = _topic(match)
            if topic and not (program and match.start() < program.end and program.start < match.end()):
                return topic
    return None


def read_dateline(text: str) -> Found[str] | None:
    """Where a press text was written: ``SLEMAN –`` before its first sentence."""
    for match in _DATELINE.finditer(text[:6000]):
        place = match["place"]
        if (place.isupper() or match["outlet"] or match["paren"] or " " not in place) and not _NO_PLACE.search(place):
            return Found(place, *match.span("place"))
    return None


def leftovers(text: str) -> int:
    """Where the leftovers of a web page begin (who posted it, the form for comments); the text's length without any."""
    match = _LEFTOVER.search(text)
    return match.start() if match else len(text)


def _same(topic: Found[str], program: Found[str] | None) -> bool:
    return program is not None and topic.value.casefold() == program.value.casefold()


def _from_title(text: str, title: Found[str], program: str | None) -> Found[str] | None:
    match = _GENERIC.fullmatch(text, title.start, title.end)
    if match:
        return _topic(match)
    if program:
        named = re.compile(rf"{re.escape(program)}[^:\n]{{0,20}}? ?(?::| -) (?P<topic>[^\n]{{6,200}})", re.IGNORECASE)
        match = named.fullmatch(text, title.start, title.end)
    return _topic(match) if match else None


def _topic(match: re.Match[str]) -> Found[str] | None:
    said = match["topic"]
    quoted = re.match(r" ?\"([^\"]+)\"", said)
    topic = quoted[1] if quoted else _TOPIC_END.sub("", said)
    topic = topic.strip(" .,:;-•\"'")
    return _found(match, "topic", topic) if len(topic) > 3 and not _NO_TOPIC.match(topic) else None


def _found(match: re.Match[str], group: str, value: str) -> Found[str]:
    value = value.strip(" .:;-•\"'")
    start = match.start(group) + match[group].index(value)
    return Found(value, start, start + len(value))
