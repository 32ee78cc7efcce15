"""The site's JSON Feed, by the rules of jsonfeed.org/version/1.1."""

import json
from datetime import timedelta

import jsonschema
import pytest

from kentongan.feeds.json_feed import json_feed, render_json_feed
from kentongan.feeds.news import news_feed
from kentongan.feeds.story import NEWEST
from tests.unit import factories as made

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^https://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": TEXT, "url": URL},
        "required": ["name"],
        "additionalProperties": False,
    },
}
ITEM = {
    "type": "object",
    "properties": {
        "id": URL,
        "url": URL,
        "title": TEXT,
        "content_html": TEXT,
        "content_text": TEXT,
        "summary": TEXT,
        "image": URL,
        "date_published": MOMENT,
        "date_modified": MOMENT,
        "authors": AUTHORS,
        "tags": {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True},
        "language": TEXT,
    },
    "required": ["id", "url", "title", "date_published", "date_modified"],
    "oneOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": URL,
        "feed_url": URL,
        "description": TEXT,
        "language": TEXT,
        "authors": AUTHORS,
        "items": {"type": "array", "items": ITEM},
    },
    "required": ["version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"],
    "additionalProperties": False,
}


def render(site):
    return render_json_feed(json_feed(site))


def read(site):
    data = json.loads(render(site))
    jsonschema.validate(data, SCHEMA)
    return data


def test_the_feed_names_the_office_and_itself():
    feed = read(made.site(description="Kabar kami."))
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Koperasi Maju",
        "home_page_url": "https://koperasi.example/",
        "feed_url": "https://koperasi.example/feed.json",
        "description": "Kabar kami.",
        "language": "id",
        "authors": [{"name": "Koperasi Maju", "url": "https://koperasi.example/"}],
        "items": [],
    }


def test_an_item_carries_the_article():
    site = made.site(
        made.person(),
        made.article(
            authors=["wulan", "siapa"],
            category="Konsultasi",
            tags=["koperasi", "Konsultasi"],
            summary="Ringkas.",
            updated="2020-07-21 07:30",
            lang="jv",
            body='<p>Isi <a href="/program/">kami</a>.</p>',
        ),
    )
    url = "https://koperasi.example/berita/kabar/"
    assert read(site)["items"] == [
        {
            "id": url,
            "url": url,
            "title": "Kabar",
            "content_html": '<p>Isi <a href="https://koperasi.example/program/">kami</a>.</p>',
            "summary": "Ringkas.",
            "date_published": "2020-07-20T08:00:00+07:00",
            "date_modified": "2020-07-21T07:30:00+07:00",
            "authors": [
                {"name": "Wulan, S.Si", "url": "https://koperasi.example/narasumber/wulan/"},
                {"name": "siapa"},
            ],
            "tags": ["Konsultasi", "koperasi"],
            "language": "jv",
        }
    ]


@pytest.mark.parametrize(
    ("fields", "told"), [({}, "Kabar"), ({"summary": "Ringkas."}, "Ringkas."), ({"body": "\x01"}, "Kabar")]
)
def test_an_article_without_text_is_told_in_plain_words(fields, told):
    [item] = read(made.site(made.article(**fields)))["items"]
    assert (item["content_text"], item.get("content_html")) == (told, None)


def test_it_holds_what_the_rss_holds():
    articles = [made.article(id=f"kabar-{day}", date=f"2020-06-{day:02} 08:00") for day in range(1, 26)]
    site = made.site(*articles)
    assert json_feed(site).items == news_feed(site).items
    assert len(read(site)["items"]) == NEWEST


def test_bytes_depend_on_content_alone():
    sites = [
        made.site(made.article(body="<p>Isi.</p>"), now=made.BEFORE + timedelta(days=days)) for days in (0, 0, 400)
    ]
    first, again, later = map(render, sites)
    assert first == again == later


def test_hostile_text_is_carried_as_text(hostile, printable):
    person = made.person(name=hostile, suffix=None)
    article = made.article(title=hostile, summary=hostile, tags=[hostile], authors=["wulan"], body=f"<p>{hostile}</p>")
    feed = read(made.site(person, article, name=hostile, description=hostile))
    [item] = feed["items"]
    told = (feed["title"], feed["description"], item["title"], item["summary"], *item["tags"])
    assert {*told, item["authors"][0]["name"]} == {printable}
