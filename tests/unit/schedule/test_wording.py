"""The words of calendars and feeds, and the characters they are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kentongan.schedule.wording import clean, label, one_line, person_name, program_name, station_name
from tests.unit import factories as made


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (None, None),
        ("Kabar", "Kabar"),
        (" a\r\nb\rc\u2028d\n", "a\nb\nc\nd"),
        ("a\x00\x1b\x7f\x85\ufffe\ud800b", "ab"),
        ("tab\tand \U0001f99c", "tab\tand \U0001f99c"),
    ],
)
def test_clean_keeps_what_can_be_carried(text, cleaned):
    assert clean(text) == cleaned


def test_one_line_has_no_other():
    assert one_line("  a\n b\t\tc\x01 ") == "a b c"


@given(st.text(st.characters(exclude_categories=())))
def test_xml_carries_whatever_is_clean(text):
    element = etree.Element("x", a=one_line(text))
    element.text = clean(text)
    read = etree.fromstring(etree.tostring(element))
    assert (read.text or "", read.get("a")) == (clean(text), one_line(text))


def test_what_has_no_record_or_no_printable_name_is_called_by_its_id():
    site = made.site(made.station(name="\x84"), made.person())
    assert label(made.station(name="\x84")) == "radio"
    assert station_name(site, "radio") == "radio"
    assert station_name(site, "lain") == "lain"
    assert program_name(site, "lain") == "lain"


def test_a_person_is_called_as_then_stated():
    site = made.site(made.person())
    credits_ = [made.credit(name="Wulan, M.Si"), made.credit(), made.credit(person="agus")]
    assert [person_name(site, one) for one in credits_] == ["Wulan, M.Si", "Wulan, S.Si", "agus"]
