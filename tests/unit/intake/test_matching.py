"""What the site's records know: by name, alias and near spelling, never mixed with what the text says."""

import pytest

from kentongan.intake import read_announcement
from kentongan.intake.matching import match, match_doubts, mentioned, sure
from tests.unit.factories import person, program, station

TRIJAYA = station(id="trijaya", name="Radio Trijaya FM", zone="WITA", aliases=("Trijaya", "Trijaya FM"))
SLOT = {"id": "rabu", "station": "trijaya", "start": "2020-07-22 10:00", "duration": 60, "rule": "FREQ=WEEKLY;BYDAY=WE"}
WARUNG = program(id="warung", title="Warung Sebelah", slots=[SLOT])
RAHMAT = person(id="rahmat", name="J. Rahmat Sudrajat", suffix="S.Pt")
RECORDS = (TRIJAYA, WARUNG, RAHMAT)


def known(said, records=RECORDS):
    announcement = read_announcement(f"Siaran radio, Rabu, 22 Juli 2020 pukul 10.00: {said}")
    return {field: found.to_json() for field, found in match(announcement, records).items()}


@pytest.mark.parametrize(
    "name", ["Radio Trijaya FM", "radio trijaya fm", "Trijaya FM", "Radio Trijaya", "Radio Tri Jaya FM"]
)
def test_a_station_by_any_of_its_names(name):
    found = known(f"dengarkan {name}!")
    assert found["station"]["record"] == "stations/trijaya"
    assert found["zone"]["value"] == "WITA"


def test_a_station_that_is_only_mentioned_is_less_sure():
    assert known("dengarkan Trijaya ya")["station"]["confidence"] < known("di Trijaya FM")["station"]["confidence"]


def test_another_station_is_no_match():
    assert "station" not in known("dengarkan Radio Pelita FM")


@pytest.mark.parametrize("name", ["J. Rahmat Sudrajat", "Rahmat Sudrajat", "J. Rachmat Sudrajat"])
def test_a_returning_guest(name):
    assert known(f"bersama {name}, S.Pt, konsultan")["people.0"]["record"] == "people/rahmat"


def test_the_usual_length_is_offered_and_not_said():
    found = known("program Warung Sebelah di Trijaya FM")
    assert found["end"] == {"value": "2020-07-22T11:00", "record": "programs/warung", "confidence": 0.5}
    said = read_announcement("Siaran program Warung Sebelah di Trijaya FM, Rabu, 22 Juli 2020 pukul 10.00-10.45")
    assert "end" not in match(said, RECORDS)


def test_news_is_not_matched_with_stations():
    text = "Koperasi telah menggelar rapat kemarin. Ketua mengatakan Radio Trijaya FM turut hadir."
    assert match(read_announcement(text), RECORDS) == {}


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("“Warung Sebelah” di Trijaya", {"program", "station"}),
        ("warung sebelah edisi Rabu", {"program"}),
        ("Pasar murah di balai desa", set()),
    ],
)
def test_a_known_name_tells_a_talk_on_air_from_news(said, named):
    text = f"{said}, Rabu, 22 Juli 2020 pukul 10.00 WIB"
    assert mentioned(text, RECORDS) == named
    announcement = read_announcement(text, known=mentioned(text, RECORDS))
    assert announcement.kind == ("episode" if named else "article")
    assert set(match(announcement, RECORDS)) >= named
    assert announcement.station is None


AGUS = person(id="agus", name="Agus Prasetya", suffix="S.E.")
BAMBANG = person(id="bambang", name="Bambang Sutrisno Hadi", prefix="Dr. Ir.", suffix="M.P.")
BUKU = program(id="buku-kas", title="Buku Kas", slots=[{**SLOT, "station": "trijaya"}])


def doubts(said, *records):
    announcement = read_announcement(f"Siaran radio, Rabu, 22 Juli 2020 pukul 10.00 WIB: {said}")
    matches = match(announcement, records)
    return sorted(sure(matches)), [doubt.field for doubt in match_doubts(announcement, matches)]


@pytest.mark.parametrize(
    ("said", "record"),
    [
        ("bersama Dr. Agus Prasetyo, M.Si., dosen", AGUS),
        ("bersama Bambang Sutrisno, S.H., M.Hum., konsultan", BAMBANG),
        ("bersama A. Rahmat Sudrajat, S.Pt, konsultan", RAHMAT),
        ("bersama Rahmat Sudrajat, S.H., konsultan", RAHMAT),
    ],
)
def test_a_namesake_is_not_linked_but_told(said, record):
    assert doubts(said, record) == ([], ["people.0"])


def test_another_program_of_nearly_the_same_name_is_not_linked():
    assert doubts("program “Buku Kasih” di Radio Pelita FM", BUKU, TRIJAYA) == ([], ["program"])


def test_a_misspelt_name_is_linked_and_told():
    assert doubts("bersama J. Rachmat Sudrajat, S.Pt, konsultan", RAHMAT) == (["people.0"], ["people.0"])


def test_the_same_name_with_other_degrees_is_told():
    assert doubts("bersama Agus Prasetya, M.Si., dosen", AGUS) == (["people.0"], ["people.0"])


def test_a_station_by_another_clock_is_told_and_the_usual_end_is_by_its_clock():
    assert doubts("program Warung Sebelah di Trijaya FM", WARUNG, TRIJAYA)[1] == ["start"]
    said = read_announcement("Siaran program Warung Sebelah di Trijaya FM, Rabu, 22 Juli 2020 pukul 10.00 WIB")
    assert match(said, RECORDS)["end"].value == "2020-07-22T12:00"
