"""The copy of the sample follows the original, and never overwrites what somebody wrote in it."""

import subprocess

from kentongan.store.mirror import Mirror
from tests.offices import write


def mirrored(tmp_path, **files):
    write(tmp_path / "original", files)
    return Mirror(tmp_path / "original", tmp_path / "copy")


def log(mirror):
    done = subprocess.run(
        ["git", "log", "--format=%s"], cwd=mirror.content, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.splitlines()


def test_it_copies_and_commits_once(tmp_path):
    mirror = mirrored(tmp_path, a="1", b="2")
    assert mirror.follow() == []
    assert mirror.follow() == []
    assert (mirror.content / "a").read_text() == "1"
    assert log(mirror) == ["Copy the sample office"]


def test_it_follows_edits_and_deletions(tmp_path):
    mirror = mirrored(tmp_path, a="1", b="2")
    mirror.follow()
    (mirror.original / "a").write_text("new")
    (mirror.original / "b").unlink()
    assert mirror.follow() == []
    assert (mirror.content / "a").read_text() == "new"
    assert not (mirror.content / "b").exists()


def test_what_was_edited_on_both_sides_is_left_and_named(tmp_path):
    mirror = mirrored(tmp_path, a="1")
    mirror.follow()
    (mirror.content / "a").write_text("mine")
    (mirror.original / "a").write_text("theirs")
    assert mirror.follow() == ["a"]
    assert (mirror.content / "a").read_text() == "mine"


def test_what_was_written_in_the_copy_alone_stays(tmp_path):
    mirror = mirrored(tmp_path, a="1")
    mirror.follow()
    (mirror.content / "new").write_text("mine")
    (mirror.content / "a").write_text("mine")
    assert mirror.follow() == []
    assert (mirror.content / "a").read_text() == "mine"
    assert (mirror.content / "new").read_text() == "mine"
