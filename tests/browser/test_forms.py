"""The form of a record in a real browser: the page beside it, pictures in its text, and two people with one record."""

import html
import io
import re

import pytest
from PIL import Image

from kentongan.accounts import Role
from tests.browser.test_screens import opened
from tests.cms.filling import FORM, PATH
from tests.cms.newsrooms import Office
from tests.site_server import running

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.usefixtures("editor")]
WIDE = {"width": 1280, "height": 900}


def drawn(texts):
    """A page that is long, with the first of *texts* on it."""
    text = html.escape(next(iter(texts.values())))
    return f"<!doctype html><title>x</title><pre>{text}</pre><p style='height:5000px'></p>"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    office.owner, office.editor = office.browser("ratri"), office.browser("dwi", Role.EDITOR)
    office.builder.preview = drawn
    with running(office.app) as port:
        office.address = f"http://127.0.0.1:{port}"
        yield office
    office.database.close()


@pytest.fixture
def page(browser, office):
    page = opened(browser, office.address, office)
    yield page
    page.context.close()
    assert page.faults == []


def kept(page):
    page.locator("#kept").get_by_text("Tersimpan").wait_for()


def photo():
    buffer = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def test_the_page_beside_follows_what_is_typed_and_stays_where_it_was(page):
    page.set_viewport_size(WIDE)
    page.goto(FORM)
    frame = page.frame_locator("#beside")
    frame.locator("pre").wait_for()
    inside = page.frames[1]
    inside.evaluate("scrollTo(0, 1234)")
    page.fill("#title", "Judul yang baru")
    kept(page)
    frame.get_by_text("Judul yang baru").wait_for()
    page.wait_for_function("() => document.querySelector('#beside').contentWindow.scrollY === 1234")
    page.fill("#title", "")
    page.locator("#kept .bad").wait_for()
    assert frame.get_by_text("Judul yang baru").is_visible()
    page.fill("#title", "Koperasi Tangguh di Era Adaptasi Kebiasaan Baru")
    page.locator("#kept .bad").wait_for(state="detached")
    kept(page)


def test_a_phone_does_not_fetch_what_it_does_not_show(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(FORM, wait_until="networkidle")
    page.mouse.wheel(0, 9000)
    page.wait_for_timeout(300)
    assert not any(url.endswith("/halaman") for url in asked)


def test_a_new_record_has_its_page_beside_it_too(page):
    page.set_viewport_size(WIDE)
    page.goto("/admin/isi/articles/baru?kunci=samping")
    page.fill("#title", "Belum pernah disimpan")
    kept(page)
    page.frame_locator("#beside").get_by_text("Belum pernah disimpan").wait_for()
    page.get_by_role("button", name="Lihat hasilnya").click()
    page.wait_for_url("**/admin/isi/articles/belum-pernah-disimpan/lihat")


def written(page, text):
    page.locator("#body").click()
    page.locator("#body").fill(text)


def test_a_photo_comes_into_the_text_where_one_was_writing(page):
    page.goto("/admin/isi/articles/baru?kunci=foto")
    written(page, "Satu 🎉\n\nDua")
    page.locator("#body").evaluate("area => area.setSelectionRange(7, 7)")
    page.get_by_role("button", name="Gambar", exact=True).click()
    dialog = page.locator("dialog")
    dialog.locator("#berkas").set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    dialog.get_by_text("sudah sampai").wait_for()
    dialog.locator("#alt").fill("IMG_1")
    dialog.locator(".go").click()
    dialog.get_by_text("nama berkas dari kamera").wait_for()
    dialog.locator("#alt").fill("Panen jagung")
    dialog.locator(".go").click()
    page.wait_for_function("() => document.querySelector('#body').value.includes('static')")
    body = page.locator("#body").input_value()
    assert re.fullmatch(r"Satu 🎉\n\n!\[Panen jagung\]\(\{static\}/media/panen-jagung-\w+\.jpg\)\n\n\n\nDua", body)
    assert not dialog.is_visible()
    page.get_by_role("button", name="Urungkan").click()
    assert page.locator("#body").input_value() == "Satu 🎉\n\nDua"


def test_a_photo_that_is_already_here_comes_to_the_same_place(page, office):
    sent = {"berkas": ("a.jpg", photo(), "image/jpeg")}
    office.owner.post("/admin/gambar/", data={"alt": "Pasar pagi"}, files=sent)
    page.goto("/admin/isi/articles/baru?kunci=koleksi")
    written(page, "Satu\n\nDua")
    page.locator("#body").evaluate("area => area.setSelectionRange(4, 4)")
    page.get_by_role("button", name="Gambar", exact=True).click()
    page.get_by_role("button", name="Pilih yang sudah ada").click()
    page.get_by_role("link", name="Pasar pagi").click()
    page.wait_for_url("**/baru?*gambar=*")
    assert re.match(r"Satu\n\n!\[Pasar pagi\]\(.*\)\n\nDua", page.locator("#body").input_value())
    kept(page)


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_a_picture_that_is_dropped_or_pasted_is_asked_about(page, how):
    page.goto("/admin/isi/articles/baru?kunci=seret")
    page.locator("#body").evaluate(
        """async (area, how) => {
            const canvas = document.createElement("canvas");
            const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
            const data = new DataTransfer();
            data.items.add(new File([blob], "image.png", { type: "image/png" }));
            const told = { bubbles: true, cancelable: true };
            const given = how === "drop" ? new DragEvent("drop", { ...told, dataTransfer: data })
                : new ClipboardEvent("paste", { ...told, clipboardData: data });
            area.dispatchEvent(given);
        }""",
        how,
    )
    dialog = page.locator("dialog[open]")
    dialog.get_by_text("image.png sudah sampai").wait_for()
    dialog.locator("#alt").fill("Layar kosong")
    dialog.locator(".go").click()
    page.wait_for_function("() => document.querySelector('#body').value.includes('![Layar kosong]')")


def test_words_from_word_are_pasted_as_words(page):
    page.goto("/admin/isi/articles/baru?kunci=word")
    page.wait_for_function("() => window.TurndownService")
    page.locator("#body").evaluate(
        """(area) => {
            const data = new DataTransfer();
            data.setData("text/html", "<p>Halo <b>semua</b></p>");
            data.items.add(new File(["x"], "image.png", { type: "image/png" }));
            area.focus();
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    assert page.locator("#body").input_value() == "Halo **semua**"
    assert not page.locator("dialog").is_visible()


def test_somebody_new_is_noted_by_typing_a_name(page, office):
    page.goto(FORM)
    page.get_by_role("button", name="Tambah: Siapa yang bicara").click()
    people = page.locator("#credits > .items > li")
    people.nth(3).wait_for()
    last = people.last
    last.get_by_label("Nama dan gelar").fill("Ratmi Lestari, S.E.")
    last.get_by_label("Peran waktu itu").fill("Bendahara Koperasi Melati")
    kept(page)
    page.locator(".bar .go").click()
    page.wait_for_url("**/lihat")
    page.get_by_text("Terbit bersama: ").wait_for()
    assert "Ratmi Lestari" in page.locator("main").inner_text()


def saved(page):
    with page.expect_navigation():
        page.locator("button.unseen[value=simpan]").evaluate("button => button.click()")


def test_what_is_typed_while_a_list_grows_stays(page):
    page.goto(FORM)
    page.route(f"**{FORM}", lambda route: page.wait_for_timeout(500) or route.continue_())
    page.get_by_role("button", name="Tambah: Siapa yang bicara").click()
    page.locator("[name='credits.0.stated']").fill("Diketik selagi menunggu")
    page.locator("#credits > .items > li").nth(3).wait_for()
    assert page.locator("[name='credits.0.stated']").input_value() == "Diketik selagi menunggu"
    assert page.locator("[name='credits.3.role']").input_value() == "guest"
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("order", ["AABB", "ABAB", "ABBA"])
def test_two_browsers_lose_no_word(browser, office, order):
    """Each opens and saves once, in this order; both change the title."""
    pages = {"A": opened(browser, office.address, office), "B": opened(browser, office.address, None)}
    token = office.editor.cookies["kentongan"]
    pages["B"].context.add_cookies([{"name": "kentongan", "value": token, "url": office.address}])
    began = set()
    for who in order:
        page = pages[who]
        if who not in began:
            began.add(who)
            page.goto(FORM)
            continue
        page.fill("#title", f"Judul {who} {order}")
        kept(page)
        saved(page)
        if page.locator(".clash").count():
            page.get_by_label("Tulisan Anda").check()
            saved(page)
    history = office.git("log", "-p", "--", f"content/{PATH}")
    assert all(f"Judul {who} {order}" in history for who in pages)
    assert [page.faults for page in pages.values()] == [[], []]
    for page in pages.values():
        page.context.close()
