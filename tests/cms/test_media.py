"""Recordings of the media store, as the server hands them out beside the site's own files."""

import urllib.error
import urllib.request

import pytest

from tests.offices import write
from tests.site_server import served

NAME = f"{'a' * 32}.mp3"


@pytest.fixture
def address(tmp_path):
    """A folder that is output and media store at once."""
    write(tmp_path, {f"audio/{NAME}": "0123456789", "media/pasar.jpg": "jpg", ".new-x/half.mp3": "x", "404.html": "?"})
    with served(tmp_path, media=tmp_path) as url:
        yield url


def get(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
        return answer.status, answer.headers, answer.read()


def test_a_recording_is_sent_whole_and_in_ranges_and_kept_for_ever(address):
    status, headers, body = get(f"{address}/media/audio/{NAME}")
    assert (status, headers["content-type"], body) == (200, "audio/mpeg", b"0123456789")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    status, headers, body = get(f"{address}/media/audio/{NAME}", Range="bytes=2-4")
    assert (status, headers["content-range"], body) == (206, "bytes 2-4/10", b"234")


def test_files_of_the_site_come_first(address):
    assert get(f"{address}/media/pasar.jpg")[2] == b"jpg"


@pytest.mark.parametrize("path", ["/media/.new-x/half.mp3", "/media/audio/nothing.mp3", "/media/audio/../../secret"])
def test_what_is_unfinished_or_not_there_is_not_found(address, path):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(f"{address}{path}")
