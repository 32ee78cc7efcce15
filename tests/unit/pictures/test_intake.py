"""Uploads become pictures and nothing else, or are refused in words."""

from __future__ import annotations

import struct
import sys
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from kentongan.errors import KentonganError
from kentongan.pictures import clean_picture, heif
from kentongan.store.media import MAX_BYTES
from tests.offices import ROOT

PHONE = (ROOT / "tests/corpus/pictures/phone.heic").read_bytes()
"""96 x 64 pixels, taken upright by a phone that was held so (orientation 6), with where it was taken."""
EVIL = b"<script>alert(document.cookie)</script>"


def photo(size=(640, 480), mode="RGB") -> Image.Image:
    """Something with many colours."""
    gradients = [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L").rotate(90)]
    merged = Image.merge("RGB", gradients).resize(size)
    return merged.convert(mode)


def encoded(picture: Image.Image, format_: str, **options) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, format_, **options)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def png_of(width: int, height: int) -> bytes:
    """A small PNG file that says it is *width* by *height* large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 20_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def reason(data: bytes) -> str:
    with pytest.raises(KentonganError) as refused:
        clean_picture(data)
    return refused.value.message.told("en")


def test_a_phones_photo_is_turned_upright_and_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010E] = "Rumah Bu Siti"
    exif.get_ifd(0x8825)[2] = (7.0, 47.0, 30.0)
    clean = clean_picture(encoded(photo((2000, 1000)), "JPEG", exif=exif))
    assert (clean.ending, clean.size) == (".jpg", (800, 1600))
    assert not opened(clean.data).getexif()
    assert b"Exif" not in clean.data
    assert b"Siti" not in clean.data


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (encoded(photo(), "PNG"), ".jpg"),
        (encoded(photo(), "WEBP"), ".jpg"),
        (encoded(photo(mode="L"), "JPEG"), ".jpg"),
        (encoded(photo(mode="CMYK"), "JPEG"), ".jpg"),
        (encoded(photo(mode="P"), "GIF"), ".png"),
        (encoded(Image.new("RGB", (300, 200), "navy"), "PNG"), ".png"),
        (encoded(Image.new("RGBA", (300, 200), (9, 9, 9, 40)), "PNG"), ".png"),
        (encoded(Image.new("I;16", (300, 200), 700), "PNG"), ".png"),
    ],
)
def test_each_gets_the_format_that_suits_it(data, ending):
    assert clean_picture(data).ending == ending


def test_what_one_can_see_through_stays_so():
    picture = photo()
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    clean = clean_picture(encoded(picture, "PNG"))
    assert (clean.ending, opened(clean.data).mode) == (".webp", "RGBA")


def test_of_a_moving_picture_the_first_frame_is_taken():
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
    clean = clean_picture(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert opened(clean.data).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    "data",
    [
        encoded(photo(), "JPEG", comment=EVIL),
        encoded(photo(), "JPEG") + EVIL,
        b"\xff\xd8\xff\xfe" + struct.pack(">H", len(EVIL) + 2) + EVIL + encoded(photo(), "JPEG")[2:],
        encoded(photo(), "PNG") + EVIL,
        encoded(photo(), "GIF", comment=EVIL),
        encoded(photo(), "WEBP", xmp=EVIL),
        encoded(photo(), "JPEG", icc_profile=EVIL),
    ],
)
def test_what_rides_along_stays_behind(data):
    assert b"script" in data
    assert b"script" not in clean_picture(data).data


def test_what_comes_in_the_place_of_another_takes_its_format():
    clear = encoded(Image.new("RGBA", (300, 200), (9, 9, 9, 0)), "PNG")
    for ending, format_ in ((".jpg", "JPEG"), (".png", "PNG"), (".webp", "WEBP")):
        clean = clean_picture(clear, ending)
        assert (clean.ending, opened(clean.data).format) == (ending, format_)
    assert opened(clean_picture(clear, ".jpg").data).getpixel((5, 5)) == (255, 255, 255)
    with pytest.raises(KentonganError, match="gif"):
        clean_picture(clear, ".gif")


def test_the_same_picture_is_the_same_bytes():
    data = encoded(photo(), "PNG")
    assert clean_picture(data) == clean_picture(data)


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (60_000, 60_000), (50_000, 1_000)])
def test_a_bomb_is_refused_by_its_header(width, height):
    data = png_of(width, height)
    assert len(data) < 200_000
    assert reason(data) == "The picture has more pixels than we can hold."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\0" * 40, "no picture"),
        (b"%PDF-1.7 hello", "no picture"),
        (EVIL, "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "breaks off"),
        (PHONE[:-100], "breaks off"),
        (encoded(photo(), "BMP"), "no picture"),
        (encoded(photo(), "TIFF"), "no picture"),
        (encoded(photo(), "JPEG")[:-4000], "breaks off"),
        (encoded(photo(), "PNG")[:-4000], "breaks off"),
        (encoded(photo(), "WEBP")[:-400], "breaks off"),
        (b"\0" * (MAX_BYTES + 1), "larger than 25 MB"),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(data, said):
    assert said in reason(data)


@given(st.data())
def test_damage_ends_in_a_picture_or_in_words(data):
    picture = photo((60, 40))
    ImageDraw.Draw(picture).line((0, 0, 60, 40))
    whole = bytearray(encoded(picture, data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(KentonganError):
        assert clean_picture(bytes(whole)).data


def test_a_photo_in_apples_format_becomes_an_upright_jpeg_and_nothing_else():
    clean = clean_picture(PHONE)
    picture = opened(clean.data)
    assert (clean.ending, picture.format, picture.size) == (".png", "PNG", (64, 96))
    assert b"Bu Siti" not in clean.data
    assert clean_picture(PHONE, ".jpg").ending == ".jpg"


def test_a_photo_in_apples_format_that_claims_to_be_huge_is_refused():
    at = PHONE.index(b"ispe") + 8
    huge = PHONE[:at] + struct.pack(">II", 30_000, 30_000) + PHONE[at + 8 :]
    with pytest.raises(KentonganError):
        clean_picture(huge)


@pytest.mark.long
@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(24, len(PHONE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_photo_in_apples_format_is_a_picture_or_refused(changes):
    data = bytearray(PHONE)
    for place, value in changes:
        data[place] = value
    with suppress(KentonganError):
        assert clean_picture(bytes(data)).data


@pytest.mark.parametrize("program", ["import os; os.abort()", "import time; time.sleep(60)"])
def test_a_decoder_that_crashes_or_hangs_takes_nothing_with_it(monkeypatch, program):
    monkeypatch.setattr(heif, "_COMMAND", (sys.executable, "-c", program))
    monkeypatch.setattr(heif, "_SECONDS", 0.5)
    with pytest.raises(KentonganError, match="breaks off"):
        clean_picture(PHONE)
