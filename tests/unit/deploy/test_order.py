"""In which order files go."""

from kentongan.deploy.order import MOST_FILES, Phase, batches, place

FILES = [
    "index.html",
    "index.html.br",
    "berita/index.html",
    "berita/kabar/index.html",
    "static/style.0123.css",
    "static/style.0123.css.gz",
    "media/pasar.0123.jpg",
    "media/transkrip.0123.json",
    "takarir.vtt",
    "feed.xml",
    "jadwal.ics",
    "redirects.json",
    "version.json",
    "version.json.zst",
]


def test_assets_then_deep_pages_then_lists_then_home_then_feeds_then_the_version():
    order = [batch.paths for batch in batches(FILES, by_type=False)]
    assert order == [
        (
            "media/pasar.0123.jpg",
            "media/transkrip.0123.json",
            "static/style.0123.css",
            "static/style.0123.css.gz",
            "takarir.vtt",
        ),
        ("berita/kabar/index.html",),
        ("berita/index.html",),
        ("index.html", "index.html.br"),
        ("feed.xml", "jadwal.ics", "redirects.json"),
        ("version.json", "version.json.zst"),
    ]


def test_files_that_are_served_differently_go_apart_within_their_phase():
    made = list(batches(FILES, by_type=True))
    assert sorted(path for batch in made for path in batch.paths) == sorted(FILES)
    phases = [place(batch.paths[0]) for batch in made]
    assert phases == sorted(phases)
    feed = next(batch for batch in made if "feed.xml" in batch.paths)
    assert (feed.media_type, feed.cache_control) == ("application/xml; charset=utf-8", "no-cache")
    style = next(batch for batch in made if "static/style.0123.css" in batch.paths)
    assert style.cache_control == "public, max-age=31536000, immutable"


def test_a_long_phase_goes_in_several_batches():
    many = [f"static/{number:05}.css" for number in range(MOST_FILES + 1)]
    assert [len(batch.paths) for batch in batches(many, by_type=False)] == [MOST_FILES, 1]
    assert place("static/data.json")[0] is Phase.ASSETS
