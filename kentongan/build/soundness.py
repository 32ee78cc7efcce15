"""Is a file what its name says? Pages are well-formed, feeds and calendars parse and hold what readers ask for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from icalendar import Calendar
from lxml import etree

from kentongan.build.markup_faults import markup_faults
from kentongan.language import Message

_ATOM = "{http://www.w3.org/2005/Atom}"
_ASKED: Mapping[str, tuple[str, tuple[str, ...], str, tuple[str, ...]]] = {
    "rss": ("channel", ("title", "link", "description"), "channel/item", ("guid",)),
    f"{_ATOM}feed": (".", (f"{_ATOM}id", f"{_ATOM}title", f"{_ATOM}updated"), f"{_ATOM}entry", (f"{_ATOM}id",)),
}
"""By a feed's root: where its own fields are and which it must have, where its items are and which they must have."""


def file_faults(name: str, data: bytes) -> Iterator[Message]:
    """What is wrong with the file *name* that holds *data*; nothing is asked of kinds we do not know."""
    check = _CHECKS.get(PurePosixPath(name).suffix.lower())
    if check:
        yield from check(data)


def _html(data: bytes) -> Iterator[Message]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        yield Message("It is not in UTF-8.")
        return
    yield from markup_faults(text)


def _xml(data: bytes) -> Iterator[Message]:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield Message("It is not well-formed XML: {error}.", {"error": str(error)})
        return
    if root.tag in _ASKED:
        yield from _feed(root, *_ASKED[root.tag])


def _feed(
    root: etree._Element, head: str, fields: tuple[str, ...], items: str, asked: tuple[str, ...]
) -> Iterator[Message]:
    """By RSS 2.0 and RFC 4287; that each item has a name of its own is what readers of both rely on."""
    channel = root.find(head)
    for field in fields:
        if channel is None or not channel.findtext(field):
            yield _lacks(field)
    for item in root.iterfind(items):
        for field in asked:
            if not item.findtext(field):
                yield _lacks(field)


def _lacks(field: str) -> Message:
    return Message("The feed lacks {field}.", {"field": etree.QName(field).localname})


def _calendar(data: bytes) -> Iterator[Message]:
    try:
        calendar = Calendar.from_ical(data)
        events = calendar.walk("VEVENT")
    except (ValueError, KeyError, IndexError) as error:
        yield Message("It is not a calendar: {error}.", {"error": str(error)})
        return
    if any("UID" not in event or "DTSTART" not in event for event in events):
        yield Message("An event of the calendar lacks its UID or its start.")


def _json(data: bytes) -> Iterator[Message]:
    try:
        json.loads(data)
    except ValueError as error:
        yield Message("It is not JSON: {error}.", {"error": str(error)})


_CHECKS: Mapping[str, Callable[[bytes], Iterator[Message]]] = {
    ".html": _html,
    ".ics": _calendar,
    ".json": _json,
    ".opml": _xml,
    ".svg": _xml,
    ".xml": _xml,
}
