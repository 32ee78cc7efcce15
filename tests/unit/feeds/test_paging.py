"""Long podcasts: bearable documents, in which every item is reachable and archives stand still (RFC 5005)."""

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kentongan.feeds.paging import KEPT, SHEET, paged
from kentongan.feeds.podcast import documents, podcast_feed, render_podcast
from kentongan.schedule import broadcasts
from tests.unit import factories as made

ATOM = "{http://www.w3.org/2005/Atom}link"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
FEED = "https://koperasi.example/program/obrolan/feed.xml"


@given(st.integers(0, 2000))
def test_all_items_are_in_one_document_each(count):
    newest_first = list(range(count, 0, -1))
    current, *archives = paged(newest_first)
    assert [*current, *(item for archive in reversed(archives) for item in archive)] == newest_first
    assert len(current) <= KEPT
    assert all(len(archive) == SHEET for archive in archives)
    assert not archives or len(current) > KEPT - SHEET


@given(st.integers(0, 2000), st.integers(0, 500))
def test_a_new_item_never_moves_another_from_archive_to_archive(count, more):
    before = paged(range(count, 0, -1))[1:]
    assert paged(range(count + more, 0, -1))[1 : 1 + len(before)] == before


def long_feed(count, **office):
    """The documents of a program with *count* recordings, by path, and the guids from old to new."""
    talks = [
        made.episode(
            id=f"t{number:04}",
            guid=f"g{number:04}",
            broadcasts=[made.transmission(start=f"{2000 + number // 300}-01-01 {number % 24:02}:00", end=None)],
            audio=made.audio(),
        )
        for number in range(count)
    ]
    site = made.site(made.program(), made.station(), *talks, **office)
    feed = podcast_feed(site, broadcasts(site), site.programs[0])
    return dict(documents(site, site.addresses.program_feed("obrolan"), feed)), feed


def links(channel):
    return {link.get("rel"): link.get("href") for link in channel.findall(ATOM)}


def test_a_short_podcast_is_one_document():
    files, feed = long_feed(KEPT)
    assert list(files) == ["program/obrolan/feed.xml"]
    assert files["program/obrolan/feed.xml"] == feed


def test_a_reader_that_follows_the_links_finds_everything_once():
    files, feed = long_feed(501, hub="https://hub.example/")
    channels = {
        f"https://koperasi.example/{path}": etree.fromstring(render_podcast(view)).find("channel")
        for path, view in files.items()
    }
    assert list(files) == [*(f"program/obrolan/arsip/{number}.xml" for number in (1, 2, 3)), "program/obrolan/feed.xml"]
    assert links(channels[FEED])["hub"] == "https://hub.example/"
    at, met = FEED, []
    while at:
        channel = channels[at]
        assert links(channel)["self"] == at
        assert (channel.find(ARCHIVE) is not None) == (at != FEED)
        met += [item.findtext("guid") for item in channel.findall("item")]
        at = links(channel).get("prev-archive")
    assert met == [item.guid for item in feed.items]


def test_archives_lead_back_and_on():
    files, _ = long_feed(501)
    second = etree.fromstring(render_podcast(files["program/obrolan/arsip/2.xml"])).find("channel")
    below = "https://koperasi.example/program/obrolan/arsip"
    assert links(second) == {
        "self": f"{below}/2.xml",
        "current": FEED,
        "prev-archive": f"{below}/1.xml",
        "next-archive": f"{below}/3.xml",
    }


def test_an_archive_tells_nothing_that_changes():
    early, later = long_feed(410)[0], long_feed(411)[0]
    path = "program/obrolan/arsip/1.xml"
    assert render_podcast(early[path]) == render_podcast(later[path])
    parsed = feedparser.parse(render_podcast(early[path]))
    assert not parsed.bozo
    assert not parsed.feed.get("updated")
