"""Whatever people change, the next build gives the tree of a clean one: in a resident builder, and in one shot."""

from tests.changes import Office
from tests.steps import Builders

STEPS = 50


def test_random_changes_give_the_tree_of_a_clean_build(tmp_path):
    office = Office(tmp_path / "office", seed=5)
    with Builders(office.folder) as builders:
        builders.build(office.now)
        for _ in range(STEPS):
            change = office.change()
            builders.build(office.now)
            assert builders.differences(office.now) == [], change
