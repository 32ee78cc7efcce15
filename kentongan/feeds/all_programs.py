"""The podcast of all programs: one channel of the office, in which each talk is the one of its program's own feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kentongan.feeds.address import feed_address
from kentongan.feeds.artwork import described, office_artwork
from kentongan.feeds.items import PodcastItem, in_bytes, items
from kentongan.feeds.live_items import ENDED_KEPT, Dated, live_items
from kentongan.feeds.office import all_programs_description, all_programs_title, feed_uuid
from kentongan.feeds.podcast import PodcastFeed, feed_category, office_as_owner, with_broadcasts
from kentongan.feeds.podcast_namespace import Channel, LiveItem
from kentongan.model import Program
from kentongan.schedule import Broadcast, Broadcasts
from kentongan.schedule.identity import newest_change
from kentongan.schedule.wording import label, office_name, one_line
from kentongan.site import Site


def all_programs_feed(site: Site, broadcasts: Sequence[Broadcast]) -> PodcastFeed:
    """The talks of all programs, newest first, each titled with its program as networks of podcasts do.

    A talk keeps its guid, but not its number, which counts within its program.
    """
    told = Broadcasts.of(broadcasts)
    dated = [(program, with_broadcasts(site, told, program)) for program in site.programs]
    address = site.addresses
    page = f"{address.segments.programs}/"
    owner = office_as_owner(site)
    return PodcastFeed(
        title=all_programs_title(site),
        description=in_bytes(all_programs_description(site)),
        language=site.language,
        author=office_name(site),
        owner=owner,
        page=address.absolute(page),
        address=feed_address(site, address.all_programs_feed()),
        changed=newest_change(site, (*site.programs, *site.episodes)),
        serial=False,
        complete=False,
        channel=Channel(
            guid=feed_uuid(site, "all-programs"),
            medium="podcast",
            locked=True,
            owner_email=owner.email if owner else None,
            category=_usual_category(site),
            explicit=any(program.explicit for program in site.programs),
            artwork=described(site, page, office_artwork(site)),
            live_items=_live_items(site, dated),
        ),
        items=_items(site, dated),
    )


def _usual_category(site: Site) -> tuple[str, ...]:
    """That of most programs: a channel has one."""
    counted = Counter(one_line(program.category) for program in site.programs)
    usual = counted.most_common(1)
    return feed_category(usual[0][0] if usual else "")


def _items(site: Site, dated: Iterable[tuple[Program, tuple[Dated, ...]]]) -> tuple[PodcastItem, ...]:
    told = [
        replace(
            item,
            title=f"{label(program)}: {item.title}",
            more=replace(item.more, season=None, season_name=None, episode=None),
        )
        for program, own in dated
        for item in items(site, program, own)
    ]
    return tuple(sorted(told, key=lambda item: (item.published, item.guid), reverse=True))


def _live_items(site: Site, dated: Iterable[tuple[Program, tuple[Dated, ...]]]) -> tuple[LiveItem, ...]:
    """Every one on its way, and of all programs' ended ones the newest :data:`ENDED_KEPT`."""
    told = [
        replace(live, title=f"{label(program)}: {live.title}")
        for program, own in dated
        for live in live_items(site, program, own)
    ]
    newest = sorted(told, key=lambda live: (live.start, live.guid), reverse=True)
    ended = [live for live in newest if live.status == "ended"][:ENDED_KEPT]
    return tuple(live for live in newest if live.status != "ended" or live in ended)
