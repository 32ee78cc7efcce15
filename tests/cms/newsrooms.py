"""A whole CMS in one process: the seed's office in git, its accounts, and a builder that is asked for no process."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from datetime import datetime

from starlette.testclient import TestClient

from kentongan.accounts import Accounts, Role
from kentongan.actions import Actor, Newsroom
from kentongan.repository import Writer
from kentongan.search import Index
from kentongan_cms.admin import Workshop
from kentongan_cms.app import create_app
from kentongan_cms.jobs import Jobs
from kentongan_cms.publication import Publication
from kentongan_cms.status import BuildStatus
from tests.databases import cleared
from tests.offices import seed

NOW = datetime.fromisoformat("2020-07-20T08:00+07:00")
GOOD = "kuda besi makan pelangi"
HOST = "http://127.0.0.1"


@dataclass
class Asked:
    """What the pages asked of the builder."""

    built: list = field(default_factory=list)
    previewed: list = field(default_factory=list)

    def put_first(self, changes):
        return False

    def build(self, *, changes=None):
        self.built.append(sorted(path.name for path in changes))

    def preview(self, texts):
        self.previewed.append(dict(texts))
        return "<!doctype html><title>pratinjau</title>"


class Office:
    """The seed's office below *folder*."""

    def __init__(self, folder, url=None):
        self.folder = seed(folder)
        self.content = self.folder / "content"
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "-qm", "Awal")
        self.database = cleared(self.folder / "var", url)
        self.accounts = Accounts(self.database)
        self.room = Newsroom(self.content, Writer(self.content, self.folder / "var"), self.database, lambda: NOW)
        self.builder = Asked()
        output, status = self.folder / "output", BuildStatus()
        self.publication = Publication(
            self.content, output, self.folder / "var", status, jobs=Jobs(self.folder / "var")
        )
        self.shop = Workshop(self.room, self.builder, Index(self.database, self.content), output, self.publication)
        self.app = create_app(output, self.folder / "media", status, self.database, shop=self.shop)

    def git(self, *arguments):
        done = subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout

    def browser(self, login, role=Role.OWNER):
        """A browser in which *login* works as *role*."""
        found = TestClient(self.app, HOST, follow_redirects=False, client=("127.0.0.1", 50000))
        found.headers["origin"] = HOST
        empty = self.accounts.is_empty()
        token = self.accounts.owner_link() if empty else self.accounts.invite(login.title(), role, "test")
        given = {"login": login, "name": login.title(), "password": GOOD}
        assert found.post(f"/admin/tautan/{token}", data=given).status_code == 303
        return found

    def actor(self, login):
        return Actor(next(account for account in self.accounts.all() if account.login == login))

    def text(self, path):
        return (self.content / path).read_text()
