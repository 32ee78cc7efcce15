"""A poster is one sheet of A4, whatever there is to say, and fits every phone before it is printed."""

import re

import pytest

from kentongan.store.edit import edit
from tests.offices import EPISODE, EPISODE_FILE, MORNING, kentongan, seed

pytestmark = pytest.mark.browser
CONSULTATION_FILE = f"content/consultations/{EPISODE}.md"
GUESTS = [
    {"person": "bagas", "name": "Ir. Bagas Wicaksono Hadiningrat, M.M.", "stated": "Pemandu obrolan PLUT"},
    {"person": "titik", "name": "Prof. Dr. Titik Suryani Pramesti, S.T.P.", "stated": "Konsultan mutu dan kemasan"},
    {"person": "sri", "name": "Sri Rahayu Ningtyas, S.E.", "stated": "Ketua Koperasi Wanita Sekar Turi, Sleman"},
    {"person": "teguh", "name": "Teguh Prihatin", "stated": "Bendahara Koperasi Mahasiswa Lumbung Muda"},
    {"person": "ratmi", "name": "Ratminah", "stated": "Anggota sejak 1998"},
]
MUCH = {
    "ask": {"whatsapp": "+62 812 0000 0000", "phone": "+62 274 000 000"},
    "deadline": "2020-07-21 15:00",
    "cost": "Gratis, kuota internet sekitar 300 MB",
    "audience": "Pemilik usaha rumahan, anggota koperasi maupun bukan",
}
TITLE = "Bagaimana koperasi wanita yang tangguh menjual ke tujuh kota tanpa menaikkan simpanan wajib"
PATHS = [f"/program/warung-sebelah/{EPISODE}/poster/", f"/konsultasi/{EPISODE}/poster/"]


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve):
    office = seed(tmp_path_factory.mktemp("office"))
    edit(office / EPISODE_FILE, {"title": TITLE, "credits": GUESTS})
    edit(office / CONSULTATION_FILE, MUCH)
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 0, done.stderr
    return serve(office / "output")


@pytest.mark.parametrize("path", PATHS)
def test_it_is_one_sheet(browser, address, path):
    page = browser.new_context(java_script_enabled=False).new_page()
    assert page.goto(address + path).ok
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True))
    assert len(pages) == 1


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_it_fits_every_screen(browser, address, path, width):
    page = browser.new_context(viewport={"width": width, "height": 844}).new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("heading", level=1).count() == 1
    page.get_by_role("link", name="Kembali ke halamannya").click()
    page.get_by_role("link", name="Poster untuk dicetak").wait_for()


def test_search_engines_are_told_to_leave_it(browser, address):
    page = browser.new_page()
    page.goto(address + PATHS[0])
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
