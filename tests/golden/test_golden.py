"""What readers get, byte for byte, as last looked at. ``UPDATE_GOLDEN=1 make test`` writes it anew: read the diff."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kentongan.comments.snapshot import PublicComment, Snapshot
from tests.offices import EPISODE, MORNING, SEED, kentongan, seed

FOLDER = Path(__file__).parent / "expected"
GOLDEN = {
    "home.html": "index.html",
    "article.html": f"berita/{SEED[0].removeprefix('articles/').removesuffix('.md')}/index.html",
    "comments.xml": "komentar.xml",
    "comments.json": "data/v1/comments.json",
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

_SAID = (
    PublicComment(1, None, "Bu Ratmi", "Apakah boleh ikut **berdua**?", datetime(2020, 7, 21, 8, 2, tzinfo=UTC)),
    PublicComment(2, 1, "Redaksi", "Boleh, Bu.", datetime(2020, 7, 21, 9, 40, tzinfo=UTC), office=True),
)
COMMENTS = Snapshot.of("/komentar", ((SEED[0].removesuffix(".md"), one) for one in _SAID))


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    office = seed(tmp_path_factory.mktemp("office"))
    (office / "approved.json").write_bytes(COMMENTS.to_bytes())
    assert kentongan(office, "build", "--now", MORNING, "--comments", "approved.json").returncode == 0
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
