"""A hub on loopback that hears of changed feeds, and hubs that do not want to."""

from urllib.parse import parse_qs

import pytest

from kentongan.build import websub
from kentongan.build.websub import Told, Topic, changed_topics, tell
from tests.offices import write
from tests.servers import answer, answering, serving

HUB = "https://hub.example/?a=1&amp;b=2"
RSS = (
    '<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{title}</title>'
    '<atom:link href="https://kantor.example/feed.xml" rel="self"/><atom:link href="{hub}" rel="hub"/>'
    '<item><atom:link href="https://other.example" rel="hub"/></item></channel></rss>'
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://kantor.example/atom.xml" rel="self"/>'
    '<link href="{hub}" rel="hub"/><title>{title}</title></feed>'
)
JSON = (
    '{{"feed_url": "https://kantor.example/feed.json", "title": "{title}",'
    ' "hubs": [{{"type": "WebSub", "url": "{hub}"}}]}}'
)


def release(folder, title="Kabar", hub=HUB):
    plain = hub.replace("&amp;", "&")
    feeds = {"feed.xml": RSS.format(title=title, hub=hub), "atom.xml": ATOM.format(title=title, hub=hub)}
    silent = {"program/feed.xml": "<rss><channel/></rss>", "sitemap.xml": "<urlset/>", "foreign.xml": "<"}
    return write(folder, {**feeds, **silent, "feed.json": JSON.format(title=title, hub=plain)})


def urls(topics):
    return [topic.url.removeprefix("https://kantor.example/") for topic in topics]


def test_the_first_release_changes_every_feed_that_names_a_hub(tmp_path):
    topics = changed_topics(None, release(tmp_path))
    assert urls(topics) == ["atom.xml", "feed.xml", "feed.json"]
    assert {topic.hub for topic in topics} == {"https://hub.example/?a=1&b=2"}


def test_feeds_that_stayed_are_not_told(tmp_path):
    old, new = release(tmp_path / "1"), release(tmp_path / "2")
    assert changed_topics(old, new) == ()
    write(new, {"atom.xml": ATOM.format(title="Lain", hub=HUB)})
    assert urls(changed_topics(old, new)) == ["atom.xml"]


@pytest.fixture
def hub():
    """A hub that takes everything, and what it has heard."""
    heard = []

    def talk(connection, request):
        head, _, body = request.partition(b"\r\n\r\n")
        heard.append((head.split(b"\r\n")[0].decode(), parse_qs(body.decode())))
        connection.sendall(answer("204 No Content"))

    with serving(talk) as url:
        yield f"{url}/hub?for=us", heard


def test_a_hub_hears_of_each_feed(hub):
    url, heard = hub
    topics = (Topic("https://kantor.example/feed.xml?a=1&b=2", url), Topic("https://kantor.example/atom.xml", url))
    assert list(tell(topics)) == [Told(topics[0]), Told(topics[1])]
    assert heard == [
        ("POST /hub?for=us HTTP/1.1", {"hub.mode": ["publish"], "hub.url": [topic.url]}) for topic in topics
    ]


def failing(talk, topics=1):
    """(how often the hub was asked, how long was waited, what each topic is told)."""
    asked, waited = [], []

    def counting(connection, request):
        asked.append(request)
        talk(connection, request)

    with serving(counting) as url:
        told = list(
            tell(tuple(Topic(f"https://kantor.example/{place}", url) for place in range(topics)), waited.append)
        )
    return len(asked), waited, [one.failure.told("en") if one.failure else None for one in told]


@pytest.mark.parametrize(
    ("status", "asked", "reason"),
    [
        ("503 Later", 3, "It answers 503."),
        ("429 Slow", 3, "It answers 429."),
        ("404 Not Found", 1, "It answers 404."),
        ("302 Found", 1, "It sends us elsewhere, and that is not followed."),
    ],
)
def test_a_hub_that_refuses(status, asked, reason):
    told = failing(answering(answer(status, Location="https://elsewhere.example/")))
    assert told == (asked, [1.0, 2.0][: asked - 1], [reason])


def test_a_hub_that_comes_round(monkeypatch):
    answers = [answer("500 Oops"), b"", answer("202 Accepted")]
    assert failing(lambda connection, _: connection.sendall(answers.pop(0))) == (3, [1.0, 2.0], [None])


def test_a_silent_hub_is_given_up_for_all_feeds(monkeypatch):
    monkeypatch.setattr(websub, "SECONDS", 0.2)
    asked, _, told = failing(lambda connection, _: connection.recv(1), topics=5)
    assert asked == 3
    assert told == ["It did not answer within 0.2 seconds."] * 5
