"""What a feed says of an article, whatever its format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from kentongan.feeds.body import feed_body
from kentongan.model import Article, Image
from kentongan.schedule.identity import last_changed
from kentongan.schedule.wording import clean, label, one_line
from kentongan.site import Site

NEWEST = 20
"""How many articles a feed holds."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote it. ``url`` is the author's page (``None``: no record of that person is public)."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """An article's picture. ``alt`` says in words what it shows; ``size`` is in pixels."""

    url: str
    alt: str
    bytes: int
    media_type: str
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Story:
    """One article. ``content`` is HTML with absolute addresses; ``language`` is there when it is not the site's."""

    title: str
    url: str
    published: datetime
    updated: datetime
    authors: tuple[Author, ...]
    categories: tuple[str, ...]
    summary: str | None
    content: str | None
    picture: Picture | None
    language: str | None


def stories(site: Site, articles: Sequence[Article]) -> tuple[Story, ...]:
    """The first :data:`NEWEST` of *articles*."""
    return tuple(_story(site, article) for article in articles[:NEWEST])


def _story(site: Site, article: Article) -> Story:
    url = site.addresses.absolute(site.path(article))
    published = site.local(article.date)
    language = site.language_of(article)
    return Story(
        title=label(article),
        url=url,
        published=published,
        updated=last_changed(site, article) or published,
        authors=tuple(_author(site, name) for name in article.authors),
        categories=_categories(article),
        summary=clean(article.summary),
        content=feed_body(site.body(article), url),
        picture=_picture(site, article.image),
        language=language if language != site.language else None,
    )


def _categories(article: Article) -> tuple[str, ...]:
    """Category first, then tags; no name twice."""
    named = (one_line(name) for name in (article.category, *article.tags) if name)
    return tuple(dict.fromkeys(name for name in named if name))


def _author(site: Site, id_: str) -> Author:
    person = site.author(id_)
    return Author(label(person), site.addresses.absolute(site.path(person))) if person else Author(id_, None)


def _picture(site: Site, image: Image | None) -> Picture | None:
    """*image*, if its file is there."""
    file = site.media.get(image.src) if image else None
    if image is None or file is None:
        return None
    url = site.addresses.absolute(quote(file.public_path))
    return Picture(url, one_line(image.alt), file.bytes, file.media_type, file.size)
