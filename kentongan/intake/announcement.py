"""What was read from one text, each value with where it stood, what is doubtful and what must be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kentongan.intake.found import Doubt, Found
from kentongan.intake.people import Person
from kentongan.intake.text import Text
from kentongan.model import Mode


@dataclass(frozen=True, slots=True)
class Announcement:
    """A reading of ``text``. Every value stands there; what does not stand there is ``None`` or empty, and asked for.

    ``start`` and ``end`` are local to ``zone``; ``date`` is ISO 8601, ``--07-22`` where no year is named; ``time`` and
    ``end_time`` are ``HH:MM``; ``frequency`` is in MHz; ``phones`` are E.164, and those in ``whatsapp`` mobile.
    """

    text: Text
    kind: str
    also: tuple[str, ...]
    mode: Mode | None
    title: Found[str] | None
    topic: Found[str] | None
    program: Found[str] | None
    station: Found[str] | None
    frequency: Found[float] | None
    date: Found[str] | None
    time: Found[str] | None
    end_time: Found[str] | None
    start: Found[datetime] | None
    end: Found[datetime] | None
    zone: Found[str] | None
    recurs: Found[tuple[str, ...]] | None
    venue: Found[str] | None
    people: tuple[Found[Person], ...]
    phones: tuple[Found[str], ...]
    whatsapp: tuple[str, ...]
    email: Found[str] | None
    registration: Found[str] | None
    stream: Found[str] | None
    meeting: Found[str] | None
    quota: Found[int] | None
    cost: Found[str] | None
    deadline: Found[str] | None
    dateline: Found[str] | None
    doubts: tuple[Doubt, ...]
    ask: tuple[str, ...]

    def doubting(self, doubts: Iterable[Doubt]) -> Announcement:
        """The same reading with *doubts* before its own."""
        return replace(self, doubts=(*doubts, *self.doubts))

    def to_json(self, language: str) -> dict[str, Any]:
        """The interface of ``kentongan announce --json``; warnings are told in *language*.

        ``spans`` are half-open and count the characters of the original text (Unicode code points).
        """
        return {
            "kind": self.kind,
            "also": list(self.also),
            **{name: _value(found) for name, found in self._single()},
            "recurs": list(self.recurs.value) if self.recurs else [],
            "mode": self.mode.value if self.mode else None,
            "people": [_person(one.value) for one in self.people],
            "phones": [one.value for one in self.phones],
            "whatsapp": list(self.whatsapp),
            "warnings": [self._warning(one, language) for one in self.doubts],
            "ask": list(self.ask),
            "spans": {name: list(span) for name, span in self.spans.items()},
        }

    @property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """Where each value was read; those of lists are called ``people.0``, ``people.0.role``, ``phones.0``."""
        return {
            name: self.text.origin(found.start, found.end) for name, found in self._all() if found.end > found.start
        }

    def _warning(self, doubt: Doubt, language: str) -> dict[str, Any]:
        """A doubt, with its ``span`` where it was read at one place."""
        told = {"field": doubt.field, "message": doubt.message.told(language)}
        return {**told, "span": list(self.text.origin(*doubt.place))} if doubt.place else told

    def _single(self) -> Iterator[tuple[str, Found[Any] | None]]:
        for name in SINGLE:
            yield name, getattr(self, name)

    def _all(self) -> Iterator[tuple[str, Found[Any]]]:
        for name, found in self._single():
            if found:
                yield name, found
        if self.recurs:
            yield "recurs", self.recurs
        for place, person in enumerate(self.people):
            yield f"people.{place}", person
            if person.value.role:
                yield f"people.{place}.role", person.value.role
        for place, phone in enumerate(self.phones):
            yield f"phones.{place}", phone


SINGLE = [
    "title",
    "topic",
    "program",
    "station",
    "frequency",
    "start",
    "end",
    "zone",
    "date",
    "time",
    "end_time",
    "venue",
    "email",
    "registration",
    "stream",
    "meeting",
    "quota",
    "cost",
    "deadline",
    "dateline",
]
"""Fields that hold one value."""


def _value(found: Found[Any] | None) -> Any:
    if found is None:
        return None
    return found.value.isoformat(timespec="minutes") if isinstance(found.value, datetime) else found.value


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "prefix": person.prefix,
        "suffix": person.suffix,
        "role": person.role.value if person.role else None,
        "part": "host" if person.host else "guest",
    }
