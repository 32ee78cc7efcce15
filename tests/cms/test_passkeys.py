"""Passkeys over HTTP, on the real application: where they are offered, and what has to be shown before they change."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from kentongan.accounts import Accounts
from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus
from tests.authenticator import Authenticator

GOOD = "kuda besi makan pelangi"
MINE, START = "/admin/akun/kunci-sandi/", "/admin/akun/kunci-sandi/mulai"
LOGIN, ASK = "/admin/masuk/kunci-sandi", "/admin/masuk/kunci-sandi/tanya"


@pytest.fixture
def app(tmp_path, database):
    app = create_app(tmp_path / "output", tmp_path / "media", BuildStatus(), database, opened=True)
    app.state.accounts = Accounts(database)
    return app


def browser(app, base="http://localhost:8000", client="127.0.0.1"):
    found = TestClient(app, base, follow_redirects=False, client=(client, 50000))
    found.headers["origin"] = base
    return found


@pytest.fixture
def ratri(app):
    """A browser in which the owner is logged in."""
    found = browser(app)
    given = {"login": "ratri", "name": "Ratri", "password": GOOD}
    assert found.post(f"/admin/tautan/{app.state.accounts.owner_link()}", data=given).status_code == 303
    return found


def phone_of(ratri) -> Authenticator:
    phone = Authenticator("http://localhost:8000", "localhost")
    options = ratri.post(START, data={"password": GOOD})
    assert options.headers["cache-control"] == "no-store"
    answer = ratri.post(MINE, data={"credential": phone.create(options.text), "name": "HP <b>Ratri"})
    assert (answer.status_code, answer.headers["location"]) == (303, MINE)
    return phone


def test_log_in_with_a_passkey_alone(app, ratri):
    phone = phone_of(ratri)
    visitor = browser(app)
    answer = visitor.post(f"{LOGIN}?ke=/admin/akun/", data={"credential": phone.get(visitor.post(ASK).text)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/akun/")
    assert "Anda punya 1 kunci sandi." in visitor.get("/admin/akun/").text
    assert "HP &lt;b&gt;Ratri" in visitor.get(MINE).text


def test_a_passkey_is_asked_for_after_a_password(app, ratri):
    phone, visitor = phone_of(ratri), browser(app)
    assert (
        visitor.post("/admin/masuk", data={"name": "ratri", "password": GOOD})
        .headers["location"]
        .startswith("/admin/kode")
    )
    assert visitor.get("/admin/").status_code == 303
    assert LOGIN in visitor.get("/admin/kode").text
    visitor.post(LOGIN, data={"credential": phone.get(visitor.post(ASK).text)})
    assert visitor.get("/admin/").status_code == 200


@pytest.mark.parametrize("credential", ["", "{}", "x" * 5000])
def test_what_does_not_fit_is_told_on_the_page(app, ratri, credential):
    for answer in (
        browser(app).post(LOGIN, data={"credential": credential}),
        ratri.post(MINE, data={"credential": credential}),
    ):
        assert answer.status_code == 422
        assert "Kunci sandi ini belum cocok." in answer.text


def test_the_password_is_asked_again_before_a_passkey_changes(ratri):
    phone_of(ratri)
    number = re.search(r'name="passkey" value="(\d+)"', ratri.get(MINE).text)[1]
    for password in ("", "salah sekali"):
        answer = ratri.post(START, data={"password": password})
        assert (answer.status_code, answer.json()) == (422, {"trouble": "Kata sandinya belum cocok."})
        given = {"do": "remove", "passkey": number, "password": password}
        assert ratri.post(MINE, data=given).status_code == 422
    assert ratri.post(MINE, data={"do": "remove", "passkey": number, "password": GOOD}).status_code == 303
    assert "HP &lt;b&gt;Ratri" not in ratri.get(MINE).text


@pytest.mark.parametrize(
    ("base", "site", "offered"),
    [
        ("http://localhost:8000", None, True),
        ("http://127.0.0.1:8000", None, False),
        ("http://koperasi.example", None, False),
        ("https://koperasi.example", None, True),
        ("https://10.1.2.3", None, False),
        ("https://[2001:db8::1]", None, False),
        ("https://koperasi.example", "http://localhost:8000", True),
        ("https://koperasi.example", "https://koperasi.example", True),
        ("https://admin.koperasi.example", "https://koperasi.example", True),
        ("https://lainkoperasi.example", "https://koperasi.example", False),
        ("http://localhost:8000", "https://koperasi.example", True),
    ],
)
def test_passkeys_are_for_the_offices_own_domain(app, monkeypatch, base, site, offered):
    monkeypatch.setenv("SITEURL", site) if site else monkeypatch.delenv("SITEURL", raising=False)
    answer = browser(app, base).post(ASK)
    assert answer.status_code == (200 if offered else 422)
    assert ("challenge" in answer.json()) is offered


def test_the_pages_run_one_script_of_ours(app, ratri):
    for page in (browser(app).get("/admin/masuk"), ratri.get(MINE)):
        assert re.sub(r"/static/\w{10}/", "/static/", "".join(re.findall(r"<script[^>]*>", page.text))) == (
            '<script src="/admin/static/passkey.js" defer>'
        )
        assert "script-src 'self';" in page.headers["content-security-policy"]
    assert ratri.get("/admin/static/passkey.js").status_code == 200
