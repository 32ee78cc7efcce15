"""What the machine has and lacks."""

import pytest

from kentongan.doctor import machine, office
from kentongan.sound.media_store import MediaStore
from tests.offices import commit, write
from tests.unit import factories as f


def test_a_folder_is_made_and_measured(tmp_path):
    assert machine.folder("media", tmp_path / "baru").verdict.value in ("ok", "warn")
    assert list((tmp_path / "baru").iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "berkas").touch()
    assert machine.folder("media", tmp_path / "berkas/media").verdict.value == "fail"


@pytest.mark.parametrize(
    ("url", "verdict"),
    [("", "warn"), ("http://a.example", "warn"), ("https://a.example", "ok"), ("https://[", "fail"), ("a b", "fail")],
)
def test_the_public_address(url, verdict):
    assert machine.public_address({"SITEURL": url}).verdict.value == verdict


def test_git(tmp_path, monkeypatch):
    write(tmp_path, {"content/site.yml": "name: Kantor\n"})
    assert machine.git(tmp_path / "content").verdict.value == "warn"
    commit(tmp_path)
    assert machine.git(tmp_path / "content").verdict.value == "ok"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert machine.git(tmp_path / "content").verdict.value == "warn"
    assert machine.sound().verdict.value == "warn"


def test_recordings_that_are_not_in_the_store_are_named(tmp_path):
    url = f"/media/audio/{'a' * 32}.mp3"
    site = f.site(f.program(), f.station(), f.episode(audio=f.audio(url=url)), now=f.AFTER)
    check = office.recordings(site, MediaStore(tmp_path))
    assert (check.verdict.value, url in check.message.told("en")) == ("warn", True)
    (tmp_path / "audio").mkdir()
    (tmp_path / "audio" / f"{'a' * 32}.mp3").touch()
    assert office.recordings(site, MediaStore(tmp_path)).verdict.value == "ok"


def test_findings_are_counted():
    assert office.content(f.site(f.program())).verdict.value == "ok"
    assert office.content(f.site(f.program(artwork={"src": "a.png", "alt": "x"}))).verdict.value == "warn"
