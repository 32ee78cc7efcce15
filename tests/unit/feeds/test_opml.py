"""The list of all feeds, parsed back: what it says of each is what that feed says of itself."""

from datetime import timedelta

import feedparser
import pytest
from lxml import etree

from kentongan.feeds.all_programs import all_programs_feed
from kentongan.feeds.coming import coming_feed, render_coming
from kentongan.feeds.news import category_feed, news_feed, render_news
from kentongan.feeds.opml import render_opml, subscription_list
from kentongan.feeds.podcast import podcast_feed, render_podcast
from kentongan.schedule import broadcasts
from tests.unit import factories as made


def render(site):
    return render_opml(subscription_list(site))


def read(site):
    root = etree.fromstring(render(site))
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    return root


def outlines(site):
    return [dict(outline.attrib) for outline in read(site).findall("body/outline")]


def office(**fields):
    return made.site(
        made.article(category="Cerita anggota"),
        made.article(id="lain", category="Pelatihan"),
        made.program(summary="Obrolan\nkita.", language="jv"),
        made.program(id="musik", title="Musik", guid="guid-of-musik"),
        made.station(),
        **fields,
    )


def feeds(site):
    """Every feed but Atom's and JSON Feed's of the news, in the order of the list."""
    dated = broadcasts(site)
    yield render_news(news_feed(site))
    yield from (render_news(category_feed(site, shelf)) for shelf in site.categories)
    yield render_podcast(all_programs_feed(site, dated))
    for program in site.programs:
        yield render_podcast(podcast_feed(site, dated, program))
        yield render_coming(coming_feed(site, dated, program))


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_feed_is_listed_as_it_calls_itself(language):
    site = office(language=language)
    listed = [(one["text"], one["title"], one["language"], one["htmlUrl"], one["xmlUrl"]) for one in outlines(site)]
    parsed = [feedparser.parse(data).feed for data in feeds(site)]
    assert listed == [(feed.title, feed.title, feed.language, feed.link, own_address(feed)) for feed in parsed]


def own_address(feed):
    return next(link.href for link in feed.links if link.rel == "self")


def test_their_addresses():
    assert [one["xmlUrl"].removeprefix("https://koperasi.example/") for one in outlines(office())] == [
        "feed.xml",
        "kategori/cerita-anggota/feed.xml",
        "kategori/pelatihan/feed.xml",
        "program/feed.xml",
        "program/musik/feed.xml",
        "program/musik/akan-datang.xml",
        "program/obrolan/feed.xml",
        "program/obrolan/akan-datang.xml",
    ]
    assert {one["type"] for one in outlines(office())} == {"rss"}


def test_what_they_are_about_is_on_one_line():
    about = {one["xmlUrl"].rpartition("/program/")[2]: one["description"] for one in outlines(office())}
    assert (about["obrolan/feed.xml"], about["musik/feed.xml"]) == ("Obrolan kita.", "Musik")


def test_its_own_address_is_in_the_words_of_the_site():
    assert [made.site(language=language).addresses.subscriptions() for language in ("id", "en")] == [
        "langganan.opml",
        "subscribe.opml",
    ]


def test_the_head_names_the_office():
    head = read(office()).find("head")
    assert "Koperasi Maju" in head.findtext("title")
    assert head.findtext("ownerName") == "Koperasi Maju"


def test_it_is_dated_by_the_last_program_or_category_to_come():
    old, new = made.article(id="lama", category="A", date="2020-07-01 08:00"), made.article(category="A")
    dates = [
        read(made.site(*records)).findtext("head/dateModified")
        for records in ((old, new), (old, new, made.program(date="2020-07-21 07:30")), (made.program(),), ())
    ]
    assert dates == ["Wed, 01 Jul 2020 08:00:00 +0700", "Tue, 21 Jul 2020 07:30:00 +0700", None, None]


def test_bytes_depend_on_content_alone():
    first, again, later = (render(office(now=made.BEFORE + timedelta(days=days))) for days in (0, 0, 400))
    assert first == again == later


def test_hostile_text_is_carried_as_text(hostile, printable):
    records = made.program(title=hostile, summary=hostile), made.article(category=hostile)
    told = outlines(made.site(*records, name=hostile, description=hostile))
    assert [one["text"] for one in told if one["xmlUrl"].endswith("/obrolan/feed.xml")] == [printable]
    assert told[0]["text"] == told[0]["description"] == printable
    assert told[1]["text"] == f"{printable} – {printable}"
