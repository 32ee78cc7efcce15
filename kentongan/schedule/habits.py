"""What a program usually does, by its slots: on which days of the week, and for how long."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from kentongan.model import Program, Slot
from kentongan.schedule.broadcast import USUAL_LENGTH
from kentongan.schedule.lines import dates_of
from kentongan.schedule.rhythm import rhythm_of
from kentongan.site import Site


def usual_length(program: Program | None, station: str) -> timedelta:
    """How long a program usually lasts: as its slots do, those on *station* before others. Never printed."""
    slots = program.slots if program else ()
    lengths = [slot.duration for slot in slots if station in slot.stations] or [slot.duration for slot in slots]
    return timedelta(minutes=Counter(lengths).most_common(1)[0][0]) if lengths else USUAL_LENGTH


def current_slots(site: Site, program: Program) -> tuple[Slot, ...]:
    """The slots that will come round again, in the order of the file."""
    return tuple(slot for slot in program.slots if dates_of(site, slot).goes_on(site.now))


def slot_weekdays(site: Site, program: Program) -> tuple[bool, ...]:
    """Seven, Monday first: whether a slot that will come round again falls on that day of the week.

    One that goes by the date (every 15th) falls on none.
    """
    rhythms = (rhythm_of(slot.rule, slot.start) for slot in current_slots(site, program))
    days = frozenset[int]().union(*(rhythm.beats for rhythm in rhythms if rhythm))
    return tuple(day in days for day in range(7))
