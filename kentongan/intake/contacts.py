"""Telephone numbers, e-mail and web addresses, told apart by what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from kentongan.intake.found import Found
from kentongan.intake.words import before

_REGION = "ID"
_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
_PHONE = re.compile(r"(?<![\w.,/+-])(?:\+? ?62|\(?0)(?:[ ().-]{0,2}\d){6,13}(?![\d/])")
_DATE = re.compile(r"\(?0[1-9]([-./ ])(?:0[1-9]|1[0-2])\1(?:\d{4}|\d\d)(?!\d)")
"""What begins like this is a day: ``(06-12-26) 20:00``."""
_CHAT = re.compile(
    r"(?:\bwa\.me/|\b(?:api|web)\.whatsapp\.com/send/?\?(?:[\w=%+-]{1,80}&){0,4}phone=|\bwhatsapp://send\?phone=)"
    r"(?P<number>(?:\+|%2B)?\d{9,15})(?!\d)",
    re.IGNORECASE,
)
"""A link that opens a chat; the number in it begins with its country."""
_CHAT_HOSTS = ("wa.me", "whatsapp.com")
_NO_PHONE = re.compile(
    r"\b(?:no ?)?(?:rekening|rek|nik|nip|npwp|nib|siup)\b[^\n]{0,24}$"
    r"|(?<![/&])(?<![/&] )\b(?:fax|faks(?:imil[ei])?)[ .:]{0,3}$"
)
"""What stands before a number that only looks like a telephone's."""

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\"<>•]{3,400}|\b(?:bit\.ly|s\.id|tinyurl\.com|forms\.gle|linktr\.ee|wa\.me|youtu\.be"
    r"|zoom\.us|meet\.google\.com"
    r"|gg\.gg|t\.me)/[\w./?=&%-]{1,200}|\b[a-z0-9-]{2,40}\.(?:go\.id|or\.id|co\.id|ac\.id|desa\.id|web\.id"
    r"|my\.id)(?:/[\w./?=&%-]{0,200})?",
    re.IGNORECASE,
)
_REGISTER = re.compile(r"daftar|registrasi|register|formulir|form\b|reservasi|link|tautan")
_LISTEN = re.compile(r"stream|dengar|langsung|live|siaran|simak|audio")
_MEET = re.compile(r"zoom|meet|gabung|join|room|tautan|daring|online|virtual")
_MEETING_HOSTS = ("zoom.us", "meet.google", "teams.microsoft", "webex", "jitsi")
_FORM_HOSTS = ("forms.gle", "docs.google.com/forms", "/daftar", "daftar", "register", "regist", "formulir")


@dataclass(frozen=True, slots=True)
class Contacts:
    """How to reach the office: phones in E.164 (``mobile`` ones of them have WhatsApp), and addresses by their use."""

    phones: tuple[Found[str], ...]
    mobile: tuple[str, ...]
    email: Found[str] | None
    registration: Found[str] | None
    stream: Found[str] | None
    meeting: Found[str] | None


def read_contacts(text: str) -> Contacts:
    """Everything in *text* by which somebody may be reached."""
    phones = _phones(text)
    addresses = [
        _address(match)
        for match in _ADDRESS.finditer(text)
        if "@" not in text[max(0, match.start() - 1) : match.start()]
    ]
    mail = _EMAIL.search(text)
    return Contacts(
        tuple(Found(_e164(number), start, end) for number, start, end in phones),
        tuple(dict.fromkeys(_e164(number) for number, _, _ in phones if phonenumbers.number_type(number) in _MOBILE)),
        Found(mail[0].rstrip("."), mail.start(), mail.start() + len(mail[0].rstrip("."))) if mail else None,
        *_by_use(text, addresses),
    )


def _phones(text: str) -> list[tuple[phonenumbers.PhoneNumber, int, int]]:
    found: dict[str, tuple[phonenumbers.PhoneNumber, int, int]] = {}
    for said, start, end in sorted((*_written(text), *_linked(text)), key=lambda one: one[1]):
        try:
            number = phonenumbers.parse(said, _REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            found.setdefault(_e164(number), (number, start, end))
    return list(found.values())


def _written(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _PHONE.finditer(text):
        if not (_DATE.match(match[0]) or _NO_PHONE.search(before(text, match.start(), 40))):
            yield match[0], *match.span()


def _linked(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _CHAT.finditer(text):
        digits = match["number"].upper().removeprefix("%2B").removeprefix("+")
        yield digits if digits.startswith("0") else f"+{digits}", *match.span("number")


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _address(match: re.Match[str]) -> Found[str]:
    said = match[0].rstrip(".,;:!?)'\"")
    address = said if said.lower().startswith("http") else f"https://{said}"
    return Found(address, match.start(), match.start() + len(said))


def _by_use(text: str, addresses: list[Found[str]]) -> tuple[Found[str] | None, Found[str] | None, Found[str] | None]:
    """The addresses to sign up at, to listen at and to meet at."""
    uses: dict[str, Found[str]] = {}
    for one in addresses:
        uses.setdefault(_use(text, one), one)
    return uses.get("registration"), uses.get("stream"), uses.get("meeting")


def _use(text: str, address: Found[str]) -> str:
    low, said = (
        address.value.lower(),
        before(text, address.start, 60).rpartition("http")[0] or before(text, address.start, 60),
    )
    if any(host in low for host in _MEETING_HOSTS):
        return "meeting"
    if any(host in low for host in _FORM_HOSTS):
        return "registration"
    if any(host in low for host in _CHAT_HOSTS):
        return "chat"
    cues = {name: [hit.end() for hit in cue.finditer(said)] for name, cue in _USES}
    nearest = max(cues, key=lambda name: max(cues[name], default=-1))
    return nearest if cues[nearest] else "other"


_USES = (("registration", _REGISTER), ("stream", _LISTEN), ("meeting", _MEET))
