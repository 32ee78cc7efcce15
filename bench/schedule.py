"""How long a schedule takes: a year of two hundred slots, what pages and calendars make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from kentongan.errors import Finding
from kentongan.model import Office, Program, Record, Station
from kentongan.schedule import Week, broadcasts, broadcasts_between
from kentongan.schedule.calendar import render_calendar, site_calendar
from kentongan.schedule.listing import week_as_table
from kentongan.site import Site, assemble
from kentongan.store.contents import Contents, Source

SLOTS = 200
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
YEAR = timedelta(days=365)
RUNS = 7

_RULES = (
    "FREQ=WEEKLY;BYDAY={day}",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
    "FREQ=MONTHLY;BYDAY=1{day}",
    "FREQ=WEEKLY;BYDAY={day}",
)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rows() -> Iterator[dict[str, Any]]:
    """Name, value and unit of each; the best of :data:`RUNS`, in milliseconds, and what it was for."""
    site = office(SLOTS)
    count = len(broadcasts_between(site, NOW, NOW + YEAR))
    dated = broadcasts(site)
    yield {"name": f"schedule: broadcasts of {SLOTS} slots in a year", "value": count, "unit": "broadcasts"}
    timed: dict[str, Callable[[], object]] = {
        f"schedule: a year of {SLOTS} slots, warm": lambda: broadcasts_between(site, NOW, NOW + YEAR),
        f"schedule: the six weeks of a build with {SLOTS} slots, warm": lambda: broadcasts(site),
        f"schedule: a week of {SLOTS} slots in words": lambda: week_as_table(site, Week.of(NOW)),
        f"schedule: calendar of {SLOTS} slots, view and bytes": lambda: render_calendar(site_calendar(site, dated)),
    }
    for name, work in timed.items():
        yield {"name": name, "value": round(best(work) * 1000, 1), "unit": "ms"}


def best(work: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds, after one to warm up."""
    work()
    times = []
    for _run in range(RUNS):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return min(times)


def office(slots: int) -> Site:
    """An office of ten stations and as many programs as it takes to have so many slots, four in each."""
    stations = [Station(id=f"radio-{number}", name=f"Radio {number}", zone="WIB") for number in range(10)]
    programs = [_program(number) for number in range(-(-slots // 4))]
    records: list[Record] = [*stations, *programs]
    keyed = {(record.kind, record.id): record for record in records}
    none: tuple[Finding, ...] = ()
    contents = Contents(
        office=Office(name="Kantor", language="id", zone="WIB"),
        records=keyed,
        sources={key: Source(f"{record.folder}/{record.id}.md") for key, record in keyed.items()},
        bodies=dict.fromkeys(keyed, ""),
        findings=none,
    )
    return assemble(contents, "https://kentongan.example", NOW)


def _program(number: int) -> Program:
    slots = [_slot(number, place, rule) for place, rule in enumerate(_RULES)]
    ramadan = {"first": "2027-02-08", "last": "2027-03-08", "time": "16:30", "reason": "Ramadan", "slot": "s0"}
    return Program.model_validate(
        {"id": f"p{number}", "title": f"Program {number}", "guid": f"g{number}", "slots": slots, "overrides": [ramadan]}
    )


def _slot(number: int, place: int, rule: str) -> dict[str, Any]:
    day = (number + place) % 7
    return {
        "id": f"s{place}",
        "station": f"radio-{number % 10}",
        "start": f"2024-01-0{day + 1} {6 + (number * 4 + place) % 16:02}:00",
        "duration": "60",
        "rule": rule.format(day=_DAYS[day]),
    }


if __name__ == "__main__":
    for row in rows():
        print(f"{row['value']:>10} {row['unit']:<11} {row['name']}")
