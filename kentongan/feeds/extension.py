"""An extension of feedgen: the ``podcast:`` namespace, and what feedgen 1.0.0 itself gets wrong.

- In RSS it keeps of all links only ``self``; in Atom entries only the address of a link.
- Without a date of ours it writes the clock's as ``lastBuildDate``.
- It refuses ``true`` and ``false`` for ``itunes:explicit``, which is what Apple asks for, and a quotation mark in a
  category breaks it.

It is registered as ``kentongan``: feedgen's own extension for Apple's namespace is called ``podcast``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

NAME = "kentongan"
PODCAST = "https://podcastindex.org/namespace/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
ATOM = "http://www.w3.org/2005/Atom"

UNKNOWN_LENGTH = "0"
"""The ``length`` of an enclosure without end, as the RSS Advisory Board's profile has it for an unknown size."""


@dataclass(frozen=True, slots=True)
class Link:
    """An Atom link (RFC 4287, 4.2.7). ``href`` is absolute."""

    rel: str
    href: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Person:
    """A ``podcast:person``. ``role`` and ``group`` are of the Podcast Taxonomy; no group: cast."""

    name: str
    role: str
    group: str | None
    href: str | None


@dataclass(frozen=True, slots=True)
class Stream:
    """A live stream. ``bitrate`` in bit/s."""

    url: str
    media_type: str
    bitrate: int | None


@dataclass(frozen=True, slots=True)
class LiveItem:
    """A ``podcast:liveItem``. ``status`` is pending, live or ended; ``end`` ``None``: unknown, and left out.

    ``page`` is where to go when an app cannot play it; ``page_label`` are the words of that link.
    """

    status: str
    start: datetime
    end: datetime | None
    title: str
    description: str
    guid: str
    page: str
    page_label: str
    persons: tuple[Person, ...]
    streams: tuple[Stream, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """What a podcast says of itself in the ``podcast:`` namespace, and what feedgen cannot say in Apple's.

    ``locked_owner`` is the e-mail address that may move the feed to another host.
    """

    guid: str
    medium: str
    locked_owner: str | None
    category: str
    explicit: bool
    persons: tuple[Person, ...]
    live_items: tuple[LiveItem, ...]
    artwork: str | None = None
    """The square picture's address; PNG or JPEG, 1400 to 3000 pixels (Apple, PSP-1)."""


@dataclass(frozen=True, slots=True)
class Item:
    """What an episode says of itself in the ``podcast:`` namespace, and what feedgen cannot say in Apple's."""

    season: int | None
    episode: int | None
    explicit: bool
    persons: tuple[Person, ...]


class FeedExtension(BaseExtension):
    """Set ``links``, ``built`` and, for a podcast, ``channel``, before the feed is written."""

    def __init__(self) -> None:
        self.links: tuple[Link, ...] = ()
        self.built: datetime | None = None
        self.channel: Channel | None = None

    def extend_ns(self) -> dict[str, str]:
        """The namespaces to declare at the root."""
        return {"podcast": PODCAST} if self.channel else {}

    def extend_rss(self, feed: Any) -> Any:
        """Add to the channel of *feed*, the ``rss`` element."""
        channel = feed[0]
        if self.built is None:
            channel.remove(channel.find("lastBuildDate"))
        for link in self.links:
            xml_elem(f"{{{ATOM}}}link", channel, href=link.href, rel=link.rel, type=link.media_type)
        if self.channel:
            _add_channel(channel, self.channel)
        return feed


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
            xml_elem("link", entry, href=link.href, rel=link.rel, type=link.media_type)
        return entry

    def extend_rss(self, entry: Any) -> Any:
        """Add to *entry*, an ``item`` element."""
        if self.item:
            _add_item(entry, self.item)
        return entry


def rss(
    *,
    title: str,
    page: str,
    description: str,
    language: str,
    link: Link,
    built: datetime | None,
    extensions: tuple[str, ...],
) -> FeedGenerator:
    """A feed to add items to, with feedgen's own *extensions* by name, and ours.

    *page* is its side for people, *link* its own address; without *built* it has no ``lastBuildDate``.
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
    feed.kentongan.links = (link,)
    feed.kentongan.built = built
    if built:
        feed.lastBuildDate(built)
    return feed


def add_entry(feed: FeedGenerator) -> FeedEntry:
    """A new last entry; feedgen's own habit is to put the newest first by itself."""
    return feed.add_entry(order="append")


def _add_channel(parent: Any, channel: Channel) -> None:
    owner = {"owner": channel.locked_owner} if channel.locked_owner else {}
    _text(parent, PODCAST, "guid", channel.guid)
    _text(parent, PODCAST, "locked", "yes", **owner)
    _text(parent, PODCAST, "medium", channel.medium)
    xml_elem(f"{{{ITUNES}}}category", parent, text=channel.category)
    _text(parent, ITUNES, "explicit", str(channel.explicit).lower())
    if channel.artwork:
        xml_elem(f"{{{ITUNES}}}image", parent, href=channel.artwork)
    _add_persons(parent, channel.persons)
    for live_item in channel.live_items:
        _add_live_item(parent, live_item)


def _add_item(parent: Any, item: Item) -> None:
    _text(parent, ITUNES, "explicit", str(item.explicit).lower())
    if item.season:
        _text(parent, PODCAST, "season", str(item.season))
    if item.episode:
        _text(parent, PODCAST, "episode", str(item.episode))
    _add_persons(parent, item.persons)


def _add_persons(parent: Any, persons: tuple[Person, ...]) -> None:
    for person in persons:
        given = {"role": person.role, "group": person.group, "href": person.href}
        _text(parent, PODCAST, "person", person.name, **{name: text for name, text in given.items() if text})


def _add_live_item(parent: Any, live: LiveItem) -> None:
    times = {"start": live.start, "end": live.end}
    given = {name: time.isoformat(timespec="seconds") for name, time in times.items() if time}
    element = xml_elem(f"{{{PODCAST}}}liveItem", parent, status=live.status, **given)
    xml_elem("title", element).text = live.title
    xml_elem("description", element).text = live.description
    xml_elem("link", element).text = live.page
    xml_elem("guid", element, isPermaLink="false").text = live.guid
    _add_persons(element, live.persons)
    _add_streams(element, live.streams)
    _text(element, PODCAST, "contentLink", live.page_label, href=live.page)


def _add_streams(parent: Any, streams: tuple[Stream, ...]) -> None:
    """The first as ``enclosure`` for apps that know no other, all as ``podcast:alternateEnclosure``."""
    for stream in streams[:1]:
        xml_elem("enclosure", parent, url=stream.url, type=stream.media_type, length=UNKNOWN_LENGTH)
    for place, stream in enumerate(streams):
        given = {"bitrate": str(stream.bitrate)} if stream.bitrate else {}
        given |= {"default": "true"} if place == 0 else {}
        element = xml_elem(f"{{{PODCAST}}}alternateEnclosure", parent, type=stream.media_type, **given)
        xml_elem(f"{{{PODCAST}}}source", element, uri=stream.url)


def _text(parent: Any, namespace: str, name: str, text: str, **attributes: str) -> None:
    xml_elem(f"{{{namespace}}}{name}", parent, **attributes).text = text
