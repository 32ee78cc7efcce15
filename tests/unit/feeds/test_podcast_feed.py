"""A program's feed: an episode's one life in it, and the rules of PSP-1, Apple and the podcast namespace."""

from datetime import timedelta

import feedparser
import pytest
from lxml import etree

from kentongan.feeds.live_items import ENDED_KEPT
from kentongan.feeds.podcast import podcast_feed, render_podcast
from kentongan.schedule import broadcasts
from tests.unit import factories as made

NAMESPACES = {
    "podcast": "https://podcastindex.org/namespace/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
STREAM = {"url": "https://radio.example/live", "type": "audio/aac", "bitrate": 64}


def render(site):
    return render_podcast(podcast_feed(site, broadcasts(site), site.programs[0]))


def channel_of(site):
    data = render(site)
    assert not feedparser.parse(data).bozo
    return etree.fromstring(data).find("channel")


def texts(element, *names):
    return [element.findtext(name, namespaces=NAMESPACES) for name in names]


def all_of(element, name):
    return element.findall(name, NAMESPACES)


def live_items(site):
    return all_of(channel_of(site), "podcast:liveItem")


def talk(now=made.BEFORE, station=None, program=None, **episode):
    return made.site(made.program(**program or {}), made.station(**station or {}), made.episode(**episode), now=now)


def test_the_channel_has_what_psp_1_and_apple_ask_for():
    owner = {"name": "Dinas Koperasi", "email": "radio@koperasi.example"}
    channel = channel_of(
        talk(
            program={
                "guid": made.PROGRAM_GUID,
                "summary": "Obrolan kita.",
                "language": "jv",
                "explicit": "yes",
                "owner": owner,
            }
        )
    )
    assert texts(channel, "title", "description", "link", "language") == [
        "Obrolan",
        "Obrolan kita.",
        "https://koperasi.example/program/obrolan/",
        "jv",
    ]
    assert [dict(link.attrib) for link in all_of(channel, "atom:link")] == [
        {
            "rel": "self",
            "href": "https://koperasi.example/program/obrolan/feed.xml",
            "type": "application/rss+xml",
        }
    ]
    assert channel.find("itunes:category", NAMESPACES).get("text") == "Business"
    assert texts(channel, "itunes:explicit", "itunes:author", "itunes:type") == ["true", "Dinas Koperasi", "episodic"]
    assert texts(channel, "itunes:owner/itunes:name", "itunes:owner/itunes:email") == list(owner.values())
    assert texts(channel, "podcast:guid", "podcast:medium", "podcast:locked") == [made.PROGRAM_GUID, "podcast", "yes"]
    assert channel.find("podcast:locked", NAMESPACES).get("owner") == "radio@koperasi.example"


def test_an_owner_without_address_is_an_author_only():
    channel = channel_of(talk(program={"owner": {"name": "Dinas Koperasi"}}))
    assert texts(channel, "itunes:author", "itunes:owner") == ["Dinas Koperasi", None]
    assert dict(channel.find("podcast:locked", NAMESPACES).attrib) == {}


def test_a_recorded_episode_is_an_item():
    site = talk(
        audio=made.audio(type="audio/mp4"),
        number=3,
        season=2,
        summary="Ringkas.",
        body='<p><a href="/berita/">Kabar</a></p>',
    )
    [item] = all_of(channel_of(site), "item")
    assert texts(item, "title", "link", "guid", "pubDate", "description", "content:encoded") == [
        "Koperasi Tangguh",
        "https://koperasi.example/program/obrolan/tangguh/",
        "guid-of-episode",
        "Wed, 22 Jul 2020 10:00:00 +0700",
        "Ringkas.",
        '<p><a href="https://koperasi.example/berita/">Kabar</a></p>',
    ]
    assert item.find("guid").get("isPermaLink") == "false"
    assert dict(item.find("enclosure").attrib) == {
        "url": "https://cdn.example/a.mp3",
        "length": "1234",
        "type": "audio/mp4",
    }
    names = ("duration", "season", "episode", "episodeType", "explicit", "summary")
    assert texts(item, *(f"itunes:{name}" for name in names)) == ["2760", "2", "3", "full", "false", "Ringkas."]
    assert texts(item, "podcast:season", "podcast:episode") == ["2", "3"]
    assert live_items(site) == []


def test_a_recording_never_broadcast_is_dated_by_its_announcement():
    [item] = all_of(channel_of(talk(audio=made.audio(), broadcasts=[])), "item")
    assert item.findtext("pubDate") == "Mon, 20 Jul 2020 08:00:00 +0700"


@pytest.mark.parametrize(
    ("now", "fields", "status"),
    [
        (made.BEFORE, {}, "pending"),
        (made.BEFORE, {"on_air": "yes"}, "live"),
        (made.DURING, {}, "live"),
        (made.AFTER, {}, "ended"),
        (made.BEFORE, {"cancelled": "Tamu sakit"}, "ended"),
    ],
)
def test_until_there_is_audio_an_episode_is_a_live_item(now, fields, status):
    site = talk(now, **fields)
    [live] = live_items(site)
    assert dict(live.attrib) == {
        "status": status,
        "start": "2020-07-22T10:00:00+07:00",
        "end": "2020-07-22T11:00:00+07:00",
    }
    assert texts(live, "title", "guid", "link") == [
        "Koperasi Tangguh",
        "guid-of-episode",
        "https://koperasi.example/program/obrolan/tangguh/",
    ]
    assert live.find("podcast:contentLink", NAMESPACES).get("href") == live.findtext("link")
    assert all_of(channel_of(site), "item") == []


def test_an_unknown_end_is_left_out():
    [live] = live_items(talk(broadcasts=[made.transmission(end=None)]))
    assert dict(live.attrib) == {"status": "pending", "start": "2020-07-22T10:00:00+07:00"}


def test_a_live_item_tells_when_where_and_why_not():
    [live] = live_items(talk(cancelled="Tamu sakit", summary="Ringkas.", station={"zone": "WITA"}))
    when, reason, summary = live.findtext("description").split("\n")
    assert when.startswith("Rabu, 22 Juli 2020 pukul 10.00 WITA")
    assert when.endswith("Radio Desa")
    assert "Tamu sakit" in reason
    assert summary == "Ringkas."
    assert live.get("start") == "2020-07-22T10:00:00+08:00"


def test_a_live_item_has_the_streams_of_its_station():
    second = {"url": "https://radio.example/low", "type": "audio/mpeg"}
    [live] = live_items(talk(station={"streams": [STREAM, second]}))
    assert dict(live.find("enclosure").attrib) == {
        "url": "https://radio.example/live",
        "type": "audio/aac",
        "length": "0",
    }
    alternates = all_of(live, "podcast:alternateEnclosure")
    assert [dict(one.attrib) for one in alternates] == [
        {"type": "audio/aac", "bitrate": "64000", "default": "true"},
        {"type": "audio/mpeg"},
    ]
    assert [one[0].get("uri") for one in alternates] == ["https://radio.example/live", "https://radio.example/low"]


def test_without_a_stream_there_is_no_enclosure():
    [live] = live_items(talk())
    assert all_of(live, "enclosure") + all_of(live, "podcast:alternateEnclosure") == []


def test_of_several_broadcasts_the_next_counts_under_one_guid():
    both = [made.transmission(), made.transmission(id="ulang", kind="repeat", start="2020-07-23 10:00", end=None)]
    starts = [
        [live.get("start") for live in live_items(talk(now, broadcasts=both))]
        for now in (made.BEFORE, made.DURING, made.AFTER, made.AFTER + timedelta(days=9))
    ]
    first, second = "2020-07-22T10:00:00+07:00", "2020-07-23T10:00:00+07:00"
    assert starts == [[first], [first], [second], [second]]


def test_an_episode_without_broadcast_and_audio_is_not_in_the_feed():
    site = talk(broadcasts=[])
    assert live_items(site) + all_of(channel_of(site), "item") == []


def test_only_the_newest_ended_live_items_stay():
    episodes = [
        made.episode(
            id=f"talk-{day:02}",
            guid=f"guid-{day:02}",
            broadcasts=[made.transmission(start=f"2020-06-{day:02} 10:00", end=None)],
        )
        for day in range(1, 21)
    ]
    coming = made.episode(id="baru", guid="guid-99")
    site = made.site(made.program(), made.station(), coming, *episodes)
    guids = [live.findtext("guid") for live in live_items(site)]
    assert guids == ["guid-99", *(f"guid-{day:02}" for day in range(20, 20 - ENDED_KEPT, -1))]


def people(element):
    return [(one.text, one.get("role"), one.get("group"), one.get("href")) for one in all_of(element, "podcast:person")]


HOST = ("Wulan, S.Si", "host", "cast", "https://koperasi.example/narasumber/wulan/")


@pytest.mark.parametrize(
    ("credits_", "told"),
    [
        ([], [HOST]),
        (
            [{"person": "agus", "name": "Agus Prasetya"}, {"person": "tini", "role": "producer"}],
            [HOST, ("Agus Prasetya", "guest", "cast", None), ("tini", "producer", "creative direction", None)],
        ),
        ([{"person": "wulan", "role": "guest"}], [(HOST[0], "guest", "cast", HOST[3])]),
        ([{"person": "agus", "role": "guest host"}], [("agus", "guest host", "cast", None)]),
    ],
)
def test_items_repeat_the_hosts_unless_the_episode_says_otherwise(credits_, told):
    program = made.program(hosts=[made.credit(role="host")])
    site = made.site(program, made.person(), made.station(), made.episode(credits=credits_, audio=made.audio()))
    channel = channel_of(site)
    assert people(channel) == [HOST]
    assert people(channel.find("item")) == told


def test_without_any_date_there_is_no_build_date():
    assert channel_of(made.site(made.program())).findtext("lastBuildDate") is None


def test_the_build_date_is_the_latest_change_of_program_and_episodes():
    site = made.site(made.program(date="2020-07-01 08:00"), made.station(), made.episode(updated="2020-07-21 07:30"))
    assert channel_of(site).findtext("lastBuildDate") == "Tue, 21 Jul 2020 07:30:00 +0700"


def test_bytes_change_with_the_state_alone():
    before, later, after = (talk(now) for now in (made.BEFORE, made.BEFORE - timedelta(hours=9), made.AFTER))
    assert render(before) == render(later) == render(before)
    assert render(before) != render(after)


def test_other_programs_stay_out():
    other = made.episode(id="lain", program="lain", guid="lain", audio=made.audio())
    site = made.site(made.program(), made.program(id="lain", title="Zzz", guid="g"), made.station(), other)
    assert all_of(channel_of(site), "item") == []


@pytest.mark.parametrize("more", [{}, {"audio": {"url": "https://cdn.example/\x84\"<a>'&.mp3", "bytes": 1}}])
def test_hostile_text_is_carried_as_text(hostile, printable, more):
    site = made.site(
        made.program(title=hostile, summary=hostile, category=hostile, owner={"name": hostile, "email": hostile}),
        made.station(name=hostile, streams=[{"url": "https://radio.example/\x84", "type": hostile}]),
        made.person(name=hostile),
        made.episode(
            title=hostile,
            summary=hostile,
            credits=[{"person": "wulan", "stated": hostile}],
            body=f"<p>{hostile}</p>",
            **more,
        ),
        name=hostile,
    )
    channel = channel_of(site)
    assert channel.findtext("title") == printable
    element = channel.find("item") if more else channel.find("podcast:liveItem", NAMESPACES)
    assert element.findtext("title") == printable
    assert people(element)[0][0] == f"{printable}, S.Si"
