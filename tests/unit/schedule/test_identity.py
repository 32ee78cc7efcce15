"""Identities and versions that the records alone decide."""

from datetime import datetime, timedelta

from kentongan.schedule.identity import last_changed, minutes_between, newest_change, stable_uuid
from tests.unit import factories as made


def test_a_uuid_that_readers_already_hold_never_changes():
    assert stable_uuid("consultation", "di-kantor") == "ae46a110-7bf9-5c10-a83b-89db1c3d9d45"
    assert stable_uuid("broadcast", "di-kantor") != stable_uuid("consultation", "di-kantor")


def test_the_last_change_is_the_later_date_in_the_offices_zone():
    dated, saved, undated = made.article(), made.article(updated="2020-07-21 07:30"), made.station()
    site = made.site(zone="WITA")
    wita = site.zone
    assert last_changed(site, dated) == datetime(2020, 7, 20, 8, tzinfo=wita)
    assert last_changed(site, saved) == datetime(2020, 7, 21, 7, 30, tzinfo=wita)
    assert last_changed(site, undated) is None
    assert newest_change(site, [dated, undated, saved]) == last_changed(site, saved)
    assert newest_change(site, [undated]) is None


def test_minutes_never_run_backwards():
    later = made.BEFORE + timedelta(minutes=7, seconds=59)
    assert [minutes_between(made.BEFORE, later), minutes_between(later, made.BEFORE)] == [7, 0]
