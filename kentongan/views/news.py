"""News: the list and its sheets, categories, tags, the archive, and an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from kentongan.language import translations
from kentongan.language.dates import day_name, month_name
from kentongan.model import Article
from kentongan.site import Site
from kentongan.site.addresses import NEWS_FEED
from kentongan.site.slugs import slug
from kentongan.views import structured
from kentongan.views.cards import (
    ArticleCard,
    ConsultationCard,
    EpisodeCard,
    article_card,
    consultation_card,
    episode_card,
)
from kentongan.views.comments import Discussion, discussion, feed_links
from kentongan.views.page import FeedLink, Head, Link, Page, Version, alternates, frame, link_to, other_versions
from kentongan.views.picture import Picture, picture, picture_address
from kentongan.views.share import Share, share
from kentongan.views.sheets import Sheet


@dataclass(frozen=True, slots=True)
class NewsPage(Page):
    """A sheet of news, newest first: all of it, or what is in one category or tag.

    ``kind`` is news, category or tag. ``older`` and ``newer`` lead to the sheets beside it.
    """

    template: ClassVar[str] = "news"

    kind: str
    title: str
    number: int | None
    """Of the sheet; the newest has none."""
    articles: tuple[ArticleCard, ...]
    older: str | None
    newer: str | None
    feed: str | None
    categories: tuple[Link, ...]
    archive: str


@dataclass(frozen=True, slots=True)
class YearCount:
    """A year in the archive."""

    year: int
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class ArchivePage(Page):
    """Every year that has news, newest first, and every category and tag."""

    template: ClassVar[str] = "archive"

    years: tuple[YearCount, ...]
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The articles of one month; ``name`` is like ``Juli``."""

    name: str
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class YearPage(Page):
    """One year of news by month, newest first."""

    template: ClassVar[str] = "year"

    year: int
    months: tuple[Month, ...]
    earlier: Link | None
    later: Link | None


@dataclass(frozen=True, slots=True)
class ArticlePage(Page):
    """One article. ``episodes`` and ``consultations`` are those it tells of; ``language`` is its own."""

    template: ClassVar[str] = "article"

    language: str
    title: str
    summary: str | None
    category: Link | None
    tags: tuple[Link, ...]
    authors: tuple[Link, ...]
    day: str
    iso: str
    updated: str | None
    picture: Picture | None
    body: Markup
    episodes: tuple[EpisodeCard, ...]
    consultations: tuple[ConsultationCard, ...]
    versions: tuple[Version, ...]
    """The same article in other languages."""
    share: Share
    discussion: Discussion | None


def news_feed_link(site: Site) -> FeedLink:
    """The site's RSS as a page announces it."""
    return FeedLink(site.office.name, site.addresses.link(NEWS_FEED), "application/rss+xml")


def news_page(site: Site, sheet: Sheet[Article]) -> NewsPage:
    """A sheet of all news."""
    _ = translations(site.language).gettext
    path = f"{site.addresses.segments.news}/"
    description = _("News from {name}.").format(name=site.office.name)
    return _sheet_page(site, path, "news", _("News"), description, sheet, news_feed_link(site))


def category_page(site: Site, name: str, slug: str, sheet: Sheet[Article]) -> NewsPage:
    """A sheet of the category *name*."""
    path = site.addresses.category(slug)
    feed = FeedLink(name, site.addresses.link(site.addresses.category_feed(slug)), "application/rss+xml")
    return _sheet_page(site, path, "category", name, _about(site, name), sheet, feed)


def tag_page(site: Site, name: str, slug: str, sheet: Sheet[Article]) -> NewsPage:
    """A sheet of the tag *name*."""
    return _sheet_page(site, site.addresses.tag(slug), "tag", name, _about(site, name), sheet, None)


def archive_page(site: Site) -> ArchivePage:
    _ = translations(site.language).gettext
    address = site.addresses
    return ArchivePage(
        frame=frame(site, address.segments.news),
        head=_list_head(
            site, _("Archive"), _("All news from {name} by year.").format(name=site.office.name), address.archive()
        ),
        years=tuple(
            YearCount(year, address.link(address.archive(year)), len(held)) for year, held in site.years.items()
        ),
        categories=category_links(site),
        tags=tuple(Link(shelf.name, address.link(address.tag(shelf.slug))) for shelf in site.tags),
    )


def year_page(site: Site, year: int) -> YearPage:
    _ = translations(site.language).gettext
    earlier, later = site.neighbours(year)
    months: dict[int, list[Article]] = {}
    for article in site.years[year]:
        months.setdefault(article.date.month, []).append(article)
    title = _("News of {year}").format(year=year)
    return YearPage(
        frame=frame(site, site.addresses.segments.news),
        head=_list_head(site, title, title, site.addresses.archive(year)),
        year=year,
        months=tuple(
            Month(month_name(month, site.language), tuple(article_card(site, article) for article in held))
            for month, held in months.items()
        ),
        earlier=_year_link(site, earlier) if earlier else None,
        later=_year_link(site, later) if later else None,
    )


def article_page(site: Site, article: Article) -> ArticlePage:
    address = site.addresses
    absolute = address.absolute(site.path(article))
    language = site.language_of(article)
    return ArticlePage(
        frame=frame(site, address.segments.news),
        head=Head(
            title=article.title,
            description=article.summary or article.title,
            canonical=absolute,
            kind="article",
            language=language,
            feeds=(news_feed_link(site), *feed_links(site, article)),
            alternates=alternates(site, article),
            image=picture_address(site, article.image),
            data=structured.article(site, article),
        ),
        language=language,
        title=article.title,
        summary=article.summary,
        category=_category_link(site, article.category) if article.category else None,
        tags=tuple(_tag_link(site, tag) for tag in article.tags),
        authors=tuple(_author(site, id_) for id_ in article.authors),
        day=day_name(article.date.date(), site.language),
        iso=article.date.date().isoformat(),
        updated=_changed_day(site, article),
        picture=picture(site, article.image),
        body=site.body(article),
        episodes=tuple(episode_card(site, one) for one in map(site.episode, article.episodes) if one),
        consultations=tuple(
            consultation_card(site, one) for one in map(site.consultation, article.consultations) if one
        ),
        versions=other_versions(site, article),
        share=share(None, article.title, [article.summary], absolute),
        discussion=discussion(site, article),
    )


def category_links(site: Site) -> tuple[Link, ...]:
    """Every category that has an article."""
    return site.once(_category_links)


def _category_links(site: Site) -> tuple[Link, ...]:
    return tuple(Link(one.name, site.addresses.link(site.addresses.category(one.slug))) for one in site.categories)


def _sheet_page(
    site: Site,
    path: str,
    kind: str,
    title: str,
    description: str,
    sheet: Sheet[Article],
    feed: FeedLink | None,
) -> NewsPage:
    own = site.addresses.sheet(path, sheet.number) if sheet.number else path
    return NewsPage(
        frame=frame(site, site.addresses.segments.news),
        head=_list_head(site, _sheet_title(site, title, sheet.number), description, own, feed),
        kind=kind,
        title=title,
        number=sheet.number,
        articles=tuple(article_card(site, article) for article in sheet.entries),
        older=_sheet_link(site, path, sheet.older),
        newer=_sheet_link(site, path, sheet.newer),
        feed=feed.url if feed else None,
        categories=category_links(site),
        archive=site.addresses.link(site.addresses.archive()),
    )


def _sheet_title(site: Site, title: str, number: int | None) -> str:
    sheet = translations(site.language).gettext("{title}, sheet {number}")
    return sheet.format(title=title, number=number) if number else title


def _sheet_link(site: Site, path: str, number: int | None) -> str | None:
    if number is None:
        return None
    return site.addresses.link(site.addresses.sheet(path, number) if number else path)


def _list_head(site: Site, title: str, description: str, path: str, feed: FeedLink | None = None) -> Head:
    return Head(
        title=title,
        description=description,
        canonical=site.addresses.absolute(path),
        kind="website",
        language=site.language,
        feeds=(feed,) if feed else (news_feed_link(site),),
    )


def _about(site: Site, topic: str) -> str:
    return translations(site.language).gettext("News about {topic}.").format(topic=topic)


def _year_link(site: Site, year: int) -> Link:
    return Link(str(year), site.addresses.link(site.addresses.archive(year)))


def _category_link(site: Site, name: str) -> Link:
    return Link(name, site.addresses.link(site.addresses.category(slug(name))) if slug(name) else None)


def _tag_link(site: Site, name: str) -> Link:
    return Link(name, site.addresses.link(site.addresses.tag(slug(name))) if slug(name) else None)


def _changed_day(site: Site, article: Article) -> str | None:
    """The day of its last change, unless that is the day it appeared."""
    if article.updated is None or article.updated.date() <= article.date.date():
        return None
    return day_name(article.updated.date(), site.language)


def _author(site: Site, name: str) -> Link:
    person = site.author(name)
    return link_to(site, person) if person else Link(name)
