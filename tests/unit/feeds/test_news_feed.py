"""The site's RSS, read back by feedparser."""

from datetime import timedelta

import feedparser
from lxml import etree

from kentongan.feeds.news import news_feed, render_news
from kentongan.feeds.story import NEWEST
from tests.unit import factories as made


def read(site):
    parsed = feedparser.parse(render_news(news_feed(site)))
    assert not parsed.bozo
    return parsed


def test_the_channel_names_the_office_and_itself():
    channel = read(made.site(made.article(), name="Koperasi Maju", description="Kabar kami.")).feed
    assert (channel.title, channel.link, channel.subtitle, channel.language) == (
        "Koperasi Maju",
        "https://koperasi.example/",
        "Kabar kami.",
        "id",
    )
    assert {"rel": "self", "href": "https://koperasi.example/feed.xml", "type": "application/rss+xml"} in [
        dict(link) for link in channel.links
    ]


def test_an_item_carries_the_article():
    site = made.site(
        made.person(),
        made.article(
            authors=["wulan"],
            category="Konsultasi",
            tags=["koperasi", "Konsultasi"],
            summary="Ringkas.",
            body='<p>Isi <a href="/program/">kami</a>.</p>',
        ),
    )
    [item] = read(site).entries
    assert item.title == "Kabar"
    assert item.link == item.id == "https://koperasi.example/berita/kabar/"
    assert item.published == "Mon, 20 Jul 2020 08:00:00 +0700"
    assert item.author == "Wulan, S.Si"
    assert [tag.term for tag in item.tags] == ["Konsultasi", "koperasi"]
    assert item.summary == "Ringkas."
    assert item.content[0].value == '<p>Isi <a href="https://koperasi.example/program/">kami</a>.</p>'


def test_the_guid_is_a_permalink():
    guid = etree.fromstring(render_news(news_feed(made.site(made.article())))).find("channel/item/guid")
    assert (guid.text, guid.get("isPermaLink")) == ("https://koperasi.example/berita/kabar/", "true")


def test_an_author_without_a_record_is_named_by_id():
    assert read(made.site(made.article(authors=["siapa"]))).entries[0].author == "siapa"


def test_the_newest_come_first_and_older_ones_drop_out():
    articles = [made.article(id=f"kabar-{day}", date=f"2020-06-{day:02} 08:00") for day in range(1, 26)]
    links = [item.link for item in read(made.site(*articles)).entries]
    assert links == [f"https://koperasi.example/berita/kabar-{day}/" for day in range(25, 25 - NEWEST, -1)]


def test_the_build_date_is_the_latest_change():
    articles = [
        made.article(id="lama", date="2020-07-01 08:00", updated="2020-07-21 07:30"),
        made.article(id="baru", date="2020-07-20 08:00"),
    ]
    assert read(made.site(*articles)).feed.updated == "Tue, 21 Jul 2020 07:30:00 +0700"


def test_without_articles_there_is_no_build_date():
    parsed = read(made.site())
    assert parsed.entries == []
    assert "updated" not in parsed.feed


def test_bytes_depend_on_content_alone():
    views = [news_feed(made.site(made.article(), now=made.BEFORE + timedelta(days=days))) for days in (0, 400)]
    assert views[0] == views[1]
    assert render_news(views[0]) == render_news(views[1])


def test_hostile_text_is_carried_as_text(hostile, printable):
    article = made.article(title=hostile, summary=hostile, tags=[hostile], category=hostile, body=f"<p>{hostile}</p>")
    data = render_news(news_feed(made.site(article, name=hostile, description=hostile)))
    item = etree.fromstring(data).find("channel/item")
    assert item.findtext("title") == printable
    assert item.findtext("category") == printable


def test_a_title_of_control_characters_gives_way_to_the_id():
    assert read(made.site(made.article(title="\x84"))).entries[0].title == "kabar"


def test_an_item_says_its_language_where_it_differs():
    site = made.site(made.article(id="a", lang="jv"), made.article(id="b", lang="id"))
    items = etree.fromstring(render_news(news_feed(site))).findall("channel/item")
    assert [item.findtext("{*}language") for item in items] == [None, "jv"]
