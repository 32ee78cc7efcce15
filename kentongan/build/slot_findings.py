"""Slots that never come round and overrides that change nothing, told where they are written.

What lies behind us is left in peace: a slot may be changed without its old overrides becoming faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from kentongan.errors import Finding
from kentongan.language import Message, moment
from kentongan.model import Kind, Override
from kentongan.model.recurrence import Lie
from kentongan.schedule import Broadcast
from kentongan.schedule.lines import Line, new_start
from kentongan.schedule.slots import Timetable, timetables
from kentongan.site import Site

_DAY, _FAR = timedelta(days=1), timedelta(hours=12)

Place = tuple[str, int]
"""Where in the program's front matter."""

Stated = Mapping[tuple[str, str, datetime], Broadcast]
"""What episodes state themselves, by program, station and start."""

Hits = tuple[tuple[Line, datetime], ...]
"""The occurrences on the days of an override."""


def slot_findings(site: Site, dated: Iterable[Broadcast]) -> Iterator[Finding]:
    """A finding for each; *dated* are the broadcasts of the whole site."""
    stated: Stated = {(one.program, one.station, one.start): one for one in dated if one.slot is None}
    for table in timetables(site, stated.values()):
        source = site.sources[(Kind.PROGRAM, table.program.id)]
        for place, lie in (*_never(table), *_idle(table), *_far(table), *_outdone(table, stated)):
            yield source.finding(place, *lie)


def _never(table: Timetable) -> Iterator[tuple[Place, Lie]]:
    """Slots without a single date."""
    for place, slot in enumerate(table.program.slots):
        if not any(line.dates.begins() for line in table.lines if line.slot is slot):
            yield (
                ("slots", place),
                (
                    "slot-never",
                    Message("The slot never comes round between its first and its last day."),
                    Message("Correct “valid_from”, “valid_to” or “until”."),
                ),
            )


def _idle(table: Timetable) -> Iterator[tuple[Place, Lie]]:
    """Overrides that count for no occurrence."""
    for place, override, hits in _ahead(table):
        if not any(line.override(start) is override for line, start in hits):
            yield ("overrides", place), _hidden() if hits else _missing(table, override)


def _far(table: Timetable) -> Iterator[tuple[Place, Lie]]:
    """Another hour for one broadcast that is half a day away: which day was meant is a guess."""
    for place, override, hits in _ahead(table):
        moved = ((start, new_start(start, override)) for line, start in hits if line.override(start) is override)
        far = next((there for start, there in moved if there and abs(there - start) > _FAR), None)
        if override.time and override.date and far:
            yield ("overrides", place), _half_a_day_away(table.site, far)


def _outdone(table: Timetable, stated: Stated) -> Iterator[tuple[Place, Lie]]:
    """Overrides of an occurrence that an episode states itself: the episode comes first, so it stays."""
    for place, override, hits in _ahead(table):
        counted = (line.place(start) for line, start in hits if line.override(start) is override)
        standing = [stated.get((table.program.id, *where)) for where in counted if not override.episode]
        named = {one.episode: one for one in reversed(standing) if one and _is_ahead(table.site, one)}
        for one in named.values():
            yield ("overrides", place), _outdone_by(table.site, one)


def _is_ahead(site: Site, one: Broadcast) -> bool:
    return one.takes_place and one.counts_until > site.now


def _ahead(table: Timetable) -> Iterator[tuple[int, Override, Hits]]:
    """The overrides whose days are not over, by their place in the file, with the occurrences on those days."""
    today = table.site.now.astimezone(table.site.zone).replace(tzinfo=None) - _DAY
    for place, override in enumerate(table.program.overrides):
        first, last = override.days
        if last > today:
            reach = min(last, max(table.horizon, first)).replace(hour=23, minute=59, second=59)
            hits = ((line, start) for line in _meant(table, override) for start in line.dates.within(first, reach))
            yield place, override, tuple(hits)


def _meant(table: Timetable, override: Override) -> tuple[Line, ...]:
    return tuple(line for line in table.lines if override.slot in (None, line.slot.id))


def _hidden() -> Lie:
    return (
        "override-hidden",
        Message("An override further down is about the same broadcasts, and counts instead."),
        Message("Delete one of the two, or write the more special one last."),
    )


def _half_a_day_away(site: Site, there: datetime) -> Lie:
    return (
        "override-far",
        Message("“time” moves it by more than half a day, to {when}.", {"when": moment(there, site.language).sentence}),
        Message("Write the day, too: “start: {start}” instead of “time”.", {"start": f"{there:%Y-%m-%d %H:%M}"}),
    )


def _missing(table: Timetable, override: Override) -> Lie:
    first = override.days[0]
    lines = _meant(table, override)
    ends = [line.dates.last for line in lines]
    if lines and all(end and end < first for end in ends):
        last = max(end for end in ends if end)
        return (
            "override-after-end",
            Message("By then the slot is over: it lasts until {date}.", {"date": f"{last:%Y-%m-%d}"}),
            Message("Delete the override, or let the slot last longer."),
        )
    near = [next(line.dates.since(first.replace(tzinfo=line.zone)), None) for line in lines]
    following = min((start for start in near if start), default=None)
    return (
        "override-no-broadcast",
        Message("On these days there is no broadcast that it could change."),
        Message("Did you mean {date}?", {"date": f"{following:%Y-%m-%d}"}) if following else Message("Delete it."),
    )


def _outdone_by(site: Site, one: Broadcast) -> Lie:
    episode = site.episode(one.episode or "")
    return (
        "override-episode",
        Message(
            "The episode “{title}” says itself that it is heard {when}, and stays there.",
            {
                "title": episode.label if episode else one.program,
                "when": moment(one.start, site.language).sentence,
            },
        ),
        Message("Move or cancel it in {path}, too.", {"path": site.sources[(Kind.EPISODE, one.episode or "")].path}),
    )
