"""What is told of the state folder: the release that is live, and the database."""

from contextlib import closing

import pytest

from kentongan.build.release import Releases
from kentongan.database import FILE, URL_VARIABLE, Database
from kentongan.doctor import Verdict
from kentongan.doctor.database import database
from kentongan.doctor.releases import release
from tests.moments import OLD, publish


def test_a_way_back_that_was_forgotten_is_told(tmp_path):
    assert release(tmp_path).verdict is Verdict.OK
    for day in range(2):
        publish(Releases(tmp_path), OLD, day)
    assert "20261125T040000Z is live" in release(tmp_path).line_in("en")
    Releases(tmp_path).rollback()
    told = release(tmp_path)
    assert (told.verdict, "20261124T040000Z" in told.line_in("en")) == (Verdict.WARN, True)


def test_a_database_is_for_this_account_alone(tmp_path):
    assert database(tmp_path, {}).verdict is Verdict.OK
    with closing(Database(tmp_path)):
        assert {path.stat().st_mode & 0o077 for path in tmp_path.glob(f"{FILE}*")} == {0}
        assert database(tmp_path, {}).verdict is Verdict.OK
        (tmp_path / FILE).chmod(0o644)
        assert database(tmp_path, {}).verdict is Verdict.WARN


@pytest.mark.parametrize("url", ["nonsense", "postgresql+psycopg://kantor@127.0.0.1:9/x"])
def test_a_server_that_does_not_answer_is_told(tmp_path, url):
    assert database(tmp_path, {URL_VARIABLE: url}).verdict is Verdict.FAIL


def test_a_server_that_answers(tmp_path):
    assert database(tmp_path, {URL_VARIABLE: f"sqlite:///{tmp_path}/a"}).verdict is Verdict.OK
