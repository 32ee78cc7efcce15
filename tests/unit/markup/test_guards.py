"""Guarded Python-Markdown writes what stock Python-Markdown writes, to the byte."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor

from bench.corpus import body
from kentongan.markup.guards import Guards
from tests.offices import ROOT
from tests.thorough import examples

SETS = [[], ["extra", "sane_lists"], ["extra", "nl2br", "smarty", "toc", "admonition", "wikilinks"]]
PIECES = [
    "a", "kata", " ", "  ", "    ", "\n", "\n\n", "  \n", "*", "**", "_", "__", "***", "`", "``", "\\", "\\*",
    "[", "]", "](", ")", "![", "[^1]", "[^1]: catatan", "[a]: https://x.example 'j'", "*[HTML]: Hyper", "HTML",
    "<", ">", "<b>", "</b>", "<div markdown>", "</div>", "<https://x.example>", "<a@x.example>", "&amp;", "&",
    "# ", "## J ##", "===", "---", "- ", "1. ", "+ ", "> ", ": ", "| a | b |", "|---|---|", "```", "~~~",
    "{: .k #i }", "<!-- k -->", "&#38;", "\t", "\u00a0", "\u00e9", "\u0002", "klzzwxh:0001", "\u0003",
    "[[Kata]]", "!!! note", "\"k\"", "...", "--",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def converters(extensions):
    stock = Markdown(extensions=extensions, output_format="html")
    return stock, Markdown(extensions=[*extensions, Guards()], output_format="html")


@pytest.mark.parametrize("extensions", SETS, ids=len)
@settings(max_examples=examples(250))
@given(text=TEXTS)
def test_random_markdown(extensions, text):
    stock, guarded = converters(extensions)
    assert guarded.convert(text) == stock.convert(text)


@pytest.mark.parametrize("extensions", SETS, ids=len)
def test_articles(extensions):
    stock, guarded = converters(extensions)
    chance = random.Random(3)
    written = [path.read_text() for path in sorted((ROOT / "content").rglob("*.md"))]
    for text in [*written, *(body(chance) for _ in range(60))]:
        assert guarded.reset().convert(text) == stock.reset().convert(text)


def test_an_extensions_own_pattern_is_always_tried():
    class Marks(Extension):
        def extendMarkdown(self, md):
            md.inlinePatterns.register(SimpleTagInlineProcessor(r"()==(.+?)==", "mark"), "mark", 75)

    html = Markdown(extensions=[Marks(), Guards()]).convert("satu ==dua== tiga")
    assert html == "<p>satu <mark>dua</mark> tiga</p>"
