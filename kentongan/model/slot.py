"""Standing slots of a program, and what departs from them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.broadcast import BroadcastKind
from kentongan.model.fields import Day, Flag, LocalTime, Slug, Text, fault
from kentongan.model.recurrence import Recurrence, lies


class Slot(Model):
    """A standing place in a station's week: first heard at ``start``, the station's time, and again by ``rule``.

    ``duration`` is in minutes. It lasts until ``until``, and holds only between ``valid_from`` and ``valid_to``.
    """

    id: Slug
    station: Slug
    start: LocalTime
    duration: Annotated[int, Field(gt=0, le=1440)]
    rule: Recurrence
    kind: BroadcastKind = BroadcastKind.LIVE
    until: Day | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None

    @model_validator(mode="after")
    def _rule_tells_the_truth(self) -> Self:
        if lie := lies(self.rule, self.start, self.until.replace(hour=23, minute=59) if self.until else None):
            raise fault(*lie)
        return self


class Override(Model):
    """What departs from the slots, on one day (``date``) or on all days from ``first`` to ``last``.

    A broadcast is cancelled, moved (``start``; one day only) or replaced by ``episode``. Readers see the reason.
    """

    slot: Slug | None = None
    date: Day | None = None
    first: Day | None = None
    last: Day | None = None
    cancel: Flag = False
    start: LocalTime | None = None
    episode: Slug | None = None
    reason: Text

    @model_validator(mode="after")
    def _says_when_and_what(self) -> Self:
        if (self.date is None) == (self.first is None or self.last is None):
            raise fault(
                "override-when",
                Message("It does not say which broadcasts it is about."),
                Message("Write “date” for one day, or “first” and “last” for all days from one to the other."),
            )
        if self.first and self.last and self.last < self.first:
            raise fault("override-when", Message("“last” is before “first”."), Message("Change them round."))
        if [self.cancel, bool(self.start), bool(self.episode)].count(True) != 1:
            raise fault(
                "override-what",
                Message("It does not say what happens."),
                Message("Write one of: “cancel: yes”, “start” (the new time) or “episode” (what comes instead)."),
            )
        if self.start and self.date is None:
            raise fault(
                "override-move",
                Message("Only one broadcast at a time can be moved."),
                Message("Write “date” instead of “first” and “last”."),
            )
        return self
