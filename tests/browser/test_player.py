"""The recording's player and the live one, in a browser that really plays."""

import contextlib
import shutil
import threading
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.offices import CONF, ROOT, kentongan, write

pytestmark = pytest.mark.browser

AUDIO = ROOT / "content/media/audio"
EPISODE = """---
title: Kas kecil
program: kas
guid: guid-kas-kecil
date: 2026-11-01 08:00
audio:
  file: audio/utuh.mp3
  duration: 18
  renditions:
    - file: audio/hemat.mp3
chapters:
  - start: 0
    title: Salam
  - start: 6
    title: Isi
  - start: 11
    title: Penutup
transcripts:
  - file: naskah/kas.vtt
---
Catatan obrolan.
"""
CAPTIONS = """WEBVTT

00:00:00.000 --> 00:00:05.000
<v Teguh>Selamat malam.

00:00:06.500 --> 00:00:09.000
<v Sri>Berapa isinya?

00:00:09.500 --> 00:00:14.000
<v Teguh>Cukup untuk sepekan.
"""
LIVE = """---
title: Di udara
program: kas
guid: guid-di-udara
date: 2026-11-01 08:00
broadcasts:
  - id: siaran
    station: {station}
    start: 2026-11-25 10:00
    end: 2026-11-25 11:00
---
"""
STATION = "---\nname: Radio {name}\nzone: WIB\nstreams:\n  - url: {url}\n    bitrate: 48\n---\n"


class Stream(BaseHTTPRequestHandler):
    """An endless recording, as a station's server sends it."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "audio/mpeg")
        self.end_headers()
        sound = (AUDIO / "kas-kecil.mp3").read_bytes()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(sound)

    def log_message(self, *_):
        """Silence: a failing test says enough."""


@pytest.fixture(scope="module")
def stream():
    with ThreadingHTTPServer(("127.0.0.1", 0), Stream) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/langsung"
        server.shutdown()


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve, stream):
    office = write(
        tmp_path_factory.mktemp("office"),
        {
            "content/site.yml": "name: Kantor\nzone: WIB\n",
            "pelicanconf.py": CONF,
            "content/programs/kas.md": "---\ntitle: Buku Kas\nguid: eb72158c-6b91-4928-a882-28902eff5994\n---\n",
            "content/stations/desa.md": STATION.format(name="Desa", url=stream),
            "content/stations/bisu.md": STATION.format(name="Bisu", url="http://127.0.0.1:9/mati"),
            "content/episodes/kas-kecil.md": EPISODE,
            "content/episodes/di-udara.md": LIVE.format(station="desa"),
            "content/episodes/bisu.md": LIVE.format(station="bisu").replace("di-udara", "bisu"),
            "content/media/naskah/kas.vtt": CAPTIONS,
        },
    )
    (office / "content/media/audio").mkdir(parents=True)
    shutil.copyfile(AUDIO / "kas-kecil.mp3", office / "content/media/audio/utuh.mp3")
    shutil.copyfile(AUDIO / "susu-kambing-dari-kandang-ke-kulkas-hemat.mp3", office / "content/media/audio/hemat.mp3")
    done = kentongan(office, "build", "--now", "2026-11-24T08:00+07:00")
    assert done.returncode == 0, done.stderr
    return serve(office / "output")


@pytest.fixture
def context(browser):
    context = browser.new_context(locale="id-ID", viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.fixture
def page(context, address):
    faults = []
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{address}/program/kas/kas-kecil/")
    page.get_by_text("Pengaturan").click()
    yield page
    assert faults == []


def sound(page, expression):
    return page.evaluate(f"(() => {{ const sound = document.querySelector('audio'); return {expression} }})()")


def play(page):
    page.locator("audio").focus()
    page.keyboard.press("k")
    until(page, "!document.querySelector('audio').paused && document.querySelector('audio').readyState > 2")


def until(page, true):
    """Waits for a JavaScript expression; Playwright's own way needs eval, which our pages forbid."""
    deadline = time.monotonic() + 20
    while not page.evaluate(true):
        assert time.monotonic() < deadline, true
        time.sleep(0.05)


def reload(page):
    page.reload()
    page.get_by_text("Pengaturan").click()


def at(page, low, high):
    until(
        page,
        f"(() => {{ const at = document.querySelector('audio').currentTime; return {low} <= at && at <= {high} }})()",
    )


def test_nothing_is_loaded_before_somebody_plays(page):
    assert sound(page, "sound.readyState") == 0
    assert page.locator("details[open]:has(.cue)").count() == 0


def test_the_place_is_kept(page):
    play(page)
    sound(page, "sound.currentTime = 7")
    at(page, 7, 8)
    sound(page, "sound.pause()")
    until(page, "localStorage.getItem('kentongan:/program/kas/kas-kecil/')")
    reload(page)
    page.get_by_text("Dilanjutkan dari 00.07.").wait_for()
    play(page)
    at(page, 6.9, 17)
    page.get_by_role("button", name="Dari awal").click()
    at(page, 0, 3)
    page.get_by_text("Dilanjutkan dari").wait_for(state="hidden")


def test_speed_is_kept(page):
    page.get_by_label("Kecepatan").select_option("150%")
    reload(page)
    play(page)
    assert sound(page, "sound.playbackRate") == 1.5
    assert page.get_by_label("Kecepatan").input_value() == "1.5"


def test_less_data_is_kept(page):
    full = sound(page, "sound.src")
    page.get_by_label("Hemat kuota").check()
    small = sound(page, "sound.src")
    assert small != full
    reload(page)
    assert sound(page, "sound.src") == small
    page.get_by_label("Hemat kuota").uncheck()
    assert sound(page, "sound.src") == full


def test_the_place_survives_a_change_to_less_data(page):
    play(page)
    sound(page, "sound.currentTime = 5")
    page.get_by_label("Hemat kuota").check()
    at(page, 5, 9)


def test_a_part_leads_into_the_recording_and_is_marked_while_it_lasts(page):
    page.get_by_role("link", name="00.06 Isi").click()
    at(page, 6, 9)
    until(page, "document.querySelector('.parts [aria-current]')?.innerText.endsWith('Isi')")
    assert page.url.endswith("/program/kas/kas-kecil/")
    sound(page, "sound.currentTime = 11.2")
    until(page, "document.querySelector('.parts [aria-current]').innerText.endsWith('Penutup')")


def test_the_transcript_keeps_in_step_and_leads_into_the_recording(page):
    page.get_by_text("Baca naskah obrolan").click()
    page.locator(".cue a", has_text="00.06").click()
    at(page, 6.5, 9)
    until(page, "document.querySelector('.cue:has([aria-current])')?.innerText.includes('Berapa isinya?')")
    sound(page, "sound.currentTime = 10")
    until(page, "document.querySelector('.cue:has([aria-current])').innerText.includes('sepekan')")


def test_buttons_skip(page):
    play(page)
    page.get_by_role("button", name="−15 detik").click()
    at(page, 0, 3)
    page.get_by_role("button", name="+30 detik").click()
    until(page, "document.querySelector('audio').ended")


def test_keys_work_in_the_box_and_nowhere_else(page):
    page.locator("textarea").first.focus()
    page.keyboard.press("k")
    page.get_by_label("Kecepatan").focus()
    page.keyboard.press("n")
    assert sound(page, "sound.paused")
    play(page)
    page.keyboard.press("n")
    at(page, 6, 8)
    page.keyboard.press("p")
    at(page, 0, 3)
    page.keyboard.press("Shift+>")
    assert sound(page, "sound.playbackRate") == 1.25
    page.keyboard.press("Control+k")
    assert not sound(page, "sound.paused")
    page.keyboard.press("k")
    assert sound(page, "sound.paused")


def test_the_lock_screen_knows_what_is_heard(page):
    play(page)
    metadata = "[navigator.mediaSession.metadata.title, navigator.mediaSession.metadata.artist]"
    assert page.evaluate(metadata) == ["Kas kecil", "Buku Kas"]


COLLECTED = """
window.locked = {};
navigator.mediaSession.setActionHandler = (name, handler) => { window.locked[name] = handler };
"""


@pytest.fixture
def lock_screen(context, page):
    """Taps on the lock screen while the recording plays: the name of an action, and its details in JavaScript."""
    context.add_init_script(COLLECTED)
    reload(page)
    play(page)
    return lambda action, details="{}": page.evaluate(f"window.locked[{action!r}]({details})")


def test_the_lock_screen_plays_and_pauses(page, lock_screen):
    lock_screen("pause")
    assert sound(page, "sound.paused")
    lock_screen("play")
    until(page, "!document.querySelector('audio').paused")


def test_the_lock_screen_moves_about_in_the_recording(page, lock_screen):
    lock_screen("seekto", "{seekTime: 8}")
    at(page, 8, 10)
    lock_screen("seekbackward")
    at(page, 0, 3)
    lock_screen("seekforward")
    until(page, "document.querySelector('audio').ended")


def test_the_lock_screens_own_steps_are_kept_to(page, lock_screen):
    lock_screen("pause")
    lock_screen("seekto", "{seekTime: 10}")
    lock_screen("seekbackward", "{seekOffset: 4}")
    assert sound(page, "sound.currentTime") == pytest.approx(6, abs=0.2)
    lock_screen("seekforward", "{seekOffset: 5}")
    assert sound(page, "sound.currentTime") == pytest.approx(11, abs=0.2)


def test_the_lock_screen_leads_from_part_to_part(page, lock_screen):
    lock_screen("nexttrack")
    at(page, 6, 8)
    lock_screen("previoustrack")
    at(page, 0, 3)


def test_a_browser_that_knows_no_lock_screen_plays_all_the_same(context, page):
    context.add_init_script("navigator.mediaSession.setActionHandler = () => { throw new TypeError('unknown') }")
    reload(page)
    play(page)


def test_a_browser_that_keeps_nothing_still_plays(context, address):
    context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('full') }})")
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{address}/program/kas/kas-kecil/")
    page.get_by_text("Pengaturan").click()
    page.get_by_label("Kecepatan").select_option("200%")
    play(page)
    assert sound(page, "sound.playbackRate") == 2
    assert faults == []


@pytest.mark.parametrize("path", ["/", "/program/kas/di-udara/"])
def test_a_tap_plays_the_stream_and_nothing_before_it(context, address, path):
    page = context.new_page()
    page.clock.install(time=datetime.fromisoformat("2026-11-25T10:59:30+07:00"))
    page.goto(address + path)
    assert page.locator("audio").count() == 0
    page.get_by_role("link", name="Dengarkan langsung, sekitar 22 MB per jam").last.click()
    until(page, "document.querySelector('audio').currentTime > 0")
    page.clock.fast_forward("02:00")
    assert page.locator("section.air").count() == 0
    assert not sound(page, "sound.paused"), "nobody is cut off when it takes longer than announced"


def test_a_silent_stream_is_told(context, address):
    page = context.new_page()
    page.clock.install(time=datetime.fromisoformat("2026-11-25T10:30:00+07:00"))
    page.goto(f"{address}/program/kas/bisu/")
    page.get_by_role("link", name="Dengarkan langsung").click()
    page.get_by_text("Alirannya tidak menjawab").wait_for()
    assert page.locator("audio").count() == 0
