"""Episodes: one announcement that is announced, goes on air and is later a recording, with one guid and one address."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from kentongan.language import Message
from kentongan.model.base import Kind, Model, Titled
from kentongan.model.credit import Credit
from kentongan.model.fields import Flag, Guid, LocalTime, Slug, Text, WebAddress, fault


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


class Audio(Model):
    """A recording: ``bytes`` its size, ``duration`` in seconds."""

    url: WebAddress
    bytes: Annotated[int, Field(gt=0)]
    type: Text = "audio/mpeg"
    duration: Annotated[int, Field(gt=0)] | None = None


class Episode(Titled):
    """One talk of a program. Only ``cancelled`` and ``on_air`` are stored; clock and audio give its other states."""

    kind: ClassVar[Kind] = Kind.EPISODE
    folder: ClassVar[str] = "episodes"

    title: Text
    program: Slug
    guid: Guid
    date: LocalTime
    number: Annotated[int, Field(gt=0)] | None = None
    season: Annotated[int, Field(gt=0)] | None = None
    summary: Text | None = None
    broadcasts: tuple[Transmission, ...] = ()
    credits: tuple[Credit, ...] = ()
    cancelled: Text | None = None
    """The reason readers see; the episode stays listed."""
    on_air: Flag = False
    """Flipped by a person while the microphone is open."""
    audio: Audio | None = None

    @model_validator(mode="after")
    def _broadcast_ids_differ(self) -> Self:
        ids = [broadcast.id for broadcast in self.broadcasts]
        if len(set(ids)) < len(ids):
            raise fault(
                "broadcast-id",
                Message("Two broadcasts have the same id."),
                Message("Give each broadcast an id of its own; calendars know it by that id."),
            )
        return self
