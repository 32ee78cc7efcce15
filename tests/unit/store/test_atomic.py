"""A write is whole or not at all."""

import pytest

from kentongan.store import atomic


def test_it_makes_folders_and_leaves_no_litter(tmp_path):
    atomic.write(tmp_path / "a/b/c.txt", b"isi", durable=True)
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"isi"
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.txt"]


def test_a_hard_link_in_an_older_release_keeps_its_bytes(tmp_path):
    (tmp_path / "old").write_bytes(b"lama")
    (tmp_path / "new").hardlink_to(tmp_path / "old")
    atomic.write(tmp_path / "new", b"baru")
    assert (tmp_path / "old").read_bytes() == b"lama"


def test_a_failure_keeps_the_old_file(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"lama")
    with pytest.raises(TypeError):
        atomic.write(path, "no bytes")
    assert path.read_bytes() == b"lama"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
