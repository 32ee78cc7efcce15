"""How well whole announcements are read: the tuned half wholly, the halves no rule was made for above the floors."""

import pytest

from tests.unit.intake.corpus import SETS, cases, scores, table

INVENTS_NOTHING = ("start", "zone", "end", "frequency", "year")
RECALL = {"start": 0.95, "program": 0.9, "station": 0.9, "people": 0.85}
UNSEEN = ("untuned", "fresh", "hands", "again", "wide", "others")


def test_there_are_at_least_120_announcements():
    assert sum(1 for which in SETS for _ in cases(which)) >= 120


def test_every_tuned_announcement_is_read_as_expected():
    assert {name: score.wrong for name, score in scores("tuned").items() if score.wrong} == {}


@pytest.mark.parametrize("which", UNSEEN)
@pytest.mark.parametrize("field", INVENTS_NOTHING)
def test_nothing_is_invented(which, field):
    score = scores(which)[field]
    assert score.precision == 1, score.wrong


@pytest.mark.parametrize("which", UNSEEN)
@pytest.mark.parametrize("field", RECALL)
def test_enough_is_found(which, field):
    print(table(which))
    assert scores(which)[field].recall >= RECALL[field]


@pytest.mark.parametrize("case", [case for which in SETS for case in cases(which)], ids=lambda case: case.name)
def test_what_must_be_asked_and_what_is_doubtful(case):
    record = case.read()
    if "ask" in case.expected:
        assert sorted(record["ask"]) == sorted(case.expected["ask"])
    for field in case.expected.get("warn", ()):
        assert field in [warning["field"] for warning in record["warnings"]]
    for field in ("date", "time", "end_time"):
        if field in case.expected:
            assert record[field] == case.expected[field]
