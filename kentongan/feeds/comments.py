"""Comments as RSS 2.0: those on one page, and all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kentongan.comments.snapshot import PublicComment
from kentongan.comments.text import html
from kentongan.feeds.address import RSS, FeedAddress, feed_address
from kentongan.feeds.extension import add_entry, rss
from kentongan.language import translations
from kentongan.model import Record
from kentongan.schedule.wording import label, office_name
from kentongan.site import Site

NEWEST = 30
"""How many comments a feed holds."""

Told = tuple[Record, PublicComment]


@dataclass(frozen=True, slots=True)
class FeedComment:
    """One comment. ``content`` is HTML, ``url`` its place on its page."""

    title: str
    url: str
    author: str
    at: datetime
    content: str


@dataclass(frozen=True, slots=True)
class CommentFeed:
    """The newest comments, newest first."""

    media_type: ClassVar[str] = RSS

    title: str
    description: str
    language: str
    page: str
    address: FeedAddress
    items: tuple[FeedComment, ...]


def comments_feed(site: Site, told: tuple[Told, ...]) -> CommentFeed:
    """The RSS of *told*, comments on anything."""
    _ = translations(site.language).gettext
    title = _("Comments – {office}").format(office=office_name(site))
    return _feed(site, title, site.addresses.absolute(""), site.addresses.comments_feed(), told)


def record_comments_feed(site: Site, record: Record, comments: tuple[PublicComment, ...]) -> CommentFeed:
    """The RSS of *comments* on *record*."""
    _ = translations(site.language).gettext
    title = _("Comments on “{title}” – {office}").format(title=label(record), office=office_name(site))
    page = site.addresses.absolute(site.path(record))
    return _feed(site, title, page, site.addresses.comments_feed(record), ((record, one) for one in comments))


def _feed(site: Site, title: str, page: str, path: str, told: Iterable[Told]) -> CommentFeed:
    newest = sorted((pair for pair in told if pair[1].text), key=lambda pair: (pair[1].made, pair[1].id))
    items = tuple(_item(site, record, one) for record, one in newest[::-1][:NEWEST])
    return CommentFeed(title, title, site.language, page, feed_address(site, path), items)


def _item(site: Site, record: Record, one: PublicComment) -> FeedComment:
    _ = translations(site.language).gettext
    return FeedComment(
        title=_("{name} on “{title}”").format(name=one.name, title=label(record)),
        url=f"{site.addresses.absolute(site.path(record))}#{site.addresses.segments.comments}-{one.id}",
        author=one.name,
        at=one.made.astimezone(site.zone),
        content=html(one.text),
    )


def render_comments(view: CommentFeed) -> bytes:
    """*view* as RSS 2.0 in UTF-8."""
    feed = rss(
        title=view.title,
        page=view.page,
        description=view.description,
        language=view.language,
        links=view.address.links(view.media_type),
        style=view.address.style,
        built=view.items[0].at if view.items else None,
        extensions=("dc",),
    )
    for item in view.items:
        entry = add_entry(feed)
        entry.title(item.title)
        entry.link(href=item.url)
        entry.guid(item.url, permalink=True)
        entry.published(item.at)
        entry.dc.dc_creator([item.author])
        entry.description(item.content)
    written: bytes = feed.rss_str(pretty=True)
    return written
