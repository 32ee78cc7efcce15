"""What readers get, byte for byte, as last looked at. ``UPDATE_GOLDEN=1 make test`` writes it anew: read the diff."""

import os
import re
from pathlib import Path

import pytest

from tests.offices import EPISODE, MORNING, kentongan, seed

FOLDER = Path(__file__).parent / "expected"
GOLDEN = {
    "home.html": "index.html",
    "episode.html": f"program/warung-sebelah/{EPISODE}/index.html",
    "consultation.html": f"konsultasi/{EPISODE}/index.html",
    "schedule.html": "jadwal/2020-W30/index.html",
    "feed.xml": "feed.xml",
    "podcast.xml": "program/warung-sebelah/feed.xml",
    "coming.xml": "program/warung-sebelah/akan-datang.xml",
    "schedule.ics": "jadwal.ics",
    "consultation.ics": f"konsultasi/{EPISODE}/acara.ics",
    "schedule.json": "jadwal.json",
    "episode.json": f"data/v1/episodes/{EPISODE}.json",
    "sitemap.xml": "sitemap.xml",
}


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    office = seed(tmp_path_factory.mktemp("office"))
    assert kentongan(office, "build", "--now", MORNING).returncode == 0
    return office / "output"


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(output, name):
    built = _without_hashes((output / GOLDEN[name]).read_bytes())
    if os.environ.get("UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / name).write_bytes(built)
    assert built.decode().splitlines() == (FOLDER / name).read_bytes().decode().splitlines()


def _without_hashes(data: bytes) -> bytes:
    """Hashed names of static files change with every line of CSS."""
    return re.sub(rb"(/static/\w+)\.[0-9a-f]{10}\.", rb"\1.", data)
