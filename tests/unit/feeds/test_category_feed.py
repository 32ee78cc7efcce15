"""A category's RSS, read back by feedparser."""

from datetime import timedelta

import feedparser
from lxml import etree

from kentongan.feeds.news import category_feed, news_feed, render_news
from kentongan.feeds.story import NEWEST
from tests.unit import factories as made


def render(site, slug="cerita-anggota"):
    [shelf] = [shelf for shelf in site.categories if shelf.slug == slug]
    return render_news(category_feed(site, shelf))


def read(site):
    parsed = feedparser.parse(render(site))
    assert not parsed.bozo
    assert parsed.version == "rss20"
    return parsed


def story(**fields):
    return made.article(**{"category": "Cerita anggota"} | fields)


def test_the_channel_names_category_office_and_itself():
    channel = read(made.site(story())).feed
    assert (channel.title, channel.language) == ("Cerita anggota – Koperasi Maju", "id")
    assert "Cerita anggota" in channel.subtitle
    assert [(link.rel, link.href) for link in channel.links] == [
        ("alternate", "https://koperasi.example/kategori/cerita-anggota/"),
        ("self", "https://koperasi.example/kategori/cerita-anggota/feed.xml"),
    ]


def test_its_address_is_in_the_words_of_the_site():
    assert made.site(language="en").addresses.category_feed("harvest") == "category/harvest/feed.xml"


def test_it_holds_its_own_articles_and_no_others():
    site = made.site(
        story(id="satu", date="2020-07-01 08:00"),
        story(id="dua", date="2020-07-02 08:00", category="cerita  Anggota"),
        made.article(id="lain", category="Pelatihan", tags=["Cerita anggota"]),
        made.article(id="tanpa"),
    )
    assert [item.link for item in read(site).entries] == [
        "https://koperasi.example/berita/dua/",
        "https://koperasi.example/berita/satu/",
    ]


def test_an_article_is_told_as_in_the_feed_of_all_news():
    site = made.site(story(tags=["koperasi"], summary="Ringkas.", body="<p>Isi.</p>"))
    [shelf] = site.categories
    assert category_feed(site, shelf).items == news_feed(site).items


def test_the_build_date_is_the_latest_change_in_the_category():
    site = made.site(story(), made.article(id="lain", date="2020-07-21 08:00"))
    assert read(site).feed.updated == "Mon, 20 Jul 2020 08:00:00 +0700"


def test_the_newest_stay():
    articles = [story(id=f"kabar-{day}", date=f"2020-06-{day:02} 08:00") for day in range(1, 26)]
    assert len(read(made.site(*articles)).entries) == NEWEST


def test_bytes_depend_on_content_alone():
    first, again, later = (render(made.site(story(), now=made.BEFORE + timedelta(days=days))) for days in (0, 0, 400))
    assert first == again == later


def test_hostile_text_is_carried_as_text(hostile, printable):
    data = render(made.site(story(category=hostile), name=hostile), "script-alert-1-script-title-s-n")
    assert etree.fromstring(data).findtext("channel/title") == f"{printable} – {printable}"
