"""The sample office, whole: every address answers, every feed and calendar is read, at whatever hour it is built."""

import gzip
import json
import re
import shutil
from base64 import b64encode
from fnmatch import fnmatch
from hashlib import sha256

import feedparser
import icalendar
import jsonschema
import pytest

from kentongan.build.verify import dead_links
from tests.offices import ROOT, kentongan, run, seed, tree

NOW = "2026-11-24T10:00+07:00"
ADDRESSES = [
    "index.html",
    "berita/index.html",
    "berita/hal/1/index.html",
    "berita/koperasi-tangguh-di-masa-kebiasaan-baru/index.html",
    "kategori/usaha/index.html",
    "kategori/usaha/feed.xml",
    "arsip/index.html",
    "arsip/2021/index.html",
    "program/index.html",
    "program/feed.xml",
    "program/warung-sebelah/index.html",
    "program/warung-sebelah/feed.xml",
    "program/warung-sebelah/akan-datang.xml",
    "program/warung-sebelah/jadwal.ics",
    "stasiun/radio-trijaya-fm/index.html",
    "jadwal/index.html",
    "jadwal/2020-W30/index.html",
    "jadwal.ics",
    "jadwal.json",
    "kini.js",
    "langsung.js",
    "pemutar.js",
    "sematan/jadwal/index.html",
    "sematan/jadwal.js",
    "konsultasi/index.html",
    "konsultasi.ics",
    "narasumber/index.html",
    "narasumber/agus-prasetya/index.html",
    "langganan/index.html",
    "langganan.opml",
    "profil/index.html",
    "404.html",
    "feed.xml",
    "atom.xml",
    "feed.json",
    "sitemap.xml",
    "robots.txt",
    "version.json",
    "redirects.json",
    "data/v1/openapi.json",
    "data/v1/schema/article.json",
    "data/v1/articles.json",
]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "content", office / "content")
    return office


@pytest.fixture(scope="module")
def output(office):
    done = run(office, "-m", "kentongan", "build", "--strict", "--now", NOW, LC_ALL="C")
    assert done.returncode == 0, done.stderr
    return office / "output"


@pytest.fixture(scope="module")
def site(output):
    return tree(output)


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_address_answers(site, path):
    assert path in site


def test_every_page_allows_the_one_sheet_that_it_carries_and_no_other_style(site):
    carrying = 0
    for name in [name for name in site if name.endswith(".html")]:
        page = re.sub(r"<textarea.*?</textarea>", "", site[name].decode())
        assert " style=" not in page, name
        for sheet in re.findall(r"<style>(.*?)</style>", page, re.DOTALL):
            print_ = b64encode(sha256(sheet.encode()).digest()).decode()
            assert f"content=\"style-src 'self' 'sha256-{print_}'\"" in page, name
            carrying += 1
    assert carrying > 150


def test_no_link_is_dead(output):
    assert list(dead_links(output)) == []


def test_every_record_of_the_api_is_as_openapi_describes_it(site):
    description = json.loads(site["data/v1/openapi.json"])
    checked = 0
    for path, operations in description["paths"].items():
        schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = jsonschema.Draft202012Validator({**schema, "components": description["components"]})
        for name in [name for name in site if fnmatch(f"/{name}", f"/data/v1{path.replace('{id}', '*')}")]:
            validator.validate(json.loads(site[name]))
            checked += 1
    assert checked > 150


def test_openapi_and_the_schemas_of_files_tell_what_a_field_means(site):
    described = json.loads(site["data/v1/openapi.json"])["components"]["schemas"]["Episode"]["properties"]
    assert described["cancelled"]["description"] == "The reason readers see; the episode stays listed."
    typed = json.loads(site["data/v1/schema/episode.json"])["properties"]
    assert typed["cancelled"]["description"] == described["cancelled"]["description"]
    assert "status" in typed
    assert "status" not in described


def test_every_page_says_what_is_on_by_one_script_and_the_frame_stays_out_of_the_site_map(site):
    for name, data in site.items():
        if name.endswith(".html") and b'http-equiv="refresh"' not in data and "/poster/" not in name:
            assert data.count(b'id="now"') == 1, name
            assert data.count(b"<script src") == (2 if name.startswith("sematan/") else 1), name
    assert b"sematan" not in site["sitemap.xml"]


def test_what_others_embed_and_what_every_page_loads_is_small(site):
    style = next(name for name in site if name.startswith("static/embedded."))
    frame = ("sematan/jadwal/index.html", style, "kini.js", "sematan/jadwal.js")
    assert sum(len(gzip.compress(site[name])) for name in frame) < 5000
    assert len(gzip.compress(site["sematan/jadwal.js"])) < 500
    served = site["kini.js"]
    code = re.sub(rb"const told = .*\n", b"", served)
    assert len(gzip.compress(code)) < 1500, "now and next with its words"
    assert len(gzip.compress(served)) < 2250, "the same with two weeks of broadcasts"
    assert len(gzip.compress(site["langsung.js"])) < 1000, "what is loaded besides while something is on"
    assert not re.search(rb"// [A-Z]", served + site["langsung.js"] + site["pemutar.js"]), (
        "comments are for readers of the source"
    )


def test_two_clean_builds_are_the_same_bytes(office, site):
    done = run(
        office, "-m", "kentongan", "build", "--output", "again", "--now", NOW, PYTHONHASHSEED="7", TZ="America/New_York"
    )
    assert done.returncode == 0
    assert tree(office / "again") == site


def test_no_english_date_under_the_c_locale(site):
    english = re.compile(r"\b(Monday|Tuesday|Wednesday|Thursday|Saturday|Sunday|July|October|December|March)\b")
    for name, data in site.items():
        if name.endswith(".html") and not name.startswith("en/"):
            assert not english.search(data.decode()), name


def test_every_feed_is_read(site):
    feeds = [name for name in site if name.endswith((".xml",)) and name != "sitemap.xml"]
    assert len(feeds) > 15
    for name in feeds:
        feed = feedparser.parse(site[name])
        assert not feed.bozo, name
        assert feed.feed.title, name


def test_every_calendar_is_read_and_keeps_each_stations_time(site):
    calendars = [name for name in site if name.endswith(".ics")]
    zones = set()
    for name in calendars:
        for event in icalendar.Calendar.from_ical(site[name]).walk("VEVENT"):
            zones.add(event["dtstart"].params["TZID"])
    assert len(calendars) > 40
    assert zones == {"Asia/Jakarta", "Asia/Makassar"}


def test_one_uid_means_one_thing_in_every_calendar(site):
    starts = {}
    for name in (name for name in site if name.endswith(".ics")):
        for event in icalendar.Calendar.from_ical(site[name]).walk("VEVENT"):
            moment = event.get("recurrence-id")
            key = (str(event["uid"]), moment.dt if moment else None)
            assert starts.setdefault(key, event["dtstart"].dt) == event["dtstart"].dt, name


@pytest.mark.parametrize("day", ["2027-03-09", pytest.param("2029-08-17", marks=pytest.mark.long)])
def test_any_day_has_something_to_hear_and_somebody_to_ask(office, day):
    done = kentongan(office, "build", "--output", day, "--now", f"{day}T09:00+07:00")
    assert done.returncode == 0
    assert len(json.loads((office / day / "jadwal.json").read_text())["broadcasts"]) > 5
    assert "Konsultasi terdekat" in (office / day / "index.html").read_text()


def test_pelican_builds_the_sample_alike(office, site):
    done = run(
        office,
        "-c",
        "import sys; from pelican import main; main(sys.argv[1:])",
        *("content", "-s", str(ROOT / "pelicanconf.py"), "-o", "by-pelican"),
        KENTONGAN_NOW=NOW,
        KENTONGAN_STATE=str(office / "var"),
    )
    assert done.returncode == 0, done.stderr
    assert tree(office / "by-pelican") == site


def test_an_english_site_speaks_english_and_has_english_addresses(tmp_path):
    office = seed(tmp_path, {"content/site.yml": "name: Office\nlanguage: en\n"})
    done = kentongan(office, "build", "--now", NOW)
    assert done.returncode == 0
    site = tree(office / "output")
    assert {
        "news/index.html",
        "schedule/index.html",
        "schedule.ics",
        "subscribe/index.html",
        "now.js",
        "player.js",
        "embed/schedule/index.html",
    } <= site.keys()
    page = site["program/warung-sebelah/koperasi-tangguh-di-era-adaptasi-kebiasaan-baru/index.html"].decode()
    assert "Wednesday, 22 July 2020 at 10:00 WIB" in page
    for indonesian in ("Jadwal", "Berita<", "Langganan", "Narasumber", "diumumkan"):
        assert indonesian not in page
