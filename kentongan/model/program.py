"""Programs: what listeners follow."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from kentongan.language import Message
from kentongan.model.base import Kind, Model, Titled
from kentongan.model.credit import Credit
from kentongan.model.fields import Flag, Guid, LanguageCode, Line, Slugs, Text, Texts, fault
from kentongan.model.image import Image
from kentongan.model.podcast import License, Location, Season
from kentongan.model.slot import Override, Slot


class Owner(Model):
    """Whom a podcast directory writes to."""

    name: Line
    email: Line | None = None


class Program(Titled):
    """A radio program. ``guid`` is its podcast feed's: a UUID given once and never computed again (Podcasting 2.0)."""

    kind: ClassVar[Kind] = Kind.PROGRAM
    folder: ClassVar[str] = "programs"

    title: Line
    guid: Guid
    summary: Text | None = None
    language: LanguageCode = "id"
    stations: Slugs = ()
    hosts: tuple[Credit, ...] = ()
    category: Line = "Business"
    """Apple Podcasts' category or subcategory, in its own English wording."""
    explicit: Flag = False
    serial: Flag = False
    """Whether its episodes are to be heard from the first on, each with its number."""
    complete: Flag = False
    """Whether no further episode will come."""
    seasons: tuple[Season, ...] = ()
    license: License | None = None
    location: Location | None = None
    owner: Owner | None = None
    locked: Flag = True
    """Whether other podcast hosts are asked not to take the feed over."""
    artwork: Image | None = None
    slots: tuple[Slot, ...] = ()
    overrides: tuple[Override, ...] = ()
    office_overrides: Flag = True
    """Whether the overrides of ``site.yml`` hold for it, too."""
    aliases: Texts = ()

    @model_validator(mode="after")
    def _season_numbers_differ(self) -> Self:
        numbers = [season.number for season in self.seasons]
        if len(set(numbers)) < len(numbers):
            raise fault(
                "season-number",
                Message("Two seasons have the same number."),
                Message("Give each season a number of its own."),
            )
        return self

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
