"""The entrance of the admin, over HTTP on the real application."""

from __future__ import annotations

import re
import sqlite3

import pyotp
import pytest
from sqlalchemy.exc import OperationalError
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from kentongan.accounts import Accounts, Role
from kentongan.actions import Newsroom
from kentongan.repository import Writer
from kentongan.search import Index
from kentongan_cms.admin import Workshop
from kentongan_cms.admin.device import device_name
from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus
from tests.cms.newsrooms import Asked

GOOD = "kuda besi makan pelangi"
HOST = "http://127.0.0.1"


@pytest.fixture
def app(tmp_path, database):
    room = Newsroom(tmp_path / "content", Writer(tmp_path / "content", tmp_path / "var"), database)
    shop = Workshop(room, Asked(), Index(database, tmp_path / "content"), tmp_path / "output")
    return create_app(tmp_path / "output", tmp_path / "media", BuildStatus(), database, opened=True, shop=shop)


@pytest.fixture
def accounts(database):
    return Accounts(database)


def browser(app, base=HOST, client="127.0.0.1"):
    found = TestClient(app, base, follow_redirects=False, client=(client, 50000))
    found.headers["origin"] = base
    return found


@pytest.fixture
def visitor(app):
    return browser(app)


@pytest.fixture
def owner(app, accounts):
    return entered(app, accounts, "ratri", Role.OWNER)


def entered(app, accounts, login, role):
    """A browser in which *login* is logged in."""
    accounts.is_empty() or role
    token = accounts.owner_link() if accounts.is_empty() else accounts.invite(login.title(), role, "test")
    found = browser(app)
    answer = found.post(f"/admin/tautan/{token}", data={"login": login, "name": login.title(), "password": GOOD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/")
    return found


def routes(app, prefix=""):
    for route in app.routes:
        if isinstance(route, Mount):
            yield from routes(route.app, prefix + route.path) if hasattr(route.app, "routes") else ()
        elif isinstance(route, Route):
            yield prefix + route.path, route.methods


OPEN = {
    "/healthz",
    "/metrics",
    "/admin",
    "/admin/static/{path:path}",
    "/admin/pratinjau/{token}",
    "/admin/masuk",
    "/admin/masuk/kunci-sandi",
    "/admin/masuk/kunci-sandi/tanya",
    "/admin/kode",
    "/admin/keluar",
    "/admin/tautan/{token}",
}


READERS = ("/komentar", "/api/v1/")
"""Below them others than the admin's people read and write, under rules of their own."""
MACHINES = {"/komentar/webmention", "/komentar/surat/{token}"}
"""Servers send to these, which say no origin; the token is what a letter's link is taken by."""


def test_every_other_page_asks_who_you_are(app, visitor):
    for path, methods in routes(app):
        if path in OPEN or path.startswith(READERS):
            continue
        for method in methods - {"HEAD"}:
            answer = visitor.request(method, path)
            assert (path, answer.status_code, answer.headers["location"].split("?")[0]) == (path, 303, "/admin/masuk")


def test_no_form_of_another_site_is_taken(app, owner):
    for path, methods in routes(app):
        if "POST" not in methods or path in MACHINES or path.startswith("/api/v1/"):
            continue
        for headers in (
            {"origin": "https://jahat.example"},
            {"origin": "null"},
            {"origin": HOST, "sec-fetch-site": "cross-site"},
            {"origin": HOST, "sec-fetch-site": "same-site"},
        ):
            answer = owner.post(re.sub(r"{\w+}", "x", path), data={"do": "disable", "who": "ratri"}, headers=headers)
            assert (path, answer.status_code) == (path, 403)
        del owner.headers["origin"]
        assert owner.post(re.sub(r"{\w+}", "x", path)).status_code == 403
        owner.headers["origin"] = HOST
    assert owner.get("/admin/").status_code == 200


def test_log_in_and_out(app, owner):
    assert owner.get("/admin/").status_code == 200
    token = owner.cookies["kentongan"]
    assert owner.post("/admin/keluar").headers["location"] == "/admin/masuk"
    owner.cookies.set("kentongan", token)
    assert owner.get("/admin/").status_code == 303
    owner.cookies.clear()
    answer = owner.post("/admin/masuk?ke=/admin/akun/", data={"name": "Ratri", "password": GOOD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/akun/")
    assert owner.cookies["kentongan"] != token


def test_a_wrong_password_says_the_same_as_a_wrong_name(visitor, owner):
    pages = [
        visitor.post("/admin/masuk", data={"name": name, "password": "salah sekali"}) for name in ("ratri", "siapa")
    ]
    assert [page.status_code for page in pages] == [422, 422]
    assert pages[0].text.replace("ratri", "siapa") == pages[1].text
    assert "salah sekali" not in pages[0].text


@pytest.mark.parametrize(
    "to",
    ["https://jahat.example/", "//jahat.example/", "/\\jahat.example", "/berita/", "javascript:1", "/admin/\r\nx:y"],
)
def test_nobody_is_sent_elsewhere_after_logging_in(visitor, owner, to):
    answer = visitor.post("/admin/masuk", params={"ke": to}, data={"name": "ratri", "password": GOOD})
    assert answer.headers["location"] == "/admin/"


def test_the_cookie_cannot_be_read_by_scripts_and_goes_to_no_other_site(app, accounts):
    token = accounts.owner_link()
    data = {"login": "ratri", "name": "Ratri", "password": GOOD}
    answer = browser(app, "https://koperasi.example").post(f"/admin/tautan/{token}", data=data)
    assert re.fullmatch(
        "__Host-kentongan=[A-Za-z0-9_-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", answer.headers["set-cookie"]
    )


def test_no_password_travels_where_others_can_listen(app, owner):
    far = browser(app, "http://koperasi.example", client="10.0.0.7")
    answer = far.post("/admin/masuk", data={"name": "ratri", "password": GOOD})
    assert (answer.status_code, "https://" in answer.text, "set-cookie" in answer.headers) == (422, True, False)


def test_a_weak_password_keeps_what_was_typed_and_the_link(visitor, accounts):
    token = accounts.owner_link()
    answer = visitor.post(
        f"/admin/tautan/{token}", data={"login": "ratri", "name": "Ratri W.", "password": "1234567890"}
    )
    assert answer.status_code == 422
    assert 'value="Ratri W."' in answer.text
    assert "1234567890" not in answer.text
    assert visitor.get(f"/admin/tautan/{token}").status_code == 200


def test_a_link_that_is_over_says_so(visitor):
    assert visitor.get("/admin/tautan/tidak-ada").status_code == 410


def test_only_owners_see_who_works_here(app, accounts, owner):
    for login, role in (
        ("dwi", Role.EDITOR),
        ("sari", Role.BROADCASTER),
        ("budi", Role.CONTRIBUTOR),
        ("mod", Role.MODERATOR),
    ):
        other = entered(app, accounts, login, role)
        assert other.get("/admin/orang/").status_code == 403
        assert other.post("/admin/orang/", data={"do": "role", "who": login, "role": "owner"}).status_code == 403
        assert "/admin/orang/" not in other.get("/admin/").text
    assert owner.get("/admin/orang/").status_code == 200


def test_an_owner_invites_changes_and_shuts_out(app, accounts, owner):
    page = owner.post("/admin/orang/", data={"do": "invite", "name": "Dwi", "role": "editor"}).text
    address = re.search(r">(http://127\.0\.0\.1/admin/tautan/[^<]+)<", page)[1]
    other = browser(app)
    other.post(address, data={"login": "dwi", "name": "Dwi", "password": GOOD})
    assert accounts.named("dwi").role is Role.EDITOR
    owner.post("/admin/orang/", data={"do": "role", "who": "dwi", "role": "moderator"})
    assert accounts.named("dwi").role is Role.MODERATOR
    owner.post("/admin/orang/", data={"do": "disable", "who": "dwi"})
    assert other.get("/admin/").status_code == 303
    assert owner.post("/admin/orang/", data={"do": "disable", "who": "ratri"}).status_code == 422


def test_a_session_is_ended_from_another_device(app, accounts, owner):
    second = browser(app)
    second.post("/admin/masuk", data={"name": "ratri", "password": GOOD})
    page = second.get("/admin/akun/").text
    names = re.findall(r'name="session" value="(\w+)"', page)
    assert len(names) == 2
    for name in reversed(names):  # the own one last
        second.post("/admin/akun/", data={"do": "end", "session": name})
    assert owner.get("/admin/").status_code == second.get("/admin/").status_code == 303


def test_nothing_of_the_admin_is_kept_or_framed_or_scripted_by_others(owner):
    headers = owner.get("/admin/akun/").headers
    assert headers["cache-control"] == "no-store"
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_what_people_are_called_cannot_script_the_page(app, accounts, owner):
    token = accounts.invite("<script>alert(1)</script>", Role.EDITOR, "ratri")
    browser(app).post(f"/admin/tautan/{token}", data={"login": "dwi", "password": GOOD})
    page = owner.get("/admin/orang/").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox, Windows"),
        ("<script>", ""),
    ],
)  # fmt: skip
def test_devices_are_called_by_names_people_know(said, name):
    assert device_name(said) == name


def far_browser(app):
    return browser(app, "https://koperasi.example", client="10.0.0.7")


def with_second_key(browser_):
    """Adds a second key; gives its secret and the codes for paper."""
    page = browser_.get("/admin/akun/kunci/").text
    secret = re.search(r'name="secret" value="(\w+)"', page)[1]
    given = {"secret": secret, "code": pyotp.TOTP(secret).now(), "password": GOOD}
    assert browser_.post("/admin/akun/kunci/", data={**given, "password": "salah sekali"}).status_code == 422
    page = browser_.post("/admin/akun/kunci/", data=given).text
    return secret, re.findall(r"<li>(\w{5} \w{5})</li>", page)


def test_who_can_publish_needs_a_second_key_away_from_this_machine(app, owner, accounts):
    far = far_browser(app)
    far.post("/admin/masuk", data={"name": "ratri", "password": GOOD})
    for page in ("/admin/", "/admin/orang/", "/admin/akun/"):
        assert far.get(page).headers["location"] == "/admin/akun/kunci/"
    assert far.post("/admin/orang/", data={"do": "invite", "name": "X", "role": "owner"}).status_code == 303
    assert len(accounts.all()) == 1
    with_second_key(far)
    assert far.get("/admin/orang/").status_code == 200


def test_who_only_writes_drafts_needs_none(app, accounts, owner):
    entered(app, accounts, "budi", Role.CONTRIBUTOR)
    far = far_browser(app)
    far.post("/admin/masuk", data={"name": "budi", "password": GOOD})
    assert far.get("/admin/").status_code == 200


def test_the_second_key_is_asked_for_before_anything_opens(app, owner):
    _, codes = with_second_key(owner)
    far = far_browser(app)
    answer = far.post("/admin/masuk?ke=/admin/orang/", data={"name": "ratri", "password": GOOD})
    assert answer.headers["location"] == "/admin/kode?ke=/admin/orang/"
    half = far.cookies["__Host-kentongan"]
    assert far.get("/admin/").headers["location"].startswith("/admin/masuk")
    assert far.post(answer.headers["location"], data={"code": "000000"}).status_code == 422
    answer = far.post(answer.headers["location"], data={"code": codes[0]})
    assert answer.headers["location"] == "/admin/orang/"
    assert far.get("/admin/orang/").status_code == 200
    assert far.cookies["__Host-kentongan"] != half


def test_without_a_password_no_code_is_looked_at(visitor):
    assert visitor.post("/admin/kode", data={"code": "000000"}).headers["location"] == "/admin/masuk"


def test_a_reset_password_does_not_pass_by_the_second_key(app, accounts, owner):
    with_second_key(owner)
    answer = far_browser(app).post(
        f"/admin/tautan/{accounts.reset('ratri', 'test')}", data={"password": GOOD + " baru"}
    )
    assert answer.headers["location"].startswith("/admin/kode")


def test_an_owner_sees_and_ends_the_ways_in_of_others(app, accounts, owner):
    dwi = entered(app, accounts, "dwi", Role.EDITOR)
    assert owner.get("/admin/orang/").text.count("Masuk di 1 perangkat · 0 kunci untuk aplikasi · 0 kunci sandi") == 2
    owner.post("/admin/orang/", data={"do": "end", "who": "dwi"})
    assert dwi.get("/admin/").status_code == 303
    assert "Kunci sandi tetap berlaku" in owner.post("/admin/orang/", data={"do": "reset", "who": "dwi"}).text


def test_a_full_disk_is_told_in_words_and_what_was_typed_comes_back(owner, monkeypatch):
    def full(*_):
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr(Accounts, "change_password", full)
    answer = owner.post("/admin/akun/", data={"old": GOOD, "text": "Pasar murah dibuka hari Jumat."})
    assert answer.status_code == 503
    assert "Pasar murah dibuka hari Jumat." in answer.text
    assert GOOD not in answer.text
