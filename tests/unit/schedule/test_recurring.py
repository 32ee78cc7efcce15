"""What comes round by a rule, held against python-dateutil."""

from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from kentongan.schedule.recurring import Recurring
from tests.unit.schedule.rules import ZONES, day, days, recurrences

FAR = day("2031-01-01")


def local(dates):
    return [f"{one:%Y-%m-%d %H:%M}" for one in dates]


def recurring(rule, start, zone="Asia/Jakarta", **limits):
    return Recurring.of(rule, day(start), zone, **limits)


@given(recurrences(), st.sampled_from(ZONES), days(), st.integers(0, 500), st.data())
def test_dates_are_those_of_dateutil(recurrence, zone, since, length, data):
    rule, start = recurrence
    limits = {name: data.draw(st.none() | days()) for name in ("until", "valid_from", "valid_to")}
    first = since.replace(tzinfo=UTC)
    last = first + timedelta(days=length)
    every = takewhile(lambda one: one < FAR, rrulestr(rule, dtstart=start, ignoretz=True))
    expected = [
        one
        for one in (naive.replace(tzinfo=ZoneInfo(zone)) for naive in every)
        if first <= one < last
        and (limits["until"] is None or one.date() <= limits["until"].date())
        and (limits["valid_from"] is None or one.date() >= limits["valid_from"].date())
        and (limits["valid_to"] is None or one.date() <= limits["valid_to"].date())
    ]
    assert list(Recurring.of(rule, start, zone, **limits).between(first, last)) == expected


@given(recurrences(), days())
def test_the_rule_of_a_calendar_gives_the_same_dates_from_its_first(recurrence, valid_from):
    rule, start = recurrence
    dates = Recurring.of(rule, start, "Asia/Makassar", valid_from=valid_from, until=day("2024-06-30"))
    if (first := dates.begins()) is not None:
        told = rrulestr(dates.rrule(), dtstart=first)
        assert list(told) == list(dates.within(day("2018-01-01"), day("2031-01-01")))
        assert dates.final() == list(told)[-1]


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("FREQ=WEEKLY;INTERVAL=2", "2020-07-01 10:00", ["2020-07-15", "2020-07-29", "2020-08-12", "2020-08-26"]),
        ("FREQ=MONTHLY;BYDAY=1FR", "2020-07-03 10:00", ["2020-08-07"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2020-06-26 10:00", ["2020-07-31", "2020-08-28"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2020-06-30 10:00", ["2020-07-31", "2020-08-31"]),
        ("FREQ=MONTHLY", "2020-05-31 10:00", ["2020-07-31", "2020-08-31"]),
        ("FREQ=DAILY;INTERVAL=20", "2020-07-02 10:00", ["2020-07-22", "2020-08-11", "2020-08-31"]),
        ("FREQ=YEARLY", "2016-08-17 10:00", ["2020-08-17"]),
        ("FREQ=WEEKLY;COUNT=4", "2020-07-01 10:00", ["2020-07-15", "2020-07-22"]),
        ("FREQ=WEEKLY;UNTIL=20200722", "2020-07-01 10:00", ["2020-07-15", "2020-07-22"]),
        ("FREQ=WEEKLY;UNTIL=20200722T100000", "2020-07-01 10:00", ["2020-07-15", "2020-07-22"]),
        ("FREQ=WEEKLY;UNTIL=20200722T030000Z", "2020-07-01 10:00", ["2020-07-15", "2020-07-22"]),
        ("FREQ=WEEKLY;UNTIL=20200722T025959Z", "2020-07-01 10:00", ["2020-07-15"]),
    ],
)
def test_rules_that_offices_use(rule, start, expected):
    dates = recurring(rule, start).within(day("2020-07-10"), day("2020-08-31 23:59"))
    assert local(dates) == [f"{one} 10:00" for one in expected]


def test_the_last_days_count_in():
    until = recurring("FREQ=DAILY", "2020-07-01 22:00", until=day("2020-07-03"))
    valid = recurring("FREQ=DAILY", "2020-06-01 22:00", valid_from=day("2020-07-01"), valid_to=day("2020-07-03"))
    expected = ["2020-07-01 22:00", "2020-07-02 22:00", "2020-07-03 22:00"]
    assert local(until.within(day("2020-01-01"), day("2021-01-01"))) == expected
    assert local(valid.within(day("2020-01-01"), day("2021-01-01"))) == expected
    assert [until.rrule(), valid.rrule()] == ["FREQ=DAILY;UNTIL=20200703T165959Z"] * 2
    assert valid.begins() == until.begins()


def test_ten_o_clock_is_ten_o_clock_all_year():
    york = recurring("FREQ=MONTHLY", "2020-01-15 10:00", "America/New_York")
    hours = [one.astimezone(UTC).hour for one in york.within(day("2020-01-01"), day("2020-12-31"))]
    assert hours == [15, 15, 14, 14, 14, 14, 14, 14, 14, 14, 15, 15]


def test_an_hour_that_comes_twice_is_its_first_and_one_that_is_left_out_is_counted_by_the_old_clock():
    night = recurring("FREQ=DAILY", "2020-01-01 01:30", "America/New_York")
    gap = recurring("FREQ=DAILY", "2020-01-01 02:30", "America/New_York")
    autumn = night.between(datetime(2020, 11, 1, tzinfo=UTC), datetime(2020, 11, 2, tzinfo=UTC))
    spring = gap.between(datetime(2020, 3, 8, tzinfo=UTC), datetime(2020, 3, 9, tzinfo=UTC))
    assert [one.astimezone(UTC).hour for one in (*autumn, *spring)] == [5, 7]


def test_the_next_the_last_and_the_one_before():
    dates = recurring("FREQ=MONTHLY;BYMONTHDAY=31", "2020-01-31 10:00", until=day("2020-09-30"))
    after = datetime(2020, 6, 1, tzinfo=UTC)
    assert local(dates.since(after)) == ["2020-07-31 10:00", "2020-08-31 10:00"]
    assert local([dates.final(), dates.before(dates.final())]) == ["2020-08-31 10:00", "2020-07-31 10:00"]
    assert dates.before(dates.begins()) is None
    assert recurring("FREQ=DAILY", "2020-01-31 10:00").final() is None


def test_what_never_takes_place_has_no_first_and_no_last():
    never = recurring("FREQ=WEEKLY", "2020-07-01 10:00", valid_from=day("2020-07-02"), valid_to=day("2020-07-07"))
    assert [never.begins(), never.final()] == [None, None]


def test_no_end_that_anybody_lives_to_see_is_no_end():
    ends = ["FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY;COUNT=999999999"]
    assert [recurring(rule, "2020-07-01 10:00").last for rule in ends] == [None, None]
    assert recurring("FREQ=DAILY", "2020-07-01 10:00", until=day("9999-12-31")).last is None


def test_a_day_is_asked_for_by_its_date():
    dates = recurring("FREQ=WEEKLY", "2020-07-01 23:30")
    assert local(dates.on(date(2020, 7, 8))) == ["2020-07-08 23:30"]
    assert dates.on(date(2020, 7, 9)) == ()
    assert dates.hits(datetime(2020, 7, 8, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta")))
    assert not dates.hits(datetime(2020, 7, 8, 23, 31, tzinfo=ZoneInfo("Asia/Jakarta")))
