"""Programs: what listeners follow."""

from __future__ import annotations

from typing import ClassVar

from kentongan.model.base import Kind, Model, Titled
from kentongan.model.credit import Credit
from kentongan.model.fields import Flag, Guid, LanguageCode, Slugs, Text, Texts


class Owner(Model):
    """Whom a podcast directory writes to."""

    name: Text
    email: Text | None = None


class Program(Titled):
    """A radio program. ``guid`` is its podcast feed's: a UUID given once and never computed again (Podcasting 2.0)."""

    kind: ClassVar[Kind] = Kind.PROGRAM
    folder: ClassVar[str] = "programs"

    title: Text
    guid: Guid
    summary: Text | None = None
    language: LanguageCode = "id"
    stations: Slugs = ()
    hosts: tuple[Credit, ...] = ()
    category: Text = "Business"
    """Apple Podcasts' category, in its own English wording."""
    explicit: Flag = False
    owner: Owner | None = None
    aliases: Texts = ()
