"""The podcast of all programs: one channel of the office, in which each talk is the one of its program's own feed."""

from datetime import timedelta
from uuid import UUID

import feedparser
from lxml import etree

from kentongan.feeds.all_programs import all_programs_feed
from kentongan.feeds.live_items import ENDED_KEPT
from kentongan.feeds.podcast import render_podcast
from kentongan.schedule import broadcasts
from tests.unit import factories as made

NAMESPACES = {
    "podcast": "https://podcastindex.org/namespace/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
}


def render(site):
    return render_podcast(all_programs_feed(site, broadcasts(site)))


def channel_of(site):
    data = render(site)
    assert not feedparser.parse(data).bozo
    return etree.fromstring(data).find("channel")


def texts(element, *names):
    return [element.findtext(name, namespaces=NAMESPACES) for name in names]


def two_programs(*episodes, now=made.BEFORE, **office):
    """``obrolan`` and ``musik``, on a station, with *episodes*."""
    musik = made.program(id="musik", title="Musik", guid="guid-of-musik")
    return made.site(made.program(), musik, made.station(), *episodes, now=now, **office)


def talk(id_, start, **fields):
    once = [made.transmission(start=start, end=None)]
    return made.episode(**{"id": id_, "guid": f"guid-{id_}", "title": id_.title(), "broadcasts": once} | fields)


def test_the_channel_is_the_offices():
    channel = channel_of(two_programs(contact={"email": "radio@koperasi.example"}))
    assert "Koperasi Maju" in channel.findtext("title")
    assert "Musik, Obrolan" in channel.findtext("description")
    assert texts(channel, "link", "language", "itunes:author", "itunes:owner/itunes:email", "itunes:explicit") == [
        "https://koperasi.example/program/",
        "id",
        "Koperasi Maju",
        "radio@koperasi.example",
        "false",
    ]
    assert [dict(link.attrib) for link in channel.findall("atom:link", NAMESPACES)] == [
        {"rel": "self", "href": "https://koperasi.example/program/feed.xml", "type": "application/rss+xml"}
    ]


def test_without_an_address_there_is_no_owner():
    assert channel_of(two_programs()).find("itunes:owner", NAMESPACES) is None


def test_the_category_is_that_of_most_programs():
    programs = [
        made.program(id=f"p{number}", guid=f"g{number}", category=category)
        for number, category in enumerate(["Music", "Government", "Government"])
    ]
    found = [
        channel_of(made.site(*some)).find("itunes:category", NAMESPACES).get("text")
        for some in (programs, programs[:1], [])
    ]
    assert found == ["Government", "Music", "Business"]


def test_its_guid_is_a_uuid_of_its_own_and_survives_a_change_of_domain():
    here, there, other = (
        channel_of(two_programs(**office)).findtext("podcast:guid", namespaces=NAMESPACES)
        for office in ({}, {"siteurl": "https://baru.example"}, {"name": "Koperasi Lain"})
    )
    assert here == there != other
    assert UUID(here).version == 5


def test_items_of_all_programs_come_newest_first_with_their_programs_name():
    channel = channel_of(
        two_programs(
            talk("lama", "2020-07-01 10:00", audio=made.audio(), number=3, season=1),
            talk("baru", "2020-07-15 10:00", audio=made.audio(), number=4, season=1),
            talk("lagu", "2020-07-08 10:00", audio=made.audio(), number=3, season=1, program="musik"),
        )
    )
    assert [texts(item, "title", "guid", "itunes:episode", "podcast:season") for item in channel.findall("item")] == [
        ["Obrolan: Baru", "guid-baru", None, None],
        ["Musik: Lagu", "guid-lagu", None, None],
        ["Obrolan: Lama", "guid-lama", None, None],
    ]
    assert channel.find("item/link").text == "https://koperasi.example/program/obrolan/baru/"


def test_live_items_likewise():
    channel = channel_of(
        two_programs(
            talk("nanti", "2020-07-29 10:00"),
            talk("kini", "2020-07-22 08:30", program="musik"),
            talk("tadi", "2020-07-15 10:00"),
        )
    )
    live_items = channel.findall("podcast:liveItem", NAMESPACES)
    assert [(one.get("status"), *texts(one, "title", "guid")) for one in live_items] == [
        ("pending", "Obrolan: Nanti", "guid-nanti"),
        ("live", "Musik: Kini", "guid-kini"),
        ("ended", "Obrolan: Tadi", "guid-tadi"),
    ]


def test_of_all_programs_only_the_newest_ended_live_items_stay():
    ended = [
        talk(f"talk-{day:02}", f"2020-06-{day:02} 10:00", program=("obrolan", "musik")[day % 2]) for day in range(1, 29)
    ]
    site = two_programs(talk("nanti", "2020-07-29 10:00"), *ended)
    guids = [live.findtext("guid") for live in channel_of(site).findall("podcast:liveItem", NAMESPACES)]
    assert guids == ["guid-nanti", *(f"guid-talk-{day:02}" for day in range(28, 28 - ENDED_KEPT, -1))]


def test_an_office_without_programs_has_an_empty_feed():
    channel = channel_of(made.site(description="Kabar kami."))
    assert channel.findtext("description") == "Kabar kami."
    assert channel.findall("item") == []
    assert channel.find("lastBuildDate") is None


class Walked(tuple):
    """Broadcasts that count how often somebody walks through all of them."""

    walks = 0

    def __iter__(self):
        self.walks += 1
        return super().__iter__()


def test_the_broadcasts_of_many_programs_are_walked_through_once():
    programs = [made.program(id=f"p{place}", guid=f"g{place}") for place in range(9)]
    site = made.site(*programs, made.station(), talk("nanti", "2020-07-29 10:00", program="p3"))
    told = Walked(broadcasts(site))
    told.walks = 0
    assert len(all_programs_feed(site, told).channel.live_items) == 1
    assert told.walks == 1


def test_bytes_change_with_the_state_alone():
    talks = talk("nanti", "2020-07-22 10:00"), talk("lama", "2020-07-01 10:00", audio=made.audio())
    early, before, again = (
        render(two_programs(*talks, now=now)) for now in (made.BEFORE - timedelta(hours=9), made.BEFORE, made.BEFORE)
    )
    assert early == before == again


def test_hostile_text_is_carried_as_text(hostile, printable):
    office = {"name": hostile, "contact": {"email": hostile}}
    records = made.program(title=hostile, category=hostile), made.station(name=hostile)
    coming = made.episode(title=hostile, guid="b", summary=hostile)
    recorded = made.episode(id="lama", title=hostile, summary=hostile, body=f"<p>{hostile}</p>", audio=made.audio())
    channel = channel_of(made.site(*records, coming, recorded, **office))
    assert printable in channel.findtext("title")
    titles = [channel.findtext(f"{one}/title", namespaces=NAMESPACES) for one in ("item", "podcast:liveItem")]
    assert titles == [f"{printable}: {printable}"] * 2
