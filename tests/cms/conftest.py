"""One office for a whole module, with a browser for each role; tests that need a fresh one make their own."""

from __future__ import annotations

import shutil

import pytest

from kentongan.accounts import Accounts, Role
from kentongan.actions import Newsroom
from kentongan.repository import Writer
from kentongan.search import Index
from kentongan_cms.admin.workshop import Workshop
from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus
from tests.cms.newsrooms import Asked
from tests.cms.test_entrance import entered
from tests.databases import empty_database
from tests.offices import write
from tests.unit.repository.test_writer import git


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    write(folder, {"content/site.yml": "name: Koperasi\n"})
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "content")
    git(folder, "commit", "--quiet", "--message=First")
    return folder


@pytest.fixture(scope="module")
def newsroom_database(office):
    with empty_database(office / "var", None) as database:
        yield database


@pytest.fixture(scope="module")
def app(office, newsroom_database):
    room = Newsroom(office / "content", Writer(office / "content", office / "var"), newsroom_database)
    shop = Workshop(room, Asked(), Index(newsroom_database, office / "content"), office / "output")
    return create_app(office / "output", office / "media", BuildStatus(), newsroom_database, opened=True, shop=shop)


@pytest.fixture(scope="module")
def visitors(app, newsroom_database):
    """One browser for each role."""
    accounts = Accounts(newsroom_database)
    roles = {"ratri": Role.OWNER, "budi": Role.CONTRIBUTOR, "mod": Role.MODERATOR}
    return {login: entered(app, accounts, login, role) for login, role in roles.items()}


@pytest.fixture
def owner(visitors):
    return visitors["ratri"]


@pytest.fixture
def content(office):
    """The content, with nothing in it."""
    for folder in ("media", "articles"):
        shutil.rmtree(office / "content" / folder, ignore_errors=True)
    return office / "content"
