"""Consultations: on air, at the office, or online."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import model_validator

from kentongan.language import Message
from kentongan.model.announced import Announced
from kentongan.model.base import Kind, Model, Titled
from kentongan.model.credit import Credit
from kentongan.model.fields import (
    Day,
    Days,
    Line,
    LocalTime,
    LocalTimes,
    Phone,
    Sentence,
    Slug,
    Text,
    WebAddress,
    Zone,
    fault,
)
from kentongan.model.recurrence import Lie, Recurrence, lies, strays
from kentongan.model.registration import Registrable


class Mode(StrEnum):
    """Where people meet."""

    RADIO = "radio"
    OFFICE = "office"
    ONLINE = "online"


class Ask(Model):
    """The ways to put a question."""

    whatsapp: Phone | None = None
    phone: Phone | None = None
    form: WebAddress | None = None


ITS_EPISODES = ("start", "end", "zone", "venue", "channel", "credits", "rule", "until", "skip", "also", "cancelled")
"""What a consultation on air leaves to its episode, so that no fact is stored twice."""


class Consultation(Announced, Registrable, Titled):
    """A consultation. On air it names its ``episode`` and has no time, place or guest of its own."""

    kind: ClassVar[Kind] = Kind.CONSULTATION
    folder: ClassVar[str] = "consultations"

    title: Line
    mode: Mode
    date: LocalTime
    summary: Text | None = None
    episode: Slug | None = None
    start: LocalTime | None = None
    end: LocalTime | None = None
    zone: Zone | None = None
    venue: Sentence | None = None
    channel: WebAddress | None = None
    credits: tuple[Credit, ...] = ()
    ask: Ask | None = None
    deadline: LocalTime | None = None
    cost: Sentence | None = None
    audience: Sentence | None = None
    cancelled: Sentence | None = None
    """The reason readers see; the consultation stays listed. On air its episode says so."""
    rule: Recurrence | None = None
    """How often it comes round, from ``start`` on; one record for all its dates."""
    until: Day | None = None
    skip: Days = ()
    """Days on which it does not take place although the rule hits them."""
    also: LocalTimes = ()
    """Starts that the rule does not hit."""

    @property
    def parent(self) -> tuple[Kind, str] | None:
        return (Kind.EPISODE, self.episode) if self.episode else None

    @model_validator(mode="after")
    def _says_when_and_where(self) -> Self:
        if self.mode is Mode.RADIO:
            self._leaves_time_to_episode()
        elif self.start is None:
            raise fault(
                "consultation-start",
                Message("A consultation at the office or online needs “start”."),
                Message("Write when it begins, like start: 2020-07-23 09:00."),
            )
        elif self.end is not None and self.end <= self.start:
            raise fault(
                "consultation-end",
                Message("The consultation ends before it starts."),
                Message("Correct “end”, or leave it out."),
            )
        elif self.rule and (lie := self._lie(self.rule, self.start)):
            raise fault(*lie)
        elif (self.also or self.skip) and not self.rule:
            raise fault(
                "consultation-rule",
                Message("“also” and “skip” go with “rule”."),
                Message("Write how often it comes round, like rule: FREQ=WEEKLY;BYDAY=TU."),
            )
        return self

    def _lie(self, rule: str, start: datetime) -> Lie | None:
        return lies(rule, start, self.last_moment) or strays(self.also, start, (self.until,))

    @property
    def last_moment(self) -> datetime | None:
        """The last minute at which the rule may still begin anew, in its own zone; ``None``: for ever."""
        return self.until.replace(hour=23, minute=59) if self.until else None

    def _leaves_time_to_episode(self) -> None:
        if self.episode is None:
            raise fault(
                "consultation-episode",
                Message("A consultation on air needs “episode”."),
                Message("Write the name of its episode's file, without “.md”."),
            )
        own = [name for name in ITS_EPISODES if getattr(self, name)]
        if own:
            raise fault(
                "consultation-own-time",
                Message("A consultation on air takes “{key}” from its episode.", {"key": own[0]}),
                Message("Delete “{key}” here; write it in the episode.", {"key": own[0]}),
            )
