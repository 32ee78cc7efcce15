"""Record -> form -> record: what nobody touched is not touched, and what was answered stands where it belongs."""

from pathlib import Path

import pytest

from kentongan.forms import changes, encoded, form_of, record_of, troubles
from kentongan.forms.layout import LEFT_OUT, fields_of
from kentongan.forms.rules import rule_of, rule_values
from kentongan.model import RECORD_TYPES, Kind
from kentongan.repository.edit import with_front_matter
from kentongan.store.frontmatter import parse
from tests.offices import ROOT

FILES = [
    (kind, path)
    for kind, type_ in RECORD_TYPES.items()
    for path in sorted((ROOT / "content" / type_.folder).glob("*.md"))
]
FILE_ALONE = {
    Kind.EPISODE: {"audio", "transcripts", "chapters", "license", "location", "explicit"},
    Kind.PROGRAM: {"date", "comments", "license", "location"},
    Kind.PAGE: {"date"},
    Kind.PERSON: {"date", "comments"},
    Kind.STATION: {"date", "comments"},
}
"""Keys that are written in the file alone, or by an upload."""


def data_of(path):
    return parse(with_front_matter(Path(path).read_text())).data


def test_no_untouched_form_changes_a_record():
    assert {
        path.name: changed
        for kind, path in FILES
        if (changed := changes(fields_of(kind), data_of(path), encoded(fields_of(kind), data_of(path))))
    } == {}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_key_of_the_model_is_in_its_form_or_left_out_on_purpose(kind):
    shown = {field.key for section in form_of(kind) for field in section.fields}
    assert set(RECORD_TYPES[kind].model_fields) - shown - LEFT_OUT == FILE_ALONE.get(kind, set())


def test_valid_records_are_in_no_trouble():
    assert {path.name for kind, path in FILES if troubles(kind, f"x/{path.name}", path.read_text())} == set()


EPISODE = fields_of(Kind.EPISODE)
BASE = {
    "title": "Kas kecil",
    "broadcasts": [{"id": "siaran", "station": "desa", "start": "2026-11-25 23:30", "moved_from": "2026-11-24 23:30"}],
    "credits": [{"person": "ani", "stated": "Ketua"}, {"person": "budi", "email": "tak dikenal"}],
}


def answered(**given):
    values = encoded(EPISODE, BASE) | {name.replace("__", "."): value for name, value in given.items()}
    return changes(EPISODE, BASE, {name: value for name, value in values.items() if value is not None})


def test_an_answer_changes_its_key_alone():
    assert answered(title="Kas besar") == {"title": "Kas besar"}


@pytest.mark.parametrize(
    ("end", "stored"),
    [("23:59", "2026-11-25 23:59"), ("00:30", "2026-11-26 00:30"), ("09:00", "2026-11-25 09:00")],
)
def test_an_end_is_the_next_mornings_where_that_is_near_and_else_a_slip(end, stored):
    (broadcast,) = answered(broadcasts__0__end=end)["broadcasts"]
    assert broadcast == {**BASE["broadcasts"][0], "end": stored}


def test_what_a_form_does_not_show_of_an_item_is_kept():
    assert answered(credits__1__stated="Bendahara")["credits"] == [
        BASE["credits"][0],
        {"person": "budi", "email": "tak dikenal", "stated": "Bendahara"},
    ]


def test_items_are_taken_away_and_added_with_a_mark_of_their_own():
    gone = dict.fromkeys(("credits__0__was", "credits__0__person", "credits__0__stated", "credits__0__role"))
    assert answered(**gone)["credits"] == [BASE["credits"][1]]
    added = answered(broadcasts__1__was="-", broadcasts__1__station="kota", broadcasts__1__start="2026-11-26T08:00")
    assert added["broadcasts"][1] == {"id": "siaran-2", "station": "kota", "start": "2026-11-26 08:00"}


def test_a_flag_that_is_as_usual_has_no_line():
    assert answered(comments=None) == {"comments": "no"}
    base = {**BASE, "comments": "no"}
    values = encoded(EPISODE, base) | {"comments": "on"}
    assert changes(EPISODE, base, values) == {"comments": None}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE",
        "FREQ=DAILY",
    ],
)
def test_rules_go_through_the_choices_unchanged(rule):
    assert rule_of(rule_values(rule), None, rule) == rule


def test_a_month_means_the_same_weekday_of_the_same_week():
    start = record_of(
        Kind.CONSULTATION,
        "consultations/x.md",
        "---\ntitle: T\nmode: office\ndate: 2026-11-01\nstart: 2026-11-25 09:00\n---\n",
    ).start
    assert rule_of({"how": "monthly"}, start) == "FREQ=MONTHLY;BYDAY=4WE"


def test_trouble_is_told_beside_the_field_in_plain_words():
    text = "---\ntitle: T\nmode: office\ndate: 2026-11-01\nstart: 2026-11-25 09:00\nend: 2026-11-25 08:00\n---\n"
    (one,) = troubles(Kind.CONSULTATION, "consultations/x.md", text)
    assert (one.name, one.told("id")) == ("end", "Itu sebelum mulai. Kosongkan kalau belum tahu.")
    missing = troubles(Kind.EPISODE, "episodes/x.md", "---\nstatus: draft\n---\n")
    assert {one.name for one in missing} == {"title", "program", "guid", "date"}
