"""Two browsers with one record: whatever they do in whatever order, no text is lost, and no field goes back."""

from itertools import combinations

import pytest

from kentongan.accounts import Role
from tests.cms.filling import FORM, PATH, answers_in
from tests.cms.newsrooms import Office

STEPS = ("open", "type", "save")
ORDERS = [frozenset(chosen) for chosen in combinations(range(6), 3)]
"""Of six steps those that the first one takes; the other takes the rest."""

SAME, APART = [("title", "title"), ("body", "body")], [("title", "summary"), ("summary", "body")]


def scripts():
    """Fields and orders; of one field it is the same who is called first. CI alone goes through all."""
    for fields in (*SAME, *APART):
        for order in ORDERS:
            if fields in APART or 0 in order:
                marks = () if fields == SAME[0] else pytest.mark.long
                name = "".join("AB"[place not in order] for place in range(6))
                yield pytest.param(fields, order, id=f"{'-'.join(fields)} {name}", marks=marks)


class Person:
    """One browser: what it began from, what is typed in it, and what became of it."""

    def __init__(self, browser, field, text):
        self.browser, self.field, self.text, self.form = browser, field, text, {}

    def open(self):
        page = self.browser.get(FORM)
        assert page.status_code == 200
        self.form = answers_in(page.text)

    def type(self):
        self.form[self.field] = self.text
        assert self.browser.post(f"{FORM}/simpan", data=self.form).status_code == 200

    def save(self):
        answer = self.browser.post(FORM, data=self.form | {"do": "simpan"})
        if answer.status_code == 409:  # both are shown: each stays with their own text
            assert self.text in answer.text
            self.form = answers_in(answer.text) | {f"pilih.{self.field}": "mine"}
            answer = self.browser.post(FORM, data=self.form | {"do": "simpan"})
        assert answer.status_code == 303


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    yield office
    office.database.close()


@pytest.fixture(scope="module")
def browsers(office):
    return office.browser("ratri"), office.browser("dwi", Role.EDITOR)


@pytest.fixture(scope="module")
def untouched(office):
    return office.text(PATH)


def everything_kept(office):
    """All texts that can still be found: in the file, in its history, and among those set aside."""
    return office.git("log", "-p", "--", f"content/{PATH}") + "".join(one.note for one in office.accounts.audit(5000))


@pytest.mark.parametrize(("fields", "order"), scripts())
def test_no_order_loses_a_text(office, browsers, untouched, fields, order):
    (office.content / PATH).write_text(untouched)
    name = f"{'-'.join(fields)} {sorted(order)}"
    people = [
        Person(browser, field, f"Tulisan {who} {name}")
        for browser, field, who in zip(browsers, fields, ("Ratri", "Dwi"), strict=True)
    ]
    left = [iter(STEPS), iter(STEPS)]
    for place in range(6):
        turn = place not in order
        getattr(people[turn], next(left[turn]))()
    text, kept = office.text(PATH), everything_kept(office)
    assert all(person.text in kept for person in people)
    if fields[0] != fields[1]:
        assert all(person.text in text for person in people)
    else:
        assert sum(person.text in text for person in people) == 1
