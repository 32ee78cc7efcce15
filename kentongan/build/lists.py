"""News in all its lists: older sheets before newer ones, single years before the archive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from kentongan.build.artifact import Artifact, Recipe
from kentongan.build.record_pages import page_file
from kentongan.model import Article
from kentongan.site import Site
from kentongan.site.site import Shelf
from kentongan.site.slugs import slug
from kentongan.views.news import archive_page, category_page, news_page, tag_page, year_page
from kentongan.views.page import Page
from kentongan.views.sheets import Sheet, sheets


def news_lists(site: Site) -> Iterator[Artifact]:
    """Every list of articles."""
    return _lists(site, site.tags, site.categories, site.years)


def lists_of(site: Site, articles: Collection[Article]) -> Iterator[Artifact]:
    """Those of :func:`news_lists` that show one of *articles*."""
    tags = {slug(tag) for article in articles for tag in article.tags}
    categories = categories_of(articles)
    lists = _lists(
        site,
        [shelf for shelf in site.tags if shelf.slug in tags],
        [shelf for shelf in site.categories if shelf.slug in categories],
        sorted({article.date.year for article in articles} & site.years.keys()),
    )
    ids = {article.id for article in articles}
    return (artifact for artifact in lists if _shows(artifact, ids))


def categories_of(articles: Collection[Article]) -> set[str]:
    """The slugs of their categories."""
    return {slug(article.category) for article in articles if article.category}


def _shows(artifact: Artifact, ids: Collection[str]) -> bool:
    """Whether one of *ids* is on it, where it is a sheet of a list at all."""
    sheets_ = [one for one in _arguments(artifact) if isinstance(one, Sheet)]
    return all(any(article.id in ids for article in sheet.entries) for sheet in sheets_)


def _arguments(artifact: Artifact) -> tuple[object, ...]:
    return artifact.source.args if isinstance(artifact.source, Recipe) else ()


def _lists(site: Site, tags: Iterable[Shelf], categories: Iterable[Shelf], years: Iterable[int]) -> Iterator[Artifact]:
    address = site.addresses
    for shelf in tags:
        yield from _sheets(site, address.tag(shelf.slug), shelf.articles, tag_page, shelf.name, shelf.slug)
    for shelf in categories:
        yield from _sheets(site, address.category(shelf.slug), shelf.articles, category_page, shelf.name, shelf.slug)
    for year in years:
        yield Artifact.later(page_file(address.archive(year)), year_page, year)
    yield Artifact.later(page_file(address.archive()), archive_page)
    yield from _sheets(site, f"{address.segments.news}/", site.articles, news_page)


def _sheets(
    site: Site, path: str, articles: Sequence[Article], make: Callable[..., Page], *args: str
) -> Iterator[Artifact]:
    """A long list on its sheets, the oldest first."""
    for sheet in reversed(sheets(articles)):
        own = site.addresses.sheet(path, sheet.number) if sheet.number else path
        yield Artifact(page_file(own), Recipe(make, (*args, sheet)))
