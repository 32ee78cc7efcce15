"""What has changed in a schedule, in a sentence for each cause: one override of a whole month is told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from babel.lists import format_list

from kentongan.language import moment
from kentongan.language.dates import month_day
from kentongan.schedule import Broadcast
from kentongan.site import Site
from kentongan.views.cards import program_link
from kentongan.views.page import Link


@dataclass(frozen=True, slots=True)
class Change:
    """Broadcasts of one program that do not take place as usual, for one ``reason``.

    ``state`` is cancelled, moved or replaced, ``when`` a sentence for one and days for several. ``there`` is where one
    went, ``hour`` the new hour of several where they share it, ``instead`` the program that is on.
    """

    state: str
    program: str
    when: str
    there: str | None
    hour: str | None
    instead: Link | None
    reason: str | None


def changes(site: Site, shown: Iterable[Broadcast]) -> tuple[Change, ...]:
    """The changes among *shown*, by the first of each. What several stations carry at one instant counts once."""
    groups: dict[tuple[str, str, str | None, str | None], dict[object, Broadcast]] = {}
    for one in sorted(shown, key=by_the_clock):
        if not one.takes_place:
            cause = (one.program, change_state(one), one.reason, one.replaced_by)
            groups.setdefault(cause, {}).setdefault(one.start, one)
    return tuple(_change(site, tuple(group.values())) for group in groups.values())


def by_the_clock(one: Broadcast) -> tuple[datetime, datetime]:
    """By instant; what several zones hear at once by its hour there."""
    return one.start, one.start.replace(tzinfo=None)


def change_state(one: Broadcast) -> str:
    """``moved``, ``replaced`` or ``cancelled``, of one that does not take place."""
    return "moved" if one.moved_to else "replaced" if one.replaced_by else "cancelled"


def _change(site: Site, group: tuple[Broadcast, ...]) -> Change:
    first, single = group[0], len(group) == 1
    went = [moment(one.moved_to, site.language) for one in group if one.moved_to]
    hours = {one.clock for one in went}
    return Change(
        state=change_state(first),
        program=program_link(site, first.program).label,
        when=moment(first.start, site.language).sentence if single else _days(site, group),
        there=went[0].sentence if went and single else None,
        hour=hours.pop() if len(hours) == 1 and not single else None,
        instead=program_link(site, first.replaced_by) if first.replaced_by else None,
        reason=first.reason,
    )


def _days(site: Site, group: Iterable[Broadcast]) -> str:
    """``26 November, 30 November, dan 3 Desember``."""
    days = dict.fromkeys(month_day(one.start.date(), site.language) for one in group)
    return format_list(list(days), locale=site.language)
