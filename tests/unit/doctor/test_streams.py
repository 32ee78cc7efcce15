"""Streams that play, and the ways in which they do not."""

import socket

import pytest

from kentongan.doctor import streams
from kentongan.model import Stream
from tests.offices import ROOT
from tests.servers import answer, answering, dripping, serving

MP3 = (ROOT / "content/media/audio/kas-kecil.mp3").read_bytes()[:20_000]
"""At 32 kbit/s."""


def verdict(url, **fields):
    check = streams.stream(Stream(url=f"{url}/langsung", **fields), seconds=0.5)
    assert check.subject == f"{url}/langsung"
    return check.verdict.value, check.message.told("en")


def told(data, **fields):
    with serving(answering(data)) as url:
        return verdict(url, **fields)


def test_a_stream_that_plays():
    playing = answer(body=MP3, Content_Type="audio/mpeg")
    assert told(playing) == ("ok", "It plays, at 32 kbit/s.")
    assert told(playing, bitrate=32) == ("ok", "It plays, at 32 kbit/s.")


def test_a_stream_is_what_its_record_says():
    playing = answer(body=MP3, Content_Type="audio/mpeg")
    assert told(playing, bitrate=128) == ("warn", "It plays at 32 kbit/s; the station's file says 128.")
    assert told(playing, type="audio/aac") == ("warn", "It is audio/mpeg; the station's file says audio/aac.")
    ogg = answer(body=b"OggS", Content_Type="application/ogg", icy_br="48,48")
    assert told(ogg, type="audio/ogg", bitrate=48) == ("ok", "It plays, at 48 kbit/s.")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (answer("404 Not Found"), "It is off the air: it answers 404."),
        (answer(body=b"<html>", Content_Type="text/html"), "It answers with text/html, which is no sound."),
        (answer(body=b"x"), "It answers with ?, which is no sound."),
        (answer(Content_Type="audio/mpeg"), "It answers, but sends no sound."),
        (answer(body=b"#EXTM3U", Content_Type="audio/x-mpegurl"), "This is a playlist, not the stream itself."),
        (b"ICY 200 OK\r\n\r\n", "It speaks the old Shoutcast protocol, which browsers do not play."),
        (b"\x00\x01\x02\r\n", "What it answers is not HTTP."),
        (b"", "What it answers is not HTTP."),
        (answer("302 Found", Location="file:///etc/passwd"), "It sends one from address to address, and never plays."),
        (answer("302 Found", Location="/langsung"), "It sends one from address to address, and never plays."),
        (answer("301 Moved"), "It sends one from address to address, and never plays."),
    ],
)
def test_a_stream_that_does_not_play(data, message):
    assert told(data) == ("fail", message)


def test_a_redirect_is_followed():
    def talk(connection, request):
        moved = answer("302 Found", Location="/di-sini")
        here = answer(body=MP3, Content_Type="audio/mpeg")
        connection.sendall(here if request.startswith(b"GET /di-sini ") else moved)

    with serving(talk) as url:
        assert verdict(url) == ("ok", "It plays, at 32 kbit/s.")


@pytest.mark.parametrize("slow", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_a_slow_loris_is_hung_up_on(slow):
    with serving(dripping(slow)) as url:
        assert verdict(url) == ("fail", "It did not answer within 0.5 seconds.")


def test_a_server_that_says_nothing_is_hung_up_on():
    with serving(lambda connection, _: connection.recv(1)) as url:
        assert verdict(url) == ("fail", "It did not answer within 0.5 seconds.")


def test_a_station_that_is_offline():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert verdict(url) == ("fail", "Nobody answers at that address and port.")


@pytest.mark.parametrize("url", ["http://[broken", "http://127.0.0.1:99999999"])
def test_an_address_that_is_none(url):
    assert streams.stream(Stream(url=url), 0.5).verdict.value == "fail"
