"""The site's news as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from kentongan.feeds.address import ATOM, FeedAddress, feed_address
from kentongan.feeds.extension import NAME, EntryExtension, FeedExtension, Link, add_entry
from kentongan.feeds.office import about_office, feed_uuid
from kentongan.feeds.story import NEWEST, Author, Story, stories
from kentongan.feeds.story_extension import register, tell
from kentongan.model import Article
from kentongan.schedule.identity import NEVER, newest_change, stable_uuid
from kentongan.schedule.wording import office_name
from kentongan.site import Site
from kentongan.site.addresses import ATOM_FEED


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One article. Without authors it is the feed's (RFC 4287, 4.2.1)."""

    id: str
    story: Story


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """The newest articles, newest first. ``updated`` is the latest change among them."""

    media_type: ClassVar[str] = ATOM

    id: str
    title: str
    subtitle: str
    language: str
    author: Author
    page: str
    address: FeedAddress
    updated: datetime
    entries: tuple[AtomEntry, ...]


def atom_feed(site: Site) -> AtomFeed:
    """The Atom feed of the newest articles."""
    articles = site.articles[:NEWEST]
    page = site.addresses.absolute("")
    return AtomFeed(
        id=f"urn:uuid:{feed_uuid(site, 'news')}",
        title=office_name(site),
        subtitle=about_office(site),
        language=site.language,
        author=Author(office_name(site), page),
        page=page,
        address=feed_address(site, ATOM_FEED),
        updated=newest_change(site, articles) or NEVER,
        entries=tuple(map(AtomEntry, map(_id, articles), stories(site, articles))),
    )


def _id(article: Article) -> str:
    """Survives a change of title, office and domain. An id alone would not do: offices share names of files.

    An article given another date is announced anew, and so is another entry.
    """
    return f"urn:uuid:{stable_uuid('article', f'{article.date.isoformat()}:{article.id}')}"


def render_atom(view: AtomFeed) -> bytes:
    """*view* as Atom 1.0 in UTF-8."""
    feed = FeedGenerator()
    feed.register_extension(NAME, FeedExtension, EntryExtension)
    register(feed, (entry.story for entry in view.entries))
    feed.generator("Kentongan")
    feed.id(view.id)
    feed.title(view.title)
    feed.subtitle(view.subtitle)
    feed.language(view.language)
    feed.author(_person(view.author))
    feed.updated(view.updated)
    feed.link(href=view.page, rel="alternate", type="text/html")
    feed.kentongan.links = view.address.links(view.media_type)
    feed.kentongan.style = view.address.style
    for entry in view.entries:
        _add_entry(add_entry(feed), entry)
    written: bytes = feed.atom_str(pretty=True)
    return written


def _add_entry(entry: FeedEntry, view: AtomEntry) -> None:
    story = view.story
    entry.id(view.id)
    entry.title(story.title)
    entry.published(story.published)
    entry.updated(story.updated)
    entry.author([_person(author) for author in story.authors])
    entry.category([{"term": name} for name in story.categories])
    if story.summary:
        entry.summary(story.summary)
    if story.content:
        entry.content(story.content, type="html")
    entry.link(href=story.url)  # feedgen insists on one; the extension puts the whole of it in its place
    entry.kentongan.links = (Link("alternate", story.url, "text/html"),)
    tell(entry, story)


def _person(author: Author) -> dict[str, str]:
    """An Atom Person (RFC 4287, 3.2) as feedgen takes it."""
    return {"name": author.name, "uri": author.url} if author.url else {"name": author.name}
