"""A podcast that says all there is to say, read back by other people's programs: what they know of it is what we set.

Python's feedparser; feedsmith, podcast-partytime and rss-parser from npm; gPodder and newsboat, which subscribe and
download from a real server.
"""

import json
import os
import pty
import select
import shutil
import socketserver
import subprocess
import threading
import time
from dataclasses import replace
from datetime import UTC
from email.utils import format_datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import feedparser
import pytest

from kentongan.feeds.podcast import podcast_feed, render_podcast
from kentongan.schedule import broadcasts
from kentongan.store.media import MediaFile
from tests.unit import factories as made

HERE = Path(__file__).parent
SOUND = b"ID3" + bytes(5000)
PROGRAM = {
    "guid": made.PROGRAM_GUID,
    "summary": "Tentang koperasi & usaha.",
    "category": "Non-Profit",
    "serial": "yes",
    "complete": "no",
    "hosts": [made.credit(role="host")],
    "owner": {"name": "Kantor", "email": "radio@koperasi.example"},
    "seasons": [{"number": 2, "name": "Sesudah gempa"}],
    "license": "CC-BY-SA-4.0",
    "location": {"name": "Sleman", "geo": "geo:-7.7,110.3", "osm": "R1", "country": "ID"},
    "slots": [
        {
            "id": "rabu",
            "station": "radio",
            "start": "2020-07-01 10:00",
            "duration": 60,
            "rule": "FREQ=WEEKLY;BYDAY=WE",
        }
    ],
}
TALK = {
    "season": 2,
    "number": 3,
    "summary": "Ringkas & jelas.",
    "body": '<p>Isi <a href="/berita/">kabar</a>.</p>',
    "explicit": "yes",
    "image": {"src": "a.png", "alt": "A"},
    "credits": [
        {"person": "agus", "name": "Agus Prasetya"},
        {"person": "tini", "role": "audio engineer", "name": "Tini"},
    ],
    "audio": {
        "file": "a.mp3",
        "duration": 2760,
        "renditions": [{"url": "https://cdn.example/a.opus", "bytes": 99, "type": "audio/ogg", "bitrate": 24}],
    },
    "transcripts": [
        {"url": "https://koperasi.example/a.vtt"},
        {"url": "https://koperasi.example/a.srt", "type": "application/x-subrip", "language": "jv"},
    ],
    "chapters": [{"start": 0, "title": "Salam"}, {"start": 60, "title": "Isi"}],
    "license": {"name": "Lisensi kami", "url": "https://koperasi.example/lisensi"},
    "location": "Bantul",
}
TRAILER = {"id": "cuplikan", "guid": "guid-cuplikan", "title": "Cuplikan", "episode_type": "trailer", "season": 2}
COMING = {"id": "nanti", "guid": "guid-nanti", "title": "Nanti"}
NEXT_WEEK = made.transmission(start="2020-07-29 10:00", end="2020-07-29 11:00")
LIVE = {"url": "https://radio.example/live", "type": "audio/mpeg", "bitrate": 64}


def rich_site(siteurl=made.SITEURL):
    site = made.site(
        made.program(**PROGRAM),
        made.station(streams=[LIVE]),
        made.person(photo={"src": "w.jpg", "alt": "Wulan", "consent": "yes"}),
        made.episode(**TALK),
        made.episode(**TRAILER, broadcasts=[], audio=made.audio(url="https://cdn.example/c.mp3")),
        made.episode(**COMING, broadcasts=[NEXT_WEEK]),
        now=made.AFTER,
        siteurl=siteurl,
        hub="https://hub.example/",
    )
    files = {
        "a.png": MediaFile("a.png", "/a.png", "d" * 64, 1, "image/png", (1400, 1400)),
        "w.jpg": MediaFile("w.jpg", "/w.jpg", "e" * 64, 1, "image/jpeg", (300, 300)),
        "a.mp3": MediaFile("a.mp3", "/a.mp3", "f" * 64, len(SOUND), "audio/mpeg", None),
    }
    return replace(site, media=files)


def feed_of(site):
    return podcast_feed(site, broadcasts(site), site.programs[0])


@pytest.fixture(scope="module")
def feed():
    return feed_of(rich_site())


def said(**fields):
    """Without what is not said: readers leave that out."""
    return {name: value for name, value in fields.items() if value is not None}


def test_feedparser_reads_every_field_it_knows(feed):
    read = feedparser.parse(render_podcast(feed))
    assert not read.bozo
    told, [item, trailer] = read.feed, read.entries
    assert (told.title, told.subtitle, told.language, told.link) == (
        feed.title,
        feed.description,
        feed.language,
        feed.page,
    )
    assert {link.rel: link.href for link in told.links if link.rel in ("self", "hub")} == {
        "self": feed.address.url,
        "hub": "https://hub.example/",
    }
    assert (told.author, told.image.href) == (feed.author, feed.channel.artwork[0].url)
    assert [tag.term for tag in told.tags] == list(feed.channel.category)
    assert told.publisher_detail == {"name": feed.owner.name, "email": feed.owner.email}
    assert (item.title, item.id, item.link, item.summary) == tuple(
        getattr(feed.items[0], name) for name in ("title", "guid", "url", "summary")
    )
    assert item.content[0].value == feed.items[0].content
    [enclosure] = item.enclosures
    assert (enclosure.href, int(enclosure.length), enclosure.type) == (
        feed.items[0].enclosure.url,
        len(SOUND),
        "audio/mpeg",
    )
    assert (item.itunes_duration, item.itunes_season, item.itunes_episode) == ("2760", "2", "3")
    assert item.image.href == feed.items[0].more.artwork[0].url
    assert (trailer.title, trailer.itunes_episodetype) == ("Cuplikan", "trailer")


needs_npm = pytest.mark.skipif(
    shutil.which("node") is None or not (HERE / "node_modules").is_dir(),
    reason="Node and “npm ci” in tests/readers are not on this machine",
)


@pytest.fixture(scope="module")
def understood(feed, tmp_path_factory):
    """What each library of npm's read of *feed*."""
    path = tmp_path_factory.mktemp("feed") / "feed.xml"
    path.write_bytes(render_podcast(feed))
    done = subprocess.run(
        ["node", HERE / "read.mjs", path], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    return json.loads(done.stdout)


def persons_of(told):
    return [said(display=one.name, role=one.role, group=one.group, href=one.href, img=one.portrait) for one in told]


def images_of(told):
    return [
        {
            "href": one.url,
            "aspectRatio": "1/1",
            "width": one.side,
            "height": one.side,
            "type": "image/jpeg",
            "purpose": "artwork",
        }
        for one in told
    ]


def renditions_of(told):
    return [
        said(
            type=one.media_type,
            length=one.length,
            bitrate=one.bitrate,
            title=one.title,
            default=one.default or None,
            sources=[{"uri": one.url}],
        )
        for one in told
    ]


def place_of(told):
    return [said(display=told.name, rel=told.rel, geo=told.geo, osm=told.osm, country=told.country)]


@needs_npm
def test_feedsmith_reads_the_channel_as_we_wrote_it(feed, understood):
    read, channel = understood["feedsmith"], feed.channel
    [live] = channel.live_items
    [trailer] = channel.trailers
    assert read["podcast"] == {
        "guid": channel.guid,
        "locked": {"value": True, "owner": feed.owner.email},
        "medium": "podcast",
        "persons": persons_of(channel.persons),
        "locations": place_of(channel.location),
        "license": {"display": channel.license.name, "url": channel.license.url},
        "images": images_of(channel.artwork),
        "trailers": [
            {
                "display": trailer.title,
                "url": trailer.url,
                "pubDate": format_datetime(trailer.published),
                "length": trailer.length,
                "type": trailer.media_type,
                "season": 2,
            }
        ],
        "updateFrequency": {
            "display": channel.frequency.words,
            "rrule": channel.frequency.rule,
            "dtstart": channel.frequency.start.isoformat(),
        },
        "liveItems": [
            {
                "status": "pending",
                "start": live.start.isoformat(),
                "end": live.end.isoformat(),
                "persons": persons_of(live.persons),
                "alternateEnclosures": renditions_of(live.streams),
                "contentLinks": [{"href": live.page, "display": live.page_label}],
            }
        ],
    }
    assert read["itunes"] == {
        "image": channel.artwork[0].url,
        "explicit": False,
        "author": feed.author,
        "type": "serial",
        "categories": [{"text": "Business", "categories": [{"text": "Non-Profit"}]}],
        "owner": {"name": feed.owner.name, "email": feed.owner.email},
    }
    assert read["atom"]["links"] == [
        {"href": feed.address.url, "rel": "self", "type": "application/rss+xml"},
        {"href": "https://hub.example/", "rel": "hub"},
    ]


@needs_npm
def test_feedsmith_reads_an_item_as_we_wrote_it(feed, understood):
    read, item = understood["feedsmith"]["items"][0], feed.items[0]
    more = item.more
    assert read == {
        "title": item.title,
        "link": item.url,
        "description": item.summary,
        "guid": {"value": item.guid, "isPermaLink": False},
        "pubDate": format_datetime(item.published),
        "content": {"encoded": item.content},
        "enclosures": [{"url": item.enclosure.url, "length": len(SOUND), "type": "audio/mpeg"}],
        "itunes": {
            "duration": 2760,
            "image": more.artwork[0].url,
            "explicit": True,
            "episode": 3,
            "season": 2,
            "episodeType": "full",
            "summary": item.summary,
        },
        "podcast": {
            "transcripts": [
                {"url": one.url, "type": one.media_type, "language": one.language, "rel": "captions"}
                for one in more.transcripts
            ],
            "chapters": {"url": more.chapters, "type": "application/json+chapters"},
            "persons": persons_of(more.persons),
            "locations": place_of(more.location),
            "season": {"number": 2, "name": "Sesudah gempa"},
            "episode": {"number": 3},
            "license": {"display": "Lisensi kami", "url": "https://koperasi.example/lisensi"},
            "alternateEnclosures": renditions_of(more.renditions),
            "images": images_of(more.artwork),
        },
    }


@needs_npm
def test_partytime_finds_what_podcasting_2_0_asks_for(feed, understood):
    read, channel = understood["partytime"], feed.channel
    assert read["pc20support"] == {
        "1": ["locked", "transcript", "chapters"],
        "2": ["person", "location", "season", "episode"],
        "3": ["trailer", "license", "guid", "alternateEnclosure"],
        "4": ["medium", "liveItem"],
    }
    assert (read["guid"], read["locked"], read["podcastOwner"]) == (channel.guid, True, feed.owner.email)
    assert (read["itunesCategory"], read["itunesType"]) == (["Business > Non-Profit"], "serial")
    assert read["pubsub"] == {"self": feed.address.url, "hub": "https://hub.example/"}
    assert read["podcastSeasons"] == {"2": {"number": 2, "name": "Sesudah gempa"}}
    assert read["license"] == {"identifier": "cc-by-sa-4.0", "url": channel.license.url}
    assert read["podcastLocation"] == {"name": "Sleman", "osm": "R1", "geo": "geo:-7.7,110.3"}
    [live] = read["podcastLiveItems"]
    assert (live["guid"], live["status"], live["enclosure"]["url"]) == ("guid-nanti", "pending", LIVE["url"])
    [talk, trailer] = read["items"]
    assert [(one["name"], one["role"], one["group"]) for one in talk["podcastPeople"]] == [
        ("Wulan, S.Si", "Host", "Cast"),
        ("Agus Prasetya", "Guest", "Cast"),
        ("Tini", "Audio Engineer", "Audio Production"),
    ]
    assert [one["source"][0]["uri"] for one in talk["alternativeEnclosures"]] == [
        feed.items[0].enclosure.url,
        "https://cdn.example/a.opus",
    ]
    assert trailer["itunesEpisodeType"] == "trailer"
    published = [item.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") for item in feed.items]
    assert [item["pubDate"] for item in read["items"]] == published


@needs_npm
def test_rss_parser_reads_every_field_it_knows(feed, understood):
    read = understood["rssParser"]
    item = read["items"][0]
    assert (read["title"], read["description"], read["language"], read["link"], read["feedUrl"]) == (
        feed.title,
        feed.description,
        feed.language,
        feed.page,
        feed.address.url,
    )
    assert read["itunes"]["categoriesWithSubs"] == [{"name": "Business", "subs": [{"name": "Non-Profit"}]}]
    assert read["itunes"]["owner"] == {"name": feed.owner.name, "email": feed.owner.email}
    assert read["itunes"]["image"] == feed.channel.artwork[0].url
    assert item["enclosure"] == {"url": feed.items[0].enclosure.url, "length": str(len(SOUND)), "type": "audio/mpeg"}
    assert (item["guid"], item["content"], item["content:encoded"]) == (
        feed.items[0].guid,
        feed.items[0].summary,
        feed.items[0].content,
    )
    assert item["itunes"] == {
        "summary": feed.items[0].summary,
        "explicit": "true",
        "duration": "2760",
        "image": feed.items[0].more.artwork[0].url,
        "episode": "3",
        "season": "2",
        "episodeType": "full",
    }


# ── programs that subscribe and download ─────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a podcast with one recording, on a server of ours."""
    folder = tmp_path_factory.mktemp("site")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Silence: a failing test says enough."""

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        site = rich_site(f"http://127.0.0.1:{server.server_address[1]}")
        whole = feed_of(site)
        told = {"feed.xml": render_podcast(replace(whole, items=whole.items[:1]))}
        for path, data in (told | {site.media["a.mp3"].public_path: SOUND}).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{site.addresses.siteurl}/feed.xml"
        server.shutdown()


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not on this machine")


@needs("gpo")
def test_gpodder_subscribes_and_downloads(address, tmp_path):
    home = {"GPODDER_HOME": str(tmp_path), "GPODDER_DOWNLOAD_DIR": str(tmp_path / "downloads")}
    for command in (["subscribe", address], ["download", address]):
        subprocess.run(["gpo", *command], env={**os.environ, **home}, check=True, capture_output=True, timeout=60)
    [episode] = (tmp_path / "downloads").rglob("*.mp3")
    assert episode.parent.name == "Obrolan"
    assert episode.read_bytes() == SOUND


@needs("podboat")
def test_newsboat_subscribes_and_podboat_downloads(address, tmp_path):
    home, downloads = tmp_path / ".newsboat", tmp_path / "downloads"
    home.mkdir()
    downloads.mkdir()
    (home / "urls").write_text(f"{address}\n")
    (home / "config").write_text(f'podcast-auto-enqueue yes\ndownload-path "{downloads}/"\n')
    environment = {**os.environ, "HOME": str(tmp_path), "TERM": "xterm"}
    subprocess.run(["newsboat", "-q", "-x", "reload"], env=environment, check=True, capture_output=True, timeout=60)
    assert downloaded(["podboat", "-a"], environment, downloads) == [SOUND]


def downloaded(command, environment, folder):
    """What *command*, which wants a terminal and never ends by itself, has put into *folder* within half a minute."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        found, until = [], time.monotonic() + 30
        while not found and time.monotonic() < until:
            if select.select([ours], [], [], 0.1)[0]:
                os.read(ours, 65536)
            found = [path.read_bytes() for path in folder.glob("*.mp3")]
        process.terminate()
    os.close(ours)
    os.close(theirs)
    return found
