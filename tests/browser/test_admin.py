"""An officer's way: paste, answer, look, publish; and what happens to typed words when things go wrong."""

import re

import pytest

from kentongan.accounts import Accounts
from kentongan.database import Database
from tests.cms.test_server import Server
from tests.offices import EPISODE, ROOT, seed

pytestmark = [pytest.mark.browser, pytest.mark.long]
SHOTS = ROOT / "var" / "screenshots"
GOOD = "kuda besi makan pelangi"
FORM = f"/admin/isi/episodes/{EPISODE}"
ANNOUNCEMENT = (
    "Konsultasi PLUT : Merek untuk usaha rumahan\n\nSLEMAN – Ikuti obrolan dengan Agus Prasetya Ketua KOPMA UNY dan "
    "Ratmi Lestari, S.E. Bendahara Koperasi Melati dalam program “Warung Sebelah” hari Rabu tanggal 29 Juli 2020 "
    "pukul 10.00 di Radio Trijaya FM"
)
NEW = "/program/warung-sebelah/merek-untuk-usaha-rumahan/"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(seed(tmp_path_factory.mktemp("office")))
    yield server
    server.close()


@pytest.fixture(scope="module")
def signed_in(server, browser, tmp_path_factory):
    """What a browser remembers that is logged in."""
    state = tmp_path_factory.mktemp("state") / "state.json"
    database = Database(server.office / "var")
    link = f"http://localhost:{server.port}/admin/tautan/{Accounts(database).owner_link()}"
    database.close()
    page = browser.new_context().new_page()
    page.goto(link)
    for name, text in (("#name", "Ratri"), ("#login", "ratri"), ("#password", GOOD)):
        page.fill(name, text)
    page.click(".go")
    page.wait_for_url("**/admin/")
    page.context.storage_state(path=state)
    return state


@pytest.fixture
def phone(server, browser, signed_in):
    context = browser.new_context(
        base_url=f"http://localhost:{server.port}",
        storage_state=signed_in,
        viewport={"width": 390, "height": 844},
        locale="id-ID",
    )
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield page
    context.close()
    assert faults == []


def shot(page, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"admin-{name}.png", full_page=True)


def test_from_a_pasted_text_to_the_public_page_in_few_taps(server, phone):
    taps = 0

    def tap(place):
        nonlocal taps
        place.click()
        taps += 1

    phone.goto("/admin/tempel")
    phone.fill("#teks", ANNOUNCEMENT)
    shot(phone, "1-paste")
    tap(phone.get_by_role("button", name="Baca teks ini"))
    phone.get_by_role("heading", name="Tinggal 2 hal").wait_for()
    shot(phone, "2-read")
    tap(phone.get_by_label("Belum tahu"))
    tap(phone.get_by_label("WIB", exact=True))
    tap(phone.locator(".bar .go"))
    frame = phone.frame_locator("iframe")
    frame.get_by_role("heading", level=1, name="Merek untuk usaha rumahan").wait_for()
    shot(phone, "3-preview")
    tap(phone.get_by_role("button", name="Terbitkan sekarang"))
    phone.get_by_role("heading", name="Tayang").wait_for()
    shot(phone, "4-live")
    assert taps <= 8
    assert "Warung Sebelah" in phone.locator(".msg").inner_text()
    assert server.get(NEW)[0] == 200
    for address in ("/jadwal.ics", "/program/warung-sebelah/akan-datang.xml", "/jadwal.json", "/narasumber/"):
        told = server.get(address)[2].decode()
        assert re.search("Merek untuk usaha rumahan|Ratmi Lestari", told), address


@pytest.fixture
def plain(server, browser, signed_in):
    """A browser that runs no script, and that nobody is logged in with."""
    size = {"width": 390, "height": 844}
    address = f"http://localhost:{server.port}"
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport=size, locale="id-ID")
    yield context.new_page()
    context.close()


def test_the_same_way_without_any_script(server, plain):
    plain.goto("/admin/tempel")
    plain.fill("#name", "ratri")
    plain.fill("#password", GOOD)
    plain.get_by_role("button", name="Masuk", exact=True).click()
    plain.fill("#teks", ANNOUNCEMENT.replace("Merek untuk usaha", "Label untuk makanan"))
    plain.get_by_role("button", name="Baca teks ini").click()
    plain.get_by_label("Belum tahu").check()
    plain.get_by_label("WIB", exact=True).check()
    plain.locator(".bar .go").click()
    frame = plain.frame_locator("iframe")
    frame.get_by_role("heading", level=1, name="Label untuk makanan rumahan").wait_for()
    plain.get_by_role("button", name="Terbitkan sekarang").click()
    plain.get_by_role("heading", name="Tayang").wait_for()  # the page asks again by itself (Refresh)
    public = server.get("/program/warung-sebelah/label-untuk-makanan-rumahan/")
    assert public[0] == 200
    assert b"Label untuk makanan" in server.get("/jadwal.ics")[2].replace(b"\r\n ", b"")


def test_a_small_fix_without_any_script(plain):
    plain.goto(f"/admin/masuk?ke={FORM}")
    plain.fill("#name", "ratri")
    plain.fill("#password", GOOD)
    plain.get_by_role("button", name="Masuk", exact=True).click()
    plain.fill("#summary", "Ringkasan tanpa skrip.")
    plain.locator(".bar .go").click()
    plain.frame_locator("iframe").get_by_text("Ringkasan tanpa skrip.").first.wait_for()
    plain.get_by_role("button", name="Terbitkan sekarang").click()
    plain.get_by_role("heading", name="Tayang").wait_for()


def typed(page):
    return page.locator("#body").input_value()


def write(page, text):
    page.locator("#body").click()
    page.locator("#body").press("Control+End")
    page.keyboard.type(text)


def test_what_is_typed_without_a_signal_is_there_afterwards(phone):
    phone.goto(FORM)
    phone.context.set_offline(True)
    write(phone, " Kalimat tanpa sinyal.")
    phone.get_by_text("Tanpa sinyal · aman di ponsel ini").wait_for()
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    phone.get_by_text("Tersimpan").wait_for()
    phone.goto("/admin/")
    phone.goto(FORM)
    assert typed(phone).rstrip().endswith("Kalimat tanpa sinyal.")


def test_a_closed_tab_and_an_ended_session_lose_no_word(server, phone):
    phone.goto("/admin/isi/articles/baru")
    phone.fill("#title", "Berita panjang")
    phone.get_by_text("Tersimpan").wait_for()
    phone.context.clear_cookies()
    write(phone, "Ditulis sesudah sesi habis.")
    phone.get_by_text("Anda sudah keluar · aman di ponsel ini").wait_for()
    phone.get_by_role("link", name="Masuk lagi").click()
    phone.fill("#name", "ratri")
    phone.fill("#password", GOOD)
    phone.get_by_role("button", name="Masuk", exact=True).click()
    phone.wait_for_url(re.compile("/admin/isi/articles/baru.kunci="))
    phone.get_by_role("button", name="Pakai").click()
    phone.wait_for_function("() => document.querySelector('#body')?.value.includes('sesi habis')")
    assert phone.locator("#title").input_value() == "Berita panjang"


def test_lists_grow_in_place_and_the_rule_is_said_back(phone):
    phone.goto("/admin/isi/programs/warung-sebelah")
    many = phone.locator("#slots > .items > li")
    before = many.count()
    phone.get_by_role("button", name="Tambah: Jam siar").click()
    many.nth(before).wait_for()
    last = many.nth(before)
    last.locator("[name$=station]").select_option(index=1)
    last.locator("[name$='.start']").fill("2020-07-23T06:00")
    last.locator("[name$=duration]").fill("30")
    last.get_by_label("Setiap minggu").check()
    last.get_by_label("Kam").check()
    last.get_by_text("Setiap Kamis pukul 06.00 WIB").wait_for()
    shot(phone, "5-rule")


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_fits_and_none_needs_the_script_of_others(server, browser, signed_in, width, scheme):
    context = browser.new_context(
        base_url=f"http://localhost:{server.port}",
        storage_state=signed_in,
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
    )
    page = context.new_page()
    for address in (
        "/admin/",
        "/admin/tempel",
        FORM,
        f"{FORM}/lihat",
        f"{FORM}/riwayat",
        f"{FORM}/tayang",
        "/admin/isi/articles/",
        "/admin/isi/consultations/baru",
        "/admin/isi/programs/warung-sebelah",
        "/admin/orang/",
        "/admin/akun/",
    ):
        answer = page.goto(address)
        assert answer.ok
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe-eval" not in policy
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.get_by_role("heading", level=1).count() == 1, address
        shot(page, f"{address.strip('/').replace('/', '-')}-{width}-{scheme}")
    context.close()
