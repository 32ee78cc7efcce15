"""The day that an instant names, on the clock it is written for."""

from datetime import date

import pytest

from kentongan.clock import build_instant, named_day
from kentongan.errors import KentonganError


def test_the_day_is_that_of_the_written_clock():
    assert named_day("2020-07-22T00:30+07:00") == date(2020, 7, 22)
    assert named_day("2020-07-22T20:00") == date(2020, 7, 22)


def test_without_an_instant_there_is_no_day(monkeypatch):
    monkeypatch.delenv("KENTONGAN_NOW", raising=False)
    assert named_day() is None
    monkeypatch.setenv("KENTONGAN_NOW", "2020-07-21T08:00+07:00")
    assert named_day() == date(2020, 7, 21)


def test_what_is_no_instant_is_told():
    with pytest.raises(KentonganError):
        named_day("kemarin")


@pytest.mark.parametrize("text", ["", " "])
@pytest.mark.parametrize("read", [named_day, build_instant])
def test_an_empty_instant_is_none_that_was_left_out(text, read, monkeypatch):
    monkeypatch.setenv("KENTONGAN_NOW", "2020-07-21T08:00+07:00")
    with pytest.raises(KentonganError):
        read(text)
