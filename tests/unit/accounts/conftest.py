"""An office's accounts, on SQLite and, where there is a server to ask, on PostgreSQL."""

import pytest

from kentongan.accounts import Accounts
from tests.databases import empty_database
from tests.unit.accounts.clock import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def database(tmp_path, database_url):
    with empty_database(tmp_path, database_url) as database:
        yield database


@pytest.fixture
def accounts(database, clock):
    return Accounts(database, clock)
