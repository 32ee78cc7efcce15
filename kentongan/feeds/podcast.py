"""A program as a podcast: RSS 2.0 by PSP-1 (podstandards.org), Apple's rules and the ``podcast:`` namespace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid5

from feedgen.entry import FeedEntry

from kentongan.feeds.address import RSS, FeedAddress, feed_address
from kentongan.feeds.artwork import described, program_artwork
from kentongan.feeds.credits import persons
from kentongan.feeds.extension import Link, add_entry, rss
from kentongan.feeds.frequency import update_frequency
from kentongan.feeds.items import PodcastItem, in_bytes, items, license_of, location_of, trailers
from kentongan.feeds.live_items import Dated, live_items
from kentongan.feeds.paging import paged
from kentongan.feeds.podcast_namespace import Channel
from kentongan.feeds.podcast_tags import shortened
from kentongan.model import Program
from kentongan.model.podcast import apple_category
from kentongan.schedule import Broadcast, Broadcasts
from kentongan.schedule.identity import newest_change
from kentongan.schedule.wording import clean, label, office_name, one_line
from kentongan.site import Site
from kentongan.site.podcast_checks import is_email
from kentongan.site.podcast_words import LONGEST_TITLE

GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast guids (Podcasting 2.0)."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a directory writes to; it needs both, so there is no owner without an address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class PodcastFeed:
    """A podcast, or an archive of it, newest episode first.

    ``changed`` is the latest change in it (``None``: no record is dated), ``more`` leads to its other documents.
    """

    media_type: ClassVar[str] = RSS

    title: str
    description: str
    language: str
    author: str
    owner: Owner | None
    page: str
    address: FeedAddress
    changed: datetime | None
    serial: bool
    complete: bool
    channel: Channel
    items: tuple[PodcastItem, ...]
    more: tuple[Link, ...] = ()
    is_archive: bool = False


def podcast_feed(site: Site, broadcasts: Sequence[Broadcast], program: Program) -> PodcastFeed:
    """The whole podcast of *program*, whose broadcasts are among *broadcasts*, in one document."""
    dated = with_broadcasts(site, Broadcasts.of(broadcasts), program)
    title = label(program)
    told = tuple(items(site, program, dated))
    return PodcastFeed(
        title=title,
        description=in_bytes(clean(program.summary or "") or title),
        language=program.language,
        author=one_line(program.owner.name if program.owner else "") or office_name(site),
        owner=_owner(program) or office_as_owner(site),
        page=site.addresses.absolute(site.path(program)),
        address=feed_address(site, site.addresses.program_feed(program.id)),
        changed=newest_change(site, (program, *(episode for episode, _ in dated))),
        serial=program.serial,
        complete=program.complete,
        channel=_channel(site, program, dated, told),
        items=told,
    )


def with_broadcasts(site: Site, broadcasts: Broadcasts, program: Program) -> tuple[Dated, ...]:
    """The episodes of *program*, newest first, each with its own of *broadcasts*."""
    dated = ((episode, broadcasts.of_episode(episode.id)) for episode in site.episodes_of(program))
    return tuple((episode, tuple(one for one in heard if one.program == program.id)) for episode, heard in dated)


def documents(site: Site, path: str, feed: PodcastFeed) -> Iterator[tuple[str, PodcastFeed]]:
    """*feed*, which is at *path*, in documents of bearable length, each with its path: archives first, oldest first."""
    current, *archives = paged(feed.items)
    paths = [site.addresses.feed_archive(path, number) for number in range(1, len(archives) + 1)]
    urls = [site.addresses.absolute(one) for one in paths]
    for place, held in enumerate(archives):
        links = (
            Link("current", feed.address.url, RSS),
            *(Link("prev-archive", url, RSS) for url in urls[place - 1 : place]),
            *(Link("next-archive", url, RSS) for url in urls[place + 1 : place + 2]),
        )
        yield paths[place], _archive(feed, feed_address(site, paths[place]), held, links)
    yield path, replace(feed, items=current, more=tuple(Link("prev-archive", url, RSS) for url in urls[-1:]))


def _archive(
    feed: PodcastFeed, address: FeedAddress, held: tuple[PodcastItem, ...], links: tuple[Link, ...]
) -> PodcastFeed:
    """What stays true for ever: no dates, nothing that is on its way, no hub, since there will be nothing to tell."""
    channel = replace(feed.channel, live_items=(), trailers=(), frequency=None)
    still = replace(address, hub=None)
    return replace(feed, address=still, items=held, channel=channel, changed=None, more=links, is_archive=True)


def _owner(program: Program) -> Owner | None:
    name = one_line(program.owner.name) if program.owner else ""
    email = one_line(program.owner.email or "") if program.owner else ""
    return Owner(name, email) if name and is_email(email) else None


def office_as_owner(site: Site) -> Owner | None:
    """The office, where it has an e-mail address."""
    email = one_line(site.office.contact.email or "")
    return Owner(office_name(site), email) if is_email(email) else None


def podcast_guid(guid: str) -> str:
    """*guid* where it is the UUID that ``podcast:guid`` must be, else one made from it, always the same."""
    try:
        return str(UUID(guid))
    except ValueError:
        return str(uuid5(GUIDS, guid))


def feed_category(name: str) -> tuple[str, ...]:
    """Apple's category of that *name*; the usual one where there is none: a podcast must have one."""
    usual = str(Program.model_fields["category"].default)
    return apple_category(one_line(name)) or (usual,)


def _channel(site: Site, program: Program, dated: tuple[Dated, ...], told: tuple[PodcastItem, ...]) -> Channel:
    owner = _owner(program) or office_as_owner(site)
    return Channel(
        guid=podcast_guid(program.guid),
        medium="podcast",
        locked=program.locked,
        owner_email=owner.email if owner else None,
        category=feed_category(program.category),
        explicit=program.explicit,
        artwork=described(site, site.path(program), program_artwork(site, program)),
        persons=persons(site, program.hosts),
        live_items=tuple(live_items(site, program, dated)),
        trailers=trailers(told),
        license=license_of(program.license),
        location=location_of(program.location),
        frequency=update_frequency(site, program),
    )


def render_podcast(view: PodcastFeed) -> bytes:
    """*view* as RSS 2.0 in UTF-8."""
    feed = rss(
        title=shortened(view.title, LONGEST_TITLE),
        page=view.page,
        description=view.description,
        language=view.language,
        links=(*view.address.links(view.media_type), *view.more),
        style=view.address.style,
        built=view.changed,
        extensions=("podcast",),
    )
    feed.podcast.itunes_author(shortened(view.author, LONGEST_TITLE))
    feed.podcast.itunes_type("serial" if view.serial else "episodic")
    if view.complete:
        feed.podcast.itunes_complete("yes")
    if view.owner:
        feed.podcast.itunes_owner(shortened(view.owner.name, LONGEST_TITLE), view.owner.email)
    feed.kentongan.channel = view.channel
    feed.kentongan.archive = view.is_archive
    for item in view.items:
        _add_item(add_entry(feed), item)
    written: bytes = feed.rss_str(pretty=True)
    return written


def _add_item(entry: FeedEntry, item: PodcastItem) -> None:
    sound = item.enclosure
    entry.title(shortened(item.title, LONGEST_TITLE))
    entry.link(href=item.url)
    entry.guid(item.guid)
    entry.published(item.published)
    entry.enclosure(sound.url, sound.length, sound.media_type)
    if item.summary:
        entry.description(item.summary)
        entry.podcast.itunes_summary(item.summary)
    if item.content:
        entry.content(item.content)
    entry.podcast.itunes_duration(sound.duration)
    entry.podcast.itunes_season(item.more.season)
    entry.podcast.itunes_episode(item.more.episode)
    entry.podcast.itunes_episode_type(item.episode_type)
    entry.kentongan.item = item.more
