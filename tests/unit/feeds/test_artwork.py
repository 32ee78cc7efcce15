"""Pictures for podcast apps: cut to size, else drawn, always what Apple and PSP-1 take, and always the same bytes."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kentongan.feeds.artwork import (
    CutArtwork,
    DrawnArtwork,
    artwork_files,
    episode_artwork,
    office_artwork,
    program_artwork,
)
from kentongan.feeds.drawing import MOST_BYTES, cut, draw
from kentongan.store.media import MediaFile
from tests.thorough import examples
from tests.unit import factories as made

WEEK = (False, False, True, False, False, False, False)


def opened(data):
    picture = Image.open(BytesIO(data))
    picture.load()
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert len(data) < MOST_BYTES
    return picture


def site_with(artwork, size, media_type="image/png", **fields):
    """A site whose program, or whose episode, shows a picture of *size*."""
    file = MediaFile("a.png", "/a.png", "d" * 64, 1, media_type, size)
    site = made.site(made.program(artwork=artwork), made.station(), made.episode(**fields))
    return replace(site, media={"a.png": file})


IMAGE = {"src": "a.png", "alt": "A"}


@pytest.mark.parametrize(
    ("size", "sides"),
    [
        ((4000, 5000), [3000, 1400]),
        ((3000, 3000), [3000, 1400]),
        ((2000, 2500), [2000, 1400]),
        ((1400, 1500), [1400]),
        ((900, 1500), [1400]),
    ],
)
def test_a_picture_is_cut_as_large_as_it_is_within_the_limits(size, sides):
    site = site_with(IMAGE, size)
    found = program_artwork(site, site.programs[0])
    assert [(type(one), one.side) for one in found] == [(CutArtwork, side) for side in sides]


@pytest.mark.parametrize(
    ("image", "size", "media_type"),
    [(None, None, "image/png"), (IMAGE, (300, 300), "image/png"), (IMAGE, (9000, 9000), "image/svg+xml")],
)
def test_without_a_fit_picture_one_is_drawn(image, size, media_type):
    site = site_with(image, size, media_type)
    assert [(one.title, one.office, one.side) for one in program_artwork(site, site.programs[0])] == [
        ("Obrolan", "Koperasi Maju", 3000),
        ("Obrolan", "Koperasi Maju", 1400),
    ]


def test_a_drawn_picture_keeps_its_address_until_something_seen_changes():
    first, again, recoloured, renamed = (
        program_artwork(site, site.programs[0])[0].name
        for site in (
            made.site(made.program()),
            made.site(made.program(summary="Lain"), now=made.AFTER),
            made.site(made.program(), colours={"light": "#123456"}),
            made.site(made.program(title="Lain")),
        )
    )
    assert first == again
    assert len({first, recoloured, renamed}) == 3


def test_its_strokes_are_the_days_of_the_slots_even_when_they_are_over():
    slot = {"id": "rabu", "station": "radio", "start": "2020-07-01 10:00", "duration": 60}
    slot |= {"rule": "FREQ=WEEKLY;BYDAY=WE", "until": "2020-07-08"}
    site = made.site(made.program(slots=[slot]), made.station())
    assert program_artwork(site, site.programs[0])[0].beats == WEEK
    assert office_artwork(site)[0].beats == WEEK


def test_an_episode_shows_its_own_picture_only_where_it_is_large_enough():
    large, small = (site_with(None, size, image=IMAGE) for size in ((1600, 1400), (1600, 1399)))
    assert [one.side for one in episode_artwork(large, large.episodes[0])] == [1400]
    assert episode_artwork(small, small.episodes[0]) == ()


def test_every_picture_has_one_address():
    site = site_with(IMAGE, (3000, 3000), image=IMAGE)
    paths = [path for path, _ in artwork_files(site)]
    assert len(paths) == len(set(paths)) == 5
    assert paths[0].startswith("program/sampul.")
    assert paths[-1].startswith("program/obrolan/tangguh/sampul.")


@pytest.mark.parametrize("focus", [(0, 50), (100, 50), (50, 50)])
def test_a_wide_picture_is_cut_round_its_focus(tmp_path, focus):
    wide = Image.new("RGB", (3000, 1500), "blue")
    wide.paste("red", (focus[0] * 15, 0, focus[0] * 15 + 1500, 1500))
    wide.save(tmp_path / "a.png")
    picture = opened(cut(CutArtwork(str(tmp_path / "a.png"), "d", focus, 1400)))
    assert picture.size == (1400, 1400)
    assert {picture.getpixel((x, 700))[0] > 200 for x in (5, 700, 1394)} == {True}


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK", "1"])
def test_every_mode_becomes_rgb_on_paper(tmp_path, mode):
    name = "a.jpg" if mode == "CMYK" else "a.png"
    Image.new(mode, (1400, 1400)).save(tmp_path / name)
    picture = opened(cut(CutArtwork(str(tmp_path / name), "d", (50, 50), 1400)))
    if mode in ("RGBA", "LA"):
        assert min(picture.getpixel((700, 700))) > 240


def test_a_photograph_full_of_detail_still_fits(tmp_path):
    Image.effect_noise((1500, 1500), 90).resize((3000, 3000)).save(tmp_path / "a.png")
    assert opened(cut(CutArtwork(str(tmp_path / "a.png"), "d", (50, 50), 3000))).size == (3000, 3000)


@pytest.mark.parametrize("side", [3000, 1400])
def test_what_is_drawn_fits_too(side):
    view = DrawnArtwork("Warung Sebelah", "Dinas Koperasi", "#7a3f1d", WEEK, side)
    assert opened(draw(view)).size == (side, side)
    assert draw(view) == draw(view)


@settings(max_examples=examples(30))
@given(st.text(max_size=400), st.text(max_size=200))
def test_any_name_can_be_drawn(title, office):
    assert opened(draw(DrawnArtwork(title, office, "#7a3f1d", WEEK, 1400))).size == (1400, 1400)
