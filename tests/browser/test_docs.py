"""The pictures in the admins' documents: taken from the real pages, by the very steps that the documents describe.

``make shots`` takes them anew; here the steps are gone through, and each picture is small and shown by a document.
"""

import io
import os
import re
import shutil

import pytest
from PIL import Image

from tests.browser.test_admin import ANNOUNCEMENT, FORM, phone, signed_in  # noqa: F401 - its fixtures
from tests.cms.test_server import Server
from tests.offices import ROOT, commit, seed

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.usefixtures("editor")]
FOLDER = ROOT / "docs/gambar"
LIMIT = 40_000
"""Bytes: documents are read on phones, too."""
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    office = seed(tmp_path_factory.mktemp("office"))
    shutil.copytree(ROOT / "content/media", office / "content/media")
    commit(office, "Isi yang pertama")
    server = Server(office)
    yield server
    server.close()


@pytest.fixture
def page(request):
    return request.getfixturevalue("phone")


def shot(page, name, place=None):
    """Takes the picture *name*, of all that is seen or of *place* alone."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    taken = (place or page).screenshot(animations="disabled")
    picture = io.BytesIO()
    small = Image.open(io.BytesIO(taken)).convert("RGB")
    small.thumbnail((960, 960))
    small.save(picture, "WEBP", quality=70, method=6)
    assert len(picture.getvalue()) < LIMIT, name
    if os.environ.get("UPDATE_SHOTS"):
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.webp").write_bytes(picture.getvalue())
    assert (FOLDER / f"{name}.webp").is_file(), "make shots"


def test_pasting(page):
    page.goto("/admin/")
    shot(page, "beranda")
    page.goto("/admin/tempel")
    page.fill("#teks", ANNOUNCEMENT)
    shot(page, "tempel")
    page.get_by_role("button", name="Baca teks ini").click()
    page.get_by_role("heading", name="Tinggal 2 hal").wait_for()
    shot(page, "terbaca")
    page.get_by_label("Belum tahu").click()
    page.get_by_label("WIB", exact=True).click()
    page.locator(".bar .go").click()
    page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
    shot(page, "lihat")
    page.get_by_role("button", name="Terbitkan sekarang").click()
    page.get_by_role("heading", name="Tayang").wait_for()
    shot(page, "tayang")


def test_writing(page):
    page.set_viewport_size(DESK)
    page.goto(FORM)
    page.frame_locator("#beside").get_by_role("heading", level=1).wait_for()
    shot(page, "menulis")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Tambah: Siapa yang bicara").click()
    people = page.locator("#credits > .items > li")
    people.nth(3).wait_for()
    last = people.last
    last.get_by_label("Nama dan gelar").fill("Sri Wahyuni, S.E.")
    last.get_by_label("Peran waktu itu").fill("Bendahara Koperasi Melati")
    last.scroll_into_view_if_needed()
    shot(page, "orang-baru", last)
    page.get_by_role("button", name="Gambar", exact=True).click()
    shot(page, "gambar-tulisan", page.locator("dialog"))


def test_pictures_and_history(page):
    page.goto("/admin/gambar/")
    shot(page, "gambar")
    page.goto(FORM)
    page.fill("#summary", "Tiga tamu berbagi strategi koperasi melayani anggota dengan sehat.")
    with page.expect_navigation():
        page.locator("button.unseen[value=simpan]").evaluate("button => button.click()")
    page.goto(f"{FORM}/riwayat")
    shot(page, "riwayat")


def test_each_is_shown_with_words():
    shown = {}
    for document in (ROOT / "docs").glob("*.md"):
        text = document.read_text("utf-8")
        shown |= {name: alt for alt, name in re.findall(r"!\[([^\]]*)\]\(gambar/([\w-]+)\.webp\)", text)}
    assert set(shown) == {path.stem for path in FOLDER.glob("*.webp")}
    assert all(len(alt) > 15 for alt in shown.values())
