"""A body that is read away from its page has no address that only the page can resolve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.feeds.body import feed_body
from kentongan.markup import policy
from kentongan.schedule.wording import clean

PAGE = "https://koperasi.example/berita/kabar/"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<a href="/program/">x</a>', '<a href="https://koperasi.example/program/">x</a>'),
        ('<img src="/media/a.jpg">', '<img src="https://koperasi.example/media/a.jpg">'),
        ('<a href="../lain/">x</a>', '<a href="https://koperasi.example/berita/lain/">x</a>'),
        ('<a href="#fn:1">x</a>', f'<a href="{PAGE}#fn:1">x</a>'),
        ('<a href="https://lain.example/">x</a>', '<a href="https://lain.example/">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<a href="http://[">x</a>', '<a href="http://[">x</a>'),
        ('<a href="/cari/?a=1&amp;b=2">x</a>', '<a href="https://koperasi.example/cari/?a=1&amp;b=2">x</a>'),
        ("<a title='x > y' HREF=/a>x</a>", "<a title='x > y' HREF=\"https://koperasi.example/a\">x</a>"),
        ('<a title=" href=&quot;/x&quot;">x</a>', '<a title=" href=&quot;/x&quot;">x</a>'),
        ('<p>a &lt;b&gt; href="/x"</p>', '<p>a &lt;b&gt; href="/x"</p>'),
        ("<p>a</p>\n<p>\U0001f99c ]]&gt;</p>", "<p>a</p>\n<p>\U0001f99c ]]&gt;</p>"),
        ("text alone &amp; more", "text alone &amp; more"),
        ("a\x00b\x0bc", "abc"),
    ],
)
def test_addresses_become_absolute_and_nothing_else_changes(written, read):
    assert feed_body(written, PAGE) == read


@pytest.mark.parametrize("nothing", ["", " \n", "\x01"])
def test_an_empty_body_is_none(nothing):
    assert feed_body(nothing, PAGE) is None


@given(st.text())
def test_a_body_without_addresses_stays_as_it_is(text):
    written = clean(policy.clean(f"<p>{text}</p><ul><li>{text}</li></ul>"))
    assert feed_body(written, PAGE) == written
