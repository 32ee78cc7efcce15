"""News: the list, and an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from kentongan.language import translations
from kentongan.language.dates import day_name
from kentongan.model import Article
from kentongan.site import Site
from kentongan.views import structured
from kentongan.views.cards import (
    ArticleCard,
    ConsultationCard,
    EpisodeCard,
    article_card,
    consultation_card,
    episode_card,
)
from kentongan.views.page import FeedLink, Head, Link, Page, frame, link_to


@dataclass(frozen=True, slots=True)
class NewsPage(Page):
    """All news, newest first. ``feed`` is the address of the RSS."""

    template: ClassVar[str] = "news"

    articles: tuple[ArticleCard, ...]
    feed: str


@dataclass(frozen=True, slots=True)
class ArticlePage(Page):
    """One article. ``episodes`` and ``consultations`` are those it tells of."""

    template: ClassVar[str] = "article"

    title: str
    summary: str | None
    category: str | None
    tags: tuple[str, ...]
    authors: tuple[Link, ...]
    day: str
    iso: str
    body: Markup
    episodes: tuple[EpisodeCard, ...]
    consultations: tuple[ConsultationCard, ...]


def news_feed_link(site: Site) -> FeedLink:
    """The site's RSS as a page announces it."""
    return FeedLink(site.office.name, site.addresses.link("feed.xml"), "application/rss+xml")


def news_page(site: Site) -> NewsPage:
    _ = translations(site.language).gettext
    words = site.addresses.segments
    return NewsPage(
        frame=frame(site, words.news),
        head=Head(
            title=_("News"),
            description=_("News from {name}.").format(name=site.office.name),
            canonical=site.addresses.absolute(f"{words.news}/"),
            kind="website",
            feeds=(news_feed_link(site),),
        ),
        articles=tuple(article_card(site, article) for article in site.articles),
        feed=site.addresses.link("feed.xml"),
    )


def article_page(site: Site, article: Article) -> ArticlePage:
    return ArticlePage(
        frame=frame(site, site.addresses.segments.news),
        head=Head(
            title=article.title,
            description=article.summary or article.title,
            canonical=site.addresses.absolute(site.path(article)),
            kind="article",
            feeds=(news_feed_link(site),),
            data=structured.article(site, article),
        ),
        title=article.title,
        summary=article.summary,
        category=article.category,
        tags=article.tags,
        authors=tuple(_author(site, id_) for id_ in article.authors),
        day=day_name(article.date.date(), site.language),
        iso=article.date.date().isoformat(),
        body=site.body(article),
        episodes=tuple(episode_card(site, one) for one in map(site.episode, article.episodes) if one),
        consultations=tuple(
            consultation_card(site, one) for one in map(site.consultation, article.consultations) if one
        ),
    )


def _author(site: Site, id_: str) -> Link:
    person = site.person(id_)
    return link_to(site, person) if person else Link(id_)
