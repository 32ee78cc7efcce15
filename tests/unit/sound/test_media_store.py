"""The media store: named by content, never overwritten, nothing unfinished in it."""

import os

import pytest

from kentongan.sound.media_store import MediaStore


def put(store, data, name="a.mp3"):
    with store.workshop() as workshop:
        (workshop / name).write_bytes(data)
        return store.put(workshop / name)


def test_a_name_follows_from_the_bytes_alone(tmp_path):
    store = MediaStore(tmp_path)
    address = put(store, b"suara", "satu.mp3")
    assert address == put(store, b"suara", "dua.mp3")
    assert address != put(store, b"suara lain")
    assert store.find(address).read_bytes() == b"suara"
    assert store.find(address).stem == address[len("/media/audio/") : -len(".mp3")]
    assert len(list((tmp_path / "audio").iterdir())) == 2


def test_what_is_there_is_never_written_again(tmp_path):
    store = MediaStore(tmp_path)
    place = store.find(put(store, b"suara"))
    before = place.stat()
    put(store, b"suara")
    assert (place.stat().st_ino, place.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_interrupted_workshop_leaves_nothing(tmp_path):
    store = MediaStore(tmp_path)

    def interrupted():
        with store.workshop() as workshop:
            (workshop / "half.mp3").write_bytes(b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_left_is_swept_a_day_later(tmp_path):
    old, new = tmp_path / ".new-old", tmp_path / ".new-new"
    old.mkdir()
    new.mkdir()
    os.utime(old, (1_000_000_000, 1_000_000_000))
    with MediaStore(tmp_path).workshop():
        assert not old.exists()
        assert new.exists()


@pytest.mark.parametrize(
    "address", ["/media/audio/nothing.mp3", "/media/audio/../../secret", "/media/other/a.mp3", "https://cdn.example/a"]
)
def test_what_is_not_in_it_is_not_found(tmp_path, address):
    (tmp_path / "audio").mkdir()
    (tmp_path / "secret").write_text("x")
    assert MediaStore(tmp_path / "store").find(address) is None


def test_where_it_is(tmp_path):
    assert MediaStore.of(tmp_path, {}).folder == tmp_path / "media"
    assert MediaStore.of(tmp_path, {"KENTONGAN_MEDIA": str(tmp_path / "besar")}).folder == tmp_path / "besar"
