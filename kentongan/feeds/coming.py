"""A program's broadcasts still to come, as Atom (RFC 4287): a podcast has no item before there is audio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from feedgen.feed import FeedGenerator

from kentongan.feeds.address import ATOM, FeedAddress, feed_address
from kentongan.feeds.extension import NAME, EntryExtension, FeedExtension, Link, add_entry
from kentongan.language import translations
from kentongan.model import Episode, Program
from kentongan.schedule import Broadcast, Broadcasts, State, episode_of
from kentongan.schedule.identity import NEVER, last_changed, newest_change, stable_uuid
from kentongan.schedule.wording import label, office_name, remarks, when_and_where
from kentongan.site import Site


@dataclass(frozen=True, slots=True)
class ComingEntry:
    """One broadcast. ``summary`` says when and where it is, then what it is about."""

    id: str
    title: str
    published: datetime
    updated: datetime
    summary: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ComingFeed:
    """What is coming, soonest first. ``updated`` is the latest change of the program and all its episodes."""

    media_type: ClassVar[str] = ATOM

    id: str
    title: str
    language: str
    author: str
    page: str
    address: FeedAddress
    updated: datetime
    entries: tuple[ComingEntry, ...]


def coming_feed(site: Site, broadcasts: Sequence[Broadcast], program: Program) -> ComingFeed:
    """The feed of *program*, whose broadcasts are among *broadcasts*: those of episodes, since a slot alone is no news.

    A cancelled broadcast stays until it would have been over, so that whoever read of it reads that too.
    """
    _ = translations(site.language).gettext
    return ComingFeed(
        id=f"urn:uuid:{stable_uuid('coming', program.guid)}",
        title=_("Coming up on {program}").format(program=label(program)),
        language=site.language,
        author=office_name(site),
        page=site.addresses.absolute(site.path(program)),
        address=feed_address(site, site.addresses.coming_feed(program.id)),
        updated=newest_change(site, (program, *site.episodes_of(program))) or NEVER,
        entries=tuple(
            _entry(site, one, episode)
            for one in Broadcasts.of(broadcasts).of_program(program.id)
            if _is_coming(one, site.now) and (episode := episode_of(site, one))
        ),
    )


def _is_coming(broadcast: Broadcast, now: datetime) -> bool:
    state = broadcast.state(now)
    return state is State.ANNOUNCED or (state is State.CANCELLED and now < broadcast.counts_until)


def _entry(site: Site, broadcast: Broadcast, episode: Episode) -> ComingEntry:
    address = site.addresses
    published = site.local(episode.date)
    return ComingEntry(
        id=f"urn:uuid:{stable_uuid('broadcast', broadcast.uid)}",
        title=label(episode),
        published=published,
        updated=last_changed(site, episode) or published,
        summary="\n".join((when_and_where(site, broadcast), *remarks(site, broadcast, episode.summary))),
        links=(
            Link("alternate", address.absolute(site.path(episode)), "text/html"),
            Link("related", address.absolute(address.event(episode)), "text/calendar"),
        ),
    )


def render_coming(view: ComingFeed) -> bytes:
    """*view* as Atom 1.0 in UTF-8."""
    feed = FeedGenerator()
    feed.register_extension(NAME, FeedExtension, EntryExtension)
    feed.generator("Kentongan")
    feed.id(view.id)
    feed.title(view.title)
    feed.language(view.language)
    feed.author(name=view.author)
    feed.updated(view.updated)
    feed.link(href=view.page, rel="alternate", type="text/html")
    feed.kentongan.links = view.address.links(view.media_type)
    feed.kentongan.style = view.address.style
    for entry in view.entries:
        _add_entry(feed, entry)
    written: bytes = feed.atom_str(pretty=True)
    return written


def _add_entry(feed: FeedGenerator, view: ComingEntry) -> None:
    entry = add_entry(feed)
    entry.id(view.id)
    entry.title(view.title)
    entry.published(view.published)
    entry.updated(view.updated)
    entry.summary(view.summary)
    entry.link(href=view.links[0].href)  # feedgen insists on one; the extension puts all of them in its place
    entry.kentongan.links = view.links
