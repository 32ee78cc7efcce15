"""The whole server over a small office, in one process: no builder, no sockets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from starlette.testclient import TestClient

from kentongan.accounts import Account, Accounts, ApiTokens, Role, Scope, Sessions
from kentongan.actions import Newsroom
from kentongan.build.report import BuildReport
from kentongan.model import RECORD_TYPES, Kind
from kentongan.repository import Writer
from kentongan.search import Index
from kentongan_cms.admin import Workshop
from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus
from tests import offices
from tests.databases import cleared

HOST = "http://127.0.0.1"
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BODIES: dict[Kind, str] = {
    Kind.ARTICLE: "title: Kabar\ndate: 2026-11-01 08:00\n",
    Kind.PAGE: "title: Kami\n",
    Kind.PROGRAM: "title: Obrolan\nguid: 1c7cd0c4-9f0a-5c57-8f3e-2a60d1d3b4e5\n",
    Kind.EPISODE: (
        "title: Modal\nprogram: obrolan\nguid: 5c1c2f4e-6a54-4c21-9d35-0d6b1a6e8f01\ndate: 2026-11-01 08:00\n"
        "broadcasts:\n- id: siaran\n  station: radio\n  start: 2026-11-10 10:00\ncredits:\n- person: wulan\n"
    ),
    Kind.CONSULTATION: "title: Tanya\nmode: office\nstart: 2026-12-01 09:00\ndate: 2026-11-01 08:00\n",
    Kind.PERSON: "name: Wulan\n",
    Kind.STATION: "name: Radio Desa\nzone: WIB\n",
}
IDS = {Kind.PROGRAM: "obrolan", Kind.STATION: "radio", Kind.PERSON: "wulan"}


class NoBuilder:
    """Notes what it was asked to build."""

    def __init__(self) -> None:
        self.built: list[Path] = []

    def put_first(self, changes) -> bool:
        return False

    def build(self, *, changes=None) -> BuildReport:
        self.built += changes or []
        return None  # type: ignore[return-value]

    def preview(self, texts) -> str:
        return "<!doctype html><title>Pratinjau</title>"


@dataclass
class Server:
    """One office's server, and ways to ask it."""

    folder: Path
    repository: bool = True
    url: str | None = None
    """Where the database is, if not in the state folder; what is in it goes."""

    def __post_init__(self) -> None:
        self.content = self.folder / "content"
        for kind, front in BODIES.items():
            self.put(kind, IDS.get(kind, "satu"), front)
        offices.write(self.folder, {"content/site.yml": "format: 1\nname: Koperasi Maju\nzone: WIB\nlanguage: id\n"})
        if self.repository:
            offices.commit(self.folder)
        self.database = cleared(self.folder / "var", self.url)
        self.accounts, self.tokens = Accounts(self.database), ApiTokens(self.database)
        self.builder = NoBuilder()
        writer = Writer(self.content, self.folder / "var")
        self.room = Newsroom(self.content, writer, self.database, lambda: NOW)
        self.shop = Workshop(self.room, self.builder, Index(self.database, self.content), self.folder / "output")
        self.app = create_app(
            self.folder / "output", self.folder / "media", BuildStatus(), self.database, opened=True, shop=self.shop
        )

    def put(self, kind: Kind, id_: str, front: str, body: str = "") -> None:
        """Writes a record's file."""
        path = f"content/{RECORD_TYPES[kind].folder}/{id_}.md"
        offices.write(self.folder, {path: f"---\n{front}---\n\n{body}"})

    def text(self, path: str) -> str:
        return (self.content / path).read_text()

    @cached_property
    def people(self) -> dict[Role, Account]:
        """Somebody of each role."""
        with self.database.session() as session:
            made = [Account(login=f"si-{role}", name=role.title(), role_name=role, made=NOW) for role in Role]
            session.add_all(made)
        return dict(zip(Role, made, strict=True))

    def visitor(self) -> TestClient:
        """Whoever comes."""
        return TestClient(self.app, f"{HOST}/api/v1", follow_redirects=False, client=("127.0.0.1", 50000))

    def program(self, role: Role = Role.OWNER, *scopes: Scope) -> TestClient:
        """A program with a token of somebody of *role*."""
        found = self.visitor()
        token = self.tokens.make(self.people[role], "uji", scopes or tuple(Scope), timedelta(days=30))
        found.headers["authorization"] = f"Bearer {token}"
        return found

    def browser(self, role: Role) -> TestClient:
        """A browser in which somebody of *role* is logged in."""
        found = TestClient(self.app, HOST, follow_redirects=False, client=("127.0.0.1", 50000))
        found.headers["origin"] = HOST
        found.cookies.set("kentongan", Sessions(self.database).begin(self.people[role], "uji"))
        return found

    def close(self) -> None:
        self.database.close()
