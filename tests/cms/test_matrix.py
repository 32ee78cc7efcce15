"""Which role may do what with which record, on every way to it: one table, held to the real application.

The letters of a cell: ``n`` begin a record, ``o`` change a draft of one's own, ``d`` change a draft of somebody else,
``c`` change what is public, ``p`` publish, ``t`` take off the site, ``x`` throw somebody else's draft away.
"""

from __future__ import annotations

import pytest

from kentongan.accounts import Role
from kentongan.actions.answering import answers_of
from kentongan.actions.tables import Origin
from kentongan.model import RECORD_TYPES, Kind
from tests.cms.api_servers import BODIES, NOW, Server

KINDS = (Kind.ARTICLE, Kind.PAGE, Kind.PROGRAM, Kind.EPISODE, Kind.CONSULTATION, Kind.PERSON, Kind.STATION)
RECORDS = """
                article   page      program   episode   consult.  person    station
    contributor no        -         -         no        no        no        -
    editor      nodcptx   nodcptx   -         nodcptx   nodcptx   nodcptx   -
    broadcaster no        -         nodcptx   nodcptx   nodcptx   nodcptx   nodcptx
    moderator   -         -         -         -         -         -         -
    owner       nodcptx   nodcptx   nodcptx   nodcptx   nodcptx   nodcptx   nodcptx
"""
FIELDS = """
                title     body      credits   on_air    cancelled guid      was       announcement status    updated
    contributor yes       yes       yes       no        no        no        no        no           no        no
    editor      yes       yes       yes       yes       yes       no        no        no           no        no
    broadcaster yes       yes       yes       yes       yes       no        no        no           no        no
    moderator   no        no        no        no        no        no        no        no           no        no
    owner       yes       yes       yes       yes       yes       yes       yes       yes          no        no
"""
"""Keys of a draft of one's own, of a talk."""
VALUES = {
    "title": "Baru",
    "body": "Baru.",
    "credits": [{"person": "wulan", "role": "host"}],
    "on_air": "true",
    "cancelled": "Hujan",
    "guid": "baru",
    "was": ["/lama/"],
    "announcement": "Baru",
    "status": "archived",
    "updated": "2026-01-01",
}

NOT_ANSWERED = ("type", "id", "etag", "status", "guid", "was", "on_air")
"""What an answer says, and somebody who begins a record does not."""


def cells(table):
    """Role -> its cells."""
    rows = [line.split() for line in table.strip().splitlines()[1:]]
    return {Role(role): row for role, *row in rows}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("matrix"), repository=False)
    yield server
    server.close()


def draft(server, kind, id_, owner=None, status="draft"):
    """A record of *kind*, begun by somebody of the role *owner*."""
    server.put(kind, id_, f"{BODIES[kind]}status: {status}\n", "Isi.\n")
    path = f"{RECORD_TYPES[kind].folder}/{id_}.md"
    with server.database.session() as session:
        session.merge(Origin(path=path, account_id=server.people[owner or Role.OWNER].id, made=NOW))
    return path.removesuffix(".md")


def label(kind):
    return "name" if kind in (Kind.PERSON, Kind.STATION) else "title"


def is_public(server, path):
    return "status: published" in server.text(f"{path}.md") or "status:" not in server.text(f"{path}.md")


def by_api(server, role, kind):
    """What a program of somebody of *role* can do, as the letters of the table."""
    client = server.program(role)
    star = {"if-match": "*"}
    begun = server.program().get(f"{draft(server, kind, 'contoh')}").json()["data"]
    sent = {key: value for key, value in begun.items() if key not in NOT_ANSWERED}
    yield "n", client.post(RECORD_TYPES[kind].folder, json=sent).status_code == 201
    for letter, whose in (("o", role), ("d", Role.OWNER if role is not Role.OWNER else Role.EDITOR)):
        path = draft(server, kind, f"{letter}-api", whose)
        yield letter, client.patch(path, json={label(kind): "Baru"}, headers=star).status_code == 200
    path = draft(server, kind, "c-api", role, "published")
    yield "c", client.patch(path, json={label(kind): "Baru"}, headers=star).status_code == 200
    yield "t", client.post(f"{path}/take-down").status_code == 200
    path = draft(server, kind, "p-api", role)
    yield "p", client.post(f"{path}/publish").status_code == 200
    assert is_public(server, path) == (client.get(path).json().get("data", {}).get("status") == "published")
    yield (
        "x",
        client.delete(draft(server, kind, "x-api", Role.OWNER if role is not Role.OWNER else Role.EDITOR)).is_success,
    )


def by_admin(server, role, kind):
    """The same in a browser, of what became of the files."""
    browser, folder = server.browser(role), RECORD_TYPES[kind].folder
    other = Role.OWNER if role is not Role.OWNER else Role.EDITOR

    def text(path):
        place = server.content / f"{path}.md"
        return place.read_text() if place.is_file() else ""

    def form(path):
        """The answers that the form shows to its owner, with another title."""
        return {**answers_of(f"{path}.md", text(path)), label(kind): "Baru", "base": text(path)}

    before = set(server.content.glob(f"{folder}/*.md"))
    browser.post(f"/admin/isi/{folder}/baru", data={**form(draft(server, kind, "contoh")), "base": "", "do": "simpan"})
    yield "n", len(set(server.content.glob(f"{folder}/*.md")) - before - {server.content / folder / "contoh.md"}) == 1
    for letter, whose, status in (("o", role, "draft"), ("d", other, "draft"), ("c", role, "published")):
        path = draft(server, kind, f"{letter}-admin", whose, status)
        browser.post(f"/admin/isi/{path}", data={**form(path), "do": "simpan"})
        yield letter, f"{label(kind)}: Baru" in text(path)
    path = draft(server, kind, "t-admin", role, "published")
    browser.post(f"/admin/isi/{path}/lihat", data={"do": "turunkan"})
    yield "t", not is_public(server, path)
    path = draft(server, kind, "p-admin", role)
    browser.post(f"/admin/isi/{path}/lihat", data={"do": "terbit"})
    yield "p", is_public(server, path)
    path = draft(server, kind, "x-admin", other)
    browser.post(f"/admin/isi/{path}", data={"do": "buang", "base": text(path)})
    yield "x", not text(path)


@pytest.mark.long
@pytest.mark.parametrize("ways", [by_api, by_admin])
@pytest.mark.parametrize("role", list(Role))
def test_records(server, role, ways):
    told = ["".join(letter for letter, done in ways(server, role, kind) if done) for kind in KINDS]
    wanted = [cell.strip("-") for cell in cells(RECORDS)[role]]
    assert [sorted(cell) for cell in told] == [sorted(cell) for cell in wanted]


@pytest.mark.parametrize("role", list(Role))
def test_fields_by_api(server, role):
    client = server.program(role)
    for key, cell in zip(VALUES, cells(FIELDS)[role], strict=True):
        path = draft(server, Kind.EPISODE, "medan-api", role)
        answer = client.patch(path, json={key: VALUES[key]}, headers={"if-match": "*"})
        assert (key, answer.is_success) == (key, cell == "yes")
        begun = {"title": "X", "program": "obrolan", "date": "2026-11-24", key: VALUES[key]}
        assert (key, client.post("episodes", json=begun).status_code == 201) == (key, cell == "yes")


@pytest.mark.parametrize("role", list(Role))
def test_fields_that_no_form_asks_for_stay_whatever_is_sent(server, role):
    browser, path = server.browser(role), draft(server, Kind.EPISODE, "medan-admin", role)
    before = server.text(f"{path}.md")
    for key in ("guid", "was", "announcement", "status", "updated"):
        given = {"title": "Modal", key: str(VALUES[key]), f"{key}.0": "x", "base": before, "do": "simpan"}
        browser.post(f"/admin/isi/{path}", data=given)
        now = server.text(f"{path}.md")
        assert [line for line in before.splitlines() if line.startswith(f"{key}:")] == (
            [line for line in now.splitlines() if line.startswith(f"{key}:")]
        )
