"""Passkeys: what opens, and everything beside it that does not."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kentongan.accounts import Accounts, Factors, Passkeys, RelyingParty, Role
from kentongan.database import Database
from kentongan.errors import KentonganError
from tests.authenticator import PRESENT, Authenticator
from tests.thorough import examples
from tests.unit.accounts.clock import BEGIN, GOOD, Clock

ORIGIN, DOMAIN = "https://koperasi.example", "koperasi.example"
PARTY = RelyingParty(DOMAIN, ORIGIN, "Koperasi")


@pytest.fixture
def passkeys(database: Database, accounts: Accounts, clock: Clock) -> Passkeys:
    return Passkeys(database, accounts, clock)


@pytest.fixture
def ratri(accounts: Accounts):
    return accounts.accept(accounts.owner_link(), "ratri", "Ratri", GOOD)


@pytest.fixture
def phone(passkeys: Passkeys, ratri) -> Authenticator:
    """One that keeps a passkey of Ratri's."""
    phone = Authenticator(ORIGIN, DOMAIN)
    passkeys.add(ratri, PARTY, phone.create(passkeys.proposal(ratri, PARTY)), "HP  Ratri\n")
    return phone


def opened(passkeys: Passkeys, phone: Authenticator, party: RelyingParty = PARTY):
    return passkeys.opens(party, phone.get(passkeys.question(PARTY)), "10.0.0.1")


def actions(accounts: Accounts) -> list[tuple[str, str]]:
    return [(line.action, line.note) for line in accounts.audit()]


def test_a_passkey_opens(passkeys: Passkeys, phone: Authenticator, accounts: Accounts, ratri):
    assert opened(passkeys, phone).login == "ratri"
    assert [(one.name, one.used) for one in passkeys.of(ratri)] == [("HP Ratri", BEGIN)]
    assert actions(accounts)[0] == ("passkey", "HP Ratri")


def test_the_browser_is_told_to_make_sure_who_is_there(passkeys: Passkeys, phone: Authenticator, ratri):
    proposal, question = json.loads(passkeys.proposal(ratri, PARTY)), json.loads(passkeys.question(PARTY))
    assert proposal["authenticatorSelection"]["userVerification"] == question["userVerification"] == "required"
    assert proposal["authenticatorSelection"]["residentKey"] == "required"
    assert proposal["rp"] == {"id": DOMAIN, "name": "Koperasi"}
    assert len(proposal["excludeCredentials"]) == 1
    assert "ratri" not in proposal["user"]["id"]
    assert proposal["challenge"] != json.loads(passkeys.proposal(ratri, PARTY))["challenge"]


def test_an_answer_opens_once(passkeys: Passkeys, phone: Authenticator):
    answer = phone.get(passkeys.question(PARTY))
    assert passkeys.opens(PARTY, answer, "::1").login == "ratri"
    with pytest.raises(KentonganError, match="did not fit"):
        passkeys.opens(PARTY, answer, "::1")


def test_a_question_is_over_after_a_while(passkeys: Passkeys, phone: Authenticator, clock: Clock):
    answer = phone.get(passkeys.question(PARTY))
    clock.now += timedelta(minutes=5, seconds=1)
    with pytest.raises(KentonganError, match="did not fit"):
        passkeys.opens(PARTY, answer, "::1")


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("origin", "https://koperasi.example.jahat.example"),
        ("origin", "http://koperasi.example"),
        ("origin", "https://koperasi.example:8443"),
        ("domain", "jahat.example"),
        ("flags", PRESENT),
        ("flags", 0),
        ("id", b"another passkey"),
        ("user", b"somebody else"),
        ("_key", Authenticator(ORIGIN, DOMAIN)._key),
    ],
)
def test_nothing_else_opens(passkeys: Passkeys, phone: Authenticator, what: str, value):
    setattr(phone, what, value)
    with pytest.raises(KentonganError, match="did not fit"):
        opened(passkeys, phone)


@pytest.mark.parametrize(
    ("what", "value"), [("origin", "https://jahat.example"), ("domain", "jahat.example"), ("flags", PRESENT)]
)
def test_nothing_else_is_added(passkeys: Passkeys, ratri, what: str, value):
    phone = Authenticator(ORIGIN, DOMAIN)
    setattr(phone, what, value)
    with pytest.raises(KentonganError, match="did not fit"):
        passkeys.add(ratri, PARTY, phone.create(passkeys.proposal(ratri, PARTY)), "")
    assert passkeys.of(ratri) == []


def test_a_question_is_no_proposal_and_each_proposal_is_for_one_account(passkeys: Passkeys, accounts: Accounts, ratri):
    dwi = accounts.accept(accounts.invite("Dwi", Role.EDITOR, "ratri"), "dwi", "Dwi", GOOD)
    phone, proposal = Authenticator(ORIGIN, DOMAIN), passkeys.proposal(ratri, PARTY)
    asked = json.loads(proposal) | {"challenge": json.loads(passkeys.question(PARTY))["challenge"]}
    for account, options in ((dwi, proposal), (ratri, json.dumps(asked))):
        with pytest.raises(KentonganError, match="did not fit"):
            passkeys.add(account, PARTY, phone.create(options), "")


def test_a_passkey_is_one_accounts(passkeys: Passkeys, phone: Authenticator, accounts: Accounts):
    dwi = accounts.accept(accounts.invite("Dwi", Role.EDITOR, "ratri"), "dwi", "Dwi", GOOD)
    with pytest.raises(KentonganError, match="did not fit"):
        passkeys.add(dwi, PARTY, phone.create(passkeys.proposal(dwi, PARTY)), "")


@pytest.mark.parametrize(
    ("first", "second", "opens"), [(0, 0, True), (1, 2, True), (5, 5, False), (5, 4, False), (5, 0, False)]
)
def test_a_copied_passkey_is_noticed_by_its_count(
    passkeys: Passkeys, phone: Authenticator, accounts: Accounts, first: int, second: int, opens: bool
):
    phone.count = first
    assert opened(passkeys, phone)
    phone.count = second
    if opens:
        assert opened(passkeys, phone)
    else:
        with pytest.raises(KentonganError, match="did not fit"):
            opened(passkeys, phone)
        assert actions(accounts)[0] == ("passkey-copied", "HP Ratri")


def test_who_is_shut_out_stays_out(passkeys: Passkeys, phone: Authenticator, accounts: Accounts):
    accounts.accept(accounts.invite("Dwi", Role.OWNER, "ratri"), "dwi", "Dwi", GOOD)
    accounts.disable("ratri", "dwi")
    with pytest.raises(KentonganError, match="did not fit"):
        opened(passkeys, phone)


def test_a_passkey_is_taken_off_by_whose_it_is(passkeys: Passkeys, phone: Authenticator, accounts: Accounts, ratri):
    dwi = accounts.accept(accounts.invite("Dwi", Role.EDITOR, "ratri"), "dwi", "Dwi", GOOD)
    number = str(passkeys.of(ratri)[0].id)
    for account, named in ((dwi, number), (ratri, "x"), (ratri, "")):
        passkeys.remove(account, named)
    assert len(passkeys.of(ratri)) == 1
    passkeys.remove(ratri, number)
    assert passkeys.of(ratri) == []
    assert actions(accounts)[0] == ("passkey-off", "HP Ratri")
    with pytest.raises(KentonganError, match="did not fit"):
        opened(passkeys, phone)


@pytest.mark.usefixtures("phone")
def test_a_passkey_is_a_second_key_and_goes_with_the_phone_that_is_lost(database, accounts, passkeys, ratri):
    factors = Factors(database, accounts)
    assert (factors.has(ratri), factors.has_app(ratri)) == (True, False)
    factors.end("ratri", "dwi")
    assert not factors.has(ratri)
    assert passkeys.of(ratri) == []


def test_wrong_ones_are_counted(passkeys: Passkeys, phone: Authenticator):
    for _ in range(10):
        with pytest.raises(KentonganError, match="did not fit"):
            passkeys.opens(PARTY, "{}", "10.0.0.1")
    with pytest.raises(KentonganError, match="Too many"):
        opened(passkeys, phone)
    assert passkeys.opens(PARTY, phone.get(passkeys.question(PARTY)), "10.0.0.2")


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "authenticatorData", "signature"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(answer=_JSON.map(json.dumps) | st.text(max_size=40) | st.just("[" * 100_000))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answer_is_told(passkeys: Passkeys, ratri, clock: Clock, answer: str):
    clock.now += timedelta(hours=1)
    with pytest.raises(KentonganError, match="did not fit"):
        passkeys.opens(PARTY, answer, "10.0.0.1")
    with pytest.raises(KentonganError, match="did not fit"):
        passkeys.add(ratri, PARTY, answer, "")


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_answer_with_a_changed_byte_is_told_or_the_same(
    passkeys: Passkeys, phone: Authenticator, clock: Clock, place: int, byte: int
):
    clock.now += timedelta(hours=1)
    good = phone.get(passkeys.question(PARTY))
    place %= len(good)
    changed = good[:place] + chr(byte) + good[place + 1 :]
    try:
        assert passkeys.opens(PARTY, changed, "10.0.0.1").login == "ratri"
    except KentonganError as error:
        assert "did not fit" in str(error)  # noqa: PT017
