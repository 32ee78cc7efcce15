"""A program as a podcast: RSS 2.0 by PSP-1 (podstandards.org), Apple's rules and the ``podcast:`` namespace.

An episode is an ``item`` once there is audio, and never before. Until then each of its states is a
``podcast:liveItem`` under the guid that the item will have: pending, live, ended. The namespace knows no
cancellation; an app learns from the status alone that nothing will come, so a cancelled episode is ``ended``, with
the reason in its description.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from feedgen.entry import FeedEntry

from kentongan.feeds.body import feed_body
from kentongan.feeds.extension import Channel, Item, Link, LiveItem, Person, Stream, add_entry, rss
from kentongan.feeds.office import all_programs_description, all_programs_title, feed_uuid
from kentongan.language import translations
from kentongan.model import Credit, Episode, Program, Role
from kentongan.schedule import Broadcast, Broadcasts, State, state_of
from kentongan.schedule.identity import newest_change
from kentongan.schedule.wording import clean, label, office_name, one_line, person_name, remarks, when_and_where
from kentongan.site import Site
from kentongan.site.site import Sound

ENDED_KEPT = 10
"""How many ended live items stay listed, newest first; those to come all do."""

_STATUS = {State.ANNOUNCED: "pending", State.LIVE: "live", State.AIRED: "ended", State.CANCELLED: "ended"}
_GROUPS = {Role.PRODUCER: "creative direction"}
"""The taxonomy's group of a role, where it is not the cast."""

Dated = tuple[Episode, tuple[Broadcast, ...]]
"""An episode with its broadcasts, in the order of their starts."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The recording: ``length`` in bytes, ``duration`` in seconds."""

    url: str
    length: int
    media_type: str
    duration: int | None


@dataclass(frozen=True, slots=True)
class PodcastItem:
    """One recorded episode. ``content`` is HTML with absolute addresses; ``published`` when it was first heard."""

    title: str
    url: str
    guid: str
    published: datetime
    summary: str | None
    content: str | None
    enclosure: Enclosure
    more: Item


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a directory writes to; it needs both, so there is no owner without an address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class PodcastFeed:
    """A program's feed, newest episode first. ``changed``: the latest change in it (``None``: no record is dated)."""

    media_type: ClassVar[str] = "application/rss+xml"

    title: str
    description: str
    language: str
    author: str
    owner: Owner | None
    page: str
    url: str
    changed: datetime | None
    channel: Channel
    items: tuple[PodcastItem, ...]


def podcast_feed(site: Site, broadcasts: Sequence[Broadcast], program: Program) -> PodcastFeed:
    """The feed of *program*, whose broadcasts are among *broadcasts*."""
    dated = _with_broadcasts(site, broadcasts, program)
    title = label(program)
    return PodcastFeed(
        title=title,
        description=clean(program.summary or "") or title,
        language=program.language,
        author=one_line(program.owner.name if program.owner else "") or office_name(site),
        owner=_owner(program),
        page=site.addresses.absolute(site.path(program)),
        url=site.addresses.absolute(site.addresses.program_feed(program.id)),
        changed=newest_change(site, (program, *(episode for episode, _ in dated))),
        channel=_channel(site, program, dated),
        items=tuple(_items(site, program, dated)),
    )


def _with_broadcasts(site: Site, broadcasts: Iterable[Broadcast], program: Program) -> tuple[Dated, ...]:
    own = Broadcasts.of(broadcasts)
    return tuple((episode, own.of_episode(episode.id)) for episode in site.episodes_of(program))


def _owner(program: Program) -> Owner | None:
    name = one_line(program.owner.name) if program.owner else ""
    email = one_line(program.owner.email or "") if program.owner else ""
    return Owner(name, email) if name and email else None


def _channel(site: Site, program: Program, dated: tuple[Dated, ...]) -> Channel:
    owner = _owner(program)
    return Channel(
        guid=one_line(program.guid),
        medium="podcast",
        locked_owner=owner.email if owner else None,
        category=one_line(program.category),
        explicit=program.explicit,
        persons=_persons(site, program.hosts),
        live_items=tuple(_live_items(site, program, dated)),
        artwork=_artwork(site, program),
    )


def _artwork(site: Site, program: Program) -> str | None:
    """The program's artwork where podcast apps can show it: a drawing in SVG they cannot."""
    file = site.media.get(program.artwork.src) if program.artwork else None
    fit = file is not None and file.media_type in ("image/png", "image/jpeg")
    return site.addresses.absolute(file.public_path) if file and fit else None


def _items(site: Site, program: Program, dated: tuple[Dated, ...]) -> Iterator[PodcastItem]:
    for episode, own in dated:
        sound = site.sound(episode.audio)
        if sound and state_of(episode, own, site.now) is State.RECORDED:
            yield _item(site, program, episode, own, sound)


def _item(site: Site, program: Program, episode: Episode, own: tuple[Broadcast, ...], sound: Sound) -> PodcastItem:
    url = site.addresses.absolute(site.path(episode))
    return PodcastItem(
        title=label(episode),
        url=url,
        guid=one_line(episode.guid),
        published=own[0].start if own else site.local(episode.date),
        summary=clean(episode.summary),
        content=feed_body(site.body(episode), url),
        enclosure=Enclosure(clean(sound.url), sound.bytes, one_line(sound.media_type), sound.seconds),
        more=Item(
            season=episode.season,
            episode=episode.number,
            explicit=program.explicit,
            persons=_persons(site, _credits(program, episode)),
        ),
    )


def _live_items(site: Site, program: Program, dated: tuple[Dated, ...]) -> Iterator[LiveItem]:
    """One for each episode on its way, and for the newest that have ended without a recording."""
    room = ENDED_KEPT
    for episode, own in dated:
        status = _STATUS.get(state_of(episode, own, site.now))
        if not own or status is None or (status == "ended" and not room):
            continue
        if status == "ended":
            room -= 1
        yield _live_item(site, program, episode, _current(own, site.now), status)


def _current(own: tuple[Broadcast, ...], now: datetime) -> Broadcast:
    """The broadcast on air, else the next one, else the last."""
    return next((one for one in own if now < one.counts_until), own[-1])


def _live_item(site: Site, program: Program, episode: Episode, broadcast: Broadcast, status: str) -> LiveItem:
    told = (when_and_where(site, broadcast), *remarks(site, broadcast, episode.summary))
    return LiveItem(
        status=status,
        start=broadcast.start,
        end=broadcast.end,
        title=label(episode),
        description="\n".join(told),
        guid=one_line(episode.guid),
        page=site.addresses.absolute(site.path(episode)),
        page_label=translations(site.language).gettext("About this broadcast and how to listen"),
        persons=_persons(site, _credits(program, episode)),
        streams=_streams(site, broadcast.station),
    )


def _streams(site: Site, station_id: str) -> tuple[Stream, ...]:
    station = site.station(station_id)
    return tuple(
        Stream(clean(one.url), one_line(one.type), one.bitrate * 1000 if one.bitrate else None)
        for one in (station.streams if station else ())
    )


def _credits(program: Program, episode: Episode) -> tuple[Credit, ...]:
    """The program's hosts, then the episode's people: persons of an item *replace* those of the channel.

    A host credited in the episode is told as there; an episode with a host of its own is told without the others.
    """
    if any(credit.role in (Role.HOST, Role.GUEST_HOST) for credit in episode.credits):
        return episode.credits
    credited = {credit.person for credit in episode.credits}
    return (*(host for host in program.hosts if host.person not in credited), *episode.credits)


def _persons(site: Site, credited: Iterable[Credit]) -> tuple[Person, ...]:
    return tuple(_person(site, credit) for credit in credited)


def _person(site: Site, credit: Credit) -> Person:
    record = site.person(credit.person)
    return Person(
        name=person_name(site, credit),
        role=credit.role.value,
        group=_GROUPS.get(credit.role),
        href=site.addresses.absolute(site.path(record)) if record else None,
    )


def all_programs_feed(site: Site, broadcasts: Sequence[Broadcast]) -> PodcastFeed:
    """The talks of all programs in one feed, newest first, each titled with its program as networks of podcasts do.

    A talk keeps its guid, but not its number, which counts within its program.
    """
    dated = [(program, _with_broadcasts(site, broadcasts, program)) for program in site.programs]
    owner = _office_as_owner(site)
    address = site.addresses
    return PodcastFeed(
        title=all_programs_title(site),
        description=all_programs_description(site),
        language=site.language,
        author=office_name(site),
        owner=owner,
        page=address.absolute(f"{address.segments.programs}/"),
        url=address.absolute(address.all_programs_feed()),
        changed=newest_change(site, (*site.programs, *site.episodes)),
        channel=Channel(
            guid=feed_uuid(site, "all-programs"),
            medium="podcast",
            locked_owner=owner.email if owner else None,
            category=_usual_category(site),
            explicit=any(program.explicit for program in site.programs),
            persons=(),
            live_items=_all_live_items(site, dated),
            artwork=next((art for program in site.programs if (art := _artwork(site, program))), None),
        ),
        items=_all_items(site, dated),
    )


def _office_as_owner(site: Site) -> Owner | None:
    email = one_line(site.office.contact.email or "")
    return Owner(office_name(site), email) if email else None


def _usual_category(site: Site) -> str:
    """That of most programs: a channel has one."""
    counted = Counter(one_line(program.category) for program in site.programs)
    usual = counted.most_common(1)
    return usual[0][0] if usual else str(Program.model_fields["category"].default)


def _all_items(site: Site, dated: Iterable[tuple[Program, tuple[Dated, ...]]]) -> tuple[PodcastItem, ...]:
    items = [
        replace(item, title=f"{label(program)}: {item.title}", more=replace(item.more, season=None, episode=None))
        for program, own in dated
        for item in _items(site, program, own)
    ]
    return tuple(sorted(items, key=lambda item: (item.published, item.guid), reverse=True))


def _all_live_items(site: Site, dated: Iterable[tuple[Program, tuple[Dated, ...]]]) -> tuple[LiveItem, ...]:
    """Every one on its way, and of all programs' ended ones the newest :data:`ENDED_KEPT`."""
    told = [
        replace(live, title=f"{label(program)}: {live.title}")
        for program, own in dated
        for live in _live_items(site, program, own)
    ]
    newest = sorted(told, key=lambda live: (live.start, live.guid), reverse=True)
    ended = [live for live in newest if live.status == "ended"][:ENDED_KEPT]
    return tuple(live for live in newest if live.status != "ended" or live in ended)


def render_podcast(view: PodcastFeed) -> bytes:
    """*view* as RSS 2.0 in UTF-8."""
    feed = rss(
        title=view.title,
        page=view.page,
        description=view.description,
        language=view.language,
        link=Link("self", view.url, view.media_type),
        built=view.changed,
        extensions=("podcast",),
    )
    feed.podcast.itunes_author(view.author)
    feed.podcast.itunes_type("episodic")
    if view.owner:
        feed.podcast.itunes_owner(view.owner.name, view.owner.email)
    feed.kentongan.channel = view.channel
    for item in view.items:
        _add_item(add_entry(feed), item)
    written: bytes = feed.rss_str(pretty=True)
    return written


def _add_item(entry: FeedEntry, item: PodcastItem) -> None:
    sound = item.enclosure
    entry.title(item.title)
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
    entry.podcast.itunes_episode_type("full")
    entry.kentongan.item = item.more
