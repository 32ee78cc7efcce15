"""Followers hear of a release: WebSub hubs are told which feeds have changed (W3C WebSub, 7).

A feed says itself which hub its followers hear from and under which address they follow it, so the finished files
are all that is asked.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from lxml import etree

from kentongan.language import Message
from kentongan.web import NoAnswer, ask

ATTEMPTS = 3
SECONDS = 10.0
"""How long a hub may take to answer each of them."""

_LINK = "{http://www.w3.org/2005/Atom}link"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_SCRIPT_FREE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """A feed as its followers know it, and the hub they hear from."""

    url: str
    hub: str


@dataclass(frozen=True, slots=True)
class Told:
    """What became of telling a hub of a feed; ``failure`` says why it does not know."""

    topic: Topic
    failure: Message | None = None


def changed_topics(former: Path | None, current: Path) -> tuple[Topic, ...]:
    """The feeds of the release *current* whose bytes are not those of *former* and that name a hub."""
    found = (_topic(path) for path in _feeds(current) if not _is_same(former, current, path))
    return tuple(topic for topic in found if topic)


def _feeds(release: Path) -> Iterator[Path]:
    yield from (path for path in sorted(release.rglob("*.xml")) if path.name != "sitemap.xml")
    yield from sorted(release.glob("feed.json"))


def _is_same(former: Path | None, current: Path, path: Path) -> bool:
    old = former / path.relative_to(current) if former else None
    return old is not None and old.is_file() and old.read_bytes() == path.read_bytes()


def _topic(path: Path) -> Topic | None:
    data = path.read_bytes()
    try:
        url, hub = _of_json(data) if path.suffix == ".json" else _of_xml(data)
    except (etree.XMLSyntaxError, ValueError):  # put there by somebody else
        return None
    return Topic(url, hub) if url and hub else None


def _of_json(data: bytes) -> tuple[str | None, str | None]:
    feed = json.loads(data)
    hub = next((one["url"] for one in feed.get("hubs", ()) if one["type"] == "WebSub"), None)
    return feed.get("feed_url"), hub


def _of_xml(data: bytes) -> tuple[str | None, str | None]:
    """The links of an Atom feed, or of an RSS channel."""
    root = etree.fromstring(data, _SCRIPT_FREE)
    channel = root.find("channel")
    links = {link.get("rel"): link.get("href") for link in (root if channel is None else channel).findall(_LINK)}
    return links.get("self"), links.get("hub")


def tell(topics: tuple[Topic, ...], wait: Callable[[float], None] = time.sleep) -> Iterator[Told]:
    """Tells every hub of its *topics*. A hub that does not answer is not asked for the others."""
    silent: dict[str, Message] = {}
    for topic in topics:
        if topic.hub in silent:
            yield Told(topic, silent[topic.hub])
            continue
        try:
            yield Told(topic, _refusal(topic, wait))
        except NoAnswer as error:
            silent[topic.hub] = error.message
            yield Told(topic, error.message)


def _refusal(topic: Topic, wait: Callable[[float], None]) -> Message | None:
    """Why the hub did not take it; ``None`` when it did.

    :raises NoAnswer: when it does not answer, however often it is asked.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            status = _publish(topic)
        except NoAnswer:
            if attempt == ATTEMPTS:
                raise
        else:
            if status < 300:
                return None
            if attempt == ATTEMPTS or not (status == 429 or status >= 500):
                break
        wait(2.0 ** (attempt - 1))
    if status < 400:
        return Message("It sends us elsewhere, and that is not followed.")
    return Message("It answers {status}.", {"status": status})


def _publish(topic: Topic) -> int:
    form = urlencode({"hub.mode": "publish", "hub.url": topic.url}).encode()
    return ask(topic.hub, method="POST", body=form, headers=_FORM, seconds=SECONDS, limit=1024).status
