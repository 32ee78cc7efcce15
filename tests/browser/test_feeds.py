"""What somebody sees who opens a feed's address in a browser: what it is and what is in it, not a heap of tags."""

import pytest

from kentongan.feeds.atom import atom_feed, render_atom
from kentongan.feeds.podcast import podcast_feed, render_podcast
from kentongan.feeds.style import feed_style, feed_style_path
from kentongan.schedule import broadcasts
from tests.unit import factories as made

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site = made.site(
        made.program(summary="Obrolan kita.", owner={"name": "Kantor", "email": "radio@koperasi.example"}),
        made.station(),
        made.episode(summary="Ringkas.", audio=made.audio()),
        made.article(summary="Kabar baik."),
    )
    files = {
        "feed.xml": render_podcast(podcast_feed(site, broadcasts(site), site.programs[0])),
        "atom.xml": render_atom(atom_feed(site)),
        feed_style_path(site): feed_style(site).encode(),
    }
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)

    return serve(folder)


SHOWN = """() => [...document.querySelectorAll('*')]
    .filter(one => !one.children.length && one.getClientRects().length)
    .map(one => one.textContent || one.getAttribute('href'))"""
NOTICE = "getComputedStyle(document.documentElement, '::before').content"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "feed.xml",
            [
                "Obrolan",
                "Obrolan kita.",
                "Koperasi Tangguh",
                "https://koperasi.example/program/obrolan/tangguh/",
                "Ringkas.",
            ],
        ),
        (
            "atom.xml",
            ["Koperasi Maju", "Koperasi Maju", "Kabar", "https://koperasi.example/berita/kabar/", "Kabar baik."],
        ),
    ],
)
def test_a_feed_shows_what_it_is_and_what_is_in_it(browser, address, name, shown):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{address}/{name}")
    assert "Ini umpan" in page.evaluate(NOTICE)
    assert sorted(page.evaluate(SHOWN)) == sorted(shown)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
