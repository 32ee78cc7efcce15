"""An episode gets its recording from the admin."""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest

from kentongan.store.frontmatter import parse
from kentongan_cms.jobs import Job, Jobs
from tests.cms.test_tus import HOME, created, patched
from tests.offices import write
from tests.unit.repository.test_writer import git

EPISODE = (
    "---\ntitle: Koperasi tangguh\nprogram: warung\ndate: 2026-07-01\nguid: 0d6a1c1e-0000-4000-8000-000000000001\n---\n"
)
PROGRAM = "---\ntitle: Warung\nguid: 0d6a1c1e-0000-4000-8000-000000000002\n---\n"
PAGE = "/admin/suara/tangguh"
needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")


@pytest.fixture
def episode(content):
    shutil.rmtree(content.parent / "var/jobs", ignore_errors=True)
    write(content, {"programs/warung.md": PROGRAM, "episodes/tangguh.md": EPISODE})
    return content / "episodes/tangguh.md"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Three seconds of a tone."""
    file = tmp_path_factory.mktemp("sound") / "siaran.wav"
    made = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=440:duration=3", "-ar", "16000", str(file)]
    subprocess.run(made, check=True)
    return file.read_bytes()


def settled(visitor):
    """The page once nothing is under way any more."""
    for _ in range(300):
        page = visitor.get(PAGE)
        if "refresh" not in page.headers:
            return page
        time.sleep(0.1)
    raise TimeoutError


@needs_ffmpeg
def test_a_recording_in_pieces_is_levelled_stored_and_committed(owner, episode, sound):
    address = created(owner, len(sound), kind="recording")
    patched(owner, address, sound[:9999])
    assert owner.post(PAGE, data={"unggahan": address.removeprefix(HOME)}).status_code == 422
    patched(owner, address, sound[9999:], 9999)
    assert owner.post(PAGE, data={"unggahan": address.removeprefix(HOME)}).status_code == 303
    assert "bisa didengar ulang" in settled(owner).text
    audio = parse(episode.read_text()).data["audio"]
    assert (audio["type"], audio["duration"], audio["loudness"][:3]) == ("audio/mpeg", "3", "-16")
    assert audio["url"].startswith("/media/audio/")
    assert (episode.parents[2] / "var/media/audio" / audio["url"].rpartition("/")[2]).stat().st_size == int(
        audio["bytes"]
    )
    assert git(episode.parent, "log", "-1", "--format=%an|%s") == "Ratri|Pasang rekaman episodes/tangguh.md"


@needs_ffmpeg
def test_without_script_it_goes_with_the_form(owner, episode, sound):
    assert owner.post(PAGE, files={"rekaman": ("x.wav", sound, "audio/wav")}).status_code == 303
    settled(owner)
    assert "audio" in parse(episode.read_text()).data


def test_what_is_no_recording_is_said_and_nothing_is_written(owner, episode):
    before = episode.read_bytes()
    assert owner.post(PAGE, files={"rekaman": ("x.mp3", b"<script>", "audio/mpeg")}).status_code == 303
    assert 'id="rekaman-trouble"' in settled(owner).text
    assert owner.post(PAGE, files={"rekaman": ("x.mp3", b"", "audio/mpeg")}).status_code == 422
    assert episode.read_bytes() == before


def test_only_who_may_edit_an_episode_gives_it_a_recording(visitors, episode):
    for login in ("budi", "mod"):
        assert visitors[login].get(PAGE).status_code == 403
        assert visitors[login].post(PAGE, files={"rekaman": ("x.mp3", b"x", "audio/mpeg")}).status_code == 403
    assert visitors["ratri"].get("/admin/suara/tidak-ada").status_code == 404


def test_a_job_that_was_killed_does_not_wait_for_ever(tmp_path):
    now = [1000.0]
    jobs = Jobs(tmp_path, lambda: now[0])
    jobs._say("a", Job())
    assert jobs.is_busy("a")
    assert not jobs.start("a", lambda _progress: None, str)
    now[0] += 200
    assert not jobs.is_busy("a")
    assert jobs.start("a", lambda _progress: 1 / 0, lambda error: error.told("en"))
    jobs.wait()
    assert jobs.state("a").trouble.startswith("Something went wrong here.")
