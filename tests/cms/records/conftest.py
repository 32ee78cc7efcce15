"""An office of its own for each test, and its owner's browser."""

import pytest

from tests.cms.newsrooms import Office


@pytest.fixture
def office(tmp_path, database_url):
    office = Office(tmp_path, database_url)
    yield office
    office.database.close()


@pytest.fixture
def owner(office):
    return office.browser("ratri")
