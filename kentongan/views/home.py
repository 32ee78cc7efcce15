"""The home page, and what stands where nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from kentongan.language import translations
from kentongan.schedule import Broadcast, State
from kentongan.site import Site
from kentongan.views import structured
from kentongan.views.cards import (
    ArticleCard,
    ConsultationCard,
    EpisodeCard,
    ProgramCard,
    article_card,
    consultation_card,
    episode_card,
    program_card,
    soonest,
)
from kentongan.views.news import news_feed_link
from kentongan.views.page import Head, Page, frame, opening
from kentongan.views.schedule import Airtime, WeekPart, airtime, this_week, week_part

LATEST_ARTICLES = 7
LATEST_EPISODES = 4
NEXT_BROADCASTS = 3
CONSULTATIONS = 4


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """What is next on air, the week, the latest news, consultations, programs."""

    template: ClassVar[str] = "home"

    coming: tuple[Airtime, ...]
    week: WeekPart
    calendar_url: str
    lead: ArticleCard | None
    articles: tuple[ArticleCard, ...]
    consultations: tuple[ConsultationCard, ...]
    episodes: tuple[EpisodeCard, ...]
    programs: tuple[ProgramCard, ...]


@dataclass(frozen=True, slots=True)
class NotFoundPage(Page):
    """What stands where nothing is."""

    template: ClassVar[str] = "404"


def home_page(site: Site, broadcasts: Sequence[Broadcast]) -> HomePage:
    articles = [article_card(site, article) for article in site.articles[:LATEST_ARTICLES]]
    coming = [one for one in broadcasts if one.state(site.now) in (State.ANNOUNCED, State.LIVE)]
    return HomePage(
        frame=frame(site, ""),
        head=Head(
            title=site.office.name,
            description=site.office.description or site.office.tagline or site.office.name,
            canonical=site.addresses.absolute(""),
            kind="website",
            feeds=(news_feed_link(site),),
            data=structured.home(site),
        ),
        coming=tuple(airtime(site, one) for one in coming[:NEXT_BROADCASTS]),
        calendar_url=opening("webcal", site.addresses.absolute(site.addresses.calendar())),
        week=week_part(site, broadcasts, this_week(site)),
        lead=articles[0] if articles else None,
        articles=tuple(articles[1:]),
        consultations=_consultations(site),
        episodes=_heard(site),
        programs=tuple(program_card(site, program) for program in site.programs),
    )


def not_found_page(site: Site) -> NotFoundPage:
    _ = translations(site.language).gettext
    return NotFoundPage(
        frame=frame(site),
        head=Head(
            title=_("This page is not here"),
            description=_("This page is not here"),
            canonical=site.addresses.absolute(""),
            kind="website",
        ),
    )


def _heard(site: Site) -> tuple[EpisodeCard, ...]:
    """The latest talks that have been on air."""
    cards = (episode_card(site, episode) for episode in site.episodes)
    heard = (card for card in cards if card.state in (State.AIRED, State.RECORDED))
    return tuple(islice(heard, LATEST_EPISODES))


def _consultations(site: Site) -> tuple[ConsultationCard, ...]:
    """Those to come, soonest first; when there are none, the latest that were."""
    cards = [consultation_card(site, one) for one in site.consultations]
    return (soonest(cards) or tuple(cards))[:CONSULTATIONS]
