"""Links in texts: Pelican's, from the root, and those that lead nowhere."""

import pytest

from kentongan.site.links import resolve

KNOWN = {
    ("filename", "articles/b.md"): "berita/b/",
    ("static", "media/p.svg"): "media/p.1.svg",
    ("tag", "salak"): "tag/salak/",
}


def resolved(html):
    return resolve(
        html, "articles/sub/a.md", lambda what, target: KNOWN.get((what, target)), lambda path: f"/kantor/{path}"
    )


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("{filename}/articles/b.md", "/kantor/berita/b/"),
        ("{filename}../b.md#bagian", "/kantor/berita/b/#bagian"),
        ("|filename|../b.md", "/kantor/berita/b/"),
        ("%7Bstatic%7D/media/p.svg", "/kantor/media/p.1.svg"),
        ("{tag}salak", "/kantor/tag/salak/"),
        ("/konsultasi/", "/kantor/konsultasi/"),
        ("https://a.example/", "https://a.example/"),
        ("//a.example/", "//a.example/"),
        ("#bagian", "#bagian"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_where_links_lead(written, leads):
    assert resolved(f'<a href="{written}">x</a>') == (f'<a href="{leads}">x</a>', ())


@pytest.mark.parametrize("written", ["{filename}/articles/none.md", "{filename}/../../etc/passwd", "{what}x"])
def test_what_leads_nowhere_keeps_its_words(written):
    assert resolved(f'<a href="{written}">x</a>') == ("<a >x</a>", (written,))
