"""Whether the office is in step with its repository elsewhere, and what waits for a person to choose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kentongan.doctor.check import Check, ok, warn
from kentongan.language import Message
from kentongan.repository import Step
from kentongan.repository.exchange import last_step
from kentongan.repository.remote import WHY
from kentongan.repository.splits import OpenSplit, Splits

_MOST = 5


def checks(content: Path, state: Path) -> Iterator[Check]:
    """Nothing where nothing was ever exchanged."""
    step = last_step(state)
    if step.place:
        yield _exchange(step)
    if waiting := Splits(content, state).all():
        yield _splits(waiting)


def _exchange(step: Step) -> Check:
    if step.trouble is None:
        return ok("exchange", Message("The office is in step with {place}.", {"place": step.place}))
    why = WHY[step.trouble]
    told = Message("Nothing is exchanged with {place} now: {said}", {"place": step.place, "said": step.said or "?"})
    return warn("exchange", told, why)


def _splits(waiting: list[OpenSplit]) -> Check:
    names = ", ".join(one.path for one in waiting[:_MOST])
    return warn(
        "splits",
        Message(
            "{count} files were changed here and elsewhere, and somebody has to choose: {names}",
            {"count": len(waiting), "names": names},
        ),
        Message("Open the office room of the CMS: they stand at the top."),
    )
