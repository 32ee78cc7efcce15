"""Whatever people change, the next build gives the tree of a clean one: in a resident builder, and in one shot."""

from tests.changes import Office
from tests.steps import WAYS, Builders
from tests.thorough import IN_CI

STEPS = 50 if IN_CI else 4


def test_random_changes_give_the_tree_of_a_clean_build(tmp_path):
    made: list[str] = []
    office = Office(tmp_path / "office", seed=5)
    with Builders(office.folder) as builders:
        for step in range(STEPS):
            ways = WAYS if step % 5 == 0 else ("resident",)
            assert builders.build(office.now, *ways) == [], made[-1:]
            made.append(office.change())
