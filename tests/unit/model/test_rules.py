"""Rules of single fields: recurrence, pictures, recordings, registration, colours."""

import pytest
from pydantic import ValidationError

from kentongan.model import Article, Audio, Consultation, Image, Office, Program
from kentongan.model.contrast import contrast
from kentongan.model.messages import faults

SLOT = {"id": "a", "station": "s", "start": "2021-01-06 10:00", "duration": "60", "rule": "FREQ=WEEKLY;BYDAY=WE"}


def rules(type_, **fields):
    with pytest.raises(ValidationError) as caught:
        type_.model_validate(fields)
    return [rule for _, rule, _, _ in faults(caught.value, type_)]


def slot_rules(**fields):
    return rules(Program, id="p", title="P", guid="g", slots=[SLOT | fields])


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-5",
        "FREQ=HOURLY",
        "BYDAY=WE",
        "FREQ=WEEKLY;BYDAY=WE;BYDAY=TH",
        "FREQ=WEEKLY;BYDAY=MO(2)",
        "FREQ=MONTHLY;BYMONTH=+1",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20300101",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYEASTER=1",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=WEEKLY;BYDAY=1FR",
        "FREQ=DAILY;BYDAY=1FR",
        "setiap Rabu",
    ],
)
def test_a_rule_that_no_calendar_could_follow(rule):
    assert slot_rules(rule=rule) == ["recurrence"]


def test_a_rule_that_lies_about_its_start_is_told_the_right_one():
    assert slot_rules(start="2021-01-07 10:00") == ["recurrence-start"]


def test_a_slot_that_ends_before_it_begins():
    assert slot_rules(until="2020-01-01") == ["recurrence-until"]
    assert slot_rules(valid_from="2021-02-01", valid_to="2021-01-31") == ["slot-validity"]


@pytest.mark.parametrize(
    ("also", "limits"),
    [
        ("2021-01-05 10:00", {}),
        ("2021-02-01 10:00", {"until": "2021-01-31"}),
        ("2021-01-07 10:00", {"valid_from": "2021-01-08"}),
    ],
)
def test_a_date_more_lies_where_the_slot_holds(also, limits):
    assert slot_rules(also=also, **limits) == ["recurrence-also"]


def test_a_station_carries_a_slot_once():
    assert slot_rules(simulcast=["t", "s"]) == slot_rules(simulcast=["t", "t"]) == ["slot-simulcast"]


@pytest.mark.parametrize("clock", ["24:00", "16:60", "16", "jam empat", "16:30:00"])
def test_a_time_of_day(clock):
    override = {"date": "2021-01-06", "time": clock, "reason": "Rapat"}
    assert rules(Program, id="p", title="P", guid="g", slots=[SLOT], overrides=[override]) == ["clock"]


def test_skipping_and_adding_days_goes_with_a_rule():
    once = {"id": "k", "title": "K", "mode": "office", "date": "2021-01-01", "start": "2021-01-06 09:00"}
    assert rules(Consultation, **once, also=["2021-01-08 09:00"]) == ["consultation-rule"]
    assert rules(Consultation, **once, skip=["2021-01-13"]) == ["consultation-rule"]
    assert rules(Consultation, **once, rule="FREQ=WEEKLY", also=["2021-01-05 09:00"]) == ["recurrence-also"]


@pytest.mark.parametrize(
    ("override", "rule"),
    [
        ({"cancel": "yes"}, "override-when"),
        ({"date": "2021-01-06", "first": "2021-01-06", "last": "2021-01-07", "cancel": "yes"}, "override-when"),
        ({"date": "2021-01-06"}, "override-what"),
        ({"date": "2021-01-06", "cancel": "yes", "episode": "e"}, "override-what"),
        ({"date": "2021-01-06", "program": "q", "time": "00:00"}, "override-what"),
        ({"date": "2021-01-06", "program": "p"}, "override-program"),
        ({"first": "2021-01-06", "last": "2021-01-20", "start": "2021-01-08 10:00"}, "override-move"),
        ({"first": "2021-01-20", "last": "2021-01-06", "cancel": "yes"}, "override-when"),
    ],
)
def test_overrides_say_when_and_what(override, rule):
    made = {"id": "p", "title": "P", "guid": "g", "slots": [SLOT], "overrides": [override | {"reason": "Libur"}]}
    assert rules(Program, **made) == [rule]


def test_an_override_of_a_slot_that_is_not_there():
    override = {"slot": "b", "date": "2021-01-06", "cancel": "yes", "reason": "Libur"}
    assert rules(Program, id="p", title="P", guid="g", slots=[SLOT], overrides=[override]) == ["override-slot"]


@pytest.mark.parametrize("src", ["../x.svg", "/etc/passwd/../x", ".git/config", "a/../../b.svg", "a\\b.svg"])
def test_a_picture_lives_in_content_media(src):
    if src == "/etc/passwd/../x":
        src = "//etc/passwd"
    assert rules(Image, src=src, alt="x") == ["media-path"]


def test_a_picture_may_be_named_with_its_folder():
    assert Image(src="media/a/b.svg", alt="x").src == "a/b.svg"


def test_a_picture_needs_words():
    assert rules(Image, src="a.svg") == ["missing"]


@pytest.mark.parametrize(
    ("audio", "rule"),
    [
        ({}, "audio-place"),
        ({"file": "a.mp3", "url": "https://a.example/b.mp3", "bytes": "1"}, "audio-place"),
        ({"url": "https://a.example/b.mp3"}, "audio-bytes"),
    ],
)
def test_a_recording_is_in_one_place_and_has_a_size(audio, rule):
    assert rules(Audio, **audio) == [rule]


@pytest.mark.parametrize(("text", "seconds"), [("2770", 2770), ("46:10", 2770), ("1:02:30", 3750), ("46.10", 2770)])
def test_lengths_as_people_write_them(text, seconds):
    assert Audio(file="a.mp3", duration=text).duration == seconds


def test_no_more_seats_left_than_there_ever_were():
    office = {"id": "k", "title": "K", "mode": "office", "date": "2020-07-22", "start": "2020-07-23 09:00"}
    assert rules(Consultation, **office, quota="5", seats_left="6") == ["seats"]


def test_a_translation_names_its_language():
    assert rules(Article, id="a", title="A", date="2020-07-22", translates="b") == ["translation-language"]


def test_pelicans_hidden_is_on_no_list():
    assert Article(id="a", title="A", date="2020-07-22", status="hidden").status == "archived"


@pytest.mark.parametrize(("key", "colour"), [("light", "#ffe4b5"), ("dark", "#3a1d0d")])
def test_colours_that_cannot_be_read_are_refused(key, colour):
    assert rules(Office, name="K", colours={key: colour}) == ["contrast"]


def test_contrast_is_wcags():
    assert round(contrast("#ffffff", "#000000"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("date", ["1899-12-31", "9999-12-31 23:30"])
def test_years_nobody_means(date):
    assert rules(Article, id="a", title="A", date=date) == ["date"]
