"""People: everyone, and one person with what they took part in, in the role as then stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from kentongan.language import translations
from kentongan.model import Person
from kentongan.site import Site
from kentongan.views import structured
from kentongan.views.cards import (
    ArticleCard,
    ConsultationCard,
    EpisodeCard,
    article_card,
    consultation_card,
    episode_card,
    portrait,
)
from kentongan.views.page import Head, Link, Page, frame, link_to
from kentongan.views.picture import Picture


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in the list of everyone."""

    link: Link
    initials: str
    role: str | None
    photo: Picture | None


@dataclass(frozen=True, slots=True)
class PeoplePage(Page):
    """Everyone, by name."""

    template: ClassVar[str] = "people"

    people: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class PersonPage(Page):
    """One person."""

    template: ClassVar[str] = "person"

    name: str
    initials: str
    role: str | None
    organisation: str | None
    photo: Picture | None
    links: tuple[str, ...]
    body: Markup
    episodes: tuple[EpisodeCard, ...]
    consultations: tuple[ConsultationCard, ...]
    articles: tuple[ArticleCard, ...]


def people_page(site: Site) -> PeoplePage:
    _ = translations(site.language).gettext
    return PeoplePage(
        frame=frame(site, site.addresses.segments.people),
        head=Head(
            title=_("Speakers"),
            description=_("Speakers, hosts and consultants of {name}.").format(name=site.office.name),
            canonical=site.addresses.absolute(f"{site.addresses.segments.people}/"),
            kind="website",
        ),
        people=tuple(
            PersonCard(link_to(site, one), one.initials, one.role, portrait(site, one)) for one in site.people
        ),
    )


def person_page(site: Site, person: Person) -> PersonPage:
    return PersonPage(
        frame=frame(site, site.addresses.segments.people),
        head=Head(
            title=person.full_name,
            description=person.role or person.full_name,
            canonical=site.addresses.absolute(site.path(person)),
            kind="profile",
            data=structured.person(site, person),
        ),
        name=person.full_name,
        initials=person.initials,
        role=person.role,
        organisation=person.organisation,
        photo=portrait(site, person),
        links=person.links,
        body=site.body(person),
        episodes=tuple(episode_card(site, episode, credit) for episode, credit in site.episodes_with(person)),
        consultations=tuple(
            consultation_card(site, consultation, credit) for consultation, credit in site.consultations_with(person)
        ),
        articles=tuple(article_card(site, one) for one in site.articles_by(person)),
    )
