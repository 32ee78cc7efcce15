"""What the server of a CMS lacks."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from kentongan.accounts import Accounts, Factors, Role
from kentongan.backup.save import _LAST
from kentongan.comments import refusals
from kentongan.database import URL_VARIABLE, Database
from kentongan.doctor import server
from kentongan.repository.git import Author
from kentongan.repository.journal import FOLDER, Entry, Journal, next_name

NOW = datetime(2020, 7, 20, tzinfo=UTC)
GOOD = "kuda besi makan pelangi"


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.delenv("KENTONGAN_SMTP_URL", raising=False)
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def accounts(state):
    with closing(Database(state)) as database:
        yield Accounts(database)


def verdicts(state):
    return {one.name: one.verdict.value for one in server.checks(state, NOW)}


def join(accounts, login, role):
    empty = accounts.is_empty()
    token = accounts.owner_link() if empty else accounts.invite(login, role, "test")
    return accounts.accept(token, login, login.title(), GOOD)


def test_where_no_server_was_there_is_nothing_to_say(state):
    assert verdicts(state) == {}
    assert list(state.iterdir()) == []


def test_a_fresh_server(state, accounts):
    assert verdicts(state) == {
        "owners": "warn",
        "second-keys": "ok",
        "mail": "ok",
        "backup": "warn",
        "journal": "ok",
    }


def test_who_can_publish_without_a_second_key_is_named(state, accounts):
    join(accounts, "ratri", Role.OWNER)
    join(accounts, "sri", Role.CONTRIBUTOR)
    check = next(one for one in server.checks(state, NOW) if one.name == "second-keys")
    assert (check.verdict.value, check.message.values) == ("warn", {"names": "Ratri"})


def test_two_owners_with_second_keys_are_well(state, accounts, monkeypatch):
    monkeypatch.setattr(Factors, "has", lambda *_: True)
    join(accounts, "ratri", Role.OWNER)
    assert verdicts(state)["owners"] == "warn"
    join(accounts, "dwi", Role.OWNER)
    assert (verdicts(state)["owners"], verdicts(state)["second-keys"]) == ("ok", "ok")


@pytest.mark.parametrize(("days", "verdict"), [(0, "ok"), (8, "ok"), (9, "warn")])
def test_an_old_backup(state, days, verdict):
    (state / _LAST).write_text((NOW - timedelta(days=days)).isoformat())
    assert server.backup(state, NOW).verdict.value == verdict


@pytest.mark.parametrize(
    ("url", "verdict"), [("", "ok"), ("smtps://a:b@mail.example/?from=a@b.example", "ok"), ("mail.example", "fail")]
)
def test_mail(state, monkeypatch, url, verdict):
    monkeypatch.setenv("KENTONGAN_SMTP_URL", url)
    assert server.mail(state).verdict.value == verdict


def test_mail_that_does_not_go_out(state, monkeypatch):
    monkeypatch.setenv("KENTONGAN_SMTP_URL", "smtps://a:b@mail.example/?from=a@b.example")
    with closing(Database(state)) as database:
        with database.session() as session:
            refusals.note(session, NOW)
        assert server.mail(state).verdict.value == "warn"
        with database.session() as session:
            refusals.forget(session)
    assert server.mail(state).verdict.value == "ok"


def test_a_database_that_cannot_be_opened(state, monkeypatch):
    monkeypatch.setenv(URL_VARIABLE, "quatsch")
    assert verdicts(state)["accounts"] == "fail"


def test_what_git_has_not_taken_yet(state):
    when = datetime(2020, 7, 20, tzinfo=UTC)
    Journal(state / FOLDER).add(Entry(next_name(), Author("a", "b"), "", when, {}, {}, written=True))
    assert server.unfinished(state).verdict.value == "warn"
