"""The schedule: a week as a page, and as a strip of strokes on the home page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import ClassVar

from kentongan.language import Moment, moment, translations
from kentongan.language.dates import clock, day_name, month_day, short_weekday, utc_text, week_span, zone_name
from kentongan.model import BroadcastKind
from kentongan.schedule import Broadcast, Broadcasts, State, Week, episode_of
from kentongan.site import Site
from kentongan.views.cards import Beats, beats_of_broadcasts, program_beats, program_link, station_link
from kentongan.views.changes import Change, by_the_clock, change_state, changes
from kentongan.views.page import Head, Link, Page, frame, link_to, opening

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""What a person has put on air is on, whatever its start says."""

WEEKS_AHEAD = 4
"""How many weeks after this one have a page of their own, whatever they hold."""


@dataclass(frozen=True, slots=True)
class Airtime:
    """One broadcast in a schedule. ``clock`` has no zone; ``state`` is announced, aired, cancelled, moved or replaced.

    ``since`` and ``until`` are instants in UTC between which a script may mark it as on the air, one with an unknown
    end as long as it is taken to last; ``None``: never, since it does not take place. ``moved_to`` and ``moved_from``
    say in a sentence where it went or came from, ``new_hour`` and ``old_hour`` the hour alone where the day is the
    same; ``instead`` and ``instead_of`` which program has its place or whose place it has; ``reason`` why.
    """

    start: Moment
    since: str | None
    until: str | None
    clock: str
    state: str
    program: Link
    beats: Beats
    episode: Link | None
    station: str
    repeat: bool
    reason: str | None
    moved_to: str | None
    moved_from: str | None
    new_hour: str | None
    old_hour: str | None
    instead: Link | None
    instead_of: Link | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week. ``anchor`` is its id on the page."""

    anchor: str
    full: str
    weekday: str
    short: str
    month_day: str
    airtimes: tuple[Airtime, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A time of day, and what is on at it on each of the seven days."""

    clock: str
    cells: tuple[tuple[Airtime, ...], ...]


@dataclass(frozen=True, slots=True)
class WeekPart:
    """A whole week: as a grid for wide screens and as days for narrow ones, with the same facts in both."""

    name: str
    span: str
    url: str
    days: tuple[Day, ...]
    grid: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class SchedulePage(Page):
    """One week, or this week and the next. ``zones`` are the zones of what is shown: one, unless stations differ."""

    template: ClassVar[str] = "schedule"

    title: str
    weeks: tuple[WeekPart, ...]
    previous: Link | None
    following: Link | None
    zones: tuple[str, ...]
    changes: tuple[Change, ...]
    calendar: str
    calendar_url: str


def schedule_page(site: Site, broadcasts: Sequence[Broadcast]) -> SchedulePage:
    """This week and the next."""
    this = this_week(site)
    return _page(
        site,
        broadcasts,
        (this, this.later(1)),
        title=translations(site.language).gettext("This week and next"),
        path=f"{site.addresses.segments.schedule}/",
        previous=_nearest_before(site, broadcasts, this),
        following=this.later(2),
    )


def week_page(site: Site, broadcasts: Sequence[Broadcast], week: Week) -> SchedulePage:
    """The page of one week."""
    return _page(
        site,
        broadcasts,
        (week,),
        title=week_span(week.monday, site.language),
        path=site.addresses.week(week.name),
        previous=_nearest_before(site, broadcasts, week),
        following=_nearest_after(site, broadcasts, week),
    )


def weeks_with_pages(site: Site, broadcasts: Sequence[Broadcast]) -> tuple[Week, ...]:
    """Every week that has a broadcast with an episode, this one, and the next four."""
    return tuple(sorted({*_weeks_ahead(site), *Broadcasts.of(broadcasts).weeks}))


def _weeks_ahead(site: Site) -> list[Week]:
    return [this_week(site).later(weeks) for weeks in range(WEEKS_AHEAD + 1)]


def this_week(site: Site) -> Week:
    """The week of now in the office's zone."""
    return Week.of(site.today)


def week_part(site: Site, broadcasts: Sequence[Broadcast], week: Week) -> WeekPart:
    """A week as days and as a grid."""
    within = Broadcasts.of(broadcasts).in_week(week)
    days = tuple(_day(site, day, [one for one in within if one.start.date() == day]) for day in week.days)
    return WeekPart(
        name=week.name,
        span=week_span(week.monday, site.language),
        url=site.addresses.link(site.addresses.week(week.name)),
        days=days,
        grid=_grid(days),
    )


def airtime(site: Site, one: Broadcast) -> Airtime:
    """A broadcast as a schedule prints it."""
    episode = episode_of(site, one)
    program = site.program(one.program)
    return Airtime(
        start=moment(one.start, site.language),
        since=utc_text(_EVER if one.on_air else one.start) if one.takes_place else None,
        until=utc_text(one.counts_until) if one.takes_place else None,
        clock=clock(one.start, site.language),
        state=_state(site, one),
        program=program_link(site, one.program),
        beats=program_beats(site, program) if program else beats_of_broadcasts((one,)),
        episode=link_to(site, episode) if episode else None,
        station=station_link(site, one.station).label,
        repeat=one.kind is BroadcastKind.REPEAT,
        reason=one.reason,
        moved_to=moment(one.moved_to, site.language).sentence if one.moved_to else None,
        moved_from=moment(one.moved_from, site.language).sentence if one.moved_from else None,
        new_hour=_same_day(site, one, one.moved_to),
        old_hour=_same_day(site, one, one.moved_from),
        instead=program_link(site, one.replaced_by) if one.replaced_by else None,
        instead_of=program_link(site, one.instead_of) if one.instead_of else None,
    )


def _same_day(site: Site, one: Broadcast, other: datetime | None) -> str | None:
    """The hour of *other*, where it is on the day of *one*."""
    return moment(other, site.language).clock if other and other.date() == one.start.date() else None


def _state(site: Site, one: Broadcast) -> str:
    """Nothing live is baked into a page: until it is over, a broadcast is announced."""
    if not one.takes_place:
        return change_state(one)
    return (State.AIRED if one.state(site.now) is State.AIRED else State.ANNOUNCED).value


def _page(
    site: Site,
    broadcasts: Sequence[Broadcast],
    weeks: tuple[Week, ...],
    *,
    title: str,
    path: str,
    previous: Week | None,
    following: Week | None,
) -> SchedulePage:
    address = site.addresses
    parts = tuple(week_part(site, broadcasts, week) for week in weeks)
    shown = [one for week in weeks for one in Broadcasts.of(broadcasts).in_week(week)]
    calendar = address.absolute(address.calendar())
    return SchedulePage(
        frame=frame(site, address.segments.schedule),
        head=Head(
            title=_head_title(site, parts),
            description=_head_title(site, parts),
            canonical=address.absolute(path),
            kind="website",
        ),
        title=title,
        weeks=parts,
        previous=_week_link(site, previous),
        following=_week_link(site, following),
        zones=_zones(site, shown),
        changes=changes(site, shown),
        calendar=address.link(address.calendar()),
        calendar_url=opening("webcal", calendar),
    )


def _head_title(site: Site, parts: tuple[WeekPart, ...]) -> str:
    return translations(site.language).gettext("Broadcast schedule, {span}").format(span=parts[0].span)


def _zones(site: Site, shown: Sequence[Broadcast]) -> tuple[str, ...]:
    names = {moment(one.start, site.language).clock.split()[-1] for one in shown}
    return tuple(sorted(names)) or (zone_name(datetime.combine(site.today, time(), tzinfo=site.zone)),)


def _week_link(site: Site, week: Week | None) -> Link | None:
    if week is None:
        return None
    return Link(week_span(week.monday, site.language), site.addresses.link(site.addresses.week(week.name)))


def _nearest_before(site: Site, broadcasts: Sequence[Broadcast], week: Week) -> Week | None:
    told = Broadcasts.of(broadcasts).weeks
    place = bisect_left(told, week)
    return max((one for one in (*told[max(0, place - 1) : place], *_weeks_ahead(site)) if one < week), default=None)


def _nearest_after(site: Site, broadcasts: Sequence[Broadcast], week: Week) -> Week | None:
    told = Broadcasts.of(broadcasts).weeks
    place = bisect_right(told, week)
    return min((one for one in (*told[place : place + 1], *_weeks_ahead(site)) if one > week), default=None)


def _day(site: Site, day: date, broadcasts: Sequence[Broadcast]) -> Day:
    language = site.language
    return Day(
        anchor=day.isoformat(),
        full=day_name(day, language),
        weekday=day_name(day, language).split(",")[0],
        short=short_weekday(day, language),
        month_day=month_day(day, language),
        airtimes=tuple(airtime(site, one) for one in sorted(broadcasts, key=by_the_clock)),
    )


def _grid(days: tuple[Day, ...]) -> tuple[GridRow, ...]:
    clocks = sorted({one.clock for day in days for one in day.airtimes})
    return tuple(
        GridRow(time, tuple(tuple(one for one in day.airtimes if one.clock == time) for day in days)) for time in clocks
    )
