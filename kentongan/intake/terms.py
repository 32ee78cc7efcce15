"""On what terms one may come: places, cost, venue."""

from __future__ import annotations

import re
from itertools import chain

from kentongan.intake.found import Found
from kentongan.intake.words import MONTH, vocabulary

_PEOPLE = (
    r"(?:orang|peserta|kursi|seats?|pendaftar|umkm|koperasi|usaha|anggota|pelaku|tempat|slot|pax"
    r"|antrean|antrian|konsultasi|sesi|penanya|pemohon|pengusaha|pemilik)"
)
_QUOTA = re.compile(
    rf"\b(?:kuota|kapasitas|quota)\b[^\d\n.]{{0,40}}(?P<a>\d{{1,4}})(?![\d.:])|\b(?:terbatas|dibatasi|maksimal|maks"
    rf"|maksimum|hanya|max|cuma|sebanyak)\b[^\d\n.]{{0,24}}(?P<b>\d{{1,4}}) {_PEOPLE}\b"
    rf"|(?P<c>\d{{1,4}}) {_PEOPLE}(?: \w+)? (?:pertama|pendaftar pertama|tercepat|saja)\b",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\b(?:gratis|tanpa (?:di)?pungut(?:an)? biaya|tidak (?:di)?pungut(?:an)? biaya"
    r"|tidak dipungut biaya(?: apa ?pun)?|tanpa biaya|bebas biaya|free)\b"
    r"|(?P<label>\b(?:biaya|htm|tiket|kontribusi|investasi|bayar"
    r"|iuran)\b[^\n\d]{0,30})?\bRp\.? ?(?P<sum>\d{1,3}(?:\.\d{3}){1,3}|\d{1,7})(?:,-|,00|,\d{1,2}(?= ?(?:juta|jt)\b))?"
    r"(?: ?(?:ribu|rb|juta|jt|k)\b)?(?: ?(?:/ ?|per )(?:orang|peserta))?",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"(?:(?:^|\n)[•\- ]{0,3}(?:bertempat di|tempat|lokasi|venue|place|alamat|where)(?: kegiatan| acara"
    r"| pelaksanaan)? ?[:=][ \n]?(?:di )?|\b(?:bertempat di|bertempat|tempat ?:|berlokasi di|lokasi di|lokasinya di"
    r"|tempatnya di|venue)[ :]{1,2}"
    r"|\b(?:di|ke) (?=(?:kantor|aula|gedung|ruang|balai|pendopo|pendapa|rumah|kompleks|galeri|baruga|hotel|kampus"
    r"|lobi|loket|sekretariat|masjid|sanggar|joglo|gor|lapangan|alun-alun|taman|pasar|perpustakaan|mal pelayanan"
    r"|meja layanan|teras|halaman) ?[^\n,.]))"
    r"(?P<name>[^\n]{3,120})",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:di)?pindah(?:kan)? (?=(?:ke|di) )", re.IGNORECASE)
_STOP = "".join(rf"(?<!\b{word})" for word in sorted(vocabulary("shortened"))) + r"(?<!\b[a-z])\.(?: |$)"
"""The end of a sentence, and not of a word that addresses cut short."""
_VENUE_END = re.compile(
    rf"(?:{_STOP}|[!?•](?: |$)"
    r"|,? (?:pada|pukul|pkl|jam|mulai|dengan|bersama|untuk|hari|setiap|yang|tanggal|agar|dan (?:di"
    r"|lewat|ikuti|dapat|siap)|sebelum|sampai|kuota|gratis|karena|atau|\(?\d{1,2}[.:]\d\d|besok|lusa"
    r"|(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b|guna|selama|lalu|ya|kami|siap|buka|akan|supaya|biar|oleh"
    rf"|dalam rangka|dihadiri|bawa|datang"
    rf"|(?:di)?(?:pindah|undur|geser|tunda|batal|tiada|ganti)\w{{0,3}}|\d{{1,2}} {MONTH}"
    r")\b|;| - |, (?=(?:pukul|hari|jam|mulai|senin|selasa|rabu|kamis|jum'?at|sabtu"
    r"|minggu)\b)).*",
    re.IGNORECASE | re.DOTALL,
)
_RADIO_PLACE = re.compile(r"\b(?:radio|fm|rri|studio|frekuensi|mhz)\b", re.IGNORECASE)
_ONLINE = re.compile(r"\b(?:zoom|google meet|gmeet|daring|online|virtual|youtube|webinar|whatsapp)\b", re.IGNORECASE)


def read_quota(text: str) -> Found[int] | None:
    """How many may come."""
    match = _QUOTA.search(text)
    if match is None:
        return None
    return Found(int(match["a"] or match["b"] or match["c"]), match.start(), match.end())


def read_cost(text: str) -> Found[str] | None:
    """What it costs, in the text's words. A sum of money counts only where it is called a fee."""
    for match in _COST.finditer(text):
        if match["sum"] is None:
            return Found(match[0], match.start(), match.end())
        if match["label"]:
            start = match.end("label")
            return Found(match[0][start - match.start() :].strip(), start, match.end())
    return None


def read_venue(text: str) -> Found[str] | None:
    """Where people meet; a studio is no such place. One to which it was moved holds."""
    moved = (_VENUE.match(text, move.end()) for move in _MOVED.finditer(text))
    for match in chain(filter(None, moved), _VENUE.finditer(text)):
        name = _VENUE_END.sub("", match["name"]).strip(' .,:;-•"')
        if len(name) > 2 and not _RADIO_PLACE.search(name) and not _ONLINE.match(name):
            start = match.start("name") + match["name"].index(name)
            return Found(name, start, start + len(name))
    return None
