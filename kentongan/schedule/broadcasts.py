"""Episodes and slots -> every dated broadcast there is to tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from kentongan.model import BroadcastKind, Episode, Station, Transmission
from kentongan.schedule.broadcast import Broadcast, Broadcasts, in_order
from kentongan.schedule.habits import usual_length
from kentongan.schedule.lines import dates_of
from kentongan.schedule.slots import standing, timetable
from kentongan.schedule.week import Week
from kentongan.site import Site

WEEKS_AHEAD = 5
"""How many weeks after this one slots are told of: one more than has a page, since stations live in other zones."""

FLIP_AHEAD = timedelta(hours=3)
"""How long before its start a person may put a broadcast on the air."""

_LONGEST = timedelta(days=1)
"""What a slot may last at most: what is on the air now began no longer ago."""


def broadcasts(site: Site) -> Broadcasts:
    """Every broadcast of every public episode, and those that slots give in :func:`slot_window`, in order."""
    told = _told(site)
    monday, until = slot_window(site)
    ours = standing(site, told, monday - _LONGEST, until)
    return in_order([*told, *(one for one in ours if one.start >= monday or one.counts_until > site.now)])


def broadcasts_between(site: Site, since: datetime, until: datetime) -> Broadcasts:
    """Those that begin at *since* or later and before *until*, both instants, of episodes and of slots, in order."""
    told = _told(site)
    within = (one for one in told if since <= one.start < until)
    return in_order([*within, *standing(site, told, since, until)])


def _told(site: Site) -> list[Broadcast]:
    """What episodes have and had: their broadcasts, and the places these were moved from."""
    own = [one for episode in site.episodes for one in broadcasts_of(site, episode)]
    return [*own, *(one for episode in site.episodes for one in _left(site, episode))]


def slot_window(site: Site) -> tuple[datetime, datetime]:
    """From when and until when slots are told of: this week, by the office's clock, and :data:`WEEKS_AHEAD` more.

    :func:`broadcasts` also has what began before and is on the air now.
    """
    this = Week.of(site.today)
    after = this.later(WEEKS_AHEAD + 1)
    return this.begins(site.zone), after.begins(site.zone)


def broadcasts_of(site: Site, episode: Episode) -> tuple[Broadcast, ...]:
    """The broadcasts of one episode, in order: those of its own, and slots' that an override gave to it."""
    return site.once(_broadcasts_of, episode)


def _broadcasts_of(site: Site, episode: Episode) -> tuple[Broadcast, ...]:
    dated = in_order([*_stated(site, episode), *_given(site, episode)])
    flipped = flipped_one(site, dated) if episode.on_air else None
    return tuple(replace(one, on_air=True) if one is flipped else one for one in dated)


def flipped_one(site: Site, dated: Iterable[Broadcast]) -> Broadcast | None:
    """Of an episode's broadcasts the one that a person's flip puts on the air, where one is near.

    A flip is for the microphone: it speaks of no repeat, and, forgotten or made days before, of nothing at all.
    """
    live = (one for one in dated if one.kind is not BroadcastKind.REPEAT and one.takes_place)
    coming = next((one for one in live if one.counts_until > site.now), None)
    return coming if coming and site.now >= coming.start - FLIP_AHEAD else None


def episodes_on(site: Site, station: Station) -> tuple[Episode, ...]:
    """Episodes with a broadcast on *station*, also one that it only carries, newest first."""
    found = map(site.episode, site.once(_ids_by_station).get(station.id, ()))
    return tuple(episode for episode in found if episode)


def _ids_by_station(site: Site) -> Mapping[str, tuple[str, ...]]:
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for episode in site.episodes:
        for station in dict.fromkeys(one.station for one in broadcasts_of(site, episode)):
            ids[station].append(episode.id)
    return {station: tuple(held) for station, held in ids.items()}


def episode_of(site: Site, broadcast: Broadcast) -> Episode | None:
    """The episode that is heard; ``None`` while nobody has said what the slot holds that day."""
    return site.episode(broadcast.episode) if broadcast.episode else None


def _given(site: Site, episode: Episode) -> Iterable[Broadcast]:
    program = site.program(episode.program)
    if program is None or all(override.episode != episode.id for override in program.overrides):
        return ()
    return timetable(site, program, _own(site, site.episodes_of(program))).filled_by(episode)


def _own(site: Site, episodes: Iterable[Episode]) -> list[Broadcast]:
    return [one for episode in episodes for one in _stated(site, episode)]


def _stated(site: Site, episode: Episode) -> list[Broadcast]:
    """What an episode's file says, and what follows from it where other stations carry its slot."""
    own = [_dated(site, episode, one) for one in episode.broadcasts]
    return [*own, *_carried(site, episode, own)]


def _carried(site: Site, episode: Episode, own: Iterable[Broadcast]) -> Iterator[Broadcast]:
    """The same broadcasts on the stations that carry their slot, but for those of which the file speaks itself."""
    program = site.program(episode.program)
    shared = [(slot, dates_of(site, slot)) for slot in (program.slots if program else ()) if slot.simulcast]
    named = {one.station for one in episode.broadcasts}
    for one in own if shared else ():
        usual = one.moved_from or one.start
        slots = (slot for slot, dates in shared if slot.station == one.station and dates.hits(usual))
        stations = dict.fromkeys(station for slot in slots for station in slot.simulcast)
        yield from (_on(site, station, one) for station in stations if station not in named)


def _on(site: Site, station: str, one: Broadcast) -> Broadcast:
    """*one* at the same instant on another station. No id in a file holds a dot, so its UID is no other's."""
    zone = site.station_zone(station)
    return replace(
        one,
        uid=f"{one.uid}.{station}",
        station=station,
        start=one.start.astimezone(zone),
        end=one.end.astimezone(zone) if one.end else None,
        counts_until=one.counts_until.astimezone(zone),
        moved_from=one.moved_from.astimezone(zone) if one.moved_from else None,
    )


def _left(site: Site, episode: Episode) -> Iterable[Broadcast]:
    """Where an episode's broadcasts were to be. No episode is heard there, and no slot's usual broadcast either."""
    for one in _stated(site, episode):
        if one.moved_from and not one.cancelled:
            length = one.counts_until - one.start
            before = replace(one, episode=None, start=one.moved_from, end=None, moved_from=None, moved_to=one.start)
            yield replace(before, counts_until=before.start + length)


def _dated(site: Site, episode: Episode, transmission: Transmission) -> Broadcast:
    zone = site.station_zone(transmission.station)
    start = transmission.start.replace(tzinfo=zone)
    end = transmission.end.replace(tzinfo=zone) if transmission.end else None
    return Broadcast(
        uid=f"{episode.guid}-{transmission.id}",
        program=episode.program,
        station=transmission.station,
        start=start,
        end=end,
        counts_until=end or start + usual_length(site.program(episode.program), transmission.station),
        kind=transmission.kind,
        episode=episode.id,
        cancelled=bool(episode.cancelled),
        reason=episode.cancelled or transmission.reason,
        moved_from=transmission.moved_from.replace(tzinfo=zone) if transmission.moved_from else None,
    )
