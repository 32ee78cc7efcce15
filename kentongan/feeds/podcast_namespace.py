"""What a podcast and its items say in Podcasting 2.0 (podcastindex.org/namespace/1.0) and in Apple's namespace.

Values only; :mod:`kentongan.feeds.podcast_tags` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A ``podcast:person``. ``role`` and ``group`` are of the Podcast Taxonomy; ``portrait`` is a picture's address."""

    name: str
    role: str
    group: str
    href: str | None
    portrait: str | None = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """The same sound in another form: ``length`` in bytes and ``bitrate`` in bit/s where known, ``title`` for people.

    The ``default`` one is what the ``enclosure`` holds.
    """

    url: str
    media_type: str
    bitrate: int | None
    length: int | None = None
    title: str | None = None
    default: bool = False


@dataclass(frozen=True, slots=True)
class Location:
    """A ``podcast:location``: ``rel`` says whether it is made there or about that place."""

    name: str
    rel: str
    geo: str | None
    osm: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class License:
    """A ``podcast:license`` by its name, and where it is written."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Art:
    """A square JPEG with *side* pixels on each side."""

    url: str
    side: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A ``podcast:transcript``."""

    url: str
    media_type: str
    language: str


@dataclass(frozen=True, slots=True)
class Trailer:
    """A ``podcast:trailer``: of a season, else of the whole podcast. ``length`` in bytes."""

    title: str
    url: str
    published: datetime
    length: int
    media_type: str
    season: int | None


@dataclass(frozen=True, slots=True)
class UpdateFrequency:
    """A ``podcast:updateFrequency`` in words and as a rule of RFC 5545 (3.3.10) that counts from ``start``."""

    words: str
    rule: str | None = None
    start: datetime | None = None
    complete: bool = False


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
    streams: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """What a podcast says of itself in both namespaces. ``locked``: no other host may take it over.

    ``owner_email`` is the address that may allow it all the same; ``artwork`` comes largest first; ``category`` is one
    of Apple's, alone or below its own.
    """

    guid: str
    medium: str
    locked: bool
    owner_email: str | None
    category: tuple[str, ...]
    explicit: bool
    artwork: tuple[Art, ...]
    persons: tuple[Person, ...] = ()
    live_items: tuple[LiveItem, ...] = ()
    trailers: tuple[Trailer, ...] = ()
    license: License | None = None
    location: Location | None = None
    frequency: UpdateFrequency | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What an episode says of itself in both namespaces. ``chapters`` is the address of a file of them."""

    season: int | None
    season_name: str | None
    episode: int | None
    explicit: bool
    persons: tuple[Person, ...]
    artwork: tuple[Art, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    chapters: str | None = None
    renditions: tuple[Rendition, ...] = ()
    license: License | None = None
    location: Location | None = None
