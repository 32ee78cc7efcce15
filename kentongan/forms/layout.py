"""Which fields a form has, in which order. Keys that are missing here are kept as they are in the file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kentongan.forms.field import Field, Section, Widget
from kentongan.forms.shape import field_of
from kentongan.forms.words import BODY_LABEL
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind

_Plan = tuple[tuple[Message | None, str], ...]
_MORE = Message("More")
_WHEN, _WHO, _PICTURE = Message("When"), Message("Who speaks"), Message("Picture")
_TEXT, _JOIN = Message("Text of the page"), Message("How to join")

_PLANS: Mapping[Kind, _Plan] = {
    Kind.ARTICLE: (
        (None, "title summary category"),
        (_TEXT, "body"),
        (_PICTURE, "image"),
        (_MORE, "date tags authors episodes consultations lang translates comments"),
    ),
    Kind.EPISODE: (
        (None, "title program"),
        (_WHEN, "broadcasts"),
        (_WHO, "credits"),
        (_TEXT, "summary body"),
        (_PICTURE, "image"),
        (_MORE, "date topic number season episode_type repeat_of cancelled on_air comments"),
    ),
    Kind.CONSULTATION: (
        (None, "title mode episode"),
        (_WHEN, "start end zone rule until"),
        (Message("Where"), "venue channel"),
        (_WHO, "credits"),
        (_JOIN, "ask deadline cost audience quota seats_left registration closes"),
        (_TEXT, "summary body"),
        (_MORE, "date skip also cancelled comments"),
    ),
    Kind.PERSON: (
        (None, "name prefix suffix role organisation"),
        (_PICTURE, "photo"),
        (_TEXT, "body"),
        (_MORE, "aliases links"),
    ),
    Kind.PROGRAM: (
        (None, "title summary stations"),
        (Message("Airtimes"), "slots overrides"),
        (Message("Hosts"), "hosts"),
        (_TEXT, "body"),
        (_PICTURE, "artwork"),
        (_MORE, "category language owner seasons explicit serial complete locked office_overrides aliases"),
    ),
    Kind.STATION: (
        (None, "name city zone frequencies"),
        (Message("Listening on the internet"), "streams"),
        (Message("Reaching the station"), "phone whatsapp links"),
        (_PICTURE, "logo"),
        (_TEXT, "body"),
        (_MORE, "callsign aliases"),
    ),
    Kind.PAGE: (
        (None, "title summary layout menu"),
        (_TEXT, "body"),
        (Message("Services"), "services"),
        (Message("Documents"), "documents"),
        (_PICTURE, "image"),
        (_JOIN, "registration quota seats_left closes"),
        (_MORE, "lang translates comments"),
    ),
}

LEFT_OUT = frozenset({"id", "guid", "status", "updated", "was", "extras", "announcement"})
"""Set by the system, or by hand in the file alone."""

_BODY = Field("body", Widget.BODY, BODY_LABEL)


@cache
def form_of(kind: Kind) -> tuple[Section, ...]:
    """The form of the records of *kind*."""
    return tuple(
        Section(title, tuple(_field(kind, key) for key in keys.split()), folded=title is _MORE)
        for title, keys in _PLANS[kind]
    )


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """All fields of that form, the body among them."""
    return tuple(field for section in form_of(kind) for field in section.fields)


def _field(kind: Kind, key: str) -> Field:
    return _BODY if key == "body" else field_of(RECORD_TYPES[kind], key)
