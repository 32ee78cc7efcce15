"""The text of a comment: what of it is kept, and the small part of Markdown that it may use."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from html import unescape

import nh3
from markdown_it import MarkdownIt

LONGEST = 8_000
"""Bytes of a text, in UTF-8."""
LONGEST_NAME = 80

_MARKDOWN = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["emphasis", "link", "backticks", "blockquote", "list", "newline", "escape"]
)
_TAGS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "strong", "ul"}
_SCHEMES = {"http", "https", "mailto"}
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters that show nothing and turn what follows around, hide words in words, or carry hidden texts (UTS 39)."""
_MARKS = "[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff\ufe20-\ufe2f]"
_MANY_MARKS = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
_BLANKS = re.compile(r"\n{3,}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+", re.IGNORECASE)


def tidy(text: str) -> str:
    """*text* as it is kept: composed, without what cannot be seen, printed or encoded."""
    whole = text.encode("utf-8", "replace").decode()  # a lone surrogate is no character
    kept = _UNSEEN.sub("", unicodedata.normalize("NFC", whole.replace("\r\n", "\n").replace("\r", "\n")))
    seen = "".join(char for char in kept if char in "\n\t" or _is_character(char))
    return _BLANKS.sub("\n\n", _MANY_MARKS.sub(r"\1", seen)).strip()


def _is_character(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs", "Co") and ord(char) & 0xFFFE != 0xFFFE


def tidy_line(text: str) -> str:
    """*text* on one line, as it is kept."""
    return " ".join(tidy(text).split())


def version(text: str) -> str:
    """What tells *text* from every other, so that nobody decides on one that they have not read."""
    return sha256(text.encode()).hexdigest()[:32]


@lru_cache(maxsize=4096)
def html(text: str) -> str:
    """*text* as clean HTML. Its links tell search engines that they are not ours, and ask nothing of who follows."""
    return nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="nofollow ugc noopener",
    ).strip()


def links(text: str) -> list[str]:
    """The web addresses in *text*, written out or hidden behind words."""
    return _LINK.findall(text)


def plain(text: str) -> str:
    """*text* without its markup, for mail and feeds' titles."""
    return unescape(nh3.clean(html(text), tags=set())).strip()
