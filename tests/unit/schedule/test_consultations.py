"""When consultations meet."""

from datetime import UTC, datetime, timedelta

import pytest

from kentongan.schedule.consultations import first_meeting, is_over, last_meeting, left_out, meetings, next_meeting
from tests.unit import factories as made

WEEKLY = {"rule": "FREQ=WEEKLY;BYDAY=TH", "end": "2020-07-23 11:00"}
WEDNESDAY, THURSDAY = made.BEFORE, datetime(2020, 7, 23, tzinfo=made.WIB)


def local(told):
    return [f"{one.start:%m-%d %H:%M}" for one in told]


def ask(now=WEDNESDAY, **fields):
    site = made.site(made.meeting(**fields), now=now)
    return site, site.consultations[0]


def test_the_next_dates_leave_out_what_is_skipped():
    site, weekly = ask(**WEEKLY, skip=["2020-07-30", "2020-07-31"])
    assert local(meetings(site, weekly, site.now, 3)) == ["07-23 09:00", "08-06 09:00", "08-13 09:00"]
    assert [f"{start:%m-%d %H:%M}" for start in left_out(site, weekly)] == ["07-30 09:00"]


def test_a_meeting_ends_as_late_after_its_start_as_the_first():
    site, weekly = ask(**WEEKLY)
    one = meetings(site, weekly, site.now + timedelta(weeks=1), 1)[0]
    assert [f"{moment:%m-%d %H:%M}" for moment in (one.start, one.end, one.over)] == [
        "07-30 09:00",
        "07-30 11:00",
        "07-30 11:00",
    ]


@pytest.mark.parametrize(
    ("end", "at_ten", "at_noon", "at_midnight"),
    [("2020-07-23 11:00", "07-23", "07-30", "07-30"), (None, "07-23", "07-23", "07-30")],
)
def test_the_next_one_is_that_which_is_on_until_it_is_over(end, at_ten, at_noon, at_midnight):
    found = []
    for hours in (10, 12, 24):
        site, weekly = ask(THURSDAY + timedelta(hours=hours), **WEEKLY | {"end": end})
        found.append(f"{next_meeting(site, weekly).start:%m-%d}")
    assert found == [at_ten, at_noon, at_midnight]


def test_dates_are_in_its_own_zone():
    site, weekly = ask(**WEEKLY, zone="WIT")
    assert next_meeting(site, weekly).start.astimezone(UTC) == datetime(2020, 7, 23, tzinfo=UTC)


def test_it_is_over_after_its_last_date():
    until = WEEKLY | {"until": "2020-08-06"}
    last = THURSDAY + timedelta(weeks=2)
    over = [is_over(*ask(now, **until)) for now in (WEDNESDAY, last, last + timedelta(hours=11))]
    assert over == [False, False, True]
    assert local([first_meeting(*ask(last, **until)), last_meeting(*ask(**until))]) == ["07-23 09:00", "08-06 09:00"]


def test_the_last_date_is_one_that_takes_place():
    assert local([last_meeting(*ask(**WEEKLY, until="2020-08-06", skip=["2020-08-06", "2020-07-30"]))]) == [
        "07-23 09:00"
    ]
    assert last_meeting(*ask(**WEEKLY)) is None


def test_one_that_meets_once_is_its_own_first_next_and_last():
    once = [ask(now) for now in (WEDNESDAY, THURSDAY + timedelta(hours=23), THURSDAY + timedelta(hours=24))]
    assert [is_over(*one) for one in once] == [False, False, True]
    site, meeting = once[0]
    assert first_meeting(site, meeting) == next_meeting(site, meeting) == last_meeting(site, meeting)
    assert left_out(site, meeting) == ()


def test_one_on_air_meets_when_its_episode_is_first_heard():
    both = [made.transmission(), made.transmission(id="ulang", start="2020-07-24 10:00", end=None, kind="repeat")]
    sites = [
        made.site(made.program(), made.station(), made.episode(broadcasts=both), made.consultation(), now=now)
        for now in (made.BEFORE, made.DURING, made.AFTER)
    ]
    [before, during, after] = [(site, site.consultations[0]) for site in sites]
    assert local([next_meeting(*before), next_meeting(*during)]) == ["07-22 10:00", "07-22 10:00"]
    assert [is_over(*one) for one in (before, during, after)] == [False, False, True]
    assert local([last_meeting(*after)]) == ["07-22 10:00"]


def test_one_on_air_without_a_date_is_not_over():
    site = made.site(made.program(), made.episode(broadcasts=[]), made.consultation())
    assert [is_over(site, site.consultations[0]), first_meeting(site, site.consultations[0])] == [False, None]
