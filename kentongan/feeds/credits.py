"""Who is heard, as ``podcast:person`` tells it."""

from __future__ import annotations

from collections.abc import Iterable

from kentongan.feeds.podcast_namespace import Person
from kentongan.model import Credit, Episode, Program, Role
from kentongan.model import Person as PersonRecord
from kentongan.schedule.wording import person_name
from kentongan.site import Site

_PORTRAITS = ("image/jpeg", "image/png", "image/webp")


def credited(program: Program, episode: Episode) -> tuple[Credit, ...]:
    """The program's hosts, then the episode's people: persons of an item *replace* those of the channel.

    A host credited in the episode is told as there; an episode with a host of its own is told without the others.
    """
    if any(credit.role in (Role.HOST, Role.GUEST_HOST) for credit in episode.credits):
        return episode.credits
    known = {credit.person for credit in episode.credits}
    return (*(host for host in program.hosts if host.person not in known), *episode.credits)


def persons(site: Site, credits_: Iterable[Credit]) -> tuple[Person, ...]:
    """*credits_* in their order."""
    return tuple(_person(site, credit) for credit in credits_)


def _person(site: Site, credit: Credit) -> Person:
    record = site.person(credit.person)
    return Person(
        name=person_name(site, credit),
        role=credit.role.value,
        group=credit.role.group,
        href=site.addresses.absolute(site.path(record)) if record else None,
        portrait=_portrait(site, record) if record else None,
    )


def _portrait(site: Site, person: PersonRecord) -> str | None:
    """The photo that may be shown, where apps can show it: a drawing in SVG they cannot."""
    file = site.media.get(person.photo.src) if person.photo and person.photo.consent else None
    return site.addresses.absolute(file.public_path) if file and file.media_type in _PORTRAITS else None
