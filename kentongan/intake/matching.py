"""What the site's own records know about an announcement. It stands apart from what the text says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from rapidfuzz import fuzz

from kentongan.intake.announcement import Announcement
from kentongan.intake.clocks import by_station
from kentongan.intake.found import Doubt
from kentongan.intake.people import Person as Named
from kentongan.language import Message
from kentongan.model import Person, Program, Record, Station
from kentongan.model.fields import ZONES

NEAR = 0.85
"""From this likeness on a name is taken for a near spelling."""
SURE = 0.95
"""From this likeness on it is taken for the same, until a person says otherwise."""
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
    """``value`` as the record has it, the ``record`` (``stations/radio-trijaya-fm``), and how sure that is, up to 1.

    Only a ``sure`` one may be linked; another is told, and a person says whether it is the same.
    """

    value: str | float
    record: Record
    confidence: float
    sure: bool = True

    def to_json(self) -> dict[str, Any]:
        """As ``kentongan announce --json`` prints it."""
        record = f"{self.record.folder}/{self.record.id}"
        return {"value": self.value, "record": record, "confidence": round(self.confidence, 2)}


def match(announcement: Announcement, records: Iterable[Record]) -> Mapping[str, Match]:
    """What *records* add to *announcement*, by field: station, program and people, and what these know."""
    known = sorted(records, key=lambda record: record.id)
    return dict(_matches(announcement, known))


def sure(matches: Mapping[str, Match]) -> Mapping[str, Match]:
    """Those of *matches* that may be linked."""
    return {field: found for field, found in matches.items() if found.sure}


def station_of(matches: Mapping[str, Match]) -> Station | None:
    """The station among *matches* that may be linked."""
    found = matches.get("station")
    return found.record if found and found.sure and isinstance(found.record, Station) else None


def match_doubts(announcement: Announcement, matches: Mapping[str, Match]) -> Iterator[Doubt]:
    """Where *matches* are near spellings or namesakes, or a station goes by another clock than the text."""
    for field, found in matches.items():
        if field.startswith(("station", "program", "people")) and (why := _why(announcement, field, found)):
            yield Doubt(field, why)
    yield from _clock_doubt(announcement, matches)


def _why(announcement: Announcement, field: str, found: Match) -> Message | None:
    told = {"name": found.record.label}
    if found.confidence < 1 and found.confidence != MENTIONED:
        if not found.sure:
            return Message("Much like “{name}” on this site, and not taken for it; see whether it is the same.", told)
        return Message("Taken for “{name}”, which is spelled a little differently; see whether it is the same.", told)
    if field.startswith("people."):
        said = announcement.people[int(field.partition(".")[2])].value
        if _has_other_degrees(said, found.record):
            return Message("“{name}” on this site has other degrees; see whether it is the same person.", told)
    return None


def _clock_doubt(announcement: Announcement, matches: Mapping[str, Match]) -> Iterator[Doubt]:
    station, zone, time = station_of(matches), announcement.zone, announcement.time
    if station is None or zone is None or time is None:
        return
    said = datetime.fromisoformat(f"2000-01-01T{time.value}")
    moved = by_station(said, zone.value, station)
    if moved != said:
        own = str(matches["zone"].value)
        told = {"zone": zone.value, "station": station.label, "own": own, "time": f"{moved:%H.%M}"}
        message = Message("The text goes by {zone}, and {station} by {own}: there it begins at {time}.", told)
        yield Doubt("start", message)


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
        yield from _of_station(station) if station.sure else ()
    if program:
        yield "program", program
        yield from _usual_end(announcement, program, station) if program.sure else ()
    for place, person in enumerate(announcement.people):
        if found := _best(person.value.name, Person, known):
            other = found.confidence < 1 and _has_other_degrees(person.value, found.record)
            yield f"people.{place}", replace(found, sure=found.sure and not other)


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
                best = Match(record.label, record, likeness, sure=likeness >= SURE)
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
    """1 where only case, signs, spaces and words like ``Radio`` differ; a missing initial costs little."""
    one, other = _key(said, type_), _key(name, type_)
    if one.replace(" ", "") == other.replace(" ", ""):
        return 1.0
    bare, other_bare = _without_initials(one), _without_initials(other)
    missing = bare == one or other_bare == other
    return max(fuzz.ratio(one, other), missing * 0.95 * fuzz.ratio(bare, other_bare)) / 100


def _has_other_degrees(said: Named, record: Record) -> bool:
    """Whether both have degrees, and none in common."""
    one, other = (_degrees(of.suffix) for of in (said, record) if isinstance(of, (Named, Person)))
    return bool(one and other) and not one & other


def _degrees(suffix: str | None) -> frozenset[str]:
    return frozenset(part.replace(".", "").strip().casefold() for part in (suffix or "").split(",")) - {""}


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
    """When it would end by the station's clock, if it lasted as long as the program's slots do, and these agree."""
    program = found.record
    if announcement.start is None or announcement.end is not None or not isinstance(program, Program):
        return
    lengths = {slot.duration for slot in program.slots if station is None or slot.station == station.record.id}
    if len(lengths) == 1:
        zone = announcement.zone.value if announcement.zone else None
        of = station.record if station and isinstance(station.record, Station) else None
        end = by_station(announcement.start.value, zone, of) + timedelta(minutes=lengths.pop())
        yield "end", Match(end.isoformat(timespec="minutes"), program, USUAL)
