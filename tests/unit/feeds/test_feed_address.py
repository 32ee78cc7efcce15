"""What goes with every feed's address: the hub that tells of changes, and a face for whoever opens it in a browser."""

import json

import pytest
from lxml import etree

from kentongan.feeds.all_programs import all_programs_feed
from kentongan.feeds.atom import atom_feed, render_atom
from kentongan.feeds.coming import coming_feed, render_coming
from kentongan.feeds.json_feed import json_feed, render_json_feed
from kentongan.feeds.news import category_feed, news_feed, render_news
from kentongan.feeds.podcast import podcast_feed, render_podcast
from kentongan.feeds.style import feed_style, feed_style_path
from tests.unit import factories as made

HUB = "https://hub.example/?a=1&b=2"
FEEDS = {
    "news": lambda site: render_news(news_feed(site)),
    "category": lambda site: render_news(category_feed(site, site.categories[0])),
    "atom": lambda site: render_atom(atom_feed(site)),
    "coming": lambda site: render_coming(coming_feed(site, (), site.programs[0])),
    "podcast": lambda site: render_podcast(podcast_feed(site, (), site.programs[0])),
    "all programs": lambda site: render_podcast(all_programs_feed(site, ())),
}


def office(**fields):
    return made.site(made.article(category="Usaha"), made.program(), **fields)


def links(data):
    found = etree.fromstring(data).iter("{http://www.w3.org/2005/Atom}link")
    return [(one.get("rel"), one.get("href")) for one in found if one.get("rel") in ("self", "hub")]


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_every_feed_names_itself_and_the_hub(feed):
    [(_, here), hub] = links(feed(office(hub=HUB)))
    assert here.startswith("https://koperasi.example/")
    assert hub == ("hub", HUB)
    assert links(feed(office())) == [("self", here)]


def test_json_feed_names_the_hub_too():
    told = [json.loads(render_json_feed(json_feed(office(**fields)))).get("hubs") for fields in ({"hub": HUB}, {})]
    assert told == [[{"type": "WebSub", "url": HUB}], None]


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_every_feed_names_one_style(feed):
    site = office(siteurl="https://koperasi.example/kantor")
    before = etree.fromstring(feed(site)).getprevious()
    assert (before.target, dict(before.attrib)) == (
        "xml-stylesheet",
        {"type": "text/css", "href": f"/kantor/{feed_style_path(site)}"},
    )


def test_the_style_speaks_the_sites_language_in_the_offices_colours():
    indonesian, english = feed_style(office()), feed_style(office(language="en", colours={"light": "#123456"}))
    assert "Ini umpan" in indonesian
    assert "This is a feed" in english
    assert "#123456" in english
    assert feed_style_path(office()) == feed_style_path(office(name="Lain")) != feed_style_path(office(language="en"))
