"""Markdown as Python-Markdown writes it, without anything that could harm a reader."""

import pytest
from markdown import Markdown

from kentongan.errors import KentonganError
from kentongan.markup import CannotRender, Dialect, Prose


@pytest.fixture(scope="module")
def prose():
    prose = Prose(seconds=1.5)
    yield prose
    prose.close()


PLAIN = [
    "Satu *dua* **tiga**",
    "- a\n- b\n\n1. c\n2. d",
    "> kutipan\n\n`kode`",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[teks](https://example.org/a?b=1&c=2)",
]


@pytest.mark.parametrize("text", PLAIN)
def test_harmless_text_keeps_python_markdowns_bytes(prose, text):
    assert prose.html(text) == Markdown(extensions=["extra", "sane_lists"], output_format="html").convert(text)


HOSTILE = [
    ("<script>alert(1)</script>x", "\n<p>x</p>"),
    ("[a](javascript:alert(1))", "<p><a>a</a></p>"),
    ("[a](data:text/html,x)", "<p><a>a</a></p>"),
    ("<img src=x onerror=alert(1)>", '<p><img src="x"></p>'),
    ('*a*{: onclick="x" style="y" .z }', "<p><em>a</em></p>"),
    ("<iframe src=//x></iframe>ok", "\n<p>ok</p>"),
    ("<style>*{}</style>ok", "\n<p>ok</p>"),
]


@pytest.mark.parametrize(("text", "html"), HOSTILE)
def test_what_could_harm_is_dropped(prose, text, html):
    assert prose.html(text) == html


def test_template_code_stays_text(prose):
    assert prose.html("{{ 7*7 }} {% raw %}") == "<p>{{ 7*7 }} {% raw %}</p>"


def test_a_pages_first_heading_is_its_title(prose):
    assert prose.html("# Judul") == "<h2>Judul</h2>"


def test_an_endless_text_is_given_up_once_and_the_next_one_works(prose):
    for _ in range(2):
        with pytest.raises(CannotRender):
            prose.html("[" * 20_000)
    assert prose.html("ok") == "<p>ok</p>"


def test_an_extension_given_as_an_object_is_refused():
    with pytest.raises(KentonganError, match="object"):
        Dialect.of({"extension_configs": {"x": {"y": object()}}})


def test_an_extension_that_is_not_there_is_told(capfd):
    prose = Prose(Dialect.of({"extensions": ["not.there"]}))
    with pytest.raises(KentonganError, match="Markdown extensions"):
        prose.html("x")
    assert "not" in capfd.readouterr().err


def test_the_version_follows_the_settings():
    one, two = Dialect.of({"extensions": ["extra"]}), Dialect.of({"extensions": ["tables"]})
    assert one.version != two.version
    assert one.version == Dialect.of({"extensions": ["extra"]}).version


def test_a_text_that_nests_too_deep_leaves_the_next_one_alone(prose):
    with pytest.raises(CannotRender):
        prose.html("1. " * 500 + "a\n")
    assert prose.html("<i>satu</i> *dua*") == "<p><i>satu</i> <em>dua</em></p>"


def test_a_text_that_unfolds_without_end(prose):
    with pytest.raises(CannotRender):
        prose.html(f"*[a]: {'x' * 20_000}\n\n" + "a " * 12_000)
