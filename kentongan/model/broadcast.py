"""Dated transmissions, as an episode's file states them."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.fields import LocalTime, Slug, fault


class BroadcastKind(StrEnum):
    """Heard for the first time, or again."""

    LIVE = "live"
    REPEAT = "repeat"


class Transmission(Model):
    """One dated broadcast as a file states it. ``id`` never changes; times are the station's; no ``end``: unknown."""

    id: Slug
    station: Slug
    start: LocalTime
    end: LocalTime | None = None
    kind: BroadcastKind = BroadcastKind.LIVE

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise fault(
                "broadcast-end",
                Message("The broadcast ends before it starts."),
                Message("Correct “end”, or leave it out while it is not known."),
            )
        return self
