"""What the site's own records know about an announcement. It stands apart from what the text says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from rapidfuzz import fuzz

from kentongan.intake.announcement import Announcement
from kentongan.model import Person, Program, Record, Station
from kentongan.model.fields import ZONES

NEAR = 0.85
"""From this likeness on a name is taken for a near spelling."""
MENTIONED = 0.8
"""How sure a record is that the text mentions without calling it a station or program."""
USUAL = 0.5
"""How sure an end is that only the program's usual length gives."""

R = TypeVar("R", bound=Record)
_FILLERS = {
    Station: frozenset(["radio", "fm", "am", "lppl", "siaran"]),
    Program: frozenset(["program", "acara"]),
    Person: frozenset[str](),
}


@dataclass(frozen=True, slots=True)
class Match:
    """``value`` as the record has it, the ``record`` (``stations/radio-trijaya-fm``), and how sure that is, up to 1."""

    value: str | float
    record: Record
    confidence: float

    def to_json(self) -> dict[str, Any]:
        """As ``kentongan announce --json`` prints it."""
        record = f"{self.record.folder}/{self.record.id}"
        return {"value": self.value, "record": record, "confidence": round(self.confidence, 2)}


def match(announcement: Announcement, records: Iterable[Record]) -> Mapping[str, Match]:
    """What *records* add to *announcement*, by field: station, program and people, and what these know."""
    known = sorted(records, key=lambda record: record.id)
    return dict(_matches(announcement, known))


def mentioned(text: str, records: Collection[Record]) -> frozenset[str]:
    """Of ``station`` and ``program`` what *text* names by a name that *records* have."""
    words = f" {_words(text)} "
    found = {"station": _mentioned(Station, records, words), "program": _mentioned(Program, records, words)}
    return frozenset(name for name, one in found.items() if one)


def _matches(announcement: Announcement, known: list[Record]) -> Iterator[tuple[str, Match]]:
    text = f" {_words(announcement.text.plain)} "
    on_air = announcement.kind in ("episode", "slot")
    station = _named(announcement.station, Station, known, text) if on_air else None
    program = _named(announcement.program, Program, known, text) if on_air else None
    if station:
        yield "station", station
        yield from _of_station(station)
    if program:
        yield "program", program
        yield from _usual_end(announcement, program, station)
    for place, person in enumerate(announcement.people):
        if found := _best(person.value.name, Person, known):
            yield f"people.{place}", found


def person_like(name: str, people: Iterable[Record]) -> Match | None:
    """Of *people* the one whose name or alias is most like *name*, if one is; sure (1) where the names are the same."""
    return _best(name, Person, sorted(people, key=lambda person: person.id))


def _named(said: Any, type_: type[R], known: list[Record], text: str) -> Match | None:
    return _best(said.value, type_, known) if said else _mentioned(type_, known, text)


def _best(said: str, type_: type[R], known: list[Record]) -> Match | None:
    """The record whose name or alias is most like *said*; of equals the one with the first id."""
    best: Match | None = None
    for record in known:
        if isinstance(record, type_):
            likeness = max(_likeness(said, name, type_) for name in _names(record))
            if likeness >= NEAR and (best is None or likeness > best.confidence):
                best = Match(record.label, record, likeness)
    return best


def _mentioned(type_: type[R], known: Collection[Record], text: str) -> Match | None:
    """The record whose whole name or alias stands in *text*; the longest name wins."""
    found = [
        (len(name), record)
        for record in known
        if isinstance(record, type_)
        for name in _names(record)
        if len(name) > 3 and f" {_words(name)} " in text
    ]
    if not found:
        return None
    _, record = max(found, key=lambda one: one[0])
    return Match(record.label, record, MENTIONED)


def _names(record: Record) -> tuple[str, ...]:
    name = record.title if isinstance(record, Program) else getattr(record, "name", "")
    return (name, *getattr(record, "aliases", ()))


def _likeness(said: str, name: str, type_: type[Record]) -> float:
    """1 where only case, signs and words like ``Radio`` differ; a missing initial costs little."""
    one, other = _key(said, type_), _key(name, type_)
    if one == other:
        return 1.0
    return max(fuzz.ratio(one, other), 0.95 * fuzz.ratio(_without_initials(one), _without_initials(other))) / 100


def _key(name: str, type_: type[Record]) -> str:
    words = _words(name).split()
    return " ".join(word for word in words if word not in _FILLERS[type_]) or " ".join(words)


def _without_initials(key: str) -> str:
    return " ".join(word for word in key.split() if len(word) > 1)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _of_station(found: Match) -> Iterator[tuple[str, Match]]:
    """A station's zone, and its frequency where it has one only."""
    station = found.record
    if not isinstance(station, Station):
        return
    zone = next((short for short, name in ZONES.items() if name == station.zone), station.zone)
    yield "zone", Match(zone, station, found.confidence)
    if len(station.frequencies) == 1:
        yield "frequency", Match(station.frequencies[0].mhz, station, found.confidence)


def _usual_end(announcement: Announcement, found: Match, station: Match | None) -> Iterator[tuple[str, Match]]:
    """When it would end, if it lasted as long as the program's slots do; only where these agree."""
    program = found.record
    if announcement.start is None or announcement.end is not None or not isinstance(program, Program):
        return
    lengths = {slot.duration for slot in program.slots if station is None or slot.station == station.record.id}
    if len(lengths) == 1:
        end = announcement.start.value + timedelta(minutes=lengths.pop())
        yield "end", Match(end.isoformat(timespec="minutes"), program, USUAL)
