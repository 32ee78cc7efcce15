"""An article's picture in RSS, Atom and JSON Feed; and that nobody hears of one that is not there."""

from dataclasses import replace

import feedparser
import pytest
from lxml import etree

from kentongan.feeds.atom import atom_feed, render_atom
from kentongan.feeds.json_feed import json_feed, render_json_feed
from kentongan.feeds.news import news_feed, render_news
from kentongan.store.media import MediaFile
from tests.unit import factories as made

FILE = MediaFile("pasar pagi.jpg", "/office/pasar pagi.jpg", "0123456789abcdef", 4321, "image/jpeg", (640, 480))
URL = "https://koperasi.example/media/pasar-pagi.0123456789.jpg"
XML_FEEDS = [
    pytest.param(lambda site: render_news(news_feed(site)), id="rss"),
    pytest.param(lambda site: render_atom(atom_feed(site)), id="atom"),
]


def illustrated(*files, alt="Pasar"):
    article = made.article(image={"src": "pasar pagi.jpg", "alt": alt})
    return replace(made.site(article), media={file.path: file for file in files})


@pytest.mark.parametrize("render", XML_FEEDS)
def test_a_picture_is_a_media_content(render):
    parsed = feedparser.parse(render(illustrated(FILE)))
    assert not parsed.bozo
    assert parsed.entries[0].media_content == [
        {
            "url": URL,
            "filesize": "4321",
            "type": "image/jpeg",
            "medium": "image",
            "width": "640",
            "height": "480",
        }
    ]
    assert [link.rel for link in parsed.entries[0].links] == ["alternate"]


@pytest.mark.parametrize("render", XML_FEEDS)
def test_a_picture_says_in_words_what_it_shows(render, hostile, printable):
    told = etree.fromstring(render(illustrated(FILE, alt=hostile))).find(".//{*}content/{*}description")
    assert (told.text, told.get("type")) == (printable, "plain")


@pytest.mark.parametrize("render", XML_FEEDS)
def test_a_drawing_of_unknown_size_has_none(render):
    [content] = feedparser.parse(render(illustrated(replace(FILE, size=None)))).entries[0].media_content
    assert {"width", "height"} & set(content) == set()


@pytest.mark.parametrize("render", XML_FEEDS)
def test_without_a_picture_the_namespace_is_not_declared(render):
    assert b"mrss" in render(illustrated(FILE))
    assert b"mrss" not in render(illustrated())


def test_json_feed_has_its_address():
    assert f'"image":"{URL}"'.encode() in render_json_feed(json_feed(illustrated(FILE)))
    assert b'"image"' not in render_json_feed(json_feed(illustrated()))
