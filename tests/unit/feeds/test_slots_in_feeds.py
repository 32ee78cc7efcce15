"""Feeds are about episodes: a slot alone is no news, and one that an episode fills is."""

import feedparser
from lxml import etree

from kentongan.feeds.coming import coming_feed, render_coming
from kentongan.feeds.podcast import podcast_feed, render_podcast
from kentongan.schedule import broadcasts
from tests.unit import factories as made
from tests.unit.schedule import standing
from tests.unit.schedule.standing import override

GIVEN = override(first="2020-07-29", last="2020-08-05", episode="tangguh", reason="Ulang tahun")


def coming(site):
    return feedparser.parse(render_coming(coming_feed(site, broadcasts(site), site.programs[0]))).entries


def live_items(site):
    podcast = etree.fromstring(render_podcast(podcast_feed(site, broadcasts(site), site.programs[0])))
    return podcast.findall(".//{*}liveItem")


def test_a_slot_alone_is_in_no_feed():
    site = standing.site()
    assert [coming(site), live_items(site)] == [[], []]


def test_what_an_override_gives_to_an_episode_is_coming():
    site = standing.site(made.episode(broadcasts=[]), overrides=[GIVEN])
    entries = coming(site)
    assert [entry.title for entry in entries] == ["Koperasi Tangguh"] * 2
    assert len({entry.id for entry in entries}) == 2
    assert "Ulang tahun" in entries[0].summary
    [live] = live_items(site)
    assert [live.get("status"), live.get("start")] == ["pending", "2020-07-29T10:00:00+07:00"]
