"""What is on now and what comes next, in a browser whose clock and zone we set, at moments that go wrong elsewhere."""

from datetime import datetime

import pytest

from tests.offices import CONF, EPISODE, MORNING, edit, kentongan, seed, write

pytestmark = pytest.mark.browser

PHONE = "Asia/Jakarta"
PLAIN = "Lihat jadwal siaran pekan ini"
TONIGHT = "2026-11-24T08:00+07:00"


def station(name, zone, stream=True):
    streams = f"streams:\n  - url: https://{zone.lower()}.example/langsung\n    bitrate: 64\n" if stream else ""
    return f"---\nname: {name}\nzone: {zone}\n{streams}---\n"


def program(title, *slots, overrides=""):
    lines = "".join(
        f"  - id: s{place}\n    station: {station}\n    rule: FREQ=WEEKLY\n"
        f"    start: {start}\n    duration: {minutes}\n"
        for place, (station, start, minutes) in enumerate(slots)
    )
    rules = f"slots:\n{lines}" if slots else ""
    return f"---\ntitle: {title}\nguid: guid-{title.lower()}\n{rules}{overrides}---\n"


def talk(title, program, *broadcasts, more=""):
    lines = "".join(
        f"  - id: b{place}\n    station: {station}\n    start: {start}\n{f'    end: {end}{chr(10)}' if end else ''}"
        for place, (station, start, end) in enumerate(broadcasts)
    )
    return (
        f"---\ntitle: {title}\nprogram: {program}\nguid: talk-{title.lower().replace(' ', '-')}\n"
        f"date: 2026-10-01 08:00\nbroadcasts:\n{lines}{more}---\n"
    )


MOVED = """overrides:
  - slot: s0
    date: 2026-11-27
    start: 2026-11-28 19:30
    reason: Jumat sore kerja bakti.
"""
OFFICE = {
    "content/site.yml": "name: Kantor\nzone: WIB\n",
    "pelicanconf.py": CONF,
    "content/stations/desa.md": station("Radio Desa", "WIB"),
    "content/stations/layar.md": station("Radio Layar", "WITA"),
    "content/stations/timur.md": station("Radio Timur", "WIT", stream=False),
    "content/programs/malam.md": program("Malam", ("desa", "2026-11-23 23:30", 60)),
    "content/programs/jumat.md": program("Jumat", ("desa", "2026-11-20 16:00", 60), overrides=MOVED),
    "content/programs/minggu.md": program(
        "Minggu", ("desa", "2026-03-01 13:00", 60), ("timur", "2026-03-01 16:30", 60)
    ),
    "content/programs/obrolan.md": program("Obrolan"),
    "content/episodes/fajar.md": talk("Fajar", "obrolan", ("desa", "2026-11-26 00:00", "2026-11-26 00:30")),
    "content/episodes/batal.md": talk(
        "Tamu sakit", "obrolan", ("desa", "2026-11-25 10:00", "2026-11-25 11:00"), more="cancelled: Tamu sakit.\n"
    ),
    "content/episodes/dua-kota.md": talk(
        "Dua kota",
        "obrolan",
        ("desa", "2026-11-26 16:00", "2026-11-26 17:00"),
        ("layar", "2026-11-26 17:00", "2026-11-26 18:00"),
    ),
    "content/episodes/tanpa-akhir.md": talk("Tanpa akhir", "obrolan", ("desa", "2026-11-30 10:00", None)),
    "content/episodes/satu.md": talk("Satu", "obrolan", ("desa", "2026-12-01 19:00", "2026-12-01 20:00")),
    "content/episodes/dua.md": talk("Dua", "jumat", ("timur", "2026-12-01 21:30", "2026-12-01 22:30")),
    "content/episodes/lebih-awal.md": talk(
        "Lebih awal", "obrolan", ("desa", "2026-12-02 10:00", "2026-12-02 11:00"), more="on_air: no\n"
    ),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return write(tmp_path_factory.mktemp("office"), OFFICE)


@pytest.fixture(scope="module")
def build(office, serve):
    """The office as built at an instant, as an address; built once for each."""
    made = {}

    def built(now):
        if now not in made:
            output = f"output-{len(made)}"
            done = kentongan(office, "build", "--now", now, "--output", output)
            assert done.returncode == 0, done.stderr
            made[now] = serve(office / output)
        return made[now]

    return built


@pytest.fixture
def asked():
    """The addresses that the phone has asked for."""
    return []


@pytest.fixture
def phone(browser, asked):
    """Opens an address on a phone at an instant, in a zone; every fault of a script fails the test."""
    contexts, faults = [], []

    def opened(address, now, zone=PHONE, width=390):
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="id-ID", timezone_id=zone, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
        page.clock.install(time=datetime.fromisoformat(now))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def line(page):
    return " ".join(page.locator("#now").inner_text().split())


MOMENTS = {
    "midnight strikes": (TONIGHT, PHONE, "2026-11-26T00:00:00+07:00", "Sedang siaran Fajar, Radio Desa"),
    "the minute before midnight": (
        TONIGHT,
        PHONE,
        "2026-11-25T23:59:00+07:00",
        "Berikutnya: Kamis, 26 Nov, 00.00 WIB, Fajar",
    ),
    "a broadcast that crosses midnight": (
        TONIGHT,
        PHONE,
        "2026-12-01T00:29:00+07:00",
        "Sedang siaran Malam, Radio Desa",
    ),
    "the end of what the page knows": (TONIGHT, PHONE, "2026-12-08T00:00:00+07:00", PLAIN),
    "the last minute of what the page knows": (
        TONIGHT,
        PHONE,
        "2026-12-07T23:59:00+07:00",
        "Sedang siaran Malam, Radio Desa",
    ),
    "a phone in the east": (
        TONIGHT,
        "Asia/Jayapura",
        "2026-11-26T18:00:00+09:00",
        "Sedang siaran Dua kota, Radio Desa, Radio Layar",
    ),
    "a phone that falls back an hour just then": (
        "2026-10-31T08:00+07:00",
        "America/New_York",
        "2026-11-01T06:00:00+00:00",
        "Sedang siaran Minggu, Radio Desa",
    ),
    "a phone that springs forward just then": (
        "2026-03-07T08:00+07:00",
        "America/New_York",
        "2026-03-08T07:00:00+00:00",
        "Berikutnya: Minggu, 8 Mar, 16.30 WIT, Minggu",
    ),
    "cancelled": (
        TONIGHT,
        PHONE,
        "2026-11-25T10:30:00+07:00",
        "Berikutnya: Kamis, 26 Nov, 00.00 WIB, Fajar",
    ),
    "moved, at its old hour": (
        TONIGHT,
        PHONE,
        "2026-11-27T16:30:00+07:00",
        "Berikutnya: Sabtu, 28 Nov, 19.30 WIB, Jumat",
    ),
    "moved, at its new hour": (TONIGHT, PHONE, "2026-11-28T19:45:00+07:00", "Sedang siaran Jumat, Radio Desa"),
    "a simulcast in another zone": (
        TONIGHT,
        "Asia/Makassar",
        "2026-11-26T17:59:59+08:00",
        "Sedang siaran Dua kota, Radio Desa, Radio Layar",
    ),
    "an unknown end, within the usual length": (
        TONIGHT,
        PHONE,
        "2026-11-30T10:59:00+07:00",
        "Sedang siaran Tanpa akhir, Radio Desa",
    ),
    "an unknown end, after the usual length": (
        TONIGHT,
        PHONE,
        "2026-11-30T11:00:00+07:00",
        "Berikutnya: Senin, 30 Nov, 23.30 WIB, Malam",
    ),
    "two programs at once": (
        TONIGHT,
        PHONE,
        "2026-12-01T19:30:00+07:00",
        "Sedang siaran Satu, Radio Desa; Dua, Radio Timur",
    ),
    "a clock that is years behind": (TONIGHT, PHONE, "2015-01-01T00:00:00+07:00", PLAIN),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_every_page_says(moment, build, phone):
    built, zone, now, words = MOMENTS[moment]
    page = phone(f"{build(built)}/langganan/", now, zone)
    assert line(page) == words
    assert page.locator(".now.air").count() == words.startswith("Sedang siaran")


def test_a_person_puts_it_on_air_before_its_hour(office, build, phone):
    edit(office / "content/episodes/lebih-awal.md", "on_air: no", "on_air: yes")
    address = build("2026-12-02T09:50+07:00")
    edit(office / "content/episodes/lebih-awal.md", "on_air: yes", "on_air: no")
    page = phone(f"{address}/langganan/", "2026-12-02T09:52:00+07:00")
    assert line(page) == "Sedang siaran Lebih awal, Radio Desa"
    page.clock.fast_forward("01:08:00")
    assert line(page) != "Sedang siaran Lebih awal, Radio Desa"


def test_in_a_quiet_week_nothing_is_lit(tmp_path, serve, phone):
    office = seed(tmp_path)
    assert kentongan(office, "build", "--now", "2020-07-23T08:00+07:00").returncode == 0
    page = phone(serve(office / "output"), "2020-07-23T08:00:00+07:00")
    assert page.locator(".air, .lit").count() == 0
    assert page.get_by_role("link", name="Koperasi Tangguh di Era").first.is_visible()


def test_the_band_is_lit_at_the_start_and_put_out_at_the_end(build, phone):
    page = phone(build(TONIGHT), "2026-11-24T23:00:00+07:00")
    assert page.locator(".band.air").count() == 0
    page = phone(build(TONIGHT), "2026-11-25T23:58:30+07:00")
    before = page.locator("#calm").inner_text()
    page.clock.fast_forward("01:30")
    assert page.locator(".band.air #air h2").inner_text() == "Fajar"
    assert "Mulai pukul 00.00 WIB" in page.locator("#air").inner_text()
    assert not page.locator("#calm").is_visible()
    page.clock.fast_forward("30:00")
    assert page.locator(".band.air").count() == 0
    assert page.locator("#calm").inner_text() == before or page.locator(".band .now").is_visible()


def test_a_phone_that_slept_looks_again_when_it_is_woken(build, phone):
    page = phone(f"{build(TONIGHT)}/langganan/", "2026-11-25T23:00:00+07:00")
    page.clock.set_fixed_time(datetime.fromisoformat("2026-11-26T00:10:00+07:00"))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
    assert line(page) == "Sedang siaran Fajar, Radio Desa"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_schedule_marks_what_is_on_and_nothing_that_was_moved_away(build, phone, width):
    page = phone(f"{build(TONIGHT)}/jadwal/", "2026-11-26T16:10:00+07:00", width=width)
    lit = page.locator(".slot.lit:visible")
    assert lit.count() == 2
    assert all("Sedang siaran" in words for words in lit.all_inner_texts())
    page.clock.fast_forward("24:00:00")
    assert page.locator(".slot.lit").count() == 0
    assert page.get_by_text("Sedang siaran").count() == 0


def test_an_episodes_own_page_says_that_it_is_on_and_where(build, phone):
    page = phone(f"{build(TONIGHT)}/program/obrolan/dua-kota/", "2026-11-26T16:10:00+07:00")
    air = page.locator("section.air")
    assert air.get_by_role("heading").inner_text() == "Dengarkan sekarang"
    assert "Radio Desa. Mulai pukul 16.00 WIB" in air.inner_text()
    assert "Radio Layar. Mulai pukul 17.00 WITA" in air.inner_text()
    assert [one.get_attribute("href") for one in air.locator("[data-stream]").all()] == [
        "https://wib.example/langsung",
        "https://wita.example/langsung",
    ]
    assert air.locator("[data-stream]").first.inner_text() == "Dengarkan langsung, sekitar 29 MB per jam"
    assert page.locator("audio").count() == 0


@pytest.mark.parametrize(
    ("path", "now", "loaded"),
    [
        ("/program/obrolan/dua-kota/", "2026-11-26T16:10:00+07:00", True),
        ("/program/obrolan/dua-kota/", "2026-11-26T15:10:00+07:00", False),
        ("/langganan/", "2026-11-26T16:10:00+07:00", False),
    ],
)
def test_how_to_listen_is_fetched_only_where_and_while_there_is_something_on(path, now, loaded, build, phone, asked):
    phone(f"{build(TONIGHT)}{path}", now).wait_for_load_state("networkidle")
    assert any(url.endswith("/langsung.js") for url in asked) is loaded


def test_a_line_that_breaks_down_is_tried_again_in_a_minute(build, phone):
    page = phone(f"{build(TONIGHT)}/program/obrolan/dua-kota/", "2026-11-26T15:59:30+07:00")
    page.context.set_offline(True)
    page.clock.fast_forward("01:00")
    assert line(page).startswith("Sedang siaran")
    assert page.locator("section.air").count() == 0
    page.context.set_offline(False)
    page.clock.fast_forward("01:00")
    assert page.locator("section.air h2").first.inner_text() == "Dengarkan sekarang"


def test_without_scripts_the_page_stands_as_it_is(build, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{build(TONIGHT)}/jadwal/")
    assert line(page) == PLAIN
    assert page.locator("#now a").get_attribute("href") == "/jadwal/"
    assert page.locator(".air, .lit").count() == 0
    context.close()


def test_no_guessed_end_is_shown(build, phone):
    page = phone(f"{build(TONIGHT)}/program/obrolan/tanpa-akhir/", "2026-11-30T10:30:00+07:00")
    page.locator("section.air").wait_for()
    assert "11.00" not in page.locator("body").inner_text()


def test_a_change_is_told_to_those_who_hear_the_page(build, phone):
    page = phone(f"{build(TONIGHT)}/langganan/", "2026-11-26T16:10:00+07:00")
    assert page.locator("#now").get_attribute("aria-live") == "polite"


def test_an_edit_of_the_schedule_changes_no_page_but_its_own(tmp_path):
    office = seed(tmp_path)
    assert kentongan(office, "build", "--now", MORNING).returncode == 0
    edit(office / f"content/episodes/{EPISODE}.md", "10:00", "10:30")
    kentongan(office, "build", "--now", MORNING, "--output", "later")
    pages = {path.relative_to(office / "output") for path in (office / "output").rglob("*.html")}
    changed = {
        str(page) for page in pages if (office / "output" / page).read_bytes() != (office / "later" / page).read_bytes()
    }
    assert {"langganan/index.html", "berita/index.html", "404.html"}.isdisjoint(changed)
    assert (office / "output/kini.js").read_bytes() != (office / "later/kini.js").read_bytes()
