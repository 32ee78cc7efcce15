"""A real Icecast, which ``kentongan doctor`` listens to."""

import json

import pytest

from tests.icecast import KBITS, needs_icecast, on_air
from tests.offices import kentongan, seed

pytestmark = needs_icecast
STATION = """---
name: Radio Trijaya FM
zone: WIB
streams:
  - url: {url}
    bitrate: {rate}
---
"""
STATION_FILE = "content/stations/radio-trijaya-fm.md"


@pytest.fixture(scope="module")
def stream():
    with on_air() as url:
        yield url


def examined(tmp_path, url, rate=KBITS):
    office = seed(tmp_path, {STATION_FILE: STATION.format(url=url, rate=rate)})
    done = kentongan(office, "doctor", "--json", "--seconds", "5", KENTONGAN_LANG="en")
    assert "Traceback" not in done.stderr
    found = {one["name"]: one for one in json.loads(done.stdout)}
    return done.returncode, found["stream"]["verdict"], found["stream"]["message"]


def test_a_station_on_the_air(tmp_path, stream):
    assert examined(tmp_path, stream) == (0, "ok", f"It plays, at {KBITS} kbit/s.")


def test_a_bitrate_that_is_not_what_the_file_says(tmp_path, stream):
    assert examined(tmp_path, stream, rate=128)[:2] == (0, "warn")


def test_a_mount_that_is_not_there(tmp_path, stream):
    assert examined(tmp_path, stream.replace("siaran", "kosong"))[:2] == (1, "fail")


def test_doctor_tells_people_line_by_line(tmp_path, stream):
    office = seed(tmp_path, {STATION_FILE: STATION.format(url=stream, rate=KBITS)})
    done = kentongan(office, "doctor", SITEURL="https://kantor.example")
    assert done.returncode == 0
    assert f"ok    {stream}: " in done.stdout
