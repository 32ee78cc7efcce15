"""Every place in a record that names another record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kentongan.model import (
    Article,
    Audio,
    Consultation,
    Credit,
    Document,
    Episode,
    Image,
    Kind,
    Page,
    Person,
    Program,
    Record,
    Rendition,
    Transcript,
)
from kentongan.model.messages import Location

Reference = tuple[Location, Kind, str]
"""Where it stands in the front matter, and the type and id it names."""


def references(record: Record) -> Iterator[Reference]:
    """What *record* names, in the order of its keys."""
    match record:
        case Page(translates=str(translated)):
            yield ("translates",), Kind.PAGE, translated
        case Article():
            if record.translates:
                yield ("translates",), Kind.ARTICLE, record.translates
            yield from _many("authors", Kind.PERSON, record.authors)
            yield from _many("episodes", Kind.EPISODE, record.episodes)
            yield from _many("consultations", Kind.CONSULTATION, record.consultations)
        case Program():
            yield from _many("stations", Kind.STATION, record.stations)
            yield from _credits("hosts", record.hosts)
            for place, slot in enumerate(record.slots):
                yield ("slots", place, "station"), Kind.STATION, slot.station
                for number, station in enumerate(slot.simulcast):
                    yield ("slots", place, "simulcast", number), Kind.STATION, station
            for place, override in enumerate(record.overrides):
                if override.episode:
                    yield ("overrides", place, "episode"), Kind.EPISODE, override.episode
                if override.program:
                    yield ("overrides", place, "program"), Kind.PROGRAM, override.program
        case Episode():
            yield ("program",), Kind.PROGRAM, record.program
            if record.repeat_of:
                yield ("repeat_of",), Kind.EPISODE, record.repeat_of
            for place, broadcast in enumerate(record.broadcasts):
                yield ("broadcasts", place, "station"), Kind.STATION, broadcast.station
            yield from _credits("credits", record.credits)
        case Consultation():
            if record.episode:
                yield ("episode",), Kind.EPISODE, record.episode
            yield from _credits("credits", record.credits)


def media_references(record: Record) -> Iterator[tuple[Location, str]]:
    """The files of ``content/media`` that *record* names, and where in the front matter."""
    for key in _picture_keys(type(record)):
        image = getattr(record, key)
        if isinstance(image, Image):
            yield (key, "src"), image.src
    match record:
        case Episode():
            if record.audio:
                yield from _files(("audio",), (record.audio,))
                yield from _files(("audio", "renditions"), record.audio.renditions)
            yield from _files(("transcripts",), record.transcripts)
        case Page():
            yield from _files(("documents",), record.documents)


@cache
def _picture_keys(type_: type[Record]) -> tuple[str, ...]:
    return tuple(key for key in ("image", "artwork", "photo", "logo") if key in type_.model_fields)


def shown_media(record: Record) -> Iterator[tuple[Location, str]]:
    """The files that may be seen with *record*: a portrait only with its person's consent."""
    for location, path in media_references(record):
        if not (isinstance(record, Person) and location[0] == "photo" and record.photo and not record.photo.consent):
            yield location, path


def _files(
    key: Location, holders: Iterable[Audio | Rendition | Transcript | Document]
) -> Iterator[tuple[Location, str]]:
    for place, holder in enumerate(holders):
        if holder.file:
            yield (*key, place, "file"), holder.file


def _many(key: str, kind: Kind, ids: tuple[str, ...]) -> Iterator[Reference]:
    for place, id_ in enumerate(ids):
        yield (key, place), kind, id_


def _credits(key: str, given: tuple[Credit, ...]) -> Iterator[Reference]:
    for place, credit in enumerate(given):
        yield (key, place, "person"), Kind.PERSON, credit.person
