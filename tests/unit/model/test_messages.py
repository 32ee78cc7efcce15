"""What a person reads when a rule is broken: which key, what is wrong, how to mend it."""

import pytest
from pydantic import ValidationError

from kentongan.model import Consultation, Episode, Person, Station
from kentongan.model.messages import faults

EPISODE = {"id": "a", "title": "Judul", "program": "p", "guid": "g", "date": "2020-07-22"}
BROADCAST = {"id": "siaran", "station": "s", "start": "2020-07-22 10:00"}


def told(type_, **fields):
    """(key path, rule, mend in English) of everything wrong with *fields*."""
    with pytest.raises(ValidationError) as caught:
        type_.model_validate(fields)
    return [(where, rule, mend.told("en")) for where, rule, _, mend in faults(caught.value, type_)]


def test_an_unknown_key_names_the_nearest():
    assert told(Episode, **EPISODE, titel="x") == [(("titel",), "unknown-key", "Did you mean “title”?")]


def test_an_unknown_key_inside_a_list_is_compared_with_the_keys_there():
    broadcast = BROADCAST | {"strat": "2020-07-22 10:00"}
    assert told(Episode, **EPISODE, broadcasts=[broadcast]) == [
        (("broadcasts", 0, "strat"), "unknown-key", "Did you mean “start”?")
    ]


def test_an_unknown_key_that_resembles_nothing_lists_the_keys():
    (where, rule, mend), *_ = told(Person, id="a", name="A", zzz="x")
    assert (where, rule) == (("zzz",), "unknown-key")
    assert mend.startswith("Delete it, or use one of: ")
    assert "organisation" in mend
    assert "body" not in mend


def test_a_missing_key():
    assert told(Person, id="a") == [(("name",), "missing", "Add a line “name: …”.")]


@pytest.mark.parametrize("text", ["2020-02-30", "22 Juli 2020", "2020-07-22 25:00", "2020-07-22 10:00 WIB"])
def test_a_date_that_does_not_exist_or_cannot_be_read(text):
    assert told(Episode, **EPISODE | {"date": text}) == [(("date",), "date", "Write it like 2020-07-22 10:00.")]


@pytest.mark.parametrize("text", ["2020-07-22 10:00", "2020-07-22T10:00", "2020-07-22 10.00", "2020-07-22 10:00:00"])
def test_ways_to_write_a_time(text):
    episode = Episode.model_validate(EPISODE | {"date": text})
    assert episode.date.isoformat() == "2020-07-22T10:00:00"


def test_choices_are_listed():
    assert told(Episode, **EPISODE, status="publish") == [
        (("status",), "choice", "Choose one of: draft, review, published, archived.")
    ]


def test_words_for_yes_and_no_and_nothing_else():
    assert Episode.model_validate(EPISODE | {"on_air": "ya"}).on_air is True
    assert Episode.model_validate(EPISODE | {"on_air": "off"}).on_air is False
    assert told(Episode, **EPISODE, on_air="perhaps") == [(("on_air",), "flag", "Write “yes” or “no”.")]


def test_a_broadcast_that_ends_before_it_starts():
    broadcast = BROADCAST | {"end": "2020-07-22 09:00"}
    assert [rule for _, rule, _ in told(Episode, **EPISODE, broadcasts=[broadcast])] == ["broadcast-end"]


def test_two_broadcasts_of_one_id():
    assert [rule for _, rule, _ in told(Episode, **EPISODE, broadcasts=[BROADCAST, BROADCAST])] == ["broadcast-id"]


def test_zones_as_people_write_them():
    zones = [Station(id="s", name="S", zone=zone).zone for zone in ("WIB", "wita", "WIT", "Asia/Pontianak")]
    assert zones == ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Pontianak"]
    assert told(Station, id="s", name="S", zone="GMT+7") == [(("zone",), "zone", "Write WIB, WITA or WIT.")]


def test_a_file_name_that_cannot_be_an_address():
    assert [rule for _, rule, _ in told(Person, id="Wulan Sari", name="Wulan")] == ["slug"]


def test_on_air_a_consultation_leaves_time_and_guests_to_its_episode():
    on_air = {"id": "k", "title": "K", "mode": "radio", "date": "2020-07-22"}
    assert [rule for _, rule, _ in told(Consultation, **on_air)] == ["consultation-episode"]
    own = told(Consultation, **on_air, episode="e", start="2020-07-22 10:00")
    assert own == [((), "consultation-own-time", "Delete “start” here; write it in the episode.")]


def test_at_the_office_a_consultation_says_when():
    office = {"id": "k", "title": "K", "mode": "office", "date": "2020-07-22"}
    assert [rule for _, rule, _ in told(Consultation, **office)] == ["consultation-start"]


def test_every_message_is_told_in_indonesian_too():
    with pytest.raises(ValidationError) as caught:
        Episode.model_validate(EPISODE | {"titel": "x", "date": "x", "status": "x", "on_air": "x", "broadcasts": "x"})
    for _, _, message, mend in faults(caught.value, Episode):
        assert message.told("id") != message.told("en")
        assert mend.told("id") != mend.told("en")


@pytest.mark.parametrize(
    ("words", "faulty"),
    [
        ({"title": "a" * 200}, []),
        ({"title": "a" * 201}, [("title",)]),
        ({"topic": "a" * 501}, [("topic",)]),
        ({"summary": "a" * 2_000}, []),
        ({"summary": "a" * 2_001}, [("summary",)]),
        ({"image": {"src": "a.jpg", "alt": "a" * 501}}, [("image", "alt")]),
        ({"credits": [{"person": "a", "name": "a" * 201}]}, [("credits", 0, "name")]),
    ],
)
def test_words_have_as_much_room_as_pages_give_them(words, faulty):
    found = [] if not faulty else told(Episode, **(EPISODE | words))
    assert found == [(where, "too-long", "Shorten it.") for where in faulty]
    assert faulty or Episode.model_validate(EPISODE | words)
