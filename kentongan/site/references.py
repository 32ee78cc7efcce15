"""Every place in a record that names another record."""

from __future__ import annotations

from collections.abc import Iterator

from kentongan.model import Article, Consultation, Credit, Episode, Kind, Program, Record
from kentongan.model.messages import Location

Reference = tuple[Location, Kind, str]
"""Where it stands in the front matter, and the type and id it names."""


def references(record: Record) -> Iterator[Reference]:
    """What *record* names, in the order of its keys."""
    match record:
        case Article():
            yield from _many("authors", Kind.PERSON, record.authors)
            yield from _many("episodes", Kind.EPISODE, record.episodes)
            yield from _many("consultations", Kind.CONSULTATION, record.consultations)
        case Program():
            yield from _many("stations", Kind.STATION, record.stations)
            yield from _credits("hosts", record.hosts)
        case Episode():
            yield ("program",), Kind.PROGRAM, record.program
            for place, broadcast in enumerate(record.broadcasts):
                yield ("broadcasts", place, "station"), Kind.STATION, broadcast.station
            yield from _credits("credits", record.credits)
        case Consultation():
            if record.episode:
                yield ("episode",), Kind.EPISODE, record.episode
            yield from _credits("credits", record.credits)


def _many(key: str, kind: Kind, ids: tuple[str, ...]) -> Iterator[Reference]:
    for place, id_ in enumerate(ids):
        yield (key, place), kind, id_


def _credits(key: str, given: tuple[Credit, ...]) -> Iterator[Reference]:
    for place, credit in enumerate(given):
        yield (key, place, "person"), Kind.PERSON, credit.person
