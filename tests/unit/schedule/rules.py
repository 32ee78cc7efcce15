"""Rules drawn at random, of the kinds that offices use."""

from __future__ import annotations

from datetime import datetime, timedelta

from dateutil.rrule import rrulestr
from hypothesis import strategies as st

ZONES = ("Asia/Jakarta", "Asia/Makassar", "America/New_York")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def day(text: str) -> datetime:
    """``2020-07-22``, or with a time after it, as a record holds it: naive."""
    return datetime.fromisoformat(text)


FIRST_DAY = day("2018-01-01")


def days(years: int = 7) -> st.SearchStrategy[datetime]:
    """Midnights of so many years from 2018 on."""
    return st.integers(0, years * 365).map(lambda count: FIRST_DAY + timedelta(days=count))


def rules() -> st.SearchStrategy[str]:
    """Daily, weekly and monthly rules, with intervals, and some of them with an end."""
    weekdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1, max_size=4).map(lambda chosen: ",".join(sorted(chosen)))
    nths = st.builds("{}{}".format, st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.sampled_from(WEEKDAYS))
    months_days = st.sampled_from(["1", "15", "28", "29", "30", "31", "-1", "1,15", "-1,13"])
    kinds = st.one_of(
        st.just("DAILY"),
        st.just("WEEKLY"),
        weekdays.map("WEEKLY;BYDAY={}".format),
        weekdays.map("WEEKLY;WKST=SU;BYDAY={}".format),
        weekdays.map("DAILY;BYDAY={}".format),
        st.just("MONTHLY"),
        nths.map("MONTHLY;BYDAY={}".format),
        months_days.map("MONTHLY;BYMONTHDAY={}".format),
        st.builds("MONTHLY;BYDAY={};BYSETPOS={}".format, weekdays, st.sampled_from(["1", "-1", "1,3"])),
        st.just("YEARLY"),
    )
    ends = st.one_of(
        st.just(""),
        st.integers(1, 60).map(";COUNT={}".format),
        days().map(lambda day: f";UNTIL={day + timedelta(days=800):%Y%m%dT%H%M%S}"),
    )
    return st.builds("FREQ={};INTERVAL={}{}".format, kinds, st.integers(1, 4), ends)


@st.composite
def recurrences(draw: st.DrawFn, years: int = 7) -> tuple[str, datetime]:
    """A rule, and a start that it hits, in so many years from 2018 on."""
    rule = draw(rules())
    clock = timedelta(minutes=draw(st.integers(0, 24 * 60 - 1)))
    day = draw(days(years))
    hit = next(iter(rrulestr(rule, dtstart=day + clock, ignoretz=True)), None)
    return (rule, hit) if hit else (f"FREQ=WEEKLY;INTERVAL={draw(st.integers(1, 3))}", day + clock)
