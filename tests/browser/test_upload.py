"""Photos and recordings from a phone on a bad line, in a real browser."""

import io
import re

import pytest
from PIL import Image

from tests.browser.test_admin import phone, server, shot, signed_in  # noqa: F401 - its fixtures
from tests.offices import EPISODE

pytestmark = [pytest.mark.browser, pytest.mark.long]
GALLERY = "/admin/gambar/"


def photo(size, name="IMG_20200719.jpg", **options):
    buffer = io.BytesIO()
    picture = Image.effect_noise(size, 60).convert("RGB")
    picture.save(buffer, "JPEG", quality=95, **options)
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def told(page, words):
    page.wait_for_function("words => document.querySelector('.sending p').textContent.includes(words)", arg=words)


@pytest.fixture
def office_phone(request):
    return request.getfixturevalue("phone")


def test_a_photo_is_made_smaller_on_the_phone_and_goes_on_after_a_cut(office_phone):
    page = office_phone
    exif = Image.Exif()
    exif[0x010E] = "Rumah Bu Siti"
    sent = []
    page.on("request", lambda one: sent.append(len(one.post_data_buffer or b"")) if one.method == "PATCH" else None)
    page.goto(GALLERY)
    page.route(re.compile(r"/admin/unggah/.+"), lambda route: route.abort("connectionreset"))
    page.set_input_files("#berkas", photo((3200, 2400), exif=exif))
    told(page, "tidak ada sinyal")
    assert page.get_by_role("button", name="Tambah gambar ini").is_disabled()
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    told(page, "sudah sampai")
    assert max(sent) <= 256 * 1024
    page.fill("#alt", "Papan nama pasar yang baru")
    page.get_by_role("button", name="Tambah gambar ini").click()
    page.wait_for_url("**/gambar/satu/papan-nama-pasar-yang-baru-*.jpg")
    image = page.locator(".focal img")
    assert image.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1600, 1200]
    shot(page, "picture")


def test_an_upload_is_paused_and_goes_on(office_phone):
    page = office_phone
    page.goto(GALLERY)
    page.route(re.compile(r"/admin/unggah/.+"), lambda route: None)
    page.set_input_files("#berkas", photo((2000, 1600)))
    page.get_by_role("button", name="Jeda").click()
    told(page, "dijeda")
    shot(page, "upload-paused")
    page.unroute_all()
    page.get_by_role("button", name="Lanjut").click()
    told(page, "sudah sampai")


def test_what_is_no_picture_may_still_be_chosen_anew(office_phone):
    page = office_phone
    page.goto(GALLERY)
    page.set_input_files("#berkas", {"name": "jahat.jpg", "mimeType": "image/jpeg", "buffer": b"<script>" * 9})
    told(page, "sudah sampai")
    page.fill("#alt", "Bukan gambar")
    page.get_by_role("button", name="Tambah gambar ini").click()
    assert "bukan gambar" in page.locator(".trouble").inner_text()
    assert page.input_value("#alt") == "Bukan gambar"


def test_a_recording_goes_piece_by_piece_and_is_made_even(office_phone):
    page = office_phone
    page.goto(f"/admin/suara/{EPISODE}")
    shot(page, "recording")
    page.set_input_files("#rekaman", {"name": "siaran.mp3", "mimeType": "audio/mpeg", "buffer": b"\0" * 600_000})
    told(page, "sudah sampai")
    page.get_by_role("button", name="Pasang rekaman ini").click()
    page.wait_for_selector("#rekaman-trouble", timeout=30_000)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_fit_their_screens(office_phone, width, scheme):
    page = office_phone
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(GALLERY)
    first = page.locator(".pics a").first.get_attribute("href")
    for name, address in (
        ("gallery", GALLERY),
        ("picker", f"{GALLERY}?untuk=/admin/isi/articles/baru&kolom=image"),
        ("picture", first),
        ("recording", f"/admin/suara/{EPISODE}"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        shot(page, f"{name}-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
