"""What headers say, of whole, broken and hostile files."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.store.media import media_files
from kentongan.store.recording import read_header
from tests.offices import ROOT

SAMPLE = ROOT / "content/media/audio/kas-kecil.mp3"


def test_an_mp3():
    header = read_header(SAMPLE)
    assert (header.media_type, round(header.seconds), header.bitrate) == ("audio/mpeg", 18, 32)
    assert header.is_whole
    assert not header.has_video


def test_a_broken_off_mp3_is_known_by_what_its_header_promises(tmp_path):
    data = SAMPLE.read_bytes()
    (tmp_path / "a.mp3").write_bytes(data[: len(data) // 2])
    assert not read_header(tmp_path / "a.mp3").is_whole


@pytest.mark.parametrize("data", [b"", b"ID3", b"RIFF", b"OggS" * 99, b"\0" * 5000, b"<html>", b"\xff\xfb\x90\x00"])
def test_what_is_no_recording(tmp_path, data):
    (tmp_path / "a.mp3").write_bytes(data)
    assert read_header(tmp_path / "a.mp3") is None


@given(st.binary(max_size=200), st.integers(0, 4000))
def test_no_damage_breaks_the_reader(tmp_path_factory, noise, place):
    path = tmp_path_factory.getbasetemp() / "damaged.mp3"
    data = SAMPLE.read_bytes()
    path.write_bytes(data[:place] + noise + data[place + len(noise) :])
    read_header(path)


def test_a_recording_in_content_media_is_measured(tmp_path):
    (tmp_path / "media").mkdir()
    shutil.copy(SAMPLE, tmp_path / "media/a.mp3")
    found, findings = media_files(tmp_path)
    assert (found["a.mp3"].seconds, findings) == (18, [])


def test_a_file_that_only_calls_itself_a_recording_is_told(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media/a.mp3").write_bytes(b"<html>404</html>")
    shutil.copy(SAMPLE, tmp_path / "media/b.ogg")
    found, findings = media_files(tmp_path)
    assert found == {}
    assert [(one.path, one.rule) for one in findings] == [
        ("media/a.mp3", "media-audio"),
        ("media/b.ogg", "media-audio"),
    ]
