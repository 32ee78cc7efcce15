"""An extension of feedgen: the ``podcast:`` namespace, and what feedgen 1.0.0 itself gets wrong.

- In RSS it keeps of all links only ``self``; in Atom entries only the address of a link.
- Without a date of ours it writes the clock's as ``lastBuildDate``.
- It refuses ``true`` and ``false`` for ``itunes:explicit``, which is what Apple asks for, and a quotation mark in a
  category breaks it.
- To write a date it sets the locale of the whole process to C for a moment, which no other thread survives.
- It cannot name a stylesheet, nor say that a document is an archive (RFC 5005).

It is registered as ``kentongan``: feedgen's own extension for Apple's namespace is called ``podcast``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import quoteattr

import feedgen.entry
import feedgen.feed
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from kentongan.feeds.podcast_namespace import Channel, Item
from kentongan.feeds.podcast_tags import PODCAST, add_channel, add_item

feedgen.entry.formatRFC2822 = feedgen.feed.formatRFC2822 = format_datetime

NAME = "kentongan"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"


@dataclass(frozen=True, slots=True)
class Link:
    """An Atom link (RFC 4287, 4.2.7). ``href`` is absolute; no ``media_type``: what is there is not said."""

    rel: str
    href: str
    media_type: str | None = None


class FeedExtension(BaseExtension):
    """Set what is to be told before the feed is written.

    ``style`` is the address of the stylesheet for whoever opens the feed in a browser; ``archive`` says that the
    document will not change.
    """

    def __init__(self) -> None:
        self.links: tuple[Link, ...] = ()
        self.built: datetime | None = None
        self.style: str | None = None
        self.channel: Channel | None = None
        self.archive = False

    def extend_ns(self) -> dict[str, str]:
        """The namespaces to declare at the root."""
        return ({"podcast": PODCAST} if self.channel else {}) | ({"fh": HISTORY} if self.archive else {})

    def extend_atom(self, feed: Any) -> Any:
        """Add to *feed* our links."""
        for link in self.links:
            _add_link(feed, "link", link)
        self._name_style(feed)
        return feed

    def extend_rss(self, feed: Any) -> Any:
        """Add to the channel of *feed*, the ``rss`` element."""
        channel = feed[0]
        if self.built is None:
            channel.remove(channel.find("lastBuildDate"))
        for link in self.links:
            _add_link(channel, f"{{{ATOM}}}link", link)
        if self.archive:
            etree.SubElement(channel, f"{{{HISTORY}}}archive")
        if self.channel:
            add_channel(channel, self.channel)
        self._name_style(feed)
        return feed

    def _name_style(self, feed: Any) -> None:
        if self.style:
            feed.addprevious(
                etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href={quoteattr(self.style)}')
            )


class EntryExtension(BaseEntryExtension):
    """Set ``links`` (Atom) or, for an episode, ``item`` (RSS), before the feed is written."""

    def __init__(self) -> None:
        self.links: tuple[Link, ...] = ()
        self.item: Item | None = None

    def extend_atom(self, entry: Any) -> Any:
        """Put our links, whole, in place of feedgen's."""
        for stripped in entry.findall("link"):
            entry.remove(stripped)
        for link in self.links:
            _add_link(entry, "link", link)
        return entry

    def extend_rss(self, entry: Any) -> Any:
        """Add to *entry*, an ``item`` element."""
        if self.item:
            add_item(entry, self.item)
        return entry


def rss(
    *,
    title: str,
    page: str,
    description: str,
    language: str,
    links: tuple[Link, ...],
    style: str,
    built: datetime | None,
    extensions: tuple[str, ...],
) -> FeedGenerator:
    """A feed to add items to, with feedgen's own *extensions* by name, and ours.

    *page* is its side for people; without *built* it has no ``lastBuildDate``.
    """
    feed = FeedGenerator()
    for name in extensions:
        feed.load_extension(name)
    feed.register_extension(NAME, FeedExtension, EntryExtension)
    feed.generator("Kentongan")
    feed.title(title)
    feed.link(href=page)
    feed.description(description)
    feed.language(language)
    feed.kentongan.links = links
    feed.kentongan.style = style
    feed.kentongan.built = built
    if built:
        feed.lastBuildDate(built)
    return feed


def add_entry(feed: FeedGenerator) -> FeedEntry:
    """A new last entry; feedgen's own habit is to put the newest first by itself."""
    return feed.add_entry(order="append")


def _add_link(parent: Any, name: str, link: Link) -> None:
    typed = {"type": link.media_type} if link.media_type else {}
    etree.SubElement(parent, name, href=link.href, rel=link.rel, **typed)
