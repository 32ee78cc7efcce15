"""A comment's whole way without JavaScript: written on a static site, confirmed at the CMS of another address, approved
on a small phone, read on the static page. And what other sites try, in the same browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

import pytest

from kentongan.accounts import Accounts
from kentongan.comments.tables import Comment
from kentongan.database import Database
from tests.browser.test_journey import SCREENSHOTS, fits, page_at
from tests.offices import EPISODE, MORNING, ROOT, SEED, seed

pytestmark = pytest.mark.browser
PAGE = f"/berita/{SEED[0].removeprefix('articles/').removesuffix('.md')}/"
TALK = f"/program/warung-sebelah/{EPISODE}/"
AXE = ROOT / "tests/browser/node_modules/axe-core/axe.min.js"
PASSWORD = "kuda besi makan pelangi"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Silence: a failing test says enough."""


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    """A bare web server of a folder: (address, folder)."""
    folder = seed(tmp_path_factory.mktemp("office"))
    (folder / "output").mkdir()
    with plain(folder / "output") as address:
        yield address, folder


@contextlib.contextmanager
def plain(folder):
    """The address of a server that says nothing of what its pages may do."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def cms(static):
    """The CMS of that site, at an address of its own: (address, office)."""
    (site, office), port = static, free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KENTONGAN_", "SITEURL"))}
    own = {"SITEURL": site, "KENTONGAN_CMS_URL": f"http://127.0.0.1:{port}", "KENTONGAN_NOW": MORNING}
    process = subprocess.Popen(
        [sys.executable, "-m", "kentongan", "serve", "--port", str(port)], cwd=office, env={**clean, **own}
    )
    until(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close() is None)
    until((office / "output/komentar.xml").exists)
    yield own["KENTONGAN_CMS_URL"], office
    process.send_signal(2)
    process.wait(timeout=20)


def until(holds, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if holds():
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"not within {seconds} s")


def kept(office):
    database = Database(office / "var")
    try:
        with database.reading() as session:
            return session.query(Comment).count()
    finally:
        database.close()


def looked_at(page, name):
    """No sideways scroll and nothing for axe to find, by day and by night; a picture of each is kept."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    assert fits(page), name
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=SCREENSHOTS / f"comments-{name}-{scheme}.png", full_page=True)
        if AXE.exists():
            assert violations(page, scheme) == [], (name, scheme)
    page.emulate_media(color_scheme="light")


def violations(page, scheme):
    """What axe finds on *page*. It is a script, so it is shown the same HTML in a browser that has scripts."""
    context = page.context.browser.new_context(viewport=page.viewport_size, color_scheme=scheme, bypass_csp=True)
    context.add_cookies(page.context.cookies())
    same = context.new_page()
    same.route(page.url.partition("#")[0], lambda route: route.fulfill(body=page.content(), content_type="text/html"))
    same.goto(page.url)
    same.evaluate(AXE.read_text(encoding="utf-8"))
    found = same.evaluate("axe.run().then(told => told.violations.map(one => [one.id, one.nodes[0].html]))")
    context.close()
    return found


def test_from_the_static_page_to_the_static_page(browser, static, cms):
    (site, office), (address, _) = static, cms
    reader = page_at(browser, 390)
    reader.goto(f"{site}{PAGE}")
    looked_at(reader, "1-page")
    reader.get_by_label("Nama").fill("...")
    reader.get_by_role("textbox", name="Tanggapan").fill("Boleh ikut **berdua**?")
    reader.get_by_role("button", name="Lihat dulu hasilnya").click()
    reader.get_by_text("Ini bukan nama.").wait_for()
    looked_at(reader, "2-mend")
    reader.get_by_label("Nama").fill("Bu Ratmi")
    reader.get_by_role("button", name="Lihat dulu hasilnya").click()
    reader.get_by_role("heading", name="Sudah pas begini?").wait_for()
    looked_at(reader, "3-preview")
    assert reader.url == f"{address}/komentar"
    time.sleep(2.1)  # a person reads their words again
    reader.get_by_role("button", name="Ya, kirim").click()
    reader.get_by_role("heading", name="Terima kasih").wait_for()
    looked_at(reader, "4-thanks")
    reader.get_by_role("link", name="Tanggapan Anda").click()
    reader.get_by_role("heading", level=1).wait_for()
    looked_at(reader, "5-own")
    office_page = signed_in(browser, address, office)
    approve(office_page)
    until(lambda: b"<strong>berdua</strong>" in (office / f"output{PAGE}index.html").read_bytes())
    reader.goto(f"{site}{PAGE}#komentar-1")
    assert reader.locator("#komentar-1").is_visible()
    assert reader.get_by_role("heading", name="1 tanggapan").is_visible()
    looked_at(reader, "9-read")
    reader.get_by_role("link", name=re.compile("Balas")).click()
    reader.get_by_role("heading", name="Jawab").wait_for()
    assert "berdua" in reader.locator("blockquote").inner_text()
    looked_at(reader, "10-answer")
    ask_the_speakers(browser, address, office_page)
    if not AXE.exists():
        pytest.skip("all but axe was looked at: run npm ci in tests/browser")


def signed_in(browser, address, office):
    """A small phone of the office, without JavaScript."""
    database = Database(office / "var")
    link = Accounts(database).owner_link()
    database.close()
    page = page_at(browser, 390)
    page.goto(f"{address}/admin/tautan/{link}")
    for label, text in (("Nama Anda", "Ratri"), ("Nama pengguna", "ratri"), ("Kata sandi", PASSWORD)):
        page.get_by_label(label, exact=True).fill(text)
    page.locator("button.go").click()
    return page


def approve(page):
    """Shows what waits, hides it again, and shows it for good: all by buttons that a thumb can hit."""
    page.get_by_role("link", name=re.compile("1 tanggapan perlu dibaca")).click()
    page.get_by_role("heading", name="1 tanggapan menunggu").wait_for()
    page.get_by_text("Jawab, ubah, atau tutup pintu").click()
    looked_at(page, "6-queue")
    show = page.get_by_role("button", name="Tampilkan", exact=True).first
    assert show.bounding_box()["height"] >= 44
    show.click()
    page.get_by_role("button", name="Urungkan").wait_for()
    looked_at(page, "7-done")
    page.get_by_role("button", name="Urungkan").click()
    page.get_by_role("heading", name="1 tanggapan menunggu").wait_for()
    show.click()
    page.get_by_role("button", name="Urungkan").wait_for()
    page.get_by_role("link", name="Ditampilkan", exact=True).click()
    page.get_by_role("button", name="Turunkan").wait_for()
    looked_at(page, "8-shown")


def ask_the_speakers(browser, address, office_page):
    """Two questions from the page of a talk; the host has them on paper, in their order."""
    for number, question in enumerate(("Apakah anggota lama boleh mendaftar?", "Bagaimana kalau tidak punya NPWP?")):
        reader = page_at(browser, 390)
        reader.goto(f"{address}{TALK}")
        looked_at(reader, "11-ask")
        reader.get_by_label("Nama").fill(f"Penanya {number + 1}")
        reader.get_by_role("textbox", name="Pertanyaan Anda").fill(question)
        reader.get_by_role("button", name="Lihat dulu hasilnya").click()
        reader.get_by_role("heading", name="Sudah pas begini?").wait_for()
        time.sleep(2.1)
        reader.get_by_role("button", name="Ya, kirim").click()
        reader.get_by_role("heading", name="Terima kasih").wait_for()
    office_page.goto(f"{address}/admin/")
    office_page.get_by_role("link", name=re.compile("2 pertanyaan")).click()
    looked_at(office_page, "12-talks")
    office_page.get_by_role("link", name=re.compile("2 pertanyaan")).click()
    office_page.get_by_role("heading", name=re.compile("Koperasi Tangguh")).wait_for()
    assert [one.split("\n")[-1] for one in office_page.locator(".questions > li").all_inner_texts()] == [
        "Apakah anggota lama boleh mendaftar?",
        "Bagaimana kalau tidak punya NPWP?",
    ]
    looked_at(office_page, "13-questions")
    office_page.emulate_media(media="print")
    assert not office_page.locator("header.top").is_visible()
    office_page.pdf(path=SCREENSHOTS / "comments-questions.pdf")
    office_page.screenshot(path=SCREENSHOTS / "comments-14-print.png", full_page=True)


def test_the_script_shows_what_was_approved_since_the_build_and_hides_what_was_taken_off(browser, static, cms):
    site, office = static
    assert len((office / "output/komentar.js").read_bytes()) < 1000
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    for told, seen in (
        (
            [{"id": 1, "name": "Bu Ratmi", "text": "Boleh?"}, {"id": 99, "name": "<b>Pak", "text": "<i>Baru"}],
            (True, True),
        ),
        ([], (False, False)),
    ):
        page.route("**/komentar/articles/*.json", functools.partial(answer, told))
        page.goto(f"{site}{PAGE}")
        page.wait_for_load_state("networkidle")
        assert (page.get_by_text("berdua").is_visible(), page.get_by_text("<i>Baru").is_visible()) == seen


def answer(told, route):
    route.fulfill(json={"comments": told}, headers={"access-control-allow-origin": "*"})


def test_no_other_site_makes_a_browser_send_what_it_has_prepared(browser, cms, tmp_path):
    """A token is nobody's own, so another site may have one ready; but it cannot make a reader send it."""
    address, office = cms
    before, token = kept(office), prepared(address)
    time.sleep(2.1)
    (tmp_path / "index.html").write_text("jahat")
    sent = """async ([url, token]) => {
        const words = new URLSearchParams({token}).toString();
        for (const body of [new Blob([words]), new URLSearchParams(words), words])
            await fetch(url, {method: "POST", mode: "no-cors", credentials: "include", body}).catch(() => 0);
        navigator.sendBeacon(url, new URLSearchParams(words));
        const form = Object.assign(document.createElement("form"), {method: "post", action: url});
        form.append(Object.assign(document.createElement("input"), {name: "token", value: token}));
        document.body.append(form);
        form.submit();
    }"""
    with plain(tmp_path) as evil:
        page = browser.new_context().new_page()
        page.goto(evil.replace("127.0.0.1", "localhost"))
        page.evaluate(sent, [f"{address}/komentar", token])
        page.get_by_text("Kiriman ini datang dari situs lain.").wait_for()
    assert kept(office) == before
    posted(address, token=token)
    assert kept(office) == before + 1, "the token was good all the time"


def prepared(address):
    """The token of a preview."""
    fields = {"thread": SEED[0].removesuffix(".md"), "name": "Jahat", "text": "Dari situs lain"}
    return re.search(r'name="token" value="([^"]+)"', posted(address, **fields))[1]


def posted(address, **fields):
    """The page that answers a form of the CMS's own."""
    data = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(f"{address}/komentar", data, {"origin": address})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read().decode()
