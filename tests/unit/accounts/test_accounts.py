"""Accounts and sessions, on SQLite and, where there is a server to ask, on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from argon2 import PasswordHasher, Type, extract_parameters

import kentongan.actions.tables
import kentongan.comments.tables
import kentongan.webhooks.tables  # noqa: F401 - so that all tables are known
from kentongan.accounts import Accounts, ApiTokens, Factors, Purpose, Right, Role, Scope, Sessions, may
from kentongan.accounts.roles import OFFICE, RECORDS
from kentongan.database import Base, Database
from kentongan.errors import KentonganError
from kentongan.model import Kind
from kentongan.search.tables import FULL_TEXT
from tests.unit.accounts.clock import GOOD, Clock


@pytest.fixture
def sessions(database: Database, clock: Clock) -> Sessions:
    return Sessions(database, clock)


@pytest.fixture
def ratri(accounts: Accounts):
    return accounts.accept(accounts.owner_link(), "ratri", "Ratri Wulandari", GOOD)


def test_the_first_owner_comes_by_a_link_that_works_once(accounts: Accounts):
    assert accounts.is_empty()
    token = accounts.owner_link()
    owner = accounts.accept(token, " Ratri ", "Ratri  Wulandari\n", GOOD)
    assert (owner.login, owner.name, owner.role) == ("ratri", "Ratri Wulandari", Role.OWNER)
    with pytest.raises(KentonganError, match="has been used"):
        accounts.accept(token, "lain", "Lain", GOOD)
    with pytest.raises(KentonganError, match="has an owner"):
        accounts.owner_link()


def test_a_second_owner_link_takes_the_place_of_the_first(accounts: Accounts):
    first, second = accounts.owner_link(), accounts.owner_link()
    with pytest.raises(KentonganError):
        accounts.link(first)
    assert accounts.link(second).purpose == Purpose.OWNER


@pytest.mark.usefixtures("ratri")
def test_an_invitation_gives_its_role_and_no_other(accounts: Accounts):
    token = accounts.invite("Dwi", Role.EDITOR, "ratri")
    assert accounts.accept(token, "dwi", "", GOOD).role is Role.EDITOR
    assert [(account.login, account.name) for account in accounts.all()] == [
        ("dwi", "Dwi"),
        ("ratri", "Ratri Wulandari"),
    ]


@pytest.mark.usefixtures("ratri")
def test_links_end(accounts: Accounts, clock: Clock):
    token = accounts.invite("Dwi", Role.EDITOR, "ratri")
    clock.now += timedelta(days=7, seconds=1)
    with pytest.raises(KentonganError, match="its time is over"):
        accounts.accept(token, "dwi", "Dwi", GOOD)


@pytest.mark.usefixtures("ratri")
def test_the_database_holds_no_token_and_no_password(accounts: Accounts, sessions: Sessions, database: Database):
    token = accounts.invite("Dwi", Role.EDITOR, "ratri")
    cookie = sessions.begin(accounts.named("ratri"), "HP")
    with database.reading() as session:
        held = repr([session.execute(table.select()).all() for table in Base.metadata.sorted_tables])
    assert "ratri" in held
    assert not any(secret in held for secret in (token, cookie, GOOD))


def test_log_in(accounts: Accounts, ratri):
    assert accounts.log_in("RATRI", GOOD, "10.0.0.1").id == ratri.id
    assert accounts.log_in("ratri", GOOD + "x", "10.0.0.1") is None
    assert accounts.log_in("siapa", GOOD, "10.0.0.1") is None


@pytest.mark.usefixtures("ratri")
def test_too_many_failures_of_an_account_shut_it_for_a_while(accounts: Accounts, clock: Clock):
    for number in range(10):
        assert accounts.log_in("ratri", "salah", f"10.0.0.{number}") is None
    with pytest.raises(KentonganError, match="Too many"):
        accounts.log_in("ratri", GOOD, "10.0.1.1")
    clock.now += timedelta(minutes=16)
    assert accounts.log_in("ratri", GOOD, "10.0.1.1")


@pytest.mark.usefixtures("ratri")
def test_too_many_failures_from_an_address_shut_it_for_a_while(accounts: Accounts):
    for number in range(10):
        assert accounts.log_in(f"siapa{number}", "salah", "10.0.0.1") is None
    with pytest.raises(KentonganError, match="Too many"):
        accounts.log_in("ratri", GOOD, "10.0.0.1")
    assert accounts.log_in("ratri", GOOD, "10.0.0.2")


def test_a_guess_costs_what_owasp_asks(dear_hasher: PasswordHasher):
    cost = extract_parameters(dear_hasher.hash(GOOD))
    assert cost.type is Type.ID
    assert cost.memory_cost >= 19 * 1024
    assert cost.time_cost >= 2


WEAK = (
    "pendek", "1234567890", "abcdefghijkl", "aaaaaaaaaaaaa", "password123!", "Koperasi2026", "ratri wulandari",
    "ratri-2026!", "sayang sayang", "x" * 201,
)  # fmt: skip


@pytest.mark.parametrize("password", WEAK)
def test_passwords_that_are_guessed_first_are_refused(accounts: Accounts, password: str):
    with pytest.raises(KentonganError):
        accounts.accept(accounts.owner_link(), "ratri", "Ratri Wulandari", password)
    assert accounts.is_empty()


@pytest.mark.parametrize("login", ["", "ab", "Ra tri", "../x", "ratri@kantor", "x" * 41, "-ab"])
def test_unfit_logins_are_refused(accounts: Accounts, login: str):
    with pytest.raises(KentonganError, match="cannot be a user name"):
        accounts.accept(accounts.owner_link(), login, "Ratri", GOOD)


@pytest.mark.usefixtures("ratri")
def test_a_taken_login_leaves_the_link_usable(accounts: Accounts):
    token = accounts.invite("Dwi", Role.EDITOR, "ratri")
    with pytest.raises(KentonganError, match="already"):
        accounts.accept(token, "ratri", "Dwi", GOOD)
    assert accounts.accept(token, "dwi", "Dwi", GOOD)


def test_a_session_ends_by_idleness_and_in_any_case(sessions: Sessions, clock: Clock, ratri):
    token = sessions.begin(ratri, "HP")
    for _ in range(14):
        clock.now += timedelta(days=2)
        assert sessions.account(token)
    clock.now += timedelta(days=2, minutes=1)
    assert sessions.account(token) is None
    token = sessions.begin(ratri, "HP")
    clock.now += timedelta(days=3, minutes=1)
    assert sessions.account(token) is None


def test_sessions_are_listed_and_ended(sessions: Sessions, ratri):
    here, there = sessions.begin(ratri, "HP"), sessions.begin(ratri, "Laptop")
    laptop = next(one for one in sessions.of(ratri) if one.device == "Laptop")
    sessions.end_other(ratri, laptop.token[:16])
    assert (sessions.account(there), bool(sessions.account(here))) == (None, True)
    sessions.end(here)
    assert sessions.account(here) is None


@pytest.mark.parametrize("end", ["disable", "password", "reset"])
def test_what_ends_all_sessions(accounts: Accounts, sessions: Sessions, ratri, end: str):
    accounts.accept(accounts.invite("Dwi", Role.OWNER, "ratri"), "dwi", "Dwi", GOOD)
    token = sessions.begin(ratri, "HP")
    if end == "disable":
        accounts.disable("ratri", "dwi")
    elif end == "password":
        accounts.change_password("ratri", GOOD, GOOD + " lagi")
    else:
        accounts.accept(accounts.reset("ratri", "dwi"), "", "", GOOD + " baru")
    assert sessions.account(token) is None
    assert bool(accounts.log_in("ratri", GOOD, "::1")) is False


@pytest.mark.usefixtures("ratri")
def test_the_last_owner_stays(accounts: Accounts):
    for change in (
        lambda: accounts.disable("ratri", "ratri"),
        lambda: accounts.change_role("ratri", Role.EDITOR, "ratri"),
    ):
        with pytest.raises(KentonganError, match="last owner"):
            change()


@pytest.mark.usefixtures("ratri")
def test_every_change_is_in_the_audit_log(accounts: Accounts):
    accounts.accept(accounts.invite("Dwi", Role.EDITOR, "ratri"), "dwi", "Dwi", GOOD)
    accounts.change_role("dwi", Role.BROADCASTER, "ratri")
    accounts.disable("dwi", "ratri")
    assert [(line.who, line.action, line.target) for line in accounts.audit()][::-1] == [
        ("kentongan", "make-owner", ""),
        ("ratri", "link-owner", "ratri"),
        ("ratri", "make-invite", "Dwi"),
        ("dwi", "link-invite", "dwi"),
        ("ratri", "role", "dwi"),
        ("ratri", "disable", "dwi"),
    ]


def test_the_table_of_roles_is_whole():
    assert set(RECORDS) == set(OFFICE) == set(Role)
    assert may(Role.CONTRIBUTOR, Right.DRAFT, Kind.ARTICLE)
    assert not may(Role.CONTRIBUTOR, Right.PUBLISH, Kind.ARTICLE)
    assert not may(Role.EDITOR, Right.EDIT, Kind.PROGRAM)
    assert all(may(Role.OWNER, right, kind) for right in (Right.DRAFT, Right.EDIT, Right.PUBLISH) for kind in Kind)
    assert all(not rights for rights in (RECORDS[Role.MODERATOR],))
    assert {role for role in Role if may(role, Right.PEOPLE)} == {Role.OWNER}


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path):
    for url in ("nonsense", f"sqlite:///{tmp_path}/no/such/folder.sqlite3"):
        with pytest.raises(KentonganError, match="database cannot be used"):
            Database(tmp_path, url)


def test_a_database_opened_twice_is_up_to_date(tmp_path: Path, database: Database, database_url):
    Accounts(database).owner_link()
    again = Database(tmp_path, database_url)
    assert [line.action for line in Accounts(again).audit()] == ["make-owner"]
    again.close()


@pytest.fixture
def factors(database: Database, accounts: Accounts, clock: Clock) -> Factors:
    return Factors(database, accounts, clock)


def code_of(secret: str, clock: Clock) -> str:
    return pyotp.TOTP(secret).at(clock.now)


def with_key(factors: Factors, account, clock: Clock) -> tuple[str, tuple[str, ...]]:
    secret, _ = factors.proposal(account, "Kantor")
    codes = factors.begin(account, secret, code_of(secret, clock))
    clock.now += timedelta(seconds=30)
    return secret, codes


def test_a_second_key_begins_with_a_code_that_fits(factors: Factors, clock: Clock, ratri):
    secret, address = factors.proposal(ratri, "Dinas Koperasi")
    assert address == f"otpauth://totp/Dinas%20Koperasi:ratri?secret={secret}&issuer=Dinas%20Koperasi"
    with pytest.raises(KentonganError, match="does not fit"):
        factors.begin(ratri, secret, "000000" if code_of(secret, clock) != "000000" else "111111")
    assert not factors.has(ratri)
    assert len(set(factors.begin(ratri, secret, code_of(secret, clock)))) == 8
    assert factors.has(ratri)


def test_a_code_opens_once(factors: Factors, clock: Clock, ratri):
    secret, _ = with_key(factors, ratri, clock)
    code = code_of(secret, clock)
    assert [factors.opens(ratri, given, "::1") for given in (f"{code[:3]} {code[3:]}", code)] == [True, False]
    clock.now += timedelta(seconds=30)
    assert factors.opens(ratri, code_of(secret, clock), "::1")


@pytest.mark.parametrize(("seconds", "opens"), [(-30, False), (0, True), (30, True), (61, False)])
def test_clocks_may_be_a_little_off(factors: Factors, clock: Clock, ratri, seconds: int, opens: bool):
    """A step that is over is only good while no later one was used, so what was before the key began is not."""
    secret, _ = with_key(factors, ratri, clock)
    code = pyotp.TOTP(secret).at(clock.now + timedelta(seconds=seconds))
    assert factors.opens(ratri, code, "::1") is opens


def test_a_paper_code_opens_once(factors: Factors, clock: Clock, ratri):
    _, codes = with_key(factors, ratri, clock)
    assert [factors.opens(ratri, given, "::1") for given in (codes[0].upper(), codes[0], codes[1])] == [
        True,
        False,
        True,
    ]


def test_wrong_codes_are_counted(factors: Factors, clock: Clock, ratri):
    _, codes = with_key(factors, ratri, clock)
    for _ in range(10):
        assert not factors.opens(ratri, "abcdef", "::1")
    with pytest.raises(KentonganError, match="Too many"):
        factors.opens(ratri, codes[0], "::1")


def test_a_lost_phone_is_taken_off(factors: Factors, clock: Clock, ratri):
    secret, codes = with_key(factors, ratri, clock)
    factors.end("ratri", "dwi")
    assert not factors.has(ratri)
    assert not any(factors.opens(ratri, code, "::1") for code in (code_of(secret, clock), codes[0]))


def test_a_waiting_session_opens_nothing_and_not_for_long(sessions: Sessions, clock: Clock, ratri):
    token = sessions.begin(ratri, "HP", waits=True)
    assert (sessions.account(token), sessions.waiting(token).login, sessions.of(ratri)) == (None, "ratri", [])
    clock.now += timedelta(minutes=11)
    assert sessions.waiting(token) is None


def test_the_steps_lead_to_the_tables_that_the_code_knows(database: Database):
    """But for the words of search, which lie in a table of another kind in each database."""
    ours = {"include_name": lambda name, type_, _: type_ != "table" or not name.startswith(FULL_TEXT)}
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), Base.metadata) == []


@pytest.mark.parametrize("secret", ["", "A", "a b!", "A" * 5_000, "é" * 32, "1" * 32])
def test_what_is_no_secret_is_refused_in_words(accounts: Accounts, database: Database, ratri, secret: str):
    factors = Factors(database, accounts)
    assert factors.proposal(ratri, "Kantor", secret)[0] != secret
    with pytest.raises(KentonganError, match="not complete"):
        factors.begin(ratri, secret, "123456")


def test_a_reset_and_an_owner_end_sessions_and_keys(
    accounts: Accounts, sessions: Sessions, database: Database, clock: Clock, ratri
):
    tokens = ApiTokens(database, clock)
    for end in (
        lambda: accounts.accept(accounts.reset("ratri", "dwi"), "", "", GOOD + " baru"),
        lambda: accounts.end_ways_in("ratri", "dwi"),
    ):
        token = tokens.make(ratri, "Aplikasi", [Scope.WRITE], timedelta(days=30))
        session = sessions.begin(ratri, "Ponsel")
        end()
        assert (tokens.known(token), sessions.account(session)) == (None, None)
