"""``site.yml``: what the office says of itself."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.contrast import contrast
from kentongan.model.fields import Flag, Line, Phone, Sentence, Text, WebAddress, Zone, fault
from kentongan.model.image import MediaPath
from kentongan.model.slot import OfficeOverride

READABLE = 4.5
"""The contrast ratio that text needs (WCAG 2.2, 1.4.3)."""


def _colour(value: str) -> str:
    if re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        return value.lower()
    raise fault("colour", Message("“{text}” is no colour.", {"text": value}), Message("Write it like #7a3f1d."))


Colour = Annotated[Line, AfterValidator(_colour)]


class Contact(Model):
    """How to reach the office."""

    address: Sentence | None = None
    phone: Phone | None = None
    whatsapp: Phone | None = None
    email: Line | None = None
    hours: Sentence | None = None


class Colours(Model):
    """The office's own colours in place of wood: on paper by day (``light``), on dark ground by night (``dark``)."""

    light: Colour | None = None
    dark: Colour | None = None

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        for key, ground in (("light", "#f7f4ec"), ("dark", "#17120e")):
            colour = getattr(self, key)
            if colour and contrast(colour, ground) < READABLE:
                raise fault(
                    "contrast",
                    Message("“{key}” cannot be read on its ground.", {"key": key}),
                    Message("Choose a darker colour.") if key == "light" else Message("Choose a lighter colour."),
                )
        return self


class Giscus(Model):
    """The discussions of a GitHub repository, by the names and ids that giscus.app tells its owner."""

    repo: Annotated[Line, Field(pattern=r"^[\w.-]+/[\w.-]+$")]
    repo_id: Line
    category: Line
    category_id: Line


class Comments(Model):
    """Whether readers may comment, and for how many days after a record appeared.

    ``system`` says whose comments pages show: ours, those of an Isso or of GitHub Discussions elsewhere, or none.
    ``keep_email`` is for how many days an address is kept after the last comment that was sent with it,
    ``keep_refused`` for how many what was rejected or spam is.
    """

    open: Flag = True
    days: Annotated[int, Field(gt=0)] | None = None
    keep_email: Annotated[int, Field(gt=0, le=3650)] = 365
    keep_refused: Annotated[int, Field(gt=0, le=3650)] = 180
    system: Literal["kentongan", "isso", "giscus", "none"] = "kentongan"
    isso: WebAddress | None = None
    giscus: Giscus | None = None

    @model_validator(mode="after")
    def _system_is_told_of(self) -> Self:
        if self.system in ("isso", "giscus") and getattr(self, self.system) is None:
            raise fault(
                "comments-system",
                Message("“{system}” is not described.", {"system": self.system}),
                Message("Say where it is below “comments”, as docs/komentar.md shows."),
            )
        return self


class MenuEntry(Model):
    """An entry of the office's own in the foot of every page."""

    label: Line
    url: Text


class Office(Model):
    """Who speaks on this site, in which language and zone. ``format`` is the version of these files."""

    format: Literal["1"] = "1"
    name: Line
    tagline: Sentence | None = None
    description: Text | None = None
    language: Literal["id", "en"] = "id"
    zone: Zone = "Asia/Jakarta"
    logo: MediaPath | None = None
    colours: Colours = Colours()
    contact: Contact = Contact()
    menu: tuple[MenuEntry, ...] = ()
    social: tuple[WebAddress, ...] = ()
    hub: WebAddress | None = None
    """The WebSub hub that followers of our feeds hear from (W3C WebSub)."""
    comments: Comments = Comments()
    overrides: tuple[OfficeOverride, ...] = ()
    """Days on which no program is heard as usual."""
