"""Media: only what is what its name says, and is only that, is published."""

import os
from io import BytesIO

import pytest
from PIL import Image

from kentongan.store.media import media_files

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">%s</svg>'


def picture(format_, size=(4, 3)):
    data = BytesIO()
    Image.new("RGB", size).save(data, format_)
    return data.getvalue()


def looked_at(tmp_path, **files):
    folder = tmp_path / "media"
    folder.mkdir()
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data if isinstance(data, bytes) else data.encode())
    found, findings = media_files(tmp_path)
    return found, [(finding.path, finding.rule) for finding in findings]


def test_pictures_know_their_size_and_have_a_hashed_address(tmp_path):
    found, findings = looked_at(
        tmp_path, a__png=picture("PNG"), b__jpeg=picture("JPEG"), c__svg=SVG % "<path d='M0 0'/>"
    )
    assert findings == []
    assert [found[name].size for name in ("a.png", "b.jpeg", "c.svg")] == [(4, 3), (4, 3), (40, 30)]
    assert found["a.png"].public_path == f"media/a.{found['a.png'].digest[:10]}.png"


def test_names_from_phones_become_addresses(tmp_path):
    found, _ = looked_at(tmp_path, **{"WA Foto (2)__PNG": picture("PNG")})
    assert found["WA Foto (2).PNG"].public_path.startswith("media/WA-Foto-2-.")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)"/>',
        '<a href="javascript:alert(1)"><path/></a>',
        '<image href="https://a.example/x.png"/>',
        "<foreignObject><p/></foreignObject>",
        "<style>@import url(https://a.example/x.css)</style>",
        '<path fill="url(https://a.example/x#y)"/>',
        "<?xml-stylesheet href='x'?>",
    ],
)
def test_a_drawing_that_is_more_than_a_drawing(tmp_path, inside):
    assert looked_at(tmp_path, a__svg=SVG % inside) == ({}, [("media/a.svg", "media-svg")])


def test_an_entity_bomb(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG % "<text>&b;</text>"
    assert looked_at(tmp_path, a__svg=bomb)[1] == [("media/a.svg", "media-svg")]


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a__png", b"<html>", "media-picture"),
        ("a__png", picture("JPEG"), "media-picture"),
        ("a__svg", b"not xml", "media-picture"),
        ("a__php", b"<?php", "media-type"),
        ("a__html", b"<script>", "media-type"),
        ("a__png", picture("PNG", (8000, 6000)), "media-pixels"),
    ],
)
def test_what_is_not_what_its_name_says(tmp_path, name, data, rule):
    assert looked_at(tmp_path, **{name: data})[1] == [(f"media/{name.replace('__', '.')}", rule)]


def test_links_pipes_and_hidden_files_stay_inside(tmp_path):
    folder = tmp_path / "media"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(picture("PNG"))
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / ".hidden.png").write_bytes(picture("PNG"))
    os.mkfifo(folder / "pipe.mp3")
    found, findings = media_files(tmp_path)
    assert found == {}
    told = [(one.path, one.rule) for one in findings]
    assert told == [("media/link.png", "not-a-file"), ("media/pipe.mp3", "not-a-file")]
