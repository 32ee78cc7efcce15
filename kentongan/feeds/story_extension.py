"""An extension of feedgen: an entry's picture by Media RSS 1.5.1, and in Atom the language that it is in.

feedgen's own ``media`` cannot say in words what a picture shows, and declares its namespace in every feed. A picture is
no enclosure: podcast apps would offer it for download, and RSS has room for one enclosure only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from kentongan.feeds.story import Picture, Story

NAME = "kentongan_story"
MEDIA = "http://search.yahoo.com/mrss/"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class StoryFeedExtension(BaseExtension):
    """Set ``has_pictures`` before the feed is written."""

    def __init__(self) -> None:
        self.has_pictures = False

    def extend_ns(self) -> dict[str, str]:
        """The namespace to declare at the root."""
        return {"media": MEDIA} if self.has_pictures else {}


class StoryEntryExtension(BaseEntryExtension):
    """Set ``picture`` and, for Atom, ``language`` before the feed is written."""

    def __init__(self) -> None:
        self.picture: Picture | None = None
        self.language: str | None = None

    def extend_atom(self, entry: Any) -> Any:
        """Add to *entry* its picture, and say its language (RFC 4287, 2)."""
        if self.language:
            entry.set(LANGUAGE, self.language)
        return self.extend_rss(entry)

    def extend_rss(self, entry: Any) -> Any:
        """Add to *entry* its picture."""
        if self.picture:
            _add_picture(entry, self.picture)
        return entry


def register(feed: FeedGenerator, stories: Iterable[Story]) -> None:
    """Make *feed* ready for *stories*, before the first of them is added."""
    feed.register_extension(NAME, StoryFeedExtension, StoryEntryExtension)
    feed.kentongan_story.has_pictures = any(story.picture for story in stories)


def tell(entry: FeedEntry, story: Story) -> None:
    """Give *entry* what feedgen itself cannot say of *story*."""
    entry.kentongan_story.picture = story.picture
    entry.kentongan_story.language = story.language


def _add_picture(parent: Any, picture: Picture) -> None:
    width, height = picture.size or (None, None)
    size = {"width": str(width), "height": str(height)} if width and height else {}
    file = {"url": picture.url, "fileSize": str(picture.bytes), "type": picture.media_type, "medium": "image"}
    element = xml_elem(f"{{{MEDIA}}}content", parent, **file, **size)
    if picture.alt:
        xml_elem(f"{{{MEDIA}}}description", element, type="plain").text = picture.alt
