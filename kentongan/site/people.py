"""People by whatever they are called: their id, their name, an alias."""

from __future__ import annotations

from collections.abc import Iterable

from kentongan.model import Person
from kentongan.site.slugs import slug


class People:
    """A lookup of people by id, name (with and without degrees) and alias; letters and spaces decide, case does not."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._called: dict[str, Person] = {}
        listed = sorted(people, key=lambda person: person.id)
        for names in (_ids, _names):
            for person in listed:
                for name in names(person):
                    self._called.setdefault(slug(name), person)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, People) and self._called == other._called

    __hash__ = object.__hash__

    def called(self, name: str) -> Person | None:
        """Who is called *name*; an id goes before a name."""
        return self._called.get(slug(name))


def _ids(person: Person) -> tuple[str, ...]:
    return (person.id,)


def _names(person: Person) -> tuple[str, ...]:
    return (person.name, person.full_name, *person.aliases)
