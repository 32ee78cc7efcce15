"""A reader's way through the site, in a real browser on a small phone, without JavaScript."""

import re

import pytest

from tests.offices import MORNING, ROOT, kentongan, seed

pytestmark = pytest.mark.browser
SCREENSHOTS = ROOT / "var" / "screenshots"


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve):
    office = seed(tmp_path_factory.mktemp("office"))
    assert kentongan(office, "build", "--now", MORNING).returncode == 0
    return serve(office / "output")


def page_at(browser, width, scheme="light"):
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        java_script_enabled=False,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
    )
    return context.new_page()


def headed(page, name):
    """Waits for the page whose first heading says ``name``: a click returns before the next page stands."""
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()


def fits(page):
    """No sideways scroll: the page is as wide as the window."""
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_from_the_home_page_to_the_talk_its_consultation_and_a_guest(browser, address):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page = page_at(browser, 390)
    page.goto(address)
    page.screenshot(path=SCREENSHOTS / "journey-1-home.png", full_page=True)
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Program").click()
    page.get_by_role("link", name="Warung Sebelah").first.click()
    page.get_by_role("link", name="Koperasi Tangguh di Era Adaptasi Kebiasaan Baru").first.click()
    headed(page, "Koperasi Tangguh di Era Adaptasi Kebiasaan Baru")
    assert page.get_by_text("Rabu, 22 Juli 2020 pukul 10.00 WIB").first.is_visible()
    page.screenshot(path=SCREENSHOTS / "journey-2-episode.png", full_page=True)
    page.locator("a[href^='/konsultasi/']:not([href='/konsultasi/'])").first.click()
    headed(page, re.compile("Konsultasi PLUT"))
    page.get_by_role("link", name="Agus Prasetya").first.click()
    headed(page, "Agus Prasetya")
    assert page.get_by_text("Ketua KOPMA UNY").first.is_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/jadwal/2020-W30/",
        "/program/warung-sebelah/koperasi-tangguh-di-era-adaptasi-kebiasaan-baru/",
        "/langganan/",
    ],
)
def test_pages_fit_every_screen_and_have_one_first_heading(browser, address, path, scheme, width):
    page = page_at(browser, width, scheme)
    page.goto(address + path)
    assert fits(page)
    assert page.get_by_role("heading", level=1).count() == 1
