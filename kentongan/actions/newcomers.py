"""People whom a form names and who have no record yet: their drafts come with the record that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kentongan.actions.newsroom import Newsroom, path_of
from kentongan.forms import Values
from kentongan.forms.layout import fields_of
from kentongan.intake.matching import person_like
from kentongan.intake.names import read_name
from kentongan.language import Message
from kentongan.model import Kind, Person, Status
from kentongan.repository import Edit
from kentongan.site.slugs import slug
from kentongan.store.drafts import free_id

NEW = "+"
"""The answer to “Person” of who is certainly new. Where nothing is chosen, the name beside it is looked up."""

_LIKE = {"role": "stated", "organisation": "organisation"}
"""What a person's record begins with, by what is told of them in the list."""


@dataclass(frozen=True, slots=True)
class Named:
    """Answers in which everybody has a record, the people who get theirs, and by field who it may rather be."""

    answers: dict[str, str]
    newcomers: tuple[Edit, ...] = ()
    doubts: Mapping[str, Message] = field(default_factory=dict)


def named_in(room: Newsroom, kind: Kind, answers: Values) -> Named:
    """Who is meant in the lists of people in *answers*, the form of a record of *kind*."""
    naming = _Naming(room, dict(answers))
    for place in _places(kind, answers):
        naming.name(place)
    return Named(naming.answers, tuple(naming.newcomers.values()), naming.doubts)


def _places(kind: Kind, answers: Values) -> Iterator[str]:
    """The items of its lists of people, like ``credits.0``, in which a name stands and nobody is chosen."""
    lists = "|".join(field.key for field in fields_of(kind) if any(one.of is Kind.PERSON for one in field.fields))
    for key, name in answers.items():
        match = re.fullmatch(rf"((?:{lists})\.\d{{1,4}})\.name", key) if lists else None
        if match and name.strip() and answers.get(f"{match[1]}.person", "") in ("", NEW):
            yield match[1]


class _Naming:
    def __init__(self, room: Newsroom, answers: dict[str, str]) -> None:
        self.answers = answers
        self.newcomers: dict[str, Edit] = {}
        self.doubts: dict[str, Message] = {}
        self._room = room

    @cached_property
    def _known(self) -> list[Person]:
        return [one for one in self._room.records(Kind.PERSON) if isinstance(one, Person)]

    def name(self, place: str) -> None:
        """Gives *place* the record of who is named there: one that is there, or a new one."""
        said = " ".join(self.answers[f"{place}.name"].split())
        chosen = f"{place}.person"
        name, prefix, suffix = _parts(said)
        like = None if self.answers.get(chosen) == NEW else person_like(name, self._known)
        if like and like.confidence < 1:
            values = {"name": like.record.label}
            self.doubts[chosen] = Message("Is it {name}? Choose them here, or “A new person”.", values)
        else:
            self.answers[chosen] = like.record.id if like else self._new(place, name, prefix, suffix)

    def _new(self, place: str, name: str, prefix: str | None, suffix: str | None) -> str:
        id_ = free_id(self._room.content, Kind.PERSON, slug(name) or Kind.PERSON.value)
        said = {key: self.answers.get(f"{place}.{own}", "").strip() for key, own in _LIKE.items()}
        given = {"name": name, "prefix": prefix, "suffix": suffix, **said, "status": Status.DRAFT.value}
        changes = {key: value for key, value in given.items() if value}
        self.newcomers[id_] = Edit(path_of(Kind.PERSON, id_), None, changes)
        return id_


def _parts(said: str) -> tuple[str, str | None, str | None]:
    """Name, degrees before and degrees behind; a name that is not wholly understood stays whole."""
    read = read_name(said)
    if read is None or read.end < len(said):
        return said, None, None
    return read.name, read.prefix, read.suffix
