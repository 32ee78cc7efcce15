"""Pages: what stays true for longer than a day. Profile, services, public information, complaints, contact, forms."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from kentongan.model.base import Kind, Model, Translated
from kentongan.model.fields import Line, LocalTime, Sentence, Text, WebAddress
from kentongan.model.image import Image, MediaPath
from kentongan.model.registration import Registrable


class Layout(StrEnum):
    """What a page shows besides its text."""

    TEXT = "text"
    CONTACT = "contact"
    """The office's address, hours and numbers, from ``site.yml``."""
    SERVICES = "services"
    DOCUMENTS = "documents"
    REGISTRATION = "registration"


class Service(Model):
    """One service of the office, as a visitor needs it told."""

    name: Line
    summary: Text | None = None
    bring: tuple[Sentence, ...] = ()
    """What to bring along."""
    takes: Sentence | None = None
    """How long it takes, in words."""
    cost: Sentence | None = None


class Document(Model):
    """A document to read or download: a file of ``content/media``, or an address elsewhere."""

    title: Line
    file: MediaPath | None = None
    url: WebAddress | None = None
    date: LocalTime | None = None
    note: Sentence | None = None


class Page(Registrable, Translated):
    """A page at ``/<id>/``. ``menu`` is its place in the foot of every page; without it it is not listed there."""

    kind: ClassVar[Kind] = Kind.PAGE
    folder: ClassVar[str] = "pages"

    title: Line
    summary: Text | None = None
    layout: Layout = Layout.TEXT
    menu: Annotated[int, Field(ge=0, le=1000)] | None = None
    image: Image | None = None
    services: tuple[Service, ...] = ()
    documents: tuple[Document, ...] = ()
