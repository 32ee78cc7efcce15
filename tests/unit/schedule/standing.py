"""Sites whose program stands in a station's week: Wednesdays at ten, from the first of July 2020 on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kentongan.model import Record
from kentongan.schedule import Broadcast, broadcasts
from kentongan.site import Site
from tests.unit import factories as made


def slot(**fields: Any) -> dict[str, Any]:
    """An hour every Wednesday at ten."""
    usual = {
        "id": "rabu",
        "station": "radio",
        "start": "2020-07-01 10:00",
        "duration": "60",
        "rule": "FREQ=WEEKLY;BYDAY=WE",
    }
    return usual | fields


def override(**fields: Any) -> dict[str, Any]:
    return {"reason": "Libur"} | fields


def site(
    *more: Record,
    slots: list[dict[str, Any]] | None = None,
    overrides: list[dict[str, Any]] | None = None,
    now: datetime = made.BEFORE,
    station: dict[str, Any] | None = None,
    program: dict[str, Any] | None = None,
    for_all: list[dict[str, Any]] | None = None,
    **office: Any,
) -> Site:
    """A site of one program with *slots* (one, unless said otherwise) and *overrides*, and of *more*.

    *for_all* are overrides of the office.
    """
    given = {"slots": [slot()] if slots is None else slots, "overrides": overrides or []}
    return made.site(
        made.program(**given | (program or {})),
        made.station(**station or {}),
        *more,
        now=now,
        overrides=for_all or [],
        **office,
    )


def starts(told: tuple[Broadcast, ...]) -> list[str]:
    """``07-22 10:00``, in the order given."""
    return [f"{one.start:%m-%d %H:%M}" for one in told]


def coming(**given: Any) -> list[str]:
    """The starts of all that a site tells of."""
    return starts(broadcasts(site(**given)))


def on_day(site_: Site, day: str) -> list[Broadcast]:
    """The broadcasts of a day like ``07-22``."""
    return [one for one in broadcasts(site_) if f"{one.start:%m-%d}" == day]
