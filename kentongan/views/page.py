"""What every page has: the frame around it, and its head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from babel import Locale
from markupsafe import Markup

from kentongan.language import translations
from kentongan.model import Record, Translated
from kentongan.site import Site

WOOD = "#7a3f1d"
"""The frame's colour where an office has none of its own."""

_OWN_NAMES = {"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa", "su": "Basa Sunda"}


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
    archive: str
    pages: tuple[Link, ...]
    """The office's pages and its own menu, for the foot."""
    social: tuple[Link, ...]
    logo: str | None
    contact: Contact | None
    colour: str
    """The frame's, for the browser's own bars."""
    script: str
    """What says what is on the air now; its address is the same for ever."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A ``<link rel=alternate>``."""

    title: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language (``hreflang``), at an absolute address."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Version:
    """The same text in another language: its own name for itself, its code, its address from the root."""

    label: str
    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in ``<head>``. ``canonical`` and ``image`` are absolute; ``language`` is that of what is written in
    ``main``; ``data`` is JSON-LD, safe inside ``<script>``."""

    title: str
    description: str
    canonical: str
    kind: str
    language: str = "id"
    feeds: tuple[FeedLink, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    image: str | None = None
    data: Markup | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A view that a template prints. ``template`` is its name without ``suffix``."""

    template: ClassVar[str]
    suffix: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Page(Printed):
    """A page. ``head`` is its own, ``frame`` is around every page."""

    media_type: ClassVar[str] = "text/html"
    suffix: ClassVar[str] = ".html"

    frame: Frame
    head: Head


def frame(site: Site, current: str | None = None) -> Frame:
    """The frame of a page in the place whose path begins with *current*."""
    return site.once(_frame, current)


def _frame(site: Site, current: str | None) -> Frame:
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
        archive=link(site.addresses.archive()),
        pages=_foot_links(site),
        social=tuple(Link(urlsplit(url).netloc.removeprefix("www."), url) for url in site.office.social),
        logo=_logo(site),
        contact=contact_of(site),
        colour=site.office.colours.light or WOOD,
        script=link(words.now),
    )


def _foot_links(site: Site) -> tuple[Link, ...]:
    pages = [link_to(site, page) for page in site.pages if page.menu is not None]
    own = [Link(entry.label, _menu_address(site, entry.url)) for entry in site.office.menu]
    return (*pages, *own)


def _menu_address(site: Site, url: str) -> str:
    """An entry of the office's own leads anywhere, or to an address from the site's root."""
    return site.addresses.link(url[1:]) if url.startswith("/") and not url.startswith("//") else url


def _logo(site: Site) -> str | None:
    file = site.media.get(site.office.logo or "")
    return site.addresses.link(file.public_path) if file else None


def contact_of(site: Site) -> Contact | None:
    """How to reach the office, if it says so."""
    contact = site.office.contact
    if contact == type(contact)():
        return None
    return Contact(
        address=contact.address,
        hours=contact.hours,
        email=contact.email,
        phone=readable(contact.phone),
        phone_url=f"tel:{contact.phone}" if contact.phone else None,
        whatsapp=readable(contact.whatsapp),
        whatsapp_url=whatsapp_to(contact.whatsapp) if contact.whatsapp else None,
    )


def readable(phone: str | None) -> str | None:
    """A number as people here read it aloud: ``0812-0000-0000``, ``0274-000-000``; a foreign one as it is."""
    if phone is None or not phone.startswith("+62"):
        return phone
    digits = f"0{phone[3:]}"
    rest = digits[4:]
    middle = len(rest) // 2
    return "-".join(part for part in (digits[:4], rest[:middle], rest[middle:]) if part)


def whatsapp_to(phone: str) -> str:
    """The address that opens a chat with *phone* (E.164); wa.me wants it without the plus."""
    return f"https://wa.me/{phone.removeprefix('+')}"


def opening(scheme: str, url: str) -> str:
    """*url* so that a tap opens an app: ``webcal`` a calendar, ``podcast`` a podcast app."""
    return urlsplit(url)._replace(scheme=scheme).geturl()


def alternates(site: Site, record: Translated) -> tuple[Alternate, ...]:
    """Every language *record* can be read in, itself included; nothing when there is only one."""
    versions = site.versions(record)
    if len(versions) < 2:
        return ()
    return tuple(Alternate(site.language_of(one), site.addresses.absolute(site.path(one))) for one in versions)


def other_versions(site: Site, record: Translated) -> tuple[Version, ...]:
    """*record* in its other languages."""
    return tuple(
        Version(language_name(site.language_of(one)), site.language_of(one), site.addresses.link(site.path(one)))
        for one in site.versions(record)
        if one is not record
    )


def language_name(code: str) -> str:
    """A language by its own name: ``Bahasa Indonesia``, ``English``, ``Jawa``."""
    return _OWN_NAMES.get(code) or str(Locale.parse(code, sep="-").get_display_name() or code)


def link_to(site: Site, record: Record) -> Link:
    """A link to a record's page, by what a person calls it."""
    return Link(record.label, site.addresses.link(site.path(record)))
