"""Names and degrees stand apart in a file, and together on a page."""

import pytest

from kentongan.model import Person


def test_degrees_before_and_after_the_name():
    person = Person(id="a", name="Ahmad", prefix="Prof. Dr. H.", suffix="S.E., M.Si.")
    assert person.full_name == "Prof. Dr. H. Ahmad, S.E., M.Si."


@pytest.mark.parametrize(
    ("name", "initials"), [("J. Rahmat Sudrajat", "RS"), ("Wulan Anggraeny S", "WA"), ("Sukarno", "S"), ("A.", "A")]
)
def test_initials_pass_over_a_leading_initial(name, initials):
    assert Person(id="a", name=name).initials == initials
