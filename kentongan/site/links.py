"""Links inside texts: Pelican's ``{filename}``, ``{static}`` and the like, and addresses from the site's root."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath
from urllib.parse import unquote

TAG = re.compile(r'<[a-zA-Z][^\s<>]*(?:\s+[^\s=<>"]+(?:="[^"]*")?)*\s*/?>')
"""A start tag as our cleaner writes it; in the text of a code sample it writes ``&lt;``, so none is found there."""

_ATTRIBUTE = re.compile(r'(?P<name>\b(?:href|src))="(?P<value>[^"]*)"')
_PELICAN = re.compile(r"(?:\{|%7B|\|)(?P<what>\w+)(?:\}|%7D|\|)(?P<target>[^#?]*)(?P<rest>.*)$", re.IGNORECASE)

_OURS = re.compile(r'="(?:[{|/]|%7)')
"""How an attribute begins whose address is not simply the world's, or counted from the page."""

Find = Callable[[str, str], str | None]
"""(what, target) -> the path below the site's root that it leads to; ``None``: nowhere."""


def resolve(html: str, source: str, find: Find, link: Callable[[str], str]) -> tuple[str, tuple[str, ...]]:
    """*html* with its links leading where they say, and those that lead nowhere.

    *source* is the text's own file, from which relative targets are counted; *link* makes an address of a path.
    """
    if not _OURS.search(html):
        return html, ()
    lost: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        value = match["value"]
        if special := _PELICAN.match(value):
            target = _absolute(unquote(special["target"]), source, special["what"].lower())
            path = find(special["what"].lower(), target)
            if path is None:
                lost.append(unquote(value))
                return ""  # the words stay, and lead nowhere
            return f'{match["name"]}="{link(path)}{special["rest"]}"'
        if value.startswith("/") and not value.startswith("//"):
            return f'{match["name"]}="{link(value[1:])}"'
        return match[0]

    return TAG.sub(lambda tag: _ATTRIBUTE.sub(replaced, tag[0]), html), tuple(lost)


def _absolute(target: str, source: str, what: str) -> str:
    """Names of categories, tags and authors stand as they are; paths count from the text's file, or from content."""
    if what in ("category", "tag", "author", "index"):
        return target.strip("/")
    if target.startswith("/"):
        return normpath(target[1:])
    return normpath(join(dirname(source), target))
