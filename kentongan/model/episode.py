"""Episodes: one announcement that is announced, goes on air and is later a recording, with one guid and one address."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from kentongan.language import Message
from kentongan.model.announced import Announced
from kentongan.model.audio import Audio, Chapter, Transcript
from kentongan.model.base import Kind, Titled
from kentongan.model.broadcast import Transmission
from kentongan.model.credit import Credit
from kentongan.model.fields import Flag, Guid, Line, LocalTime, Sentence, Slug, Text, fault
from kentongan.model.image import Image
from kentongan.model.podcast import License, Location


class EpisodeType(StrEnum):
    """What an episode is among the others (Apple, ``itunes:episodeType``)."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


class Episode(Announced, Titled):
    """One talk of a program. Only ``cancelled`` and ``on_air`` are stored; clock and audio give its other states."""

    kind: ClassVar[Kind] = Kind.EPISODE
    folder: ClassVar[str] = "episodes"

    title: Line
    program: Slug
    guid: Guid
    date: LocalTime
    number: Annotated[int, Field(gt=0)] | None = None
    season: Annotated[int, Field(gt=0)] | None = None
    episode_type: EpisodeType = EpisodeType.FULL
    topic: Sentence | None = None
    summary: Text | None = None
    image: Image | None = None
    broadcasts: tuple[Transmission, ...] = ()
    credits: tuple[Credit, ...] = ()
    explicit: Flag | None = None
    """``None``: as its program says."""
    license: License | None = None
    location: Location | None = None
    cancelled: Sentence | None = None
    """The reason readers see; the episode stays listed."""
    on_air: Flag = False
    """Flipped by a person while the microphone is open."""
    audio: Audio | None = None
    transcripts: tuple[Transcript, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    repeat_of: Slug | None = None
    """The episode that is heard again in this one."""

    @property
    def parent(self) -> tuple[Kind, str]:
        return Kind.PROGRAM, self.program

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
