"""A week of broadcasts for a terminal, as a table in the office's language or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from kentongan.language import translations
from kentongan.language.dates import clock, day_name, week_span, zone_name
from kentongan.schedule.broadcast import Broadcast, State
from kentongan.schedule.broadcasts import broadcasts_between, episode_of
from kentongan.schedule.day_list import airing, fields_of
from kentongan.schedule.week import Week
from kentongan.schedule.wording import change_words, label, program_name, station_name
from kentongan.site import Site


def broadcasts_in(site: Site, week: Week) -> tuple[Broadcast, ...]:
    """The broadcasts of *week* by their dates in their stations' zones, and by instant within a date."""
    begins, ends = week.begins(site.zone), week.later(1).begins(site.zone)
    near = broadcasts_between(site, begins - timedelta(days=1), ends + timedelta(days=1))
    within = (one for one in near if Week.of(one.start) == week)
    return tuple(sorted(within, key=lambda one: one.start.date()))


def week_as_json(site: Site, week: Week) -> str:
    """``{week, first, last, zone, broadcasts}``; broadcasts as in ``jadwal.json``, with states as of the site's now."""
    data = {
        "week": week.name,
        "first": week.days[0].isoformat(),
        "last": week.days[-1].isoformat(),
        "zone": site.office.zone,
        "broadcasts": [fields_of(airing(site, one)) for one in broadcasts_in(site, week)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def week_as_table(site: Site, week: Week) -> str:
    """The days that have a broadcast, each with its broadcasts: time, state, what, where, and what has changed."""
    rows = [(one, _cells(site, one)) for one in broadcasts_in(site, week)]
    widths = [max((len(cells[place]) for _one, cells in rows), default=0) for place in (0, 1)]
    lines = [f"{week_span(week.monday, site.language)} ({week.name})"]
    for day, of_day in groupby(rows, key=lambda row: row[0].start.date()):
        lines += ["", day_name(day, site.language)]
        lines += [line for one, cells in of_day for line in _lines(site, one, cells, widths)]
    if not rows:
        lines += ["", translations(site.language).gettext("There is no broadcast in this week.")]
    return "\n".join(lines)


def _lines(site: Site, one: Broadcast, cells: tuple[str, str, str], widths: list[int]) -> Iterator[str]:
    when, state, what = cells
    yield f"  {when:<{widths[0]}}  {state:<{widths[1]}}  {what}"
    if change := change_words(site, one):
        yield f"{'':{sum(widths) + 6}}{change}"


def _cells(site: Site, one: Broadcast) -> tuple[str, str, str]:
    """``10.00-11.00 WIB``, ``Akan datang``, ``Warung Sebelah: Koperasi Tangguh, Radio Trijaya FM``."""
    _ = translations(site.language).gettext
    ends = f"-{clock(one.end, site.language)}" if one.end else ""
    episode = episode_of(site, one)
    name = program_name(site, one.program)
    title = f"{name}: {label(episode)}" if episode else name
    what = _("{title} (repeat)").format(title=title) if one.kind.value == "repeat" else title
    return (
        f"{clock(one.start, site.language)}{ends} {zone_name(one.start)}",
        _state_word(site, one),
        f"{what}, {station_name(site, one.station)}",
    )


def _state_word(site: Site, one: Broadcast) -> str:
    _ = translations(site.language).gettext
    if one.replaced_by:
        return _("Replaced")
    words = {
        State.ANNOUNCED: _("Coming"),
        State.LIVE: _("On air"),
        State.AIRED: _("Already broadcast"),
        State.CANCELLED: _("Cancelled"),
        State.MOVED: _("Moved"),
    }
    return words[one.state(site.now)]
