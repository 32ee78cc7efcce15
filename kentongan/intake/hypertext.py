"""The visible text of pasted HTML, piece by piece, each with its place in the source.

A parser proper (lxml) repairs markup but forgets where it stood, and a form must be able to show that. Tags are told
apart by name, so that ``<budi@example.id>`` stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from kentongan.intake.pieces import Piece, pieces
from kentongan.intake.words import vocabulary

_BLOCKS = vocabulary("html-blocks")
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table"])
_CELLS = frozenset(("td", "th"))
_INLINE = vocabulary("html-inline")
_HIDDEN = frozenset(("script", "style", "template", "textarea", "select", "svg"))
_NAMES = _BLOCKS | _CELLS | _INLINE | _HIDDEN
# No part can eat what the next one begins with, so a text of "<" alone takes linear time.
_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,20})\b[^<>]*>|<!-{0,2}[^<>]*>|&#?\w{1,31};|\s+")
_SURE = re.compile(
    r"</(?:p|div|span|strong|b|em|a|li|h[1-6]|td|body|html)\b[^<>]*>|<(?:br|p)\b[^<>]*>|&(?:amp|nbsp|quot|#8\d{3});",
    re.IGNORECASE,
)

_LINK = re.compile(
    r"<a\b[^<>]{0,200}?\bhref=[\"']?(?P<to>(?:tel:|mailto:|whatsapp://|https?://(?:wa\.me|(?:api|web)\.whatsapp\.com)/)"
    r"[^\"'\s<>]{3,200})",
    re.IGNORECASE,
)


def is_hypertext(source: str) -> bool:
    """Whether *source* holds HTML, and not just a ``<`` or two; entities alone will do."""
    return _SURE.search(source) is not None


def visible(source: str) -> Iterator[Piece]:
    """The characters of *source* that a browser would show, each with its span; blocks begin new lines."""
    place = 0
    hidden = ""
    fresh = True
    for token in _TOKEN.finditer(source):
        name = (token["name"] or "").lower()
        if not hidden:
            yield from pieces(source, place, token.start())
            fresh = fresh and place == token.start()
            shown = _shown(token[0], name)
            if not (fresh and shown.isspace() and name not in _PARAGRAPHS):
                yield from ((char, *token.span()) for char in shown)
                fresh = shown == "\n" or (fresh and not shown)
            hidden = name if name in _HIDDEN and not token["close"] else ""
        elif token["close"] and name == hidden:
            hidden = ""
        place = token.end()
    if not hidden:
        yield from pieces(source, place, len(source))


def linked(source: str) -> Iterator[Piece]:
    """Whom the links of *source* call or write to, each in a line of its own: the page shows it in no other way."""
    for link in _LINK.finditer(source):
        yield "\n", *link.span("to")
        yield from pieces(source, *link.span("to"))


def _shown(token: str, name: str) -> str:
    """What one token puts on the page."""
    if token.startswith("&"):
        return unescape(token)
    if token.isspace():
        return " "
    if name in _CELLS:
        return " : " if token.startswith("</") else ""
    if name in _BLOCKS:
        return "\n"
    return "" if name in _NAMES or not name else token
