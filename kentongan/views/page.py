"""What every page has: the frame around it, and its head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from markupsafe import Markup

from kentongan.language import translations
from kentongan.model import Record
from kentongan.site import Site


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; without ``url`` they are only words."""

    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the masthead. ``current``: the reader is in it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the office; ``whatsapp_url`` and ``phone_url`` open the app."""

    address: str | None
    hours: str | None
    email: str | None
    phone: str | None
    phone_url: str | None
    whatsapp: str | None
    whatsapp_url: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """The board around every page: masthead and foot."""

    name: str
    tagline: str | None
    language: str
    home: str
    places: tuple[Place, ...]
    subscribe: Place
    schedule: str
    people: str
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A ``<link rel=alternate>``."""

    title: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in ``<head>``. ``canonical`` is absolute; ``data`` is JSON-LD, safe inside ``<script>``."""

    title: str
    description: str
    canonical: str
    kind: str
    feeds: tuple[FeedLink, ...] = ()
    data: Markup | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A view that a template prints. ``template`` is its name without ``.html``."""

    media_type: ClassVar[str] = "text/html"
    template: ClassVar[str]

    frame: Frame
    head: Head


def frame(site: Site, current: str | None = None) -> Frame:
    """The frame of a page in the place whose path begins with *current*."""
    _ = translations(site.language).gettext
    words, link = site.addresses.segments, site.addresses.link

    def place(label: str, segment: str) -> Place:
        return Place(label, link(f"{segment}/"), segment == current)

    return Frame(
        name=site.office.name,
        tagline=site.office.tagline,
        language=site.language,
        home=link(""),
        places=(
            place(_("News"), words.news),
            place(_("Programs"), words.programs),
            place(_("Schedule"), words.schedule),
            place(_("Consultations"), words.consultations),
        ),
        subscribe=place(_("Subscribe"), words.subscribe),
        schedule=link(f"{words.schedule}/"),
        people=link(f"{words.people}/"),
        contact=_contact(site),
    )


def _contact(site: Site) -> Contact | None:
    contact = site.office.contact
    if contact == type(contact)():
        return None
    return Contact(
        address=contact.address,
        hours=contact.hours,
        email=contact.email,
        phone=contact.phone,
        phone_url=f"tel:{contact.phone}" if contact.phone else None,
        whatsapp=contact.whatsapp,
        whatsapp_url=whatsapp_to(contact.whatsapp) if contact.whatsapp else None,
    )


def whatsapp_to(phone: str) -> str:
    """The address that opens a chat with *phone* (E.164); wa.me wants it without the plus."""
    return f"https://wa.me/{phone.removeprefix('+')}"


def opening(scheme: str, url: str) -> str:
    """*url* so that a tap opens an app: ``webcal`` a calendar, ``podcast`` a podcast app."""
    return urlsplit(url)._replace(scheme=scheme).geturl()


def link_to(site: Site, record: Record) -> Link:
    """A link to a record's page, by what a person calls it."""
    return Link(record.label, site.addresses.link(site.path(record)))
