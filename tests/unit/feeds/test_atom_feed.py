"""The site's Atom, read back by feedparser, and the rules of RFC 4287."""

from datetime import timedelta

import feedparser
import pytest
from lxml import etree

from kentongan.feeds.atom import atom_feed, render_atom
from kentongan.feeds.story import NEWEST
from tests.unit import factories as made

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PAGE = "https://koperasi.example/berita/kabar/"


def render(site):
    return render_atom(atom_feed(site))


def read(site):
    parsed = feedparser.parse(render(site))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    return parsed


def tree(site):
    return etree.fromstring(render(site))


def test_the_feed_names_the_office_and_itself():
    feed = read(made.site(made.article(), description="Kabar kami.")).feed
    assert (feed.title, feed.subtitle, feed.author, feed.author_detail.href) == (
        "Koperasi Maju",
        "Kabar kami.",
        "Koperasi Maju",
        "https://koperasi.example/",
    )
    assert [(link.rel, link.href, link.type) for link in feed.links] == [
        ("alternate", "https://koperasi.example/", "text/html"),
        ("self", "https://koperasi.example/atom.xml", "application/atom+xml"),
    ]


def test_an_entry_carries_the_article():
    site = made.site(
        made.person(),
        made.article(
            authors=["wulan", "siapa"],
            category="Konsultasi",
            tags=["koperasi", "Konsultasi"],
            summary="Ringkas & jelas.",
            updated="2020-07-21 07:30",
            body='<p>Isi <a href="/program/">kami</a>.</p>',
        ),
    )
    [entry] = read(site).entries
    assert (entry.title, entry.summary, entry.published, entry.updated) == (
        "Kabar",
        "Ringkas & jelas.",
        "2020-07-20T08:00:00+07:00",
        "2020-07-21T07:30:00+07:00",
    )
    assert [(author.name, author.get("href")) for author in entry.authors] == [
        ("Wulan, S.Si", "https://koperasi.example/narasumber/wulan/"),
        ("siapa", None),
    ]
    assert [tag.term for tag in entry.tags] == ["Konsultasi", "koperasi"]
    assert [(link.rel, link.href, link.type) for link in entry.links] == [("alternate", PAGE, "text/html")]
    assert [(one.type, one.value) for one in entry.content] == [
        ("text/html", '<p>Isi <a href="https://koperasi.example/program/">kami</a>.</p>')
    ]


def test_without_an_author_an_entry_is_the_offices():
    feed = tree(made.site(made.article()))
    assert feed.xpath("a:author/a:name/text()", namespaces=ATOM) == ["Koperasi Maju"]
    assert feed.xpath("a:entry/a:author", namespaces=ATOM) == []


def test_an_article_never_updated_was_updated_when_it_appeared():
    assert read(made.site(made.article())).entries[0].updated == "2020-07-20T08:00:00+07:00"


def ids(**fields):
    office = {name: fields.pop(name) for name in ("siteurl", "name") if name in fields}
    parsed = read(made.site(made.article(**fields), **office))
    return [parsed.feed.id, parsed.entries[0].id]


@pytest.mark.parametrize("changed", [{"title": "Lain"}, {"updated": "2020-07-21"}, {"siteurl": "https://baru.example"}])
def test_ids_survive_a_change_of_title_text_and_domain(changed):
    assert ids() == ids(**changed)


def test_ids_differ_from_article_to_article_and_office_to_office():
    both = ids(id="satu"), ids(id="dua"), ids(id="satu", date="2019-07-20 08:00")
    assert len({entry for _, entry in both}) == 3
    assert ids()[0] != ids(name="Koperasi Lain")[0]
    assert ids()[1] == ids(name="Koperasi Lain")[1]
    assert all(one.startswith("urn:uuid:") for one in (*ids(), *ids(id="dua")))


def test_the_language_of_an_article_is_said_where_it_differs():
    feed = tree(made.site(made.article(id="a", lang="jv"), made.article(id="b", lang="id"), made.article(id="c")))
    assert feed.get(LANGUAGE) == "id"
    assert [entry.get(LANGUAGE) for entry in feed.findall("a:entry", ATOM)] == [None, None, "jv"]


def test_a_translation_has_no_entry_of_its_own():
    site = made.site(made.article(), made.article(id="news", lang="en", translates="kabar"))
    assert [entry.link for entry in read(site).entries] == [PAGE]


def test_the_newest_come_first_and_older_ones_drop_out():
    articles = [made.article(id=f"kabar-{day}", date=f"2020-06-{day:02} 08:00") for day in range(1, 26)]
    links = [entry.link for entry in read(made.site(*articles)).entries]
    assert links == [f"https://koperasi.example/berita/kabar-{day}/" for day in range(25, 25 - NEWEST, -1)]


def test_the_feed_is_dated_by_its_latest_change():
    changed = made.article(id="lama", date="2020-07-01 08:00", updated="2020-07-21 07:30")
    assert read(made.site(changed, made.article())).feed.updated == "2020-07-21T07:30:00+07:00"
    assert read(made.site()).feed.updated == "1970-01-01T00:00:00+00:00"


def test_bytes_depend_on_content_alone():
    sites = [
        made.site(made.article(body="<p>Isi.</p>"), now=made.BEFORE + timedelta(days=days)) for days in (0, 0, 400)
    ]
    first, again, later = map(render, sites)
    assert first == again == later


def test_hostile_text_is_carried_as_text(hostile, printable):
    person = made.person(name=hostile, suffix=None)
    article = made.article(title=hostile, summary=hostile, tags=[hostile], authors=["wulan"], body=f"<p>{hostile}</p>")
    feed = tree(made.site(person, article, name=hostile, description=hostile))
    names = ("a:title", "a:author/a:name", "a:subtitle")
    assert [feed.findtext(name, namespaces=ATOM) for name in names] == [printable] * 3
    entry = feed.find("a:entry", ATOM)
    names = ("a:title", "a:author/a:name", "a:summary")
    assert [entry.findtext(name, namespaces=ATOM) for name in names] == [printable] * 3
    assert entry.find("a:category", ATOM).get("term") == printable
