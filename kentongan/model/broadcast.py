"""Dated transmissions, as an episode's file states them."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.fields import LocalTime, Sentence, Slug, fault


class BroadcastKind(StrEnum):
    """Heard for the first time, or again."""

    LIVE = "live"
    REPEAT = "repeat"


class Transmission(Model):
    """One dated broadcast as a file states it. ``id`` never changes; times are the station's; no ``end``: unknown.

    One that was moved keeps in ``moved_from`` when it was to begin, with the ``reason`` that readers see.
    """

    id: Slug
    station: Slug
    start: LocalTime
    end: LocalTime | None = None
    kind: BroadcastKind = BroadcastKind.LIVE
    moved_from: LocalTime | None = None
    reason: Sentence | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise fault(
                "broadcast-end",
                Message("The broadcast ends before it starts."),
                Message("Correct “end”, or leave it out while it is not known."),
            )
        return self

    @model_validator(mode="after")
    def _says_why_it_was_moved(self) -> Self:
        if (self.moved_from is None) != (self.reason is None) or self.moved_from == self.start:
            raise fault(
                "broadcast-moved",
                Message("“moved_from” and “reason” go together, with another time in “start”."),
                Message("Write in “moved_from” when it was to begin, in “start” when it begins, in “reason” why."),
            )
        return self
