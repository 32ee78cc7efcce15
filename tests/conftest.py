"""What all tests share: those that take long, and most of what is drawn at random, are left to CI."""

import tempfile
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import settings

from kentongan.accounts import passwords
from tests.databases import empty_database, postgresql
from tests.thorough import IN_CI, examples

settings.register_profile("here", deadline=None, max_examples=examples(100))
settings.load_profile("here")


@pytest.fixture(scope="session", autouse=True)
def dear_hasher():
    """How passwords are hashed in earnest; in tests it costs next to nothing."""
    dear, passwords._HASHER = passwords._HASHER, PasswordHasher.from_parameters(CHEAPEST)
    yield dear
    passwords._HASHER = dear


@pytest.fixture
def database(tmp_path):
    """An empty SQLite in the state folder ``var``, unless a folder of tests has one of its own."""
    with empty_database(tmp_path / "var", None) as database:
        yield database


@pytest.fixture(scope="session")
def postgresql_url():
    """The address of a PostgreSQL for all tests; its folder is one that nobody may enter, too."""
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder, postgresql(Path(folder)) as url:
        yield url


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def database_url(request):
    """Where the database is, in each kind of them; ``None``: SQLite, in the state folder."""
    return request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None


def pytest_collection_modifyitems(items):
    """Leaves tests marked ``long`` to ``.ci/run``, so that ``make test`` is over in minutes."""
    if not IN_CI:
        skip = pytest.mark.skip(reason="takes long: .ci/run runs it, as does CI=true make test")
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(skip)
