"""The tags of Podcasting 2.0 (podcastindex.org/namespace/1.0), and those of Apple's that feedgen gets wrong.

What the namespace gives a length is cut to it: an app would do so without a mark.
"""

from __future__ import annotations

from email.utils import format_datetime
from typing import Any

from lxml.etree import SubElement

from kentongan.feeds.podcast_namespace import (
    Channel,
    Item,
    LiveItem,
    Person,
    Rendition,
    Trailer,
    UpdateFrequency,
)
from kentongan.site.podcast_words import LONGEST_NAME
from kentongan.store.transcript import CAPTION_TYPES

PODCAST = "https://podcastindex.org/namespace/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"

UNKNOWN_LENGTH = "0"
"""The ``length`` of an enclosure without end, as the RSS Advisory Board's profile has it for an unknown size."""


def add_channel(parent: Any, channel: Channel) -> None:
    """Adds *channel* to the element of that name."""
    _add(parent, "guid", channel.guid)
    _add(parent, "locked", "yes" if channel.locked else "no", owner=channel.owner_email)
    _add(parent, "medium", channel.medium)
    _add_category(parent, channel.category)
    _itunes(parent, "explicit", str(channel.explicit).lower())
    _add_common(parent, channel)
    if channel.frequency:
        _add_frequency(parent, channel.frequency)
    for trailer in channel.trailers:
        _add_trailer(parent, trailer)
    # Readers that know no live items take their links and descriptions for the channel's, and keep the last: so the
    # channel's own come after them, all but its title, of which they keep the first.
    for place, live_item in enumerate(channel.live_items, start=1):
        parent.insert(place, _live_item(parent, live_item))


def add_item(parent: Any, item: Item) -> None:
    """Adds *item* to the element of that name."""
    _itunes(parent, "explicit", str(item.explicit).lower())
    if item.season:
        _add(parent, "season", str(item.season), name=shortened(item.season_name) if item.season_name else None)
    if item.episode:
        _add(parent, "episode", str(item.episode))
    _add_common(parent, item)
    for transcript in item.transcripts:
        rel = "captions" if transcript.media_type in CAPTION_TYPES else None
        _add(
            parent,
            "transcript",
            url=transcript.url,
            type=transcript.media_type,
            language=transcript.language,
            rel=rel,
        )
    if item.chapters:
        _add(parent, "chapters", url=item.chapters, type="application/json+chapters")
    for rendition in item.renditions:
        _add_rendition(parent, rendition)


def shortened(text: str, limit: int = LONGEST_NAME) -> str:
    """*text*, with ``…`` for what is beyond *limit* characters."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _add_common(parent: Any, told: Channel | Item) -> None:
    """What podcasts and their episodes have alike."""
    for place, art in enumerate(told.artwork):
        if place == 0:
            SubElement(parent, f"{{{ITUNES}}}image", href=art.url)
        given = {"aspect-ratio": "1/1", "width": str(art.side), "height": str(art.side), "type": "image/jpeg"}
        _add(parent, "image", href=art.url, purpose="artwork", **given)
    if told.license:
        _add(parent, "license", shortened(told.license.name), url=told.license.url)
    if told.location:
        where = told.location
        _add(
            parent,
            "location",
            shortened(where.name),
            rel=where.rel,
            geo=where.geo,
            osm=where.osm,
            country=where.country,
        )
    _add_persons(parent, told.persons)


def _add_category(parent: Any, category: tuple[str, ...]) -> None:
    for name in category:
        parent = SubElement(parent, f"{{{ITUNES}}}category", text=name)


def _add_persons(parent: Any, persons: tuple[Person, ...]) -> None:
    for one in persons:
        _add(parent, "person", shortened(one.name), role=one.role, group=one.group, href=one.href, img=one.portrait)


def _add_frequency(parent: Any, frequency: UpdateFrequency) -> None:
    start = frequency.start.isoformat(timespec="seconds") if frequency.start else None
    complete = "true" if frequency.complete else None
    words = shortened(frequency.words)
    _add(parent, "updateFrequency", words, rrule=frequency.rule, dtstart=start, complete=complete)


def _add_trailer(parent: Any, trailer: Trailer) -> None:
    _add(
        parent,
        "trailer",
        shortened(trailer.title),
        url=trailer.url,
        pubdate=format_datetime(trailer.published),
        length=str(trailer.length),
        type=trailer.media_type,
        season=str(trailer.season) if trailer.season else None,
    )


def _live_item(parent: Any, live: LiveItem) -> Any:
    start, end = (time.isoformat(timespec="seconds") if time else None for time in (live.start, live.end))
    element = _add(parent, "liveItem", status=live.status, start=start, end=end)
    SubElement(element, "title").text = live.title
    SubElement(element, "description").text = live.description
    SubElement(element, "link").text = live.page
    SubElement(element, "guid", isPermaLink="false").text = live.guid
    _add_persons(element, live.persons)
    for stream in live.streams[:1]:  # for apps that know no other
        SubElement(element, "enclosure", url=stream.url, type=stream.media_type, length=UNKNOWN_LENGTH)
    for stream in live.streams:
        _add_rendition(element, stream)
    _add(element, "contentLink", live.page_label, href=live.page)
    return element


def _add_rendition(parent: Any, rendition: Rendition) -> None:
    element = _add(
        parent,
        "alternateEnclosure",
        type=rendition.media_type,
        length=str(rendition.length) if rendition.length else None,
        bitrate=str(rendition.bitrate) if rendition.bitrate else None,
        title=rendition.title,
        default="true" if rendition.default else None,
    )
    _add(element, "source", uri=rendition.url)


def _itunes(parent: Any, name: str, text: str) -> None:
    SubElement(parent, f"{{{ITUNES}}}{name}").text = text


def _add(parent: Any, tag: str, text: str | None = None, /, **attributes: str | None) -> Any:
    """A ``podcast:`` element below *parent*, with those *attributes* that say something."""
    given = {key: value for key, value in attributes.items() if value}
    element = SubElement(parent, f"{{{PODCAST}}}{tag}", given)
    element.text = text
    return element
