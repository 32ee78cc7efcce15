"""Pelican's own riches: its metadata, its links, third-party plugins and foreign themes."""

import importlib.util
import re

import pytest

from tests.offices import MORNING, kentongan, run, seed, tree, write

CONF = "from kentongan_plugins.settings import *\n"
LEGACY = """Title: Kabar lama
Date: 2020-07-01 08:00
Modified: 2020-07-03
Category: Cerita Anggota
Tags: salak, pasar desa
Author: Agus Prasetya
Summary: Ditulis untuk Pelican.
Mood: senang
Lang: jv

Isi *lama*, lihat [obrolan]({filename}/episodes/koperasi-tangguh-di-era-adaptasi-kebiasaan-baru.md),
[kategori]({category}Cerita anggota) dan ![gambar]({static}/media/a.svg).
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'


@pytest.fixture(scope="module")
def legacy(tmp_path_factory):
    office = seed(
        tmp_path_factory.mktemp("office"),
        {"content/articles/kabar-lama.md": LEGACY, "content/media/a.svg": SVG},
    )
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 0, done.stderr
    return done, tree(office / "output")


def test_metadata_of_pelicans_own_is_read(legacy):
    page = legacy[1]["berita/kabar-lama/index.html"].decode()
    for words in (
        "Kabar lama",
        "Ditulis untuk Pelican.",
        "/kategori/cerita-anggota/",
        "/tag/salak/",
        "/tag/pasar-desa/",
    ):
        assert words in page
    assert "/narasumber/agus-prasetya/" in page
    assert 'lang="jv"' in page


def test_keys_we_do_not_know_are_reported_and_not_refused(legacy):
    assert "articles/kabar-lama.md:8: “mood” bukan kunci yang dikenal." in legacy[0].stderr


def test_pelicans_links_lead_where_they_say(legacy):
    page = legacy[1]["berita/kabar-lama/index.html"].decode()
    assert 'href="/program/warung-sebelah/koperasi-tangguh-di-era-adaptasi-kebiasaan-baru/"' in page
    assert 'href="/kategori/cerita-anggota/"' in page
    media = re.search(r'src="/(media/a\.[0-9a-f]{10}\.svg)"', page)[1]
    assert legacy[1][media] == SVG.encode()


def test_a_plugin_that_lists_what_is_written_hears_of_every_page_in_every_build(tmp_path):
    conf = f"{CONF}PLUGINS = [*PLUGINS, 'pelican.plugins.sitemap']\n"
    office = seed(tmp_path, {"pelicanconf.py": conf, "content/pages/profil.md": "---\ntitle: Profil\n---\n\nKami.\n"})
    for _ in range(2):  # from nothing, then with nothing to write
        done = kentongan(office, "build", "--now", MORNING)
        assert done.returncode == 0, done.stderr
        listed = re.findall(r"<loc>http://localhost:8000/(.*)</loc>", (office / "output/sitemap.xml").read_text())
        pages = {name.removesuffix("index.html") for name in tree(office / "output") if name.endswith(".html")}
        assert sorted(listed) == sorted(pages)
    assert "<lastmod>2020-07-22T" in (office / "output/sitemap.xml").read_text(), "it knows the article of a page"


GENERATOR = """
from pathlib import Path
from pelican import signals
from pelican.generators import Generator

class Listing(Generator):
    def generate_output(self, writer):
        titles = [article.title for article in self.context["articles"]]
        Path(self.output_path, "listing.txt").write_text("\\n".join(titles))

def register():
    signals.get_generators.connect(listing)

def listing(pelican):
    return Listing
"""


def test_a_generator_of_a_plugin_finds_the_articles_in_its_context(tmp_path):
    office = seed(
        tmp_path,
        {
            "pelicanconf.py": f"{CONF}PLUGIN_PATHS = ['own']\nPLUGINS = [*PLUGINS, 'listing']\n",
            "own/listing.py": GENERATOR,
        },
    )
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 0, done.stderr
    assert "Koperasi tangguh" in (office / "output/listing.txt").read_text()


def installed(name):
    return importlib.util.find_spec(name) is not None


@pytest.mark.parametrize(
    "plugin",
    [
        "pelican.plugins.neighbors",
        pytest.param("pelican.plugins.series", marks=pytest.mark.long),
        pytest.param("pelican.plugins.share_post", marks=pytest.mark.long),
    ],
)
def test_third_party_plugins_are_loaded_and_change_no_byte_of_ours(tmp_path, plugin):
    if not installed(plugin):
        pytest.skip(f"{plugin} is not installed")
    article = {"content/articles/lain.md": "---\ntitle: Lain\ndate: 2020-07-02\ncategory: Usaha\n---\n\nIsi.\n"}
    plain, heard = seed(tmp_path / "plain", article), seed(tmp_path / "heard", article)
    write(heard, {"pelicanconf.py": f"{CONF}PLUGINS = [*PLUGINS, {plugin!r}]\n"})
    for office in (plain, heard):
        done = kentongan(office, "build", "--now", MORNING)
        assert done.returncode == 0, done.stderr
    assert tree(heard / "output") == tree(plain / "output")


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    office = seed(
        tmp_path_factory.mktemp("office"),
        {
            "pelicanconf.py": f"{CONF}THEME = 'simple'\n",
            "content/articles/konsep.md": "---\ntitle: Rahasia\ndate: 2020-07-01\nstatus: draft\n---\n\nRahasia\n",
            "content/articles/nanti.md": "---\ntitle: Rahasia\ndate: 2020-08-01\n---\n\nRahasia\n",
            "content/articles/lama.md": LEGACY.replace("{static}/media/a.svg", "/x"),
            "content/pages/profil.md": "---\ntitle: Profil\n---\n\nSiapa kami.\n",
        },
    )
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 0, done.stderr
    return tree(office / "output")


def test_with_a_foreign_theme_pelican_builds_articles_and_pages_in_its_own_way(foreign):
    article = foreign["berita/koperasi-tangguh-di-masa-kebiasaan-baru/index.html"].decode()
    assert "SLEMAN" in article
    assert "masthead" not in article
    assert "Siapa kami." in foreign["profil/index.html"].decode()
    for path in ("index.html", "arsip/index.html", "kategori/cerita-anggota/index.html", "tag/salak/index.html"):
        assert path in foreign


def test_with_a_foreign_theme_feeds_calendars_and_data_are_still_ours(foreign):
    assert {"feed.xml", "jadwal.ics", "jadwal.json", "program/warung-sebelah/feed.xml", "sitemap.xml"} <= foreign.keys()


def test_with_a_foreign_theme_no_draft_and_nothing_before_its_time_is_put_out(foreign):
    assert not [path for path, data in foreign.items() if b"Rahasia" in data]


def test_pelican_itself_builds_the_foreign_theme_alike(tmp_path):
    office = seed(tmp_path, {"pelicanconf.py": f"{CONF}THEME = 'simple'\n"})
    assert kentongan(office, "build", "--now", MORNING).returncode == 0
    done = run(office, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "two", KENTONGAN_NOW=MORNING)
    assert done.returncode == 0, done.stderr
    assert tree(office / "two") == tree(office / "output")
