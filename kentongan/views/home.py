"""The home page, and the pages that help: how to follow, and where nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from kentongan.language import translations
from kentongan.schedule import Broadcast, State
from kentongan.site import Site
from kentongan.site.addresses import ATOM_FEED, JSON_FEED
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
from kentongan.views.embedded import Embedding, embedding
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
class Following:
    """One way to follow, as one-tap addresses. ``podcast_url`` is ``None`` for what is no podcast."""

    title: str
    feed: str | None
    podcast_url: str | None
    coming_feed: str | None
    calendar: str | None
    calendar_url: str | None


@dataclass(frozen=True, slots=True)
class SubscribePage(Page):
    """Every feed and calendar, explained for people."""

    template: ClassVar[str] = "subscribe"

    news: Following
    atom: str
    json_feed: str
    subscriptions: str
    """The OPML file with every feed."""
    categories: tuple[Following, ...]
    all_programs: Following
    schedule: Following
    consultations: Following
    programs: tuple[Following, ...]
    embedding: Embedding


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


def subscribe_page(site: Site) -> SubscribePage:
    _ = translations(site.language).gettext
    address = site.addresses
    return SubscribePage(
        frame=frame(site, address.segments.subscribe),
        head=Head(
            title=_("Subscribe"),
            description=_("Every way to follow {name}.").format(name=site.office.name),
            canonical=address.absolute(f"{address.segments.subscribe}/"),
            kind="website",
            feeds=(news_feed_link(site),),
        ),
        news=_following(site, _("All news"), feed="feed.xml"),
        atom=address.absolute(ATOM_FEED),
        json_feed=address.absolute(JSON_FEED),
        subscriptions=address.link(address.subscriptions()),
        categories=tuple(
            _following(site, shelf.name, feed=address.category_feed(shelf.slug)) for shelf in site.categories
        ),
        all_programs=_following(site, _("All programs"), podcast=address.all_programs_feed()),
        schedule=_following(site, _("Broadcast schedule"), calendar=address.calendar()),
        consultations=_following(site, _("Consultations"), calendar=address.consultations_calendar()),
        programs=tuple(
            _following(
                site,
                program.title,
                podcast=address.program_feed(program.id),
                coming=address.coming_feed(program.id),
                calendar=address.calendar(program.id),
            )
            for program in site.programs
        ),
        embedding=embedding(site),
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


def _following(
    site: Site,
    title: str,
    *,
    feed: str | None = None,
    podcast: str | None = None,
    coming: str | None = None,
    calendar: str | None = None,
) -> Following:
    address = site.addresses
    return Following(
        title=title,
        feed=address.absolute(feed or podcast or "") if feed or podcast else None,
        podcast_url=opening("podcast", address.absolute(podcast)) if podcast else None,
        coming_feed=address.absolute(coming) if coming else None,
        calendar=address.absolute(calendar) if calendar else None,
        calendar_url=opening("webcal", address.absolute(calendar)) if calendar else None,
    )
