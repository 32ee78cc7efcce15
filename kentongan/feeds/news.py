"""The site's news as RSS 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from feedgen.entry import FeedEntry

from kentongan.feeds.body import feed_body
from kentongan.feeds.extension import Link, add_entry, rss
from kentongan.model import Article
from kentongan.schedule.identity import newest_change
from kentongan.schedule.wording import clean, label, office_name, one_line
from kentongan.site import Site

PATH = "feed.xml"
NEWEST = 20
"""How many articles the feed holds."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One article. ``url`` is also its guid; ``content`` is HTML with absolute addresses."""

    title: str
    url: str
    published: datetime
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str | None
    content: str | None


@dataclass(frozen=True, slots=True)
class NewsFeed:
    """The newest articles, newest first. ``changed`` is the latest change among them (``None``: there are none)."""

    media_type: ClassVar[str] = "application/rss+xml"

    title: str
    description: str
    language: str
    page: str
    url: str
    changed: datetime | None
    items: tuple[NewsItem, ...]


def news_feed(site: Site) -> NewsFeed:
    """The feed of :data:`PATH`."""
    articles = site.articles[:NEWEST]
    name = office_name(site)
    return NewsFeed(
        title=name,
        description=clean(site.office.description or site.office.tagline or "") or name,
        language=site.language,
        page=site.addresses.absolute(""),
        url=site.addresses.absolute(PATH),
        changed=newest_change(site, articles),
        items=tuple(_item(site, article) for article in articles),
    )


def _item(site: Site, article: Article) -> NewsItem:
    url = site.addresses.absolute(site.path(article))
    named = (one_line(name) for name in (article.category, *article.tags) if name)
    people = ((site.person(id_), id_) for id_ in article.authors)
    return NewsItem(
        title=label(article),
        url=url,
        published=site.local(article.date),
        authors=tuple(label(person) if person else id_ for person, id_ in people),
        categories=tuple(dict.fromkeys(name for name in named if name)),
        summary=clean(article.summary),
        content=feed_body(site.body(article), url),
    )


def render_news(view: NewsFeed) -> bytes:
    """*view* as RSS 2.0 in UTF-8."""
    feed = rss(
        title=view.title,
        page=view.page,
        description=view.description,
        language=view.language,
        link=Link("self", view.url, view.media_type),
        built=view.changed,
        extensions=("dc",),
    )
    for item in view.items:
        _add_item(add_entry(feed), item)
    written: bytes = feed.rss_str(pretty=True)
    return written


def _add_item(entry: FeedEntry, item: NewsItem) -> None:
    entry.title(item.title)
    entry.link(href=item.url)
    entry.guid(item.url, permalink=True)
    entry.published(item.published)
    # feedgen drops an author without e-mail; Dublin Core's creator is a name.
    entry.dc.dc_creator(list(item.authors))
    entry.category([{"term": name} for name in item.categories])
    if item.summary:
        entry.description(item.summary)
    if item.content:
        entry.content(item.content)
