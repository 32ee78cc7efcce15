"""When a consultation meets: once, by a rule, or with the episode that it is held in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

from kentongan.model import Consultation
from kentongan.schedule.broadcasts import broadcasts_of
from kentongan.schedule.recurring import Recurring
from kentongan.site import Site

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One date of a consultation, in its own zone; on air in the station's. ``end`` is ``None`` while it is unknown."""

    start: datetime
    end: datetime | None
    over: datetime
    """When it is taken to be over: its end, without one that of its day; on air, as its broadcast. Never printed."""


def dates_of(site: Site, consultation: Consultation) -> Recurring | None:
    """The dates by its rule, skipped ones among them; ``None`` for one that does not come round."""
    start = site.consultation_start(consultation)
    if consultation.rule is None or consultation.start is None or start is None:
        return None
    return Recurring.of(
        consultation.rule, consultation.start, str(start.tzinfo), until=consultation.until, also=consultation.also
    )


def left_out(site: Site, consultation: Consultation) -> tuple[datetime, ...]:
    """The dates that the rule hits and that do not take place, in order: its own days off and the office's."""
    dates = dates_of(site, consultation)
    spans = _days_off(site, consultation) if dates else ()
    return tuple(sorted({start for first, last in spans if dates for start in dates.within(first, last)}))


def meetings(site: Site, consultation: Consultation, after: datetime, limit: int) -> tuple[Meeting, ...]:
    """The first *limit* dates that are not over at the instant *after*, soonest first, without skipped ones.

    Of a rule as far as :data:`~kentongan.schedule.recurring.YEARS_AHEAD` years on. One on air has a single date: the
    first broadcast of its episode.
    """
    return tuple(islice((one for one in _from(site, consultation, after) if one.over > after), limit))


def next_meeting(site: Site, consultation: Consultation) -> Meeting | None:
    """The one that is on, or the next; ``None``: there is none to come."""
    return next(iter(meetings(site, consultation, site.now, 1)), None)


def first_meeting(site: Site, consultation: Consultation) -> Meeting | None:
    """The first there ever was; ``None`` while no date is known."""
    return next(_from(site, consultation, None), None)


def last_meeting(site: Site, consultation: Consultation) -> Meeting | None:
    """The last there was or will be; ``None``: it goes on for ever, or no date is known."""
    dates = dates_of(site, consultation)
    if dates is None:
        return first_meeting(site, consultation)
    final = dates.final()
    while final and _is_skipped(site, consultation, final):
        final = dates.before(final)
    return _meeting(consultation, final) if final else None


def first_by_rule(site: Site, consultation: Consultation) -> Meeting | None:
    """The first by its rule, as the series of a calendar needs it; the first of all where no rule hits anything."""
    dates = dates_of(site, consultation)
    ruled = dates.ruled() if dates else None
    begins = ruled.begins() if ruled else None
    starts = ruled.since(begins) if ruled and begins else iter(())
    first = next((start for start in starts if not _is_skipped(site, consultation, start)), None)
    return _meeting(consultation, first) if first else first_meeting(site, consultation)


def is_over(site: Site, consultation: Consultation) -> bool:
    """Whether it has met for the last time; one without a date has not."""
    return first_meeting(site, consultation) is not None and next_meeting(site, consultation) is None


def _from(site: Site, consultation: Consultation, after: datetime | None) -> Iterator[Meeting]:
    """Dates in order: from one that is over at *after* on, or all."""
    if episode := site.episode(consultation.episode) if consultation.episode else None:
        on_air = broadcasts_of(site, episode)[:1]
        yield from (Meeting(one.start, one.end, one.counts_until) for one in on_air)
    elif dates := dates_of(site, consultation):
        since = after - max(_DAY, _length(consultation) or _DAY) if after else dates.begins()
        starts = dates.since(since) if since else iter(())
        yield from (_meeting(consultation, start) for start in starts if not _is_skipped(site, consultation, start))
    elif start := site.consultation_start(consultation):
        yield _meeting(consultation, start)


def _meeting(consultation: Consultation, start: datetime) -> Meeting:
    length = _length(consultation)
    tomorrow = datetime.combine(start.date() + _DAY, time(), tzinfo=start.tzinfo)
    end = start + length if length else None
    return Meeting(start, end, end or tomorrow)


def _length(consultation: Consultation) -> timedelta | None:
    """From the first start to the first end, by the clock."""
    return consultation.end - consultation.start if consultation.start and consultation.end else None


def _is_skipped(site: Site, consultation: Consultation, start: datetime) -> bool:
    local = start.replace(tzinfo=None)
    return any(first <= local <= last for first, last in _days_off(site, consultation))


def _days_off(site: Site, consultation: Consultation) -> Iterator[tuple[datetime, datetime]]:
    """From when until when it does not take place, naive and local: its own days, and the office's up to next year."""
    horizon = datetime(site.today.year + 1, 12, 31)  # noqa: DTZ001 - local
    own = ((day, day) for day in consultation.skip)
    offices = (one.days for one in site.office.overrides if one.consultations)
    for first, last in (*own, *offices):
        yield first, min(last, max(first, horizon)).replace(hour=23, minute=59, second=59)
