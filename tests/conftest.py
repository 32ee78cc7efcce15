"""What all tests share: those that take long are left to CI."""

import os

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from kentongan.accounts import passwords

IN_CI = bool(os.environ.get("CI"))


@pytest.fixture(scope="session", autouse=True)
def dear_hasher():
    """How passwords are hashed in earnest; in tests it costs next to nothing."""
    dear, passwords._HASHER = passwords._HASHER, PasswordHasher.from_parameters(CHEAPEST)
    yield dear
    passwords._HASHER = dear


def pytest_collection_modifyitems(items):
    """Leaves tests marked ``long`` to ``.ci/run``, so that ``make test`` is over in minutes."""
    if not IN_CI:
        skip = pytest.mark.skip(reason="takes long: .ci/run runs it, as does CI=true make test")
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(skip)
