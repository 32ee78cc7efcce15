"""What all tests share: those that take long are left to CI."""

import os

import pytest

IN_CI = bool(os.environ.get("CI"))


def pytest_collection_modifyitems(items):
    """Leaves tests marked ``long`` to ``.ci/run``, so that ``make test`` is over in minutes."""
    if not IN_CI:
        skip = pytest.mark.skip(reason="takes long: .ci/run runs it, as does CI=true make test")
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(skip)
