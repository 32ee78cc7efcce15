"""Episodes -> dated broadcasts, and the state that clock, flip and audio give an episode."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from kentongan.model import BroadcastKind, Episode, Transmission
from kentongan.site import Site

USUAL_LENGTH = timedelta(minutes=60)
"""How long a broadcast with an unknown end counts as live. Never printed."""


class State(StrEnum):
    """Where an announcement is in its one life."""

    ANNOUNCED = "announced"
    LIVE = "live"
    AIRED = "aired"
    RECORDED = "recorded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One dated transmission. ``start`` and ``end`` (``None``: unknown) are in the station's zone."""

    uid: str
    """The same in every calendar, for ever: the episode's guid and the broadcast's id."""
    episode: str
    program: str
    station: str
    start: datetime
    end: datetime | None
    kind: BroadcastKind
    cancelled: str | None
    on_air: bool = False
    """A person's flip: of an episode's broadcasts it speaks of the first that is not over."""

    @property
    def counts_until(self) -> datetime:
        """When it is taken to be over."""
        return self.end or self.start + USUAL_LENGTH

    def state(self, now: datetime) -> State:
        """Announced, live, aired or cancelled at *now*; a person's flip makes it live before the clock does."""
        if self.cancelled:
            return State.CANCELLED
        if now >= self.counts_until:
            return State.AIRED
        return State.LIVE if self.on_air or now >= self.start else State.ANNOUNCED


def broadcasts(site: Site) -> tuple[Broadcast, ...]:
    """Every broadcast of every public episode, in the order of their starts."""
    found = [broadcast for episode in site.episodes for broadcast in broadcasts_of(site, episode)]
    return tuple(sorted(found, key=_order))


def broadcasts_of(site: Site, episode: Episode) -> tuple[Broadcast, ...]:
    """The broadcasts of one episode, in the order of their starts."""
    dated = sorted((_dated(site, episode, one) for one in episode.broadcasts), key=_order)
    flipped = next((one for one in dated if one.counts_until > site.now), None) if episode.on_air else None
    return tuple(replace(one, on_air=one is flipped) for one in dated)


def _dated(site: Site, episode: Episode, transmission: Transmission) -> Broadcast:
    zone = site.station_zone(transmission.station)
    return Broadcast(
        uid=f"{episode.guid}-{transmission.id}",
        episode=episode.id,
        program=episode.program,
        station=transmission.station,
        start=transmission.start.replace(tzinfo=zone),
        end=transmission.end.replace(tzinfo=zone) if transmission.end else None,
        kind=transmission.kind,
        cancelled=episode.cancelled,
    )


def _order(broadcast: Broadcast) -> tuple[datetime, str]:
    return broadcast.start, broadcast.uid


def state_of(episode: Episode, dated: tuple[Broadcast, ...], now: datetime) -> State:
    """The state of an episode at *now*, given its broadcasts."""
    if episode.cancelled:
        return State.CANCELLED
    if episode.audio:
        return State.RECORDED
    states = {broadcast.state(now) for broadcast in dated}
    for state in (State.LIVE, State.ANNOUNCED):
        if state in states:
            return state
    return State.AIRED if states else State.ANNOUNCED


def next_boundary(dated: tuple[Broadcast, ...], now: datetime) -> datetime | None:
    """The first instant after *now* at which a broadcast begins or is over, in UTC."""
    edges = [edge for one in dated for edge in (one.start, one.counts_until)]
    return min((edge.astimezone(UTC) for edge in edges if edge > now), default=None)
