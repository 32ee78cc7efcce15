"""Tags as players read them back."""

import shutil

import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from kentongan.model import Chapter
from kentongan.sound.tags import Tags, write_tags
from tests.offices import ROOT

TAGS = Tags(
    title="“Kemasan” yang jujur",
    program="Warung Sebelah",
    office="Kentongan",
    date="2022-06-15",
    language="id",
    number=23,
    summary="Kemasan harus jujur.",
    artwork=ROOT / "content/media/program/warung-sebelah.png",
    chapters=(Chapter(start=0, title="Salam"), Chapter(start=6, title="Isi")),
)


@pytest.fixture
def recording(tmp_path):
    return shutil.copy(ROOT / "content/media/audio/kas-kecil.mp3", tmp_path / "a.mp3")


def test_every_fact_is_read_back(recording):
    write_tags(recording, TAGS, 17.8)
    tags = ID3(recording)
    assert tags.version == (2, 3, 0)
    assert (str(tags["TIT2"]), str(tags["TALB"]), str(tags["TPE1"])) == (TAGS.title, TAGS.program, TAGS.office)
    assert (str(tags["TDRC"]), str(tags["TRCK"]), str(tags["TLAN"])) == ("2022-06-15", "23", "ind")
    assert str(tags.getall("COMM")[0]) == TAGS.summary
    assert tags.getall("APIC")[0].mime == "image/jpeg"


def test_chapters_follow_one_another_to_the_end(recording):
    write_tags(recording, TAGS, 17.8)
    tags = ID3(recording)
    assert tags.getall("CTOC")[0].child_element_ids == ["chp0", "chp1"]
    parts = sorted(tags.getall("CHAP"), key=lambda one: one.start_time)
    assert [(one.start_time, one.end_time, str(one.sub_frames["TIT2"])) for one in parts] == [
        (0, 6000, "Salam"),
        (6000, 17800, "Isi"),
    ]


def test_old_tags_are_gone_and_the_sound_is_untouched(recording):
    before = MP3(recording).info.length
    write_tags(recording, TAGS, 17.8)
    first = recording.read_bytes()
    write_tags(recording, TAGS, 17.8)
    assert recording.read_bytes() == first
    assert MP3(recording).info.length == pytest.approx(before, abs=0.1)


def test_little_is_known(recording):
    write_tags(recording, Tags("Judul", "Program", "Kantor", "2022-06-15", "min"), 17.8)
    tags = ID3(recording)
    assert str(tags["TLAN"]) == "und"
    assert not tags.getall("CTOC") + tags.getall("APIC") + tags.getall("TRCK")
