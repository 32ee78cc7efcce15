"""Every screen of the admin, by day and by night, on a phone and at a desk: axe finds nothing, nothing overflows, and
nothing but our own files may run."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page

from kentongan.accounts import Role
from kentongan.comments import demo
from kentongan.repository.splits import OpenSplit
from kentongan_cms.comments import Room
from kentongan_cms.status import BuildStatus
from tests.cms.filling import ANNOUNCEMENT, FORM, answers_in
from tests.cms.newsrooms import Office
from tests.offices import ROOT, SEED
from tests.site_server import running

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.usefixtures("editor")]
AXE = ROOT / "tests/browser/node_modules/axe-core/axe.min.js"
SHOTS = ROOT / "var" / "screenshots"
NEWS, NEW = "/admin/isi/articles/panen-raya", "/admin/isi/articles/baru"
ELSEWHERE = SEED[0]
"""What was changed in two ways, here and in the repository elsewhere."""

WIDTHS, SCHEMES = (390, 1280), ("light", "dark")

ADDRESSES = {
    "beranda": "/admin/",
    "tempel": "/admin/tempel",
    "siaran-daftar": "/admin/isi/episodes/",
    "siaran-ubah": FORM,
    "siaran-lihat": f"{FORM}/lihat",
    "siaran-riwayat": f"{FORM}/riwayat",
    "siaran-tayang": f"{FORM}/tayang",
    "siaran-rekaman": FORM.replace("isi/episodes", "suara"),
    "berita-baru": NEW,
    "berita-diperiksa": NEWS,
    "berita-diperiksa-lihat": f"{NEWS}/lihat",
    "konsultasi-baru": "/admin/isi/consultations/baru",
    "program-ubah": "/admin/isi/programs/warung-sebelah",
    "orang-baru": "/admin/isi/people/baru",
    "stasiun-baru": "/admin/isi/stations/baru",
    "halaman-baru": "/admin/isi/pages/baru",
    "gambar": "/admin/gambar/",
    "gambar-pilih": f"/admin/gambar/?untuk={FORM}&kolom=image.src",
    "komentar": "/admin/komentar/",
    "komentar-sampah": "/admin/komentar/?status=spam",
    "komentar-pertanyaan": "/admin/komentar/pertanyaan/",
    "akun": "/admin/akun/",
    "akun-kunci": "/admin/akun/kunci/",
    "akun-kunci-sandi": "/admin/akun/kunci-sandi/",
    "petugas": "/admin/orang/",
    "rilis": "/admin/rilis/",
    "dua-versi": f"/admin/pilih/?berkas={ELSEWHERE}",
    "tidak-ada": "/admin/isi/articles/tidak-ada",
    "belum-berhasil": "/admin/isi/episodes/?sesudah=tempat-yang-tidak-ada",
}
"""What is reached by its address."""


def wrong(page: Page) -> None:
    page.goto(FORM)
    page.fill("#title", "")
    page.locator(".bar .go").click()
    page.locator("#title-trouble").wait_for()


def typed(page: Page) -> None:
    page.goto(FORM)
    page.locator("#held, .note[role=status]").first.wait_for()


def conflict(page: Page) -> None:
    page.goto(FORM)
    page.fill("#title", "Judul Ratri")
    page.office.theirs("Judul Dwi")
    page.locator("button.unseen[value=simpan]").evaluate("button => button.click()")
    page.locator(".clash").wait_for()


def read(page: Page) -> None:
    page.goto("/admin/tempel")
    page.fill("#teks", ANNOUNCEMENT)
    page.get_by_role("button", name="Baca teks ini").click()
    page.locator(".heard").wait_for()


def photo(page: Page) -> None:
    page.goto(NEW)
    page.get_by_role("button", name="Gambar", exact=True).click()
    page.locator("dialog[open]").wait_for()


def no_words(page: Page) -> None:
    page.goto("/admin/gambar/")
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    page.set_input_files("#berkas", {"name": "a.png", "mimeType": "image/png", "buffer": picture.getvalue()})
    page.get_by_role("status").get_by_text("sudah sampai").wait_for()
    page.fill("#alt", "IMG_2020")
    page.get_by_role("button", name="Tambah gambar ini").click()
    page.locator("#alt-trouble").wait_for()


def picture(page: Page) -> None:
    page.goto("/admin/gambar/")
    page.locator(".pics a").first.click()
    page.locator(".focal").wait_for()


def shared(page: Page) -> None:
    page.goto(f"{FORM}/lihat")
    page.locator("details:has(#at) > summary").click()
    page.locator("button[value=tautan]").click()
    page.locator("#link").wait_for()


REACHED = {
    "siaran-tautan": shared,
    "siaran-keliru": wrong,
    "siaran-belum-disimpan": typed,
    "siaran-dua-tulisan": conflict,
    "tempel-terbaca": read,
    "gambar-dalam-tulisan": photo,
    "gambar-tanpa-keterangan": no_words,
    "gambar-satu": picture,
}
"""What is reached by doing something; what leaves something typed comes later."""

STRANGERS = {"masuk": "/admin/masuk", "masuk-lagi": f"/admin/masuk?ke={FORM}", "tautan-habis": "/admin/tautan/x"}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    office.owner = office.browser("ratri")
    dwi, sri = office.browser("dwi", Role.EDITOR), office.browser("sri", Role.CONTRIBUTOR)
    sri.post(NEW, data={"title": "Panen raya", "date": "2020-07-20T08:00", "body": "Banyak.", "do": "periksa"})
    picture = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(picture, "JPEG")
    sent = {"berkas": ("a.jpg", picture.getvalue(), "image/jpeg")}
    office.owner.post("/admin/gambar/", data={"alt": "Ibu-ibu menata keripik di meja jualan"}, files=sent)
    demo.sow(Room(office.database, office.folder / "output", BuildStatus()).comments)
    office.theirs = lambda title: dwi.post(FORM, data=answers_in(dwi.get(FORM).text) | {"title": title, "do": "simpan"})
    place, commit = f"content/{ELSEWHERE}", office.git("rev-parse", "HEAD").strip()
    split = OpenSplit(ELSEWHERE, place, place, commit, ("title", "summary"), "Dwi", "2020-07-20T08:00+07:00")
    office.room.writer.splits.keep([split])
    yield office
    office.database.close()


@pytest.fixture(scope="module")
def address(office):
    with running(office.app) as port:
        yield f"http://127.0.0.1:{port}"


def opened(browser, address, office=None):
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844}, locale="id-ID")
    if office:
        token = office.owner.cookies["kentongan"]
        context.add_cookies([{"name": "kentongan", "value": token, "url": address}])
    page = context.new_page()
    page.office, page.faults, page.policies = office, [], {}
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("console", lambda said: page.faults.append(said.text) if "Content Security" in said.text else None)
    page.on("response", lambda one: keep_policy(page, one))
    return page


def keep_policy(page, answer):
    if answer.frame == page.main_frame and answer.request.resource_type == "document" and answer.status < 300:
        page.policies[answer.url] = answer.headers["content-security-policy"]


def looked_at(page, name):
    """What is wrong with the screen that *page* shows, at every width and by day and night."""
    found = []
    for width in WIDTHS:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            SHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SHOTS / f"layar-{name}-{width}-{scheme}.png", full_page=True)
            page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
            found += [f"{name} {width} {scheme}: {fault}" for fault in faults(page)]
    page.set_viewport_size({"width": 320, "height": 844})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{name}: {wide} px wide at 320"] if wide > 320 else [])


def faults(page):
    """What axe finds; frames are pages of the public site, which have tests of their own."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    told = page.evaluate("axe.run(document, { iframes: false, resultTypes: ['violations'] })")
    return [f"{one['id']}: {', '.join(node['html'][:120] for node in one['nodes'][:3])}" for one in told["violations"]]


def checked(page, name):
    found = looked_at(page, name)
    assert page.get_by_role("heading", level=1).count() == 1, name
    assert found + page.faults == []
    for url, policy in page.policies.items():
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
        assert rules["script-src"] == "'self'", url
        assert "unsafe" not in policy.replace(f"style-src {rules['style-src']}", ""), url
        if "unsafe" in rules["style-src"]:
            assert "/isi/" in url, "inner styles are the editor's alone"
    page.context.close()


needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="no axe here: npm ci --prefix tests/browser brings it")


@needs_axe
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_screen(browser, office, address, name):
    page = opened(browser, address, office)
    page.goto(ADDRESSES[name], wait_until="networkidle")
    checked(page, name)


@needs_axe
@pytest.mark.parametrize("name", REACHED)
def test_a_screen_that_something_leads_to(browser, office, address, name):
    page = opened(browser, address, office)
    REACHED[name](page)
    checked(page, name)


@needs_axe
@pytest.mark.parametrize("name", STRANGERS)
def test_a_screen_before_the_door(browser, address, name):
    page = opened(browser, address)
    page.goto(STRANGERS[name], wait_until="networkidle")
    checked(page, name)


def test_every_page_is_among_the_screens(office):
    """But for what is no screen of its own: pictures, the frame's inside, and what follows a first key."""
    others = {
        "/gambar/kecil/",
        "/gambar/utuh/",
        "/halaman",
        "/pratinjau/",
        "/static/",
        "/keluar",
        "/kode",
        "/pilih/gambar",
    }
    reached = ["/admin/gambar/satu/x", f"{FORM}/riwayat/x"]
    visited = " ".join([*ADDRESSES.values(), *STRANGERS.values(), *reached])
    for path, methods in pages(office.app):
        if "GET" in methods and not any(other in path for other in others):
            assert re.search(re.sub(r"{\w+(:path)?}", r"[\\w.-]+", path), visited), path


def pages(app):
    """Address and methods of each of the admin's routes."""
    (admin,) = [one for one in app.routes if getattr(one, "path", "") == "/admin" and hasattr(one.app, "routes")]
    return [(f"/admin{route.path}", route.methods) for route in admin.app.routes]
