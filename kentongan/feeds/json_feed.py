"""The site's news as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from kentongan.feeds.office import about_office
from kentongan.feeds.story import Author, Story, stories
from kentongan.schedule.wording import office_name
from kentongan.site import Site
from kentongan.site.addresses import JSON_FEED

VERSION = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """The newest articles, newest first; one without authors is ``author``'s."""

    media_type: ClassVar[str] = "application/feed+json"

    title: str
    description: str
    language: str
    author: Author
    page: str
    url: str
    hub: str | None
    items: tuple[Story, ...]


def json_feed(site: Site) -> JsonFeed:
    """The JSON Feed of the newest articles."""
    page = site.addresses.absolute("")
    return JsonFeed(
        title=office_name(site),
        description=about_office(site),
        language=site.language,
        author=Author(office_name(site), page),
        page=page,
        url=site.addresses.absolute(JSON_FEED),
        hub=site.office.hub,
        items=stories(site, site.articles),
    )


def render_json_feed(view: JsonFeed) -> bytes:
    """*view* as JSON Feed 1.1 in UTF-8."""
    data = {
        "version": VERSION,
        "title": view.title,
        "home_page_url": view.page,
        "feed_url": view.url,
        "description": view.description,
        "language": view.language,
        "authors": [_author(view.author)],
        "hubs": [{"type": "WebSub", "url": view.hub}] if view.hub else None,
        "items": [_item(story) for story in view.items],
    }
    told = {key: value for key, value in data.items() if value is not None}
    return (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _item(story: Story) -> dict[str, Any]:
    return _said(
        {
            "id": story.url,
            "url": story.url,
            "title": story.title,
            "content_html": story.content,
            # An item has the one or the other ("Items"); an article may be a title alone.
            "content_text": None if story.content else story.summary or story.title,
            "summary": story.summary,
            "image": story.picture.url if story.picture else None,
            "date_published": story.published.isoformat(timespec="seconds"),
            "date_modified": story.updated.isoformat(timespec="seconds"),
            "authors": [_author(author) for author in story.authors],
            "tags": story.categories,
            "language": story.language,
        }
    )


def _author(author: Author) -> dict[str, Any]:
    return _said({"name": author.name, "url": author.url})


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What there is: a key without a value is left out."""
    return {key: value for key, value in fields.items() if value}
