"""Whole timetables drawn at random: slots of all kinds, what departs from them, and episodes that fill them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from kentongan.schedule import Broadcast, broadcasts, broadcasts_between
from kentongan.site import Site
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.rules import ZONES, recurrences
from tests.unit.schedule.standing import override, slot

SINCE, UNTIL = made.BEFORE - timedelta(days=30), made.BEFORE + timedelta(days=70)
"""Where expansions are compared."""


@st.composite
def timetables(draw: st.DrawFn) -> Site:
    """Slots on one station or two, overrides of days near now, and now and then an episode in its slot."""
    zone = draw(st.sampled_from(ZONES))
    slots = [draw(slots_called(f"s{place}")) for place in range(draw(st.integers(1, 3)))]
    stations = {"station": {"zone": zone}}
    dated = broadcasts(standing.site(*fixed(), slots=slots, **stations))
    overrides = [draw(departures(one.start)) for one in draw(some_of(dated))]
    filled = [
        made.episode(
            id=f"e{place}",
            guid=f"g{place}",
            broadcasts=[made.transmission(station=one.station, start=at(one.start), end=None)],
        )
        for place, one in enumerate(draw(some_of(dated)))
    ]
    return standing.site(*fixed(), *filled, slots=slots, overrides=overrides, **stations)


def fixed() -> tuple[Any, ...]:
    """What every timetable may name: a second station, an episode without a time, another program."""
    other = made.program(id="lain", title="Program Lain", guid="lain")
    return made.station(id="timur", zone="WIT"), made.episode(id="tamu", guid="tamu", broadcasts=[]), other


@st.composite
def slots_called(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    """A slot by a rule, some with dates more, some on a second station."""
    rule, start = draw(recurrences(years=2))
    more = (
        draw(st.lists(st.integers(1, 900 * 24 * 60), max_size=2)) if "COUNT" not in rule and "UNTIL" not in rule else []
    )
    return slot(
        id=id_,
        rule=rule,
        start=at(start),
        duration=str(draw(st.integers(1, 1440))),
        also=[at(start + timedelta(minutes=minutes)) for minutes in more],
        simulcast=draw(st.sampled_from([[], [], ["timur"]])),
    )


def some_of(dated: Sequence[Broadcast]) -> st.SearchStrategy[list[Broadcast]]:
    return st.lists(st.sampled_from(dated), max_size=4) if dated else st.just([])


def at(start: datetime) -> str:
    return f"{start:%Y-%m-%d %H:%M}"


def departures(start: datetime) -> st.SearchStrategy[dict[str, Any]]:
    """Ways to depart from what is usual on the day of *start*, and on those after it."""
    day = f"{start:%Y-%m-%d}"
    later = st.integers(-3000, 3000).map(lambda minutes: at(start + timedelta(minutes=minutes)))
    onto = st.integers(-2, 2).map(lambda weeks: at(start + timedelta(weeks=weeks)))
    reach = st.integers(0, 20).map(lambda count: f"{start + timedelta(days=count):%Y-%m-%d}")
    clocks = st.times().map(lambda clock: f"{clock:%H:%M}")
    happens = st.one_of(
        st.just({"cancel": "yes"}),
        st.just({"episode": "tamu"}),
        st.just({"program": "lain"}),
        clocks.map(lambda clock: {"time": clock}),
    )
    return st.one_of(
        st.builds(lambda there: override(date=day, start=there), st.one_of(later, onto)),
        st.builds(lambda what: override(date=day, **what), happens),
        st.builds(lambda what, last: override(first=day, last=last, **what), happens, reach),
    )


def heard(site: Site) -> list[datetime]:
    """When something begins that takes place, by our own expansion: instants in UTC, in order."""
    told = broadcasts_between(site, SINCE, UNTIL)
    return sorted(one.start.astimezone(UTC) for one in told if one.takes_place)
