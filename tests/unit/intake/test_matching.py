"""What the site's records know: by name, alias and near spelling, never mixed with what the text says."""

import pytest

from kentongan.intake import read_announcement
from kentongan.intake.matching import match, mentioned
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
