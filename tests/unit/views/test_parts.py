"""Parts of pages: sheets of long lists, words to pass on, registration that closes itself."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.views.consultations import consultation_page
from kentongan.views.page import readable
from kentongan.views.share import share
from kentongan.views.sheets import sheets
from tests.unit import factories as made


@given(st.integers(0, 200), st.integers(1, 15))
def test_sheets_hold_every_entry_once_newest_first(count, size):
    entries = list(range(count, 0, -1))
    laid = sheets(entries, size)
    assert [entry for sheet in laid for entry in sheet.entries] == entries
    assert all(len(sheet.entries) == size for sheet in laid[1:])
    assert len(laid[0].entries) < 2 * size or count < size


@given(st.integers(0, 200), st.integers(1, 15))
def test_a_new_entry_changes_at_most_two_sheets(count, size):
    before = {sheet.number: sheet for sheet in sheets(list(range(count, 0, -1)), size)}
    after = {sheet.number: sheet for sheet in sheets(list(range(count + 1, 0, -1)), size)}
    changed = {number for number, sheet in after.items() if before.get(number) != sheet}
    assert changed <= {
        None,
        max((number or 0 for number in after), default=0),
        max(max(n or 0 for n in after) - 1, 0),
    }
    assert {sheet.entries for sheet in before.values() if sheet.number} <= {sheet.entries for sheet in after.values()}


def test_sheets_lead_to_each_other():
    laid = sheets(list(range(7)), 2)
    assert [(sheet.number, sheet.older, sheet.newer) for sheet in laid] == [(None, 2, None), (2, 1, 0), (1, None, 2)]


def test_a_text_to_pass_on_has_a_bold_head_and_ends_in_its_address():
    passed = share("Konsultasi", "Harga *pas*", ["Rabu", None, "Radio"], "https://a.example/k/")
    assert passed.text == "*Konsultasi*\nHarga ∗pas∗\n\nRabu\nRadio\n\nhttps://a.example/k/"
    assert unquote(passed.url) == f"https://wa.me/?text={passed.text}"


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        ("+6281200000000", "0812-0000-0000"),
        ("+62274000000", "0274-000-000"),
        ("+6598765432", "+6598765432"),
        (None, None),
    ],
)
def test_numbers_as_people_read_them_aloud(phone, told):
    assert readable(phone) == told


@pytest.mark.parametrize(
    ("fields", "closed"),
    [({"quota": 5}, None), ({"quota": 5, "seats_left": 0}, "full"), ({"closes": "2020-07-22 09:00"}, "past")],
)
def test_registration_closes_itself(fields, closed):
    meeting = made.meeting(**fields)
    site = made.site(meeting, now=made.BEFORE)
    assert consultation_page(site, site.consultations[0]).sign_up.closed == closed


def test_a_consultation_tells_when_its_day_is_over():
    site = made.site(made.meeting(), now=made.BEFORE + timedelta(days=3))
    assert consultation_page(site, site.consultations[0]).over
