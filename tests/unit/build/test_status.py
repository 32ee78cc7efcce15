"""Pictures for a WhatsApp status: whatever there is to say, it stays inside its margins."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageColor

from kentongan.build.qr import QUIET, code_of
from kentongan.build.status import BOTTOM, HEIGHT, MARGIN, TOP, WIDTH, draw_status
from kentongan.views.status import BROWN, StatusPicture

USUAL = {
    "office": "Koperasi Maju",
    "kind": "Obrolan",
    "title": "Koperasi Tangguh",
    "alarm": None,
    "when": ("Rabu, 22 Juli 2020 pukul 10.00 WIB",),
    "where": ("Radio Desa, 97,5 MHz FM, Sleman",),
    "people": ("Wulan, S.Si",),
    "invitation": "Selengkapnya, dan pengingat untuk kalender Anda:",
    "site": "koperasi.example",
    "url": "https://koperasi.example/program/obrolan/tangguh/",
    "colour": BROWN,
}
LONG = "Bagaimana koperasi wanita yang tangguh menjual ke tujuh kota tanpa menaikkan simpanan wajib "
TEXTS, LISTS = ("office", "kind", "title", "alarm", "invitation", "site"), ("when", "where", "people")
MUCH = dict.fromkeys(TEXTS, LONG * 3) | dict.fromkeys(LISTS, (LONG * 2,) * 6)


def drawn(**fields):
    return draw_status(StatusPicture(**USUAL | fields))


def opened(data):
    return Image.open(BytesIO(data)).convert("RGB")


def ink(picture, colour=BROWN):
    """The box of all that is not ground; JPEG blurs edges a little."""
    difference = ImageChops.difference(picture, Image.new("RGB", picture.size, ImageColor.getrgb(colour)))
    return difference.convert("L").point(lambda value: 255 if value > 40 else 0).getbbox()


def test_it_is_an_upright_jpeg_and_always_the_same():
    data = drawn()
    assert data == drawn()
    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size) == ("JPEG", (1080, 1920))
    assert len(data) < 500_000


@pytest.mark.parametrize("fields", [{}, MUCH, dict.fromkeys(TEXTS, "") | dict.fromkeys(LISTS, ())])
def test_nothing_leaves_the_margins(fields):
    left, top, right, bottom = ink(opened(drawn(**fields)))
    assert left >= MARGIN - 4
    assert right <= WIDTH - MARGIN + 4
    assert top >= TOP
    assert bottom <= HEIGHT - BOTTOM + 4


@pytest.mark.parametrize("name", ["title", "where", "people", "office", "site"])
def test_one_word_that_is_wider_than_the_picture_is_cut_short(name):
    word = "k" * 400
    given = (word,) if isinstance(USUAL[name], tuple) else word
    assert ink(opened(drawn(**{name: given})))[2] <= WIDTH - MARGIN + 4


def test_hostile_text_is_drawn_as_text(hostile):
    assert opened(drawn(title=hostile, office=hostile, people=(hostile,))).size == (WIDTH, HEIGHT)


def test_the_code_leads_to_the_page():
    modules = [bytes(row) for row in code_of(USUAL["url"]).matrix_iter(border=QUIET)]
    scale = 300 // len(modules)
    spare = (300 - scale * len(modules)) // 2
    left, top = MARGIN + spare + scale // 2, HEIGHT - BOTTOM - 300 + spare + scale // 2
    grey = opened(drawn()).convert("L")
    read = [
        bytes(grey.getpixel((left + scale * column, top + scale * row)) < 128 for column in range(len(modules)))
        for row in range(len(modules))
    ]
    assert read == modules


def test_the_office_has_its_own_ground():
    assert opened(drawn(colour="#1d4f7a")).getpixel((5, 5)) == pytest.approx(ImageColor.getrgb("#1d4f7a"), abs=3)
