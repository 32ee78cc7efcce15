"""The site's news as RSS 2.0: all of it, and each category alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from feedgen.entry import FeedEntry

from kentongan.feeds.address import RSS, FeedAddress, feed_address
from kentongan.feeds.extension import add_entry, rss
from kentongan.feeds.office import about_office
from kentongan.feeds.story import NEWEST, Story, stories
from kentongan.feeds.story_extension import register, tell
from kentongan.language import translations
from kentongan.schedule.identity import newest_change
from kentongan.schedule.wording import office_name, one_line
from kentongan.site import Site
from kentongan.site.addresses import NEWS_FEED
from kentongan.site.site import Shelf


@dataclass(frozen=True, slots=True)
class NewsFeed:
    """The newest articles, newest first. ``changed`` is the latest change among them (``None``: there are none)."""

    media_type: ClassVar[str] = RSS

    title: str
    description: str
    language: str
    page: str
    address: FeedAddress
    changed: datetime | None
    items: tuple[Story, ...]


def category_name(shelf: Shelf) -> str:
    """What a person calls a category; its slug where nothing printable is left of that."""
    return one_line(shelf.name) or shelf.slug


def category_title(site: Site, shelf: Shelf) -> str:
    """What a reader's app calls a category's feed, among those of other offices."""
    return f"{category_name(shelf)} – {office_name(site)}"


def category_description(site: Site, shelf: Shelf) -> str:
    """What a category's feed is about."""
    return translations(site.language).gettext("News about {topic}.").format(topic=category_name(shelf))


def news_feed(site: Site) -> NewsFeed:
    """The RSS of the newest articles."""
    return NewsFeed(
        title=office_name(site),
        description=about_office(site),
        language=site.language,
        page=site.addresses.absolute(""),
        address=feed_address(site, NEWS_FEED),
        changed=newest_change(site, site.articles[:NEWEST]),
        items=stories(site, site.articles),
    )


def category_feed(site: Site, shelf: Shelf) -> NewsFeed:
    """The feed of one category."""
    address = site.addresses
    return NewsFeed(
        title=category_title(site, shelf),
        description=category_description(site, shelf),
        language=site.language,
        page=address.absolute(address.category(shelf.slug)),
        address=feed_address(site, address.category_feed(shelf.slug)),
        changed=newest_change(site, shelf.articles[:NEWEST]),
        items=stories(site, shelf.articles),
    )


def render_news(view: NewsFeed) -> bytes:
    """*view* as RSS 2.0 in UTF-8."""
    feed = rss(
        title=view.title,
        page=view.page,
        description=view.description,
        language=view.language,
        links=view.address.links(view.media_type),
        style=view.address.style,
        built=view.changed,
        extensions=("dc",),
    )
    register(feed, view.items)
    for item in view.items:
        _add_item(add_entry(feed), item)
    written: bytes = feed.rss_str(pretty=True)
    return written


def _add_item(entry: FeedEntry, item: Story) -> None:
    entry.title(item.title)
    entry.link(href=item.url)
    entry.guid(item.url, permalink=True)
    entry.published(item.published)
    # feedgen drops an author without e-mail; Dublin Core's creator is a name.
    entry.dc.dc_creator([author.name for author in item.authors])
    entry.category([{"term": name} for name in item.categories])
    if item.language:
        entry.dc.dc_language(item.language)
    if item.summary:
        entry.description(item.summary)
    if item.content:
        entry.content(item.content)
    tell(entry, item)
