"""Captions as people, tools and vandals write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.store.media import MediaFile
from kentongan.store.transcript import MAX_BYTES, Caption, captions, decode, paragraphs, read_cues

VTT = """WEBVTT - Obrolan

STYLE
::cue { color: red }

NOTE Ditulis oleh pendengar

satu
00:00.500 --> 00:04.000 align:start
<v.pemandu Bagas>Selamat pagi, <i>Ibu</i> &amp; Bapak.

01:02:03.250 --> 01:02:05.000
<00:03.000>Tanpa nama.
"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n<b>Satu</b>\r\n{\\an8}dua\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\nTiga\r\n"
)


def test_webvtt():
    assert list(captions(VTT)) == [
        Caption(0.5, 4.0, "Bagas", "Selamat pagi, Ibu & Bapak."),
        Caption(3723.25, 3725.0, None, "Tanpa nama."),
    ]


def test_subrip_with_windows_line_ends():
    assert list(captions(SRT)) == [Caption(1.0, 2.5, None, "Satu dua"), Caption(3.0, 4.0, None, "Tiga")]


def test_no_blank_line_between_captions():
    assert list(captions(SRT.replace("\r\n\r\n", "\r\n"))) == list(captions(SRT))


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("00:01.000 --> 00:00.500", (1.0, 1.0)),
        ("00:99.000 --> 02:00", (99.0, 120.0)),
        ("0:01,5 --> 0:02,05", (1.5, 2.05)),
        ("00:07.000 --> x", (7.0, 7.0)),
    ],
)
def test_broken_times_lose_no_words(times, expected):
    assert [(one.start, one.end, one.text) for one in captions(f"{times}\nKata\n")] == [(*expected, "Kata")]


@pytest.mark.parametrize(
    "times", ["aa:bb --> cc:dd", f"{'9' * 5000}:00:00.000 --> 00:01.000", "00:01.000 -> 00:02.000"]
)
def test_what_is_no_time_begins_no_caption(times):
    assert list(captions(f"{times}\nKata\n")) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_that_editors_write(encoding):
    assert decode("“Kata” café".encode(encoding)) == "“Kata” café"


@pytest.mark.parametrize("junk", ["<", "<v ", "<v" + " " * 50, "{\\", "\n", "00:", "0:00 --> "])
def test_a_megabyte_of_junk_is_read_at_once(junk):
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{junk * (1_000_000 // len(junk))}\n\n00:03.000 --> 00:04.000\nKata\n"
    assert list(captions(text))[-1].text.endswith("Kata")


@given(st.text(alphabet="<>v -:.,0123456789\n\r\0aé{}\\&;"))
def test_nothing_breaks_the_reader(text):
    for one in paragraphs(captions(text)):
        assert one.text
        assert 0 <= one.start <= one.end


def test_what_one_speaker_says_in_a_go_is_a_paragraph():
    told = [
        Caption(0, 2, "Bagas", "Selamat"),
        Caption(2, 4, "Bagas", "pagi."),
        Caption(4, 6, "Titik", "Pagi."),
        Caption(20, 22, "Titik", "Sesudah jeda."),
    ]
    assert list(paragraphs(told)) == [Caption(0, 4, "Bagas", "Selamat pagi."), *told[2:]]


def test_a_long_speech_is_cut_where_a_sentence_ends():
    told = [Caption(at, at + 2, None, "Kata demi kata sampai habis.") for at in range(0, 200, 2)]
    found = list(paragraphs(told))
    assert 5 < len(found) < 20
    assert " ".join(one.text for one in found) == " ".join(one.text for one in told)


def test_a_huge_file_and_another_kind_of_file_are_not_read():
    assert read_cues(MediaFile("a.vtt", "/nowhere", "d", MAX_BYTES + 1, "text/vtt", None)) == ()
    assert read_cues(MediaFile("a.pdf", "/nowhere", "d", 10, "application/pdf", None)) == ()
