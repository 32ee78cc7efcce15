"""Programs: what listeners follow."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from kentongan.language import Message
from kentongan.model.base import Kind, Model, Titled
from kentongan.model.credit import Credit
from kentongan.model.fields import Flag, Guid, LanguageCode, Slugs, Text, Texts, fault
from kentongan.model.image import Image
from kentongan.model.slot import Override, Slot


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
    artwork: Image | None = None
    slots: tuple[Slot, ...] = ()
    overrides: tuple[Override, ...] = ()
    aliases: Texts = ()

    @model_validator(mode="after")
    def _slots_fit_together(self) -> Self:
        ids = [slot.id for slot in self.slots]
        if len(set(ids)) < len(ids):
            raise fault("slot-id", Message("Two slots have the same id."), Message("Give each slot an id of its own."))
        for override in self.overrides:
            if override.program == self.id:
                raise fault(
                    "override-program",
                    Message("A program cannot come instead of itself."),
                    Message("Name another program, or write “episode”."),
                )
            if override.slot and override.slot not in ids:
                raise fault(
                    "override-slot",
                    Message("There is no slot “{slot}” in this program.", {"slot": override.slot}),
                    Message("Choose one of: {choices}.", {"choices": ", ".join(ids)}),
                )
        return self
