"""QR codes, read back module by module."""

from lxml import etree

from kentongan.build.qr import QrCode, render_qr

URL = "https://koperasi.example/program/warung-sebelah/"


def test_it_is_a_drawing_without_styles_and_always_the_same():
    data = render_qr(QrCode(URL))
    assert data == render_qr(QrCode(URL))
    root = etree.fromstring(data)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert b"style" not in data
    assert root.get("viewBox").split()[:2] == ["0", "0"]


def test_another_address_is_another_code():
    assert render_qr(QrCode(URL)) != render_qr(QrCode(f"{URL}episode/"))
