"""Passkeys in a real browser, with the authenticator that Chromium's test protocol brings (WebAuthn domain)."""

import pytest

from kentongan.accounts import Accounts
from kentongan.database import Database
from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus
from tests.offices import ROOT
from tests.site_server import running

pytestmark = [pytest.mark.browser, pytest.mark.long]
GOOD = "kuda besi makan pelangi"
SHOTS = ROOT / "var" / "screenshots"


@pytest.fixture
def address(tmp_path):
    """Of an office whose owner is Ratri; a domain, for passkeys need one."""
    database = Database(tmp_path / "var")
    accounts = Accounts(database)
    accounts.accept(accounts.owner_link(), "ratri", "Ratri", GOOD)
    with running(create_app(tmp_path, tmp_path / "media", BuildStatus(), database)) as port:
        yield f"http://localhost:{port}"
    database.close()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844}, locale="id-ID")
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    phone = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = phone | {"isUserVerified": True, "automaticPresenceSimulation": True}
    page.authenticator = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    page.devtools = devtools
    yield page
    context.close()
    assert faults == []


def shot(page, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"passkey-{name}.png", full_page=True)


def log_in_by_password(page):
    page.goto("/admin/masuk")
    page.fill("#name", "ratri")
    page.fill("#password", GOOD)
    page.click(".go")


def test_add_a_passkey_log_in_with_it_and_take_it_off(page, address):
    log_in_by_password(page)
    page.goto("/admin/akun/")
    page.get_by_role("link", name="Tambah kunci sandi").click()
    shot(page, "1-empty")
    page.fill("#password", "salah sekali")
    page.get_by_role("button", name="Tambah kunci sandi").click()
    page.get_by_text("Kata sandinya belum cocok.").wait_for()
    shot(page, "2-wrong-password")
    page.fill("#name", "HP kantor")
    page.fill("#password", GOOD)
    page.get_by_role("button", name="Tambah kunci sandi").click()
    page.locator(".rows").get_by_text("HP kantor").wait_for()
    shot(page, "3-added")

    page.context.clear_cookies()
    page.goto("/admin/akun/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").wait_for()
    shot(page, "4-login")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(f"{address}/admin/akun/")

    page.context.clear_cookies()
    log_in_by_password(page)
    page.wait_for_url("**/admin/kode**")
    shot(page, "5-code")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(f"{address}/admin/")

    page.goto("/admin/akun/kunci-sandi/")
    page.locator("summary").click()
    shot(page, "6-remove")
    page.locator("details [name=password]").fill(GOOD)
    with page.expect_navigation():
        page.get_by_role("button", name="Hapus kunci sandi ini").click()
    assert page.locator(".rows").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_who_is_not_recognised_by_the_phone_is_told(page):
    page.goto("/admin/masuk")
    page.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": page.authenticator, "isUserVerified": False})
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.get_by_text("Tidak ada kunci sandi yang ditunjukkan.").wait_for()


def test_without_scripts_the_password_is_the_way(browser, address):
    page = browser.new_context(base_url=address, java_script_enabled=False).new_page()
    log_in_by_password(page)
    page.wait_for_url(f"{address}/admin/")
    page.goto("/admin/akun/kunci-sandi/")
    assert page.get_by_text("Aplikasi kode menjaga Anda sama baiknya.").is_visible()
    assert not page.get_by_role("button", name="Tambah kunci sandi").is_visible()
    page.context.close()
