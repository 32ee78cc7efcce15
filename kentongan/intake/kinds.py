"""What a text announces: a talk on air, a consultation, a standing slot, or plain news."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kentongan.language import Message
from kentongan.model import Mode

_RADIO = re.compile(
    r"\b(?:radio|mengudara|on[- ]?air|siaran|talk ?show|pendengar|frekuensi|penyiar|dialog interaktif|rri)\b"
    r"|\d ?fm\b|\b(?:program|acara) \"",
    re.IGNORECASE,
)
_CONSULTATION = re.compile(
    r"\b(?:konsultasi|klinik (?:usaha|bisnis|koperasi|umkm|(?:per)?izin(?:an)?|kemasan|halal|pajak)"
    r"|pendampingan|coaching|konseling|tanya jawab|curhat"
    r"|meja layanan|konsul)\b",
    re.IGNORECASE,
)
_ON_AIR_CONSULTATION = re.compile(
    r"konsultasi (?:di udara|on ?air|radio|interaktif|langsung|lewat radio|via radio|plut)|siaran konsultasi"
    r"|(?:program|acara|talkshow) konsultasi|klinik (?:usaha|koperasi|bisnis) (?:di udara|on ?air)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"\b(?:akan|ikuti(?:lah)?|simak(?:lah)?|dengarkan|dengerin|saksikan|hadiri(?:lah)?|jangan (?:lewatkan|lupa"
    r"|sampai)|yuk|ayo|mari|daftar(?:kan)?|pendaftaran|mengundang|undangan|diundang|mohon|besok|nanti|catat"
    r"|kembali hadir|ralat|diundur|dimajukan|dijadwalkan"
    r"|gabung|kuota|datang(?:lah)?|silakan|silahkan|kami tunggu|ditunggu|hadir(?: kembali| lagi)|segera|monggo"
    r"|sumangga|mangga|rutin|setiap|join|dibuka|hubungi|pantengin|tune in|stay tuned|kirim(?:kan)?|merapat)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:telah|sudah (?:di|men|mem|ber)\w+|(?:yang |pekan |minggu |bulan |hari |tahun )lalu|kemarin|sukses"
    r"|berlangsung|usai|ujar(?:nya)?|ungkap(?:nya)?|kata(?:nya)? |kata|tutur(?:nya)?|imbuh(?:nya)?|tambah(?:nya)?"
    r"|menurut(?:nya)?"
    r"|mengatakan|menyampaikan|menjelaskan|menuturkan|resmi|menggelar|dihadiri|tadi|meraih|menyerahkan|meresmikan"
    r"|mengikuti|membuka|menutup|diserahkan|dilantik|terpilih|mencatat|tercatat|alhamdulillah|selesai (?:di|men)\w+"
    r"|jelas(?:nya)?|pungkas(?:nya)?|membukukan|disalurkan|menerima)\b",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(
    r"(?:^|\n)[•\- ]{0,3}(?:hari|tanggal|tgl|waktu|pukul|jam|kapan|tempat|lokasi|narasumber|pemateri|pembicara)"
    r"\b[^\n:]{0,20}:",
    re.IGNORECASE,
)
"""What only an invitation has: ``Hari : …``, ``Waktu : …``."""
_HEADED = re.compile(r"\W*(?:konsultasi|klinik|talk ?show)\b", re.IGNORECASE)
"""A text that begins like that announces, also where it names a day alone."""
_ONLINE = re.compile(
    r"\b(?:zoom|google meet|gmeet|g-meet|daring|online|virtual|video ?call|ig live|live instagram|whatsapp group"
    r"|wag)\b",
    re.IGNORECASE,
)
_AT_OFFICE = re.compile(
    r"\b(?:tatap muka|luring|offline|di kantor|ke kantor|di aula|di balai|di tempat|di loket|meja)\b", re.IGNORECASE
)
_REPEATS = re.compile(r"\b(?:(?:siaran|tayang|putar|disiarkan|diputar|ditayangkan) ulang|re-?run)\b", re.IGNORECASE)
_REPEAT = Message(
    "It tells of a repeat alone, so it is taken for news. Add the repeat to the talk that is heard again."
)
_NO_HOUR = Message(
    "It names a day, and no hour at which one may come or listen, so it is taken for news. Is it none? Add the hour."
)
_NO_KIND = Message(
    "It says neither radio nor consultation, so it is taken for news, which keeps no hour. Is it none? Add that word."
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What other readers made out, as far as it tells the kind."""

    dated: bool
    timed: bool
    recurring: bool
    on_station: bool
    """A station or a frequency is named, or a station that the site knows."""
    in_program: bool
    """A program, or whatever a letter calls ``Acara``, is named."""
    venue: bool
    in_known_program: bool = False
    """A program is named that the site knows."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` and ``also`` as the JSON says them, and how people meet."""

    kind: str
    also: tuple[str, ...] = ()
    mode: Mode | None = None
    past: bool = False
    """It tells what has happened, so its days and people are no event's."""
    why: Message | None = None
    """Why it is taken for news, where it could be a talk or a consultation."""


def judge(text: str, signs: Signs) -> Verdict:
    """What *text* announces. When in doubt it is news: nothing is made up for an article."""
    on_air = signs.on_station or signs.in_known_program or len(_RADIO.findall(text)) > (not signs.in_program)
    consults = _CONSULTATION.search(text) is not None
    when = signs.dated or signs.timed or signs.recurring
    if _tells_the_past(text, signs):
        return Verdict("article", past=True)
    if not when or not (on_air or consults):
        return Verdict("article", why=_why_news(text, signs, on_air=on_air))
    if not (signs.timed or signs.recurring or _INVITES.search(text) or _HEADED.match(text)):
        return Verdict("article", why=_NO_HOUR)  # a day alone, and nobody is asked to come or listen: something is told
    if on_air and _is_on_air_first(text, signs):
        if signs.recurring and not signs.dated:
            return Verdict("slot", mode=Mode.RADIO)
        also = ("consultation",) if _consults_on_air(text) else ()
        return Verdict("episode", also, Mode.RADIO)
    return Verdict("consultation", mode=_mode(text, signs)) if consults else Verdict("article", why=_NO_KIND)


def _why_news(text: str, signs: Signs, *, on_air: bool) -> Message | None:
    if on_air and _REPEATS.search(text):
        return _REPEAT
    return _NO_KIND if signs.dated and signs.timed and not on_air else None


def _tells_the_past(text: str, signs: Signs) -> bool:
    if signs.timed and _SCHEDULE.search(text):
        return False
    told, invited = len(_TELLS.findall(text)), len(_INVITES.findall(text))
    if told == 1 and signs.on_station and signs.dated and signs.timed:
        return False  # one verb may as well tell what a guest will do
    return told > 2 * invited or (told > invited and not (signs.timed and (signs.dated or signs.recurring)))


def _is_on_air_first(text: str, signs: Signs) -> bool:
    """A consultation at the office may be advertised on a radio, and need not be one."""
    return signs.on_station or not (signs.venue or _AT_OFFICE.search(text) or _ONLINE.search(text))


def _consults_on_air(text: str) -> bool:
    return bool(re.search(r"\bkonsultasi\b", text[:200], re.IGNORECASE) or _ON_AIR_CONSULTATION.search(text))


def _mode(text: str, signs: Signs) -> Mode | None:
    if signs.venue or _AT_OFFICE.search(text):
        return Mode.OFFICE
    return Mode.ONLINE if _ONLINE.search(text) else None
