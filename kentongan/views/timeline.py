"""The coming days in a few numbers: what a browser needs to know by itself what is on now, and what comes next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby

from markupsafe import Markup, escape

from kentongan.model import BroadcastKind, Stream
from kentongan.schedule import Broadcast, episode_of
from kentongan.schedule.broadcast import in_order
from kentongan.schedule.slots import standing
from kentongan.schedule.wording import clean, label, program_name, station_name
from kentongan.site import Site

DAYS_AHEAD = 14
AT_MOST = 120
"""Every page loads the timeline, so a busy office's reaches less far, yet always :data:`AT_LEAST` from midnight on."""
AT_LEAST = timedelta(days=2)

REPEAT, FLIPPED = 1, 2
"""Marks of a row: it is a repeat; a person has put it on air, so that it is on before its start."""

_MEGABYTES = 3600 / 8 / 1000
"""What one kilobit a second takes in an hour."""

Row = tuple[int | str | tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What takes place, from the midnight before today's on. At ``until`` and later it knows nothing.

    Instants are milliseconds since 1970 (UTC), strings are HTML, addresses are from the site's root.
    """

    since: int
    until: int
    stations: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]
    """Name, IANA zone, streams; of a stream its address and how many megabytes an hour it takes (0: unknown)."""
    programs: tuple[tuple[str, str], ...]
    """Name, address."""
    rows: tuple[Row, ...]
    """Start, when it counts as over (never printed), the stations that carry it together, program (both by their
    places above), marks; of an episode also title and address."""

    def json(self) -> Markup:
        """As compact JSON, keys in the order given here."""
        data = {name: getattr(self, name) for name in self.__slots__}
        return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")))  # noqa: S704  JavaScript, not HTML


def timeline(site: Site, broadcasts: Sequence[Broadcast]) -> Timeline:
    """The timeline as of today, by the office's clock; *broadcasts* are those of the whole site."""
    today = datetime.combine(site.now.astimezone(site.zone).date(), time(), tzinfo=site.zone)
    since, until = today - timedelta(days=1), today + timedelta(days=DAYS_AHEAD)
    told = in_order({*broadcasts, *standing(site, broadcasts, since, until)})
    within = [one for one in told if one.takes_place and one.counts_until > today and one.start < until]
    end = next((one.start for one in within[AT_MOST:] if one.start >= today + AT_LEAST), until)
    shown = [one for one in within if one.start < end]
    stations = tuple(dict.fromkeys(one.station for one in shown))
    programs = tuple(dict.fromkeys(one.program for one in shown))
    return Timeline(
        since=_milliseconds(since),
        until=_milliseconds(end),
        stations=tuple(_station(site, id_) for id_ in stations),
        programs=tuple(_program(site, id_) for id_ in programs),
        rows=tuple(_rows(site, shown, stations, programs)),
    )


def _rows(
    site: Site, shown: Sequence[Broadcast], stations: tuple[str, ...], programs: tuple[str, ...]
) -> Iterator[Row]:
    """One for each thing that is heard, on however many stations at once."""

    def thing(one: Broadcast) -> tuple[datetime, datetime, str, str, int]:
        return one.start, one.counts_until, one.program, one.episode or "", _marks(one)

    for _, group in groupby(sorted(shown, key=thing), key=thing):
        same = list(group)
        one = same[0]
        places = tuple(stations.index(each.station) for each in same)
        row = (_milliseconds(one.start), _milliseconds(one.counts_until), places, programs.index(one.program))
        episode = episode_of(site, one)
        link = (escape(label(episode)), _link(site, site.path(episode))) if episode else ()
        yield (*row, _marks(one), *link)


def _marks(one: Broadcast) -> int:
    return (REPEAT if one.kind is BroadcastKind.REPEAT else 0) | (FLIPPED if one.on_air else 0)


def _program(site: Site, id_: str) -> tuple[str, str]:
    program = site.program(id_)
    return escape(program_name(site, id_)), _link(site, site.path(program) if program else "")


def _station(site: Site, id_: str) -> tuple[str, str, tuple[tuple[str, int], ...]]:
    station = site.station(id_)
    streams = tuple(_stream(one) for one in chosen_streams(station.streams)) if station else ()
    return escape(station_name(site, id_)), str(site.station_zone(id_)), streams


def chosen_streams(streams: tuple[Stream, ...]) -> tuple[Stream, ...]:
    """The one that a station names first, and the one that takes least data, where that is another."""
    if not streams:
        return ()
    rated = sorted((one for one in streams if one.bitrate), key=lambda one: one.bitrate or 0)
    return tuple(dict.fromkeys((streams[0], *rated[:1]))) if streams[0].bitrate else streams[:1]


def _stream(one: Stream) -> tuple[str, int]:
    return escape(clean(one.url)), max(1, round(one.bitrate * _MEGABYTES)) if one.bitrate else 0


def _link(site: Site, path: str) -> str:
    return escape(site.addresses.link(path))


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
