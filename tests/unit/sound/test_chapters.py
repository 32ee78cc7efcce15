"""Chapters from lines and from JSON."""

import pytest

from kentongan.errors import KentonganError
from kentongan.sound.chapters import read_chapters


def told(path):
    return [(one.start, one.title) for one in read_chapters(path)]


@pytest.mark.parametrize(
    "text",
    [
        "0:00 Salam\n\n06.12  Isi dengan: titik dua\n1:02:03 Tutup\n",
        '{"chapters": [{"startTime": 0, "title": "Salam"}, {"startTime": 1, "title": "x", "toc": false},'
        ' {"startTime": 372.9, "title": "Isi dengan: titik dua"}, {"startTime": 3723, "title": "Tutup"}]}',
    ],
)
def test_both_forms(tmp_path, text):
    (tmp_path / "bab").write_text(text)
    assert told(tmp_path / "bab") == [(0, "Salam"), (372, "Isi dengan: titik dua"), (3723, "Tutup")]


@pytest.mark.parametrize(
    "data",
    [
        b"Salam\n",
        b"0:00\n",
        b"0:10 Dua\n0:05 Satu\n",
        b"0:10 Dua\n0:10 Dua lagi\n",
        b"{",
        b'{"chapters": 3}',
        b'{"chapters": [{"startTime": "x"}]}',
        b'{"chapters": [{"startTime": 1}]}',
        b'{"chapters": [{"startTime": 1e999, "title": "x"}]}',
        b"\xff\xfe0:00 Salam",
        b"0:00 Sa\x00lam",
    ],
)
def test_anything_else_is_told(tmp_path, data):
    (tmp_path / "bab").write_bytes(data)
    with pytest.raises(KentonganError):
        read_chapters(tmp_path / "bab")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(KentonganError):
        read_chapters(tmp_path)
