"""Smaller copies of pictures: which there are, what is in them, and how pages offer them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from kentongan.build.copies import SmallCopy, render_copy, small_copies
from kentongan.store.media import media_files
from kentongan.views.picture import Picture
from tests.unit.pictures.test_intake import encoded, photo


def kept(folder: Path, name: str, data: bytes):
    (folder / "media").mkdir()
    (folder / "media" / name).write_bytes(data)
    return media_files(folder)[0][name]


@pytest.mark.parametrize(
    ("size", "widths"), [((1600, 1200), [480, 960]), ((1200, 300), [480, 960]), ((960, 700), [480]), ((500, 900), [])]
)
def test_a_picture_has_copies_as_far_as_they_pay(tmp_path: Path, size, widths):
    file = kept(tmp_path, "pasar.jpg", encoded(photo(size), "JPEG"))
    assert list(file.copies) == widths
    assert list(file.copies.values()) == [f"media/pasar.{file.digest[:10]}.{width}.jpg" for width in widths]


@pytest.mark.parametrize(("format_", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P")])
def test_a_copy_is_small_and_of_the_same_kind(tmp_path: Path, format_, mode):
    file = kept(tmp_path, f"pasar.{'jpg' if format_ == 'JPEG' else 'png'}", encoded(photo((1600, 1000), mode), format_))
    for path, copy in small_copies(file):
        with Image.open(BytesIO(render_copy(copy))) as small:
            assert (small.format, small.size) == (format_, (copy.width, copy.width * 1000 // 1600))
        assert str(copy.width) in path
        assert render_copy(copy) == render_copy(copy)


def test_a_copy_says_nothing_of_where_it_was_taken(tmp_path: Path):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "Rumah Bu Siti", 6
    file = kept(tmp_path, "pasar.jpg", encoded(photo((1600, 1200)), "JPEG", exif=exif))
    data = render_copy(SmallCopy(file.source, file.digest, 480))
    assert b"Siti" not in data
    assert Image.open(BytesIO(data)).size == (480, 640)


def test_a_copy_of_what_breaks_off_is_what_there_is(tmp_path: Path):
    whole = encoded(photo((1600, 1200)), "PNG")
    file = kept(tmp_path, "pasar.png", whole[:-9000])
    assert render_copy(SmallCopy(file.source, file.digest, 480)) == whole[:-9000]


def test_its_identity_is_what_is_seen_and_not_where_it_lies():
    assert repr(SmallCopy("/a/x.jpg", "d" * 64, 480)) == repr(SmallCopy("/b/x.jpg", "d" * 64, 480))


def test_pages_offer_the_copies_beside_the_picture():
    picture = Picture("/p.jpg", "Pasar", 1600, 1200, None, None, (("/p.480.jpg", 480), ("/p.960.jpg", 960)))
    assert (picture.smallest, picture.choices) == ("/p.480.jpg", "/p.480.jpg 480w, /p.960.jpg 960w, /p.jpg 1600w")
    plain = Picture("/p.svg", "Pasar", 40, 40, None, None)
    assert (plain.smallest, plain.choices) == ("/p.svg", None)
