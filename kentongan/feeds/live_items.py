"""Announcements as ``podcast:liveItem``: what an episode is before there is audio, under the guid its item will have.

Each state is told: pending, live, ended. The namespace knows no cancellation; an app learns from the status alone
that nothing will come, so a cancelled episode is ``ended``, with the reason in its description.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kentongan.feeds.credits import credited, persons
from kentongan.feeds.podcast_namespace import LiveItem, Rendition
from kentongan.language import translations
from kentongan.model import Episode, Program
from kentongan.schedule import Broadcast, State, state_of
from kentongan.schedule.wording import clean, label, one_line, remarks, when_and_where
from kentongan.site import Site

ENDED_KEPT = 10
"""How many ended live items stay listed, newest first; those to come all do."""

_STATUS = {State.ANNOUNCED: "pending", State.LIVE: "live", State.AIRED: "ended", State.CANCELLED: "ended"}

Dated = tuple[Episode, tuple[Broadcast, ...]]
"""An episode with its broadcasts, in the order of their starts."""


def live_items(site: Site, program: Program, dated: tuple[Dated, ...]) -> Iterator[LiveItem]:
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
        persons=persons(site, credited(program, episode)),
        streams=_streams(site, broadcast.station),
    )


def _streams(site: Site, station_id: str) -> tuple[Rendition, ...]:
    """The first is what the enclosure holds."""
    station = site.station(station_id)
    return tuple(
        Rendition(
            url=clean(one.url),
            media_type=one_line(one.type),
            bitrate=one.bitrate * 1000 if one.bitrate else None,
            default=place == 0,
        )
        for place, one in enumerate(station.streams if station else ())
    )
