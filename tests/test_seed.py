"""The seed, from its files to every reader: its facts are all there, under one identity, and none is made up."""

import json
import re
from datetime import datetime
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest

from tests.offices import EPISODE, MORNING, kentongan, seed, tree

PEOPLE = {
    "j-rahmat-sudrajat": ("J. Rahmat Sudrajat, S.Pt", "Konsultan Pusat Layanan Usaha Terpadu"),
    "wulan-anggraeny-s": (
        "Wulan Anggraeny S, S.Si",
        "Petugas Penyuluh Koperasi Lapangan, Kementerian Koperasi, UMKM",
    ),
    "agus-prasetya": ("Agus Prasetya", "Ketua KOPMA UNY"),
}
WHEN = "Rabu, 22 Juli 2020 pukul 10.00 WIB"
EPISODE_ADDRESS = f"/program/warung-sebelah/{EPISODE}/"
CONSULTATION_ADDRESS = f"/konsultasi/{EPISODE}/"
CALENDARS = [
    "jadwal.ics",
    "konsultasi.ics",
    "program/warung-sebelah/jadwal.ics",
    f"program/warung-sebelah/{EPISODE}/acara.ics",
    f"konsultasi/{EPISODE}/acara.ics",
]


@pytest.fixture(scope="module", params=[MORNING, "2026-11-24T12:00+07:00"], ids=["announced", "years later"])
def site(request, tmp_path_factory):
    office = seed(tmp_path_factory.mktemp("office"))
    assert kentongan(office, "build", "--now", request.param).returncode == 0
    return tree(office / "output")


def page(site, address):
    return site[f"{address.strip('/')}/index.html"].decode()


@pytest.mark.parametrize("address", [EPISODE_ADDRESS, CONSULTATION_ADDRESS])
def test_its_pages_say_when_where_and_who(site, address):
    text = page(site, address)
    assert WHEN in text
    assert "Radio Trijaya FM" in text
    assert "Warung Sebelah" in text
    for name, stated in PEOPLE.values():
        assert name in text
        assert stated in text


@pytest.mark.parametrize("address", [EPISODE_ADDRESS, CONSULTATION_ADDRESS])
def test_the_unknown_end_is_said_and_not_guessed(site, address):
    text = page(site, address)
    assert "belum diumumkan" in text or "tidak diumumkan" in text
    assert "11.00" not in text
    assert "endDate" not in text


def test_episode_and_consultation_link_to_each_other(site):
    assert f'href="{CONSULTATION_ADDRESS}"' in page(site, EPISODE_ADDRESS)
    assert f'href="{EPISODE_ADDRESS}"' in page(site, CONSULTATION_ADDRESS)


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_has_a_page_with_the_talk_and_the_role_of_that_day(site, person):
    name, stated = PEOPLE[person]
    text = page(site, f"/narasumber/{person}/")
    assert name in text
    assert stated in text
    assert EPISODE_ADDRESS in text
    assert CONSULTATION_ADDRESS in text


def test_program_station_and_week_show_it(site):
    for address in ("/program/warung-sebelah/", "/stasiun/radio-trijaya-fm/", "/jadwal/2020-W30/"):
        assert EPISODE_ADDRESS in page(site, address)
    assert "10.00" in page(site, "/jadwal/2020-W30/")


def test_one_uid_in_every_calendar_and_the_right_instant(site):
    events = [event for name in CALENDARS for event in icalendar.Calendar.from_ical(site[name]).walk("VEVENT")]
    assert len(events) == len(CALENDARS)
    assert len({str(event["uid"]) for event in events}) == 1
    start = datetime.fromisoformat("2020-07-22T10:00+07:00")
    for event in events:
        assert event["dtstart"].dt == start
        assert event["dtstart"].params["TZID"] == "Asia/Jakarta"
        assert "dtend" not in event
        assert "duration" not in event


def test_the_podcast_feed_carries_the_announcement_without_an_item(site):
    data = site["program/warung-sebelah/feed.xml"]
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert (feed.feed.title, feed.feed.language, feed.entries) == ("Warung Sebelah", "id", [])
    live = ElementTree.fromstring(data).find("channel/{https://podcastindex.org/namespace/1.0}liveItem")
    assert live.get("start") == "2020-07-22T10:00:00+07:00"
    assert live.get("end") is None
    people = live.findall("{https://podcastindex.org/namespace/1.0}person")
    assert [one.text for one in people] == [name for name, _ in PEOPLE.values()]


def test_the_site_feed_carries_the_article(site):
    feed = feedparser.parse(site["feed.xml"])
    assert not feed.bozo
    assert [entry.link for entry in feed.entries] == [
        "http://localhost:8000/berita/koperasi-tangguh-di-masa-kebiasaan-baru/"
    ]


def test_structured_data_and_the_api_agree(site):
    text = page(site, EPISODE_ADDRESS)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    record = json.loads(site[f"data/v1/episodes/{EPISODE}.json"])["data"]
    assert data["@type"] == "RadioEpisode"
    assert data["identifier"] == record["guid"]
    assert data["publication"][0]["startDate"] == "2020-07-22T10:00+07:00"
    assert record["broadcasts"] == [
        {"id": "siaran", "station": "radio-trijaya-fm", "start": "2020-07-22T10:00", "kind": "live"}
    ]
    assert [credit["name"] for credit in record["credits"]] == [name for name, _ in PEOPLE.values()]


def test_nothing_is_made_up(site):
    """No frequency, price, telephone number or end time is in the seed, so none may be on the site."""
    text = "".join(data.decode() for name, data in site.items() if name.endswith(".html"))
    visible = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
    for invented in (r"\bMHz\b", r"\bRp ?\d", r"\+62", r"\b08\d\d", r"(?i)\bgratis\b", r"s\.d\."):
        assert not re.search(invented, visible), invented


def test_every_json_document_is_read_and_described(site):
    described = json.loads(site["data/v1/openapi.json"])
    assert described["openapi"].startswith("3.1")
    for path in described["paths"]:
        if "{" not in path:
            assert f"data/v1{path}" in site
    for name, data in site.items():
        if name.endswith(".json"):
            json.loads(data)


def test_no_page_links_to_what_is_not_there(site, tmp_path):
    from kentongan.build.verify import dead_links

    for name, data in site.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert list(dead_links(tmp_path)) == []
