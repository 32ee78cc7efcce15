"""``jadwal.json``: dated broadcasts as instants, so that a browser can tell what is on now without asking us."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar

from kentongan.language.dates import utc_text
from kentongan.schedule.broadcast import Broadcast, in_order
from kentongan.schedule.broadcasts import episode_of
from kentongan.schedule.slots import standing
from kentongan.schedule.wording import clean, label, one_line, program_name, station_name
from kentongan.site import Site

DAYS_BACK, DAYS_AHEAD = 1, 28
"""Days before and after today, in the office's zone: from yesterday's midnight to the one 28 days after today's."""


@dataclass(frozen=True, slots=True)
class Airing:
    """One broadcast. ``end`` is ``None`` while it is unknown; ``url`` and ``stream`` are absolute.

    Without an episode, what is on is the program as usual, and ``url`` is the program's page.
    """

    start: datetime
    end: datetime | None
    program_id: str
    program: str
    episode_id: str | None
    episode: str | None
    station_id: str
    station: str
    url: str
    kind: str
    status: str
    """``announced``, ``live``, ``aired``, ``cancelled`` or ``moved``, as of ``generated``."""
    reason: str | None
    moved_to: datetime | None
    moved_from: datetime | None
    replaced_by: str | None
    instead_of: str | None
    """The ids of the program that is on instead, and of the one whose place it has."""
    stream: str | None


@dataclass(frozen=True, slots=True)
class DayList:
    """What is on, day by day. Past ``valid_until`` it says nothing."""

    media_type: ClassVar[str] = "application/json"

    generated: datetime
    valid_until: datetime
    zone: str
    broadcasts: tuple[Airing, ...]


def day_list(site: Site, broadcasts: Sequence[Broadcast]) -> DayList:
    """The list as of now; *broadcasts* are those of the whole site."""
    today = datetime.combine(site.now.astimezone(site.zone).date(), time(), tzinfo=site.zone)
    since, until = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    # On a Monday yesterday lies in last week, of whose slots the pages no longer tell.
    told = {*broadcasts, *standing(site, broadcasts, since, until)}
    return DayList(
        generated=site.now.astimezone(UTC),
        valid_until=until.astimezone(UTC),
        zone=site.office.zone,
        broadcasts=tuple(airing(site, one) for one in in_order(told) if since <= one.start < until),
    )


def airing(site: Site, one: Broadcast) -> Airing:
    """A broadcast as of the site's now."""
    station, program, episode = site.station(one.station), site.program(one.program), episode_of(site, one)
    about = episode or program
    return Airing(
        start=one.start.astimezone(UTC),
        end=one.end.astimezone(UTC) if one.end else None,
        program_id=one.program,
        program=program_name(site, one.program),
        episode_id=episode.id if episode else None,
        episode=label(episode) if episode else None,
        station_id=one.station,
        station=station_name(site, one.station),
        url=site.addresses.absolute(site.path(about) if about else ""),
        kind=one.kind.value,
        status=one.state(site.now).value,
        reason=one_line(one.reason or "") or None,
        moved_to=one.moved_to.astimezone(UTC) if one.moved_to else None,
        moved_from=one.moved_from.astimezone(UTC) if one.moved_from else None,
        replaced_by=one.replaced_by,
        instead_of=one.instead_of,
        stream=clean(station.streams[0].url) if station and station.streams else None,
    )


def render_day_list(view: DayList) -> bytes:
    """*view* as compact JSON in UTF-8; instants in UTC (RFC 3339), keys in the order given here."""
    data = {
        "generated": utc_text(view.generated),
        "validUntil": utc_text(view.valid_until),
        "zone": view.zone,
        "broadcasts": [fields_of(one) for one in view.broadcasts],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def fields_of(one: Airing) -> dict[str, str | None]:
    """The keys of one broadcast; those of what seldom is (a reason, a move, a stream) only where it is."""
    seldom = {
        "reason": one.reason,
        "moved_to": utc_text(one.moved_to) if one.moved_to else None,
        "moved_from": utc_text(one.moved_from) if one.moved_from else None,
        "replaced_by": one.replaced_by,
        "instead_of": one.instead_of,
        "stream": one.stream,
    }
    return {
        "start": utc_text(one.start),
        "end": utc_text(one.end) if one.end else None,
        "program": one.program,
        "program_id": one.program_id,
        "episode": one.episode,
        "episode_id": one.episode_id,
        "station": one.station,
        "station_id": one.station_id,
        "url": one.url,
        "kind": one.kind,
        "status": one.status,
        **{key: value for key, value in seldom.items() if value},
    }
