"""Standing slots of a program, and what departs from them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.broadcast import BroadcastKind
from kentongan.model.fields import ClockTime, Day, Flag, LocalTime, LocalTimes, Sentence, Slug, Slugs, fault
from kentongan.model.recurrence import Recurrence, lies, strays


class Slot(Model):
    """A standing place in a station's week: first heard at ``start``, the station's time, and again by ``rule``.

    ``duration`` is in minutes. It lasts until ``until``, and holds only between ``valid_from`` and ``valid_to``; within
    both there are the starts in ``also``, too, which the rule does not hit.
    """

    id: Slug
    station: Slug
    simulcast: Slugs = ()
    """Other stations that carry it at the same instant, each told in its own time."""
    start: LocalTime
    duration: Annotated[int, Field(gt=0, le=1440)]
    rule: Recurrence
    also: LocalTimes = ()
    kind: BroadcastKind = BroadcastKind.LIVE
    until: Day | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None

    @model_validator(mode="after")
    def _rule_tells_the_truth(self) -> Self:
        if lie := lies(self.rule, self.start, self.until.replace(hour=23, minute=59) if self.until else None):
            raise fault(*lie)
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise fault("slot-validity", Message("“valid_to” is before “valid_from”."), Message("Change them round."))
        begins = max(self.start, self.valid_from or self.start)
        if stray := strays(self.also, begins, (self.until, self.valid_to)):
            raise fault(*stray)
        return self

    @model_validator(mode="after")
    def _stations_differ(self) -> Self:
        if len({self.station, *self.simulcast}) <= len(self.simulcast):
            raise fault(
                "slot-simulcast",
                Message("One station is named twice."),
                Message("Name in “simulcast” only the other stations."),
            )
        return self

    @property
    def stations(self) -> tuple[str, ...]:
        """All that carry it, the one whose clock it goes by first."""
        return self.station, *self.simulcast


class Override(Model):
    """What departs from the slots, on one day (``date``) or on all days from ``first`` to ``last``.

    A broadcast is cancelled, moved to another hour of its day or night (``time``) or, of one day alone, to any new
    ``start``, or replaced by ``episode`` of the same program or by another ``program``. Readers see the reason.
    """

    slot: Slug | None = None
    date: Day | None = None
    first: Day | None = None
    last: Day | None = None
    cancel: Flag = False
    time: ClockTime | None = None
    start: LocalTime | None = None
    episode: Slug | None = None
    program: Slug | None = None
    reason: Sentence

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if (self.date is None) == (self.first is None or self.last is None):
            raise fault(
                "override-when",
                Message("It does not say which broadcasts it is about."),
                Message("Write “date” for one day, or “first” and “last” for all days from one to the other."),
            )
        if self.first and self.last and self.last < self.first:
            raise fault("override-when", Message("“last” is before “first”."), Message("Change them round."))
        return self

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        happens = (self.cancel, self.time is not None, self.start, self.episode, self.program)
        if sum(map(bool, happens)) != 1:
            raise fault(
                "override-what",
                Message("It does not say what happens, or says more than one thing."),
                Message(
                    "Write one of: “cancel: yes”, “time” (another hour), “start” (another day and time), “episode” or"
                    " “program” (what comes instead)."
                ),
            )
        if self.start and self.date is None:
            raise fault(
                "override-move",
                Message("Only one broadcast at a time can be moved to another day."),
                Message("Write “time” for another hour on all these days, or “date” instead of “first” and “last”."),
            )
        return self

    @property
    def days(self) -> tuple[datetime, datetime]:
        """The first and the last day that it speaks of."""
        match self:
            case Override(date=datetime() as day):
                return day, day
            case Override(first=datetime() as first, last=datetime() as last):
                return first, last
            case _:
                raise TypeError("an override has a date, or a first and a last day")


class OfficeOverride(Override):
    """What departs from the slots of all programs: cancelled or at another hour, as in Ramadan. Readers see the reason.

    A program's own overrides come before it, and a program that says ``office_overrides: no`` goes its own way.
    """

    consultations: Flag = False
    """Whether the consultations that come round do not take place on these days either."""

    @model_validator(mode="after")
    def _is_for_all(self) -> Self:
        own = next((name for name in ("slot", "start", "episode", "program") if getattr(self, name)), None)
        if own:
            raise fault(
                "override-office",
                Message("“{key}” is for one program alone.", {"key": own}),
                Message("Write this among the “overrides” of the program."),
            )
        if self.consultations and not self.cancel:
            raise fault(
                "override-office",
                Message("Consultations can be left out on these days, not moved."),
                Message("Write “cancel: yes”, or leave out “consultations”."),
            )
        return self
