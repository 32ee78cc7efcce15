"""Field types. Front matter is read as text alone, so each type says how it reads text and what it asks for instead."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from kentongan.language import Message

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""Indonesia's three zones, as people write them, and their IANA names."""

_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2})[:.](\d{2})(?::\d{2})?)?$")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Also what turns the direction of the letters round (UAX 9): a title could be read as another one."""
_YEARS = range(1900, 2200)
_TRUE, _FALSE = {"true", "yes", "on", "1", "ya"}, {"false", "no", "off", "0", "tidak"}
SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"


def fault(rule: str, message: Message, mend: Message) -> PydanticCustomError:
    """A broken rule, to be raised by a validator; :mod:`kentongan.model.messages` makes a finding of it."""
    return PydanticCustomError("fault", "{rule}", {"rule": rule, "message": message, "mend": mend})


def _flag(value: Any) -> bool:
    word = str(value).lower()
    if word in _TRUE | _FALSE:
        return word in _TRUE
    raise fault(
        "flag", Message("“{text}” is neither yes nor no.", {"text": str(value)}), Message("Write “yes” or “no”.")
    )


def _local(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    match = _MINUTE.match(str(value))
    try:
        if match:
            day = date.fromisoformat(match[1])
            if day.year not in _YEARS:
                raise ValueError
            return datetime.combine(day, time(int(match[2] or 0), int(match[3] or 0)))
    except ValueError:
        pass
    raise fault(
        "date",
        Message("“{text}” is not a date and time that exists.", {"text": str(value)}),
        Message("Write it like 2020-07-22 10:00."),
    )


def _day(value: Any) -> datetime:
    moment = _local(value)
    if (moment.hour, moment.minute) != (0, 0):
        raise fault(
            "day",
            Message("“{text}” should be a day without a time.", {"text": str(value)}),
            Message("Write it like 2020-07-22."),
        )
    return moment


def _clock(value: Any) -> time:
    if isinstance(value, time):
        return value
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})", str(value).strip())
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    raise fault(
        "clock", Message("“{text}” is not a time of day.", {"text": str(value)}), Message("Write it like 16:30.")
    )


def _zone(value: Any) -> str:
    name = ZONES.get(str(value).upper(), str(value))
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise fault(
            "zone", Message("“{text}” is not a time zone.", {"text": str(value)}), Message("Write WIB, WITA or WIT.")
        ) from error
    return name


def web_address(value: Any) -> str:
    """*value*, which begins with http and names a host.

    :raises PydanticCustomError: when it does not.
    """
    text = str(value)
    if re.match(r"https?://[^\s/]+", text, re.IGNORECASE) and not re.search(r"[\s\x00-\x1f\x7f]", text):
        return text
    raise fault(
        "address",
        Message("“{text}” is not a web address.", {"text": text}),
        Message("Begin it with https:// or http://."),
    )


def _phone(value: Any) -> str:
    digits = re.sub(r"[\s().-]", "", str(value))
    if re.fullmatch(r"\+\d{7,15}", digits):
        return digits
    raise fault(
        "phone",
        Message("“{text}” is not an international telephone number.", {"text": str(value)}),
        Message("Write it like +62 812 0000 0000."),
    )


def _language(value: Any) -> str:
    if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", str(value)):
        return str(value)
    raise fault(
        "language",
        Message("“{text}” is not a language code.", {"text": str(value)}),
        Message("Write it like id, en, jv or su."),
    )


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _printable(value: str) -> str:
    if _CONTROL.search(value):
        raise fault(
            "control-character",
            Message("“{text}” holds characters that cannot be printed.", {"text": _CONTROL.sub("�", value)[:60]}),
            Message("Type the text again instead of pasting it."),
        )
    return value


def _one_word(value: str) -> str:
    if re.search(r"\s", value):
        raise fault(
            "guid", Message("“{text}” cannot be a guid.", {"text": value[:60]}), Message("Write it without spaces.")
        )
    return value


def _words(most: int) -> StringConstraints:
    """Something is written, and at most so many characters: pages, feeds and lists have room for no more."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


Line = Annotated[str, _words(200), AfterValidator(_printable)]
"""What something is called: titles, names, categories."""

LONGEST_SENTENCE = 500
Sentence = Annotated[str, _words(LONGEST_SENTENCE), AfterValidator(_printable)]
"""A sentence or two: what a picture shows, a place, a reason."""

Text = Annotated[str, _words(2_000), AfterValidator(_printable)]
"""A paragraph."""

Pasted = Annotated[str, _words(50_000), AfterValidator(_printable)]
"""A whole text from elsewhere, as it was pasted."""

Guid = Annotated[Sentence, AfterValidator(_one_word)]
"""What feed readers and calendars know a thing by, for ever: a UUID, or whatever an older feed gave it."""

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=100)]
"""The id of a record: its file's name without ``.md``."""

Flag = Annotated[bool, BeforeValidator(_flag)]

LocalTime = Annotated[
    datetime,
    BeforeValidator(_local),
    PlainSerializer(lambda value: value.isoformat(timespec="minutes"), return_type=str, when_used="json"),
]
"""A date and time of day without a zone: the zone is its station's, its own ``zone`` key's, or the site's."""

Day = Annotated[
    datetime,
    BeforeValidator(_day),
    PlainSerializer(lambda value: value.date().isoformat(), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A whole day, as its midnight."""

Days = Annotated[tuple[Day, ...], BeforeValidator(_one_or_many)]
LocalTimes = Annotated[tuple[LocalTime, ...], BeforeValidator(_one_or_many)]

ClockTime = Annotated[
    time,
    BeforeValidator(_clock),
    PlainSerializer(lambda value: value.isoformat(timespec="minutes"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["16:30"]}),
]
"""A time of day, by the clock of the station."""

Zone = Annotated[str, BeforeValidator(_zone), WithJsonSchema({"type": "string", "examples": list(ZONES)})]
"""An IANA zone name; WIB, WITA and WIT are understood."""

WebAddress = Annotated[
    str,
    BeforeValidator(web_address),
    StringConstraints(max_length=2_000),
    WithJsonSchema({"type": "string", "format": "uri", "maxLength": 2_000}),
]
Phone = Annotated[str, BeforeValidator(_phone), WithJsonSchema({"type": "string", "examples": ["+62 812 0000 0000"]})]
"""E.164, without spaces."""

LanguageCode = Annotated[str, BeforeValidator(_language), WithJsonSchema({"type": "string"})]
Texts = Annotated[tuple[Line, ...], Field(max_length=30), BeforeValidator(_one_or_many)]
Slugs = Annotated[tuple[Slug, ...], Field(max_length=100), BeforeValidator(_one_or_many)]


def _local_address(value: str) -> str:
    if value.startswith("/") and not value.startswith("//") and ".." not in value.split("/"):
        return value
    raise fault(
        "address",
        Message("“{text}” is not an address on this site.", {"text": value}),
        Message("Write it like /berita/judul-lama/."),
    )


SiteAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(_local_address)]
SiteAddresses = Annotated[tuple[SiteAddress, ...], BeforeValidator(_one_or_many)]
