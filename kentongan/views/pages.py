"""The office's pages: text, contact, services, documents, registration; and the stub at an address something left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from kentongan.language import Moment, moment, translations
from kentongan.language.dates import day_name
from kentongan.model import Document, Layout, Registrable, Service
from kentongan.model import Page as PageRecord
from kentongan.site import Site
from kentongan.views.page import Contact, Head, Page, Version, alternates, contact_of, frame, other_versions
from kentongan.views.picture import Picture, picture, picture_address


@dataclass(frozen=True, slots=True)
class Download:
    """A document. ``size`` in kilobytes where the file is ours."""

    title: str
    url: str
    kind: str | None
    size: int | None
    day: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class SignUp:
    """Where to sign up, and whether one still can. ``closed`` is why not: full or past; ``None``: one can."""

    url: str | None
    quota: int | None
    seats_left: int | None
    closes: Moment | None
    closed: str | None


@dataclass(frozen=True, slots=True)
class TextPage(Page):
    """A page of the office, with the ``contact``, ``services``, ``documents`` or ``sign_up`` that its layout shows."""

    template: ClassVar[str] = "page"

    language: str
    title: str
    summary: str | None
    picture: Picture | None
    body: Markup
    contact: Contact | None
    services: tuple[Service, ...]
    documents: tuple[Download, ...]
    sign_up: SignUp | None
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class MovedPage(Page):
    """What stands at a former address: where it is now."""

    template: ClassVar[str] = "moved"

    target: str
    title: str


def text_page(site: Site, page: PageRecord) -> TextPage:
    language = site.language_of(page)
    return TextPage(
        frame=frame(site, page.id),
        head=Head(
            title=page.title,
            description=page.summary or page.title,
            canonical=site.addresses.absolute(site.path(page)),
            kind="website",
            language=language,
            alternates=alternates(site, page),
            image=picture_address(site, page.image),
        ),
        language=language,
        title=page.title,
        summary=page.summary,
        picture=picture(site, page.image),
        body=site.body(page),
        contact=contact_of(site) if page.layout is Layout.CONTACT else None,
        services=page.services,
        documents=tuple(one for document in page.documents if (one := _download(site, document))),
        sign_up=sign_up(site, page),
        versions=other_versions(site, page),
    )


def moved_page(site: Site, path: str, label: str) -> MovedPage:
    """The stub that leads to *path*, where *label* is now."""
    return MovedPage(
        frame=frame(site),
        head=Head(
            title=translations(site.language).gettext("This page has moved"),
            description=label,
            canonical=site.addresses.absolute(path),
            kind="website",
            language=site.language,
        ),
        target=site.addresses.link(path),
        title=label,
    )


def sign_up(site: Site, record: Registrable) -> SignUp | None:
    """The registration of *record*, which closes itself when its day has passed or no seat is left."""
    if not (record.registration or record.quota or record.closes):
        return None
    closes = site.local(record.closes) if record.closes else None
    past, full = closes is not None and site.now >= closes, record.seats_left == 0
    return SignUp(
        url=record.registration,
        quota=record.quota,
        seats_left=record.seats_left,
        closes=moment(closes, site.language) if closes else None,
        closed="past" if past else "full" if full else None,
    )


def _download(site: Site, document: Document) -> Download | None:
    file = site.media.get(document.file or "")
    url = site.addresses.link(file.public_path) if file else document.url
    if url is None:
        return None
    return Download(
        title=document.title,
        url=url,
        kind=file.path.rpartition(".")[2].upper() if file else None,
        size=max(1, round(file.bytes / 1000)) if file else None,
        day=day_name(document.date.date(), site.language) if document.date else None,
        note=document.note,
    )
