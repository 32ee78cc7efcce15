"""A record's HTML, made fit to be read away from its page."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urljoin

from kentongan.schedule.wording import clean

_ADDRESSES = {"href", "src"}
"""Attributes of :mod:`kentongan.markup.policy` that hold an address."""

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'>]+)"""
_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*(?:\s+[^\s=>]+(?:\s*=\s*{_VALUE})?)*\s*/?>")
_ATTRIBUTE = re.compile(rf"(?P<before>\s(?P<name>[^\s=>]+)\s*=\s*)(?P<value>{_VALUE})")


@lru_cache(maxsize=4000)
def feed_body(body: str, page: str) -> str | None:
    """*body* (clean HTML) with its addresses absolute, as seen from *page*, and every other byte as it was.

    ``None`` where nothing is in it. The same text is told in several feeds, and again in the next build.
    """
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(lambda one: _absolute(one, page), tag[0]), clean(body)) or None


def _absolute(attribute: re.Match[str], page: str) -> str:
    if attribute["name"].lower() not in _ADDRESSES:
        return attribute[0]
    address = unescape(attribute["value"].strip("\"'"))
    try:
        whole = urljoin(page, address)
    except ValueError:  # not an address at all, like http://[
        return attribute[0]
    return attribute[0] if whole == address else f'{attribute["before"]}"{escape(whole)}"'
