"""When a release is due, of which commit, and what a site that answers oddly is taken for."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.due import Head, Silent, judge, main, read_head, read_live, read_release
from tests.offices import commit, write
from tests.servers import answer, answering, serving

NOON = datetime(2020, 7, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD, NEW = "a" * 40, "b" * 40
HEAD = Head(NEW, NOON)


def version(commit=NEW, built=NOON + HOUR, until=NOON + 3 * HOUR):
    return {"commit": commit, "built": built.isoformat(), "validUntil": until.isoformat()}


def test_nothing_is_due_before_its_instant():
    answer = judge(version(), HEAD, NOON + 2 * HOUR)
    assert (answer.due, answer.fresh, answer.commit, answer.at) == (False, False, NEW, NOON + 3 * HOUR)
    assert str(answer) == f"due=false\nfresh=false\ncommit={NEW}\nat=2020-07-22T15:00:00+00:00"


def test_the_same_commit_is_due_at_its_instant():
    answer = judge(version(), HEAD, NOON + 3 * HOUR)
    assert (answer.due, answer.fresh, answer.commit) == (True, False, NEW)


def test_a_newer_commit_is_due_at_once():
    answer = judge(version(OLD, built=NOON - HOUR), HEAD, NOON)
    assert (answer.due, answer.fresh, answer.commit) == (True, True, NEW)


def test_a_rollback_stays_and_only_its_hours_pass():
    rolled_back = version(OLD, built=NOON + HOUR)
    assert not judge(rolled_back, HEAD, NOON + 2 * HOUR).due
    answer = judge(rolled_back, HEAD, NOON + 3 * HOUR)
    assert (answer.due, answer.fresh, answer.commit) == (True, False, OLD)


def test_a_site_of_a_clock_that_was_ahead_is_due_whatever_it_says():
    ahead = version(OLD, built=NOON + 9999 * HOUR, until=NOON + 99999 * HOUR)
    answer = judge(ahead, HEAD, NOON)
    assert (answer.due, answer.fresh, answer.commit) == (True, True, NEW)


@pytest.mark.parametrize(
    "odd", [None, {}, {"commit": "main"}, {**version(), "commit": "--force"}, {**version(), "built": 1}]
)
def test_a_site_that_says_nothing_we_understand_is_made_anew_from_the_newest_commit(odd):
    answer = judge(odd, HEAD, NOON)
    assert (answer.due, answer.fresh, answer.commit) == (True, True, NEW)


def test_an_older_site_that_does_not_say_until_when_is_due():
    old = version()
    del old["validUntil"]
    assert judge(old, HEAD, NOON).due
    assert not judge(version(), None, NOON).due


@given(st.dictionaries(st.sampled_from(["commit", "built", "validUntil"]), st.text() | st.integers() | st.none()))
def test_whatever_a_site_says_only_a_commit_comes_out_as_one(said):
    commit = judge(said, None, NOON).commit
    assert commit is None or set(commit) <= set("0123456789abcdef")


def test_what_is_not_there_is_none(tmp_path):
    assert read_head(tmp_path) is None
    assert read_release(tmp_path) is None
    (tmp_path / "version.json").write_text("[1]")
    assert read_release(tmp_path) is None


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_host_that_says_so_has_no_site_yet(status):
    with serving(answering(answer(status))) as url:
        assert read_live(url) is None


@pytest.mark.parametrize("said", [answer("503 Busy"), answer(body=b"<!doctype html>"), b"nonsense", b""])
def test_a_host_that_does_not_say_may_well_have_one(said, tmp_path, capsys):
    with serving(answering(said)) as url:
        with pytest.raises(Silent):
            read_live(url)
        assert main(["--url", url, "--content", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert (told.out, url in told.err) == ("due=false\nfresh=false\ncommit=\nat=\n", True)


def test_what_a_person_went_back_to_on_this_box_stays(tmp_path, capsys):
    write(tmp_path, {"content/a.md": "a", "var/releases/a/version.json": "{}", "var/held": "a"})
    commit(tmp_path)
    (tmp_path / "var/current").symlink_to("releases/a")
    older = json.dumps({**version(OLD, built=NOON - HOUR)}).encode()
    with serving(answering(answer(body=older))) as url:
        for held, due in (("a", "false"), ("b", "true")):
            (tmp_path / "var/held").write_text(held)
            assert main(["--url", url, "--content", str(tmp_path)]) == 0
            assert capsys.readouterr().out.startswith(f"due={due}\n")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another account")
def test_another_accounts_repository_is_not_taken_for_none(tmp_path):
    write(tmp_path, {"a.md": "a"})
    commit(tmp_path)
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(PermissionError):
        read_head(tmp_path)
