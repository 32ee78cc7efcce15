"""Python-Markdown without looking for what cannot be there; its output is the same to the byte.

A pattern can match only where one of the signs stands that its regular expression demands, like ``[`` for a link or
``|`` for a table. Most pieces of text hold none of them, and to look for a sign costs a hundredth of a run of all
patterns. What an extension brings, of which we do not know what it demands, is tried always.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    AUTOMAIL_RE,
    BACKTICK_RE,
    ENTITY_RE,
    ESCAPE_RE,
    HTML_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINE_BREAK_RE,
    LINK_RE,
    REFERENCE_RE,
    InlineProcessor,
    Pattern,
)
from markdown.treeprocessors import InlineProcessor as InlineTreeProcessor
from markdown.util import AtomicString

Signs = tuple[str, ...]

_APPLY = "_InlineProcessor__applyPattern"
_FOOTNOTE_RE = r"\[\^([^\]]*)\]"
_SIGNS: dict[str, Signs] = {
    BACKTICK_RE: ("`",),
    ESCAPE_RE: ("\\",),
    REFERENCE_RE: ("[",),
    LINK_RE: ("[",),
    IMAGE_LINK_RE: ("![",),
    IMAGE_REFERENCE_RE: ("![",),
    AUTOLINK_RE: ("<",),
    AUTOMAIL_RE: ("<",),
    LINE_BREAK_RE: ("  \n",),
    HTML_RE: ("<",),
    ENTITY_RE: ("&",),
    _FOOTNOTE_RE: ("[^",),
}
"""Regular expression -> what a match of it always holds at least one of."""

_BLOCK_SIGNS: dict[type[BlockProcessor], Signs] = {
    TableProcessor: ("|",),
    HashHeaderProcessor: ("#",),
    SetextHeaderProcessor: ("\n=", "\n-"),
    HRProcessor: ("-", "_", "*"),
    DefListProcessor: (":",),
    BlockQuoteProcessor: (">",),
    FootnoteBlockProcessor: ("[^",),
    AbbrBlockprocessor: ("*[",),
    ReferenceProcessor: ("]:",),
}
"""Block processor -> what a block that it takes always holds at least one of."""

_ALL_BLOCK_SIGNS = tuple(dict.fromkeys(sign for signs in _BLOCK_SIGNS.values() for sign in signs))


class Guards(Extension):
    """Puts the guards up. It comes after all other extensions."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Puts ours in the place of Python-Markdown's, where no other extension has put its own there."""
        if type(md.treeprocessors["inline"]) is InlineTreeProcessor:
            md.treeprocessors.register(GuardedInlines(md), "inline", 20)
        if type(md.parser) is BlockParser:
            md.parser.__class__ = GuardedBlocks  # every processor holds on to this one parser


class GuardedBlocks(BlockParser):
    """Python-Markdown's, that asks only processors that may take a block."""

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        """As Python-Markdown's, but for the guard."""
        guarded = [(one, _BLOCK_SIGNS.get(type(one))) for one in self.blockprocessors]
        while blocks:
            block = blocks[0]
            present = {sign for sign in _ALL_BLOCK_SIGNS if sign in block}
            for processor, signs in guarded:
                if signs and present.isdisjoint(signs):
                    continue
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class GuardedInlines(InlineTreeProcessor):
    """Python-Markdown's, that skips patterns which cannot match. The names of two of its methods are mangled."""

    _patterns: Sequence[InlineProcessor] = ()

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Looks up the signs of all patterns, where those are not the ones of the text before."""
        patterns = list(cast(Iterable[InlineProcessor], self.inlinePatterns))
        if patterns != self._patterns:
            self._patterns = patterns
            self._guarded = [(pattern, signs_of(pattern)) for pattern in patterns]
            signs = [signs for _, signs in self._guarded]
            self._signs = tuple(dict.fromkeys(sign for some in signs for sign in some or ()))
            self._any_sign = None if None in signs else re.compile("|".join(map(re.escape, self._signs)))
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString) or (self._any_sign and not self._any_sign.search(data)):
            return data
        apply = getattr(self, _APPLY)
        for index in range(patternIndex, len(self._guarded)):
            pattern, signs = self._guarded[index]
            start, matched = 0, signs is None or any(sign in data for sign in signs)
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data


def signs_of(pattern: Pattern | InlineProcessor) -> Signs | None:
    """What a match of *pattern* always holds at least one of; ``None``: nobody knows."""
    if type(pattern).getCompiledRegExp is not Pattern.getCompiledRegExp or not isinstance(pattern, InlineProcessor):
        return None
    if tokens := getattr(pattern, "tokens", None):  # emphasis, by all the marks that extensions have added
        expected = "|".join(map(re.escape, tokens))
        return tuple(tokens) if pattern.compiled_re.pattern == expected else None
    return _SIGNS.get(pattern.compiled_re.pattern)
