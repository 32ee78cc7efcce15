"""The API over HTTP on the real application: reading, writing, problems, limits."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from kentongan.accounts import Role, Scope
from kentongan.model import RECORD_TYPES, Kind
from kentongan.repository import OpenSplit
from kentongan.repository.splits import Splits
from kentongan_cms.api import api_app
from kentongan_cms.api.description import description
from kentongan_cms.status import BuildStatus
from tests.cms.api_servers import Server

SNAPSHOT = Path(__file__).parents[2] / "docs/api/openapi.json"
KABAR = "articles/satu"


@pytest.fixture
def server(tmp_path, database_url):
    server = Server(tmp_path, url=database_url)
    yield server
    server.close()


@pytest.fixture
def owner(server):
    return server.program()


def problem(answer, status):
    """The problem document that *answer* has to be."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    document = answer.json()
    assert document["status"] == status
    return document


def etag(client, path=KABAR):
    return client.get(path).headers["etag"]


def changed(client, patch, path=KABAR, match=None):
    return client.patch(path, json=patch, headers={"if-match": match or etag(client, path)})


def test_everybody_reads_what_is_public(server):
    answer = server.visitor().get(KABAR)
    assert answer.json()["data"] == {
        "type": "article",
        "id": "satu",
        "etag": answer.headers["etag"].strip('"'),
        "status": "published",
        "date": "2026-11-01T08:00",
        "comments": True,
        "was": [],
        "title": "Kabar",
        "tags": [],
        "authors": [],
        "episodes": [],
        "consultations": [],
        "body": "",
    }
    assert answer.headers["vary"] == "Authorization"


@pytest.mark.parametrize(
    "front",
    [
        "title: Rahasia\nstatus: draft\ndate: 2026-11-01\n",
        "title: Rahasia\nstatus: review\ndate: 2026-11-01\n",
        "title: Rahasia\nstatus: archived\ndate: 2026-11-01\n",
        "title: Rahasia\ndate: 2026-11-24 10:01\n",
        "title: Rahasia\ndate: 2026-11-01\ntranslates: tiada\nlang: en\n",
        "title: Rahasia\ndate: kemarin\n",
    ],
)
def test_nobody_reads_what_is_not(server, front):
    server.put(Kind.ARTICLE, "rahasia", front)
    visitor = server.visitor()
    problem(visitor.get("articles/rahasia"), 404)
    assert [one["id"] for one in visitor.get("articles").json()["data"]] == ["satu"]
    problem(visitor.get("articles/rahasia/history"), 401)
    problem(visitor.post("articles/rahasia/publish"), 401)
    contributor = server.program(Role.CONTRIBUTOR)
    problem(contributor.get("articles/rahasia"), 404)
    problem(contributor.delete("articles/rahasia"), 404)
    assert server.program(Role.EDITOR).get("articles/rahasia").status_code in (200, 422)


def test_what_was_pasted_is_for_those_who_edit(server):
    server.put(Kind.ARTICLE, "dua", "title: Dua\ndate: 2026-11-02\nannouncement: Hubungi 0812\n")
    server.put(Kind.PERSON, "budi", "name: Budi\nphoto:\n  src: budi.jpg\n  alt: Budi\n")
    for reader in (server.visitor(), server.program(Role.CONTRIBUTOR), server.program(Role.MODERATOR)):
        assert "announcement" not in reader.get("articles/dua").json()["data"]
        assert "0812" not in reader.get("articles").text
        assert "photo" not in reader.get("people/budi").json()["data"]
    assert server.program(Role.EDITOR).get("articles/dua").json()["data"]["announcement"] == "Hubungi 0812"
    assert server.program(Role.EDITOR).get("people/budi").json()["data"]["photo"]["src"] == "budi.jpg"


def test_the_etag_is_what_git_calls_the_file(server):
    visitor = server.visitor()
    answer = visitor.get(KABAR)
    for tag in (answer.headers["etag"], f"W/{answer.headers['etag']}", f'"x", {answer.headers["etag"]}', "*"):
        again = visitor.get(KABAR, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    assert visitor.get(KABAR, headers={"if-none-match": '"x"'}).status_code == 200
    assert visitor.head(KABAR).headers["etag"] == answer.headers["etag"]


def test_sparse_fields_and_what_is_named(server):
    visitor = server.visitor()
    data = visitor.get("episodes/satu?fields=title&include=program,station,people").json()
    assert set(data["data"]) == {"type", "id", "etag", "title"}
    assert [(one["type"], one["id"]) for one in data["included"]] == [
        ("program", "obrolan"),
        ("station", "radio"),
        ("person", "wulan"),
    ]
    server.put(Kind.PERSON, "wulan", "name: Wulan\nstatus: draft\n")
    assert visitor.get("episodes?include=people").json()["included"] == []


def test_pages_of_a_list(server):
    for number in range(7):
        server.put(Kind.ARTICLE, f"n{number}", f"title: N{number}\ndate: 2026-10-0{number % 3 + 1}\n")
    visitor = server.visitor()
    seen, cursor = [], {}
    while True:
        page = visitor.get("articles", params={"limit": 3, **cursor}).json()
        seen += [one["id"] for one in page["data"]]
        if "next" not in page:
            break
        cursor = {"cursor": page["next"]}
    assert seen == ["satu", "n5", "n2", "n4", "n1", "n6", "n3", "n0"]


def test_filters(server):
    server.put(Kind.ARTICLE, "dua", "title: Pasar\ndate: 2026-11-05\n", "Beras murah di balai desa.\n")
    server.put(Kind.ARTICLE, "tiga", "title: Draf\nstatus: draft\ndate: 2026-11-06\n")
    editor = server.program(Role.EDITOR)

    def ids(**query):
        return [one["id"] for one in editor.get("articles", params=query).json()["data"]]

    assert ids() == ["tiga", "dua", "satu"]
    assert ids(status="draft") == ["tiga"]
    assert ids(q="BERAS pasar") == ["dua"]
    assert ids(since="2026-11-05", until="2026-11-06") == ["dua"]
    assert [one["id"] for one in editor.get("episodes?program=obrolan").json()["data"]] == ["satu"]
    assert editor.get("episodes?program=lain").json()["data"] == []
    problem(server.visitor().get("articles?status=draft"), 401)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=²", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=W10", "cursor"),
        ("since=kemarin", "since"),
        ("status=live", "status"),
        ("fields=titel", "titel"),
        ("include=programs", "programs"),
        ("stauts=draft", "stauts"),
        ("q=a&q=b", "q"),
    ],
)
def test_a_question_that_cannot_be_answered(server, query, field):
    document = problem(server.visitor().get(f"articles?{query}"), 422)
    assert [error["field"] for error in document["errors"]] == [field]


def test_the_nearest_known_name_is_told_in_the_language_of_who_asks(server, owner):
    document = problem(server.visitor().get("articles?fields=titel", headers={"accept-language": "en"}), 422)
    assert document["errors"] == [
        {"field": "titel", "message": "“titel” is not a key we know.", "mend": "Did you mean “title”?"}
    ]
    answer = owner.post("articles", json={"titel": "X"}, headers={"accept-language": "fr, id;q=0.5, en;q=0.4"})
    assert answer.headers["content-language"] == "id"
    assert problem(answer, 422)["errors"][0]["field"] == "titel"
    assert "title" in answer.json()["errors"][0]["mend"]


def test_a_draft_from_its_beginning_to_its_end(server, owner):
    sent = {"title": "Rapat Anggota", "date": "2026-11-24 09:00", "tags": ["rapat"], "body": "Datanglah.\n"}
    answer = owner.post("articles", json=sent)
    assert (answer.status_code, answer.headers["location"]) == (201, "/api/v1/articles/rapat-anggota")
    assert answer.json()["data"]["status"] == "draft"
    assert owner.get(answer.headers["location"].removeprefix("/api/v1/")).json() == answer.json()
    path = "articles/rapat-anggota"
    answer = owner.patch(
        path, json={"tags": None, "summary": "Kita rapat"}, headers={"if-match": answer.headers["etag"]}
    )
    assert (answer.status_code, answer.json()["data"]["tags"], answer.json()["data"]["summary"]) == (
        200,
        [],
        "Kita rapat",
    )
    assert answer.headers["etag"] == etag(owner, path)
    assert owner.post(f"{path}/ask-for-review").json()["data"]["status"] == "review"
    assert server.visitor().get(path).status_code == 404
    assert owner.post(f"{path}/publish").json()["data"]["status"] == "published"
    assert server.visitor().get(path).json()["data"]["body"] == "Datanglah.\n"
    assert server.builder.built[-1] == server.content / f"{path}.md"
    problem(owner.delete(path), 409)
    assert owner.post(f"{path}/take-down").json()["data"]["status"] == "archived"
    assert server.visitor().get(path).status_code == 404
    history = owner.get(f"{path}/history").json()["data"]
    assert [one["changed"] for one in history] == [["status"], ["status"], ["status"], ["summary", "tags"], []]
    back = owner.post(f"{path}/restore", json={"commit": history[-1]["commit"]}).json()["data"]
    assert (back["tags"], back["status"]) == (["rapat"], "archived")


def test_a_draft_that_is_thrown_away_comes_back(server, owner):
    assert owner.post("people", json={"name": "Budi", "id": "budi-s"}).status_code == 201
    commit = owner.get("people/budi-s/history").json()["data"][0]["commit"]
    assert owner.delete("people/budi-s").status_code == 204
    problem(owner.get("people/budi-s"), 404)
    assert owner.post("people/budi-s/restore", json={"commit": commit}).json()["data"]["name"] == "Budi"
    problem(owner.post("people/budi-s/restore", json={"commit": "0" * 40}), 422)
    problem(owner.post("people/budi-s/restore", json={"commit": "--all"}), 422)
    problem(owner.post("people", json={"name": "Budi", "id": "budi-s"}), 409)


def test_an_hour_to_publish_at(server, owner):
    owner.post("articles", json={"title": "Nanti", "date": "2026-11-24"})
    answer = owner.post("articles/nanti/publish", json={"at": "2026-11-25T02:00:00+00:00"})
    assert answer.json()["data"]["date"] == "2026-11-25T09:00"
    assert server.visitor().get("articles/nanti").status_code == 404
    assert problem(owner.post("articles/nanti/publish", json={"at": "nanti"}), 422)["errors"][0]["field"] == "at"


def test_a_change_says_what_it_changes(server, owner):
    problem(owner.patch(KABAR, json={"title": "Baru"}), 428)
    assert problem(changed(owner, {"title": "Baru"}, match='"x"'), 412)
    assert problem(changed(owner, {"title": "Baru"}, match=f"W/{etag(owner)}"), 412)
    assert problem(changed(owner, {"title": "Baru"}, match=f'"{"0" * 40}"'), 412)
    assert changed(owner, {"title": "Baru"}).status_code == 200
    assert changed(owner, {"title": "Lagi"}, match="*").status_code == 200


def test_two_who_change_apart_are_merged_and_a_clash_shows_both(server, owner):
    first = etag(owner)
    assert changed(owner, {"title": "Judul"}, match=first).status_code == 200
    both = changed(owner, {"summary": "Ringkas"}, match=first).json()["data"]
    assert (both["title"], both["summary"]) == ("Judul", "Ringkas")
    document = problem(changed(owner, {"title": "Lain", "tags": ["a"]}, match=first), 409)
    assert document["clashes"] == [{"field": "title", "base": "Kabar", "mine": "Lain", "theirs": "Judul"}]
    assert "tags" not in server.text(f"{KABAR}.md")


def test_the_version_of_another_record_is_none(server, owner):
    server.put(Kind.ARTICLE, "dua", "title: Dua\ndate: 2026-11-02\n")
    problem(changed(owner, {"title": "X"}, match=etag(owner, "episodes/satu")), 412)


def test_what_nobody_touched_keeps_its_bytes(server, owner):
    before = server.text("episodes/satu.md")
    data = owner.get("episodes/satu").json()["data"]
    assert changed(owner, {"title": data["title"]}, "episodes/satu").status_code == 200
    assert [line for line in server.text("episodes/satu.md").splitlines() if "updated" not in line] == (
        before.splitlines()
    )


def test_what_is_wrong_is_told_by_field(server, owner):
    wrong = {"broadcasts": [{"id": "a", "station": "radio", "start": "2026-11-10 10:00", "end": "2026-11-10 09:00"}]}
    document = problem(changed(owner, wrong, "episodes/satu"), 422)
    assert [error["field"] for error in document["errors"]] == ["broadcasts.0.end"]
    document = problem(owner.post("articles", json={"summary": "X"}), 422)
    assert {error["field"] for error in document["errors"]} == {"title", "date"}


def test_keys_that_are_not_ones_own(server):
    editor = server.program(Role.EDITOR)
    for key, value in {"status": "published", "updated": "2026-01-01", "guid": "x", "was": ["/a/"]}.items():
        document = problem(changed(editor, {key: value}, "episodes/satu"), 403)
        assert [error["field"] for error in document["errors"]] == [key]
    contributor = server.program(Role.CONTRIBUTOR)
    problem(contributor.post("episodes", json={"title": "X", "program": "obrolan", "on_air": "true"}), 403)


def test_a_token_does_no_more_than_its_scopes(server):
    reading, writing = server.program(Role.OWNER, Scope.READ), server.program(Role.OWNER, Scope.WRITE)
    answer = reading.post("articles", json={"title": "X"})
    problem(answer, 403)
    assert 'scope="write"' in answer.headers["www-authenticate"]
    assert 'scope="publish"' in changed(writing, {"title": "X"}).headers["www-authenticate"]
    for path in ("publish", "take-down", "ask-for-review"):
        problem(writing.post(f"{KABAR}/{path}"), 403)
    problem(writing.post(f"{KABAR}/restore", json={"commit": "0" * 40}), 403)
    assert writing.post("articles", json={"title": "X", "date": "2026-11-24"}).status_code == 201
    problem(writing.post("articles/x/publish"), 403)


def test_tokens_that_open_nothing(server):
    owner = server.people[Role.EDITOR]
    over = server.tokens.make(owner, "lama", [Scope.READ], timedelta(microseconds=1))
    ended = server.tokens.make(owner, "henti", [Scope.READ], timedelta(days=1))
    shut = server.program(Role.CONTRIBUTOR)
    server.accounts.disable("si-contributor", "uji")
    server.tokens.end(server.people[Role.OWNER], server.tokens.of(owner)[0].id)
    assert [one.name for one in server.tokens.of(owner)] == ["henti"]
    server.tokens.end(owner, server.tokens.of(owner)[0].id)
    for given in (over, ended, "x", "ktg_ÿ", shut.headers["authorization"].removeprefix("Bearer ")):
        headers = {"authorization": f"Bearer {given}".encode("latin-1")}
        answer = server.visitor().get("articles", headers=headers)
        problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer ")
    problem(server.visitor().get("articles", headers={"authorization": "Basic eDp5"}), 401)


def test_the_cookie_of_the_admin_is_not_looked_at(server):
    browser = server.browser(Role.OWNER)
    answer = browser.post("/api/v1/articles", json={"title": "X"}, headers={"sec-fetch-site": "same-origin"})
    assert answer.headers["www-authenticate"] == 'Bearer realm="kentongan"'
    problem(answer, 401)


def test_every_other_error_is_a_problem_too(server, owner):
    problem(owner.get(""), 404)
    for path in ("/", "/nothing", "/articles/", "/articles/X", "/articles/..%2fsite", "/articles/satu/x"):
        problem(owner.get(f"http://127.0.0.1/api/v1{path}"), 404)
    answer = owner.put(KABAR, json={})
    problem(answer, 405)
    assert answer.headers["allow"] == "GET, PATCH, DELETE, HEAD"
    problem(owner.options(KABAR), 405)
    answer = owner.post("articles", content="title=X", headers={"content-type": "text/plain"})
    assert problem(answer, 415)
    for text in ("{", "[" * 100_000, '{"a": NaN}', b"\xff"):
        problem(owner.post("articles", content=text, headers={"content-type": "application/json"}), 400)
    problem(owner.post("articles", content="[]", headers={"content-type": "application/json"}), 422)
    problem(owner.post("articles", content="x" * 1_100_000, headers={"content-type": "application/json"}), 413)


def test_too_many_requests(server):
    app = api_app(BuildStatus(), server.shop, most=3)
    client = TestClient(app, "http://127.0.0.1")
    answers = [client.get("/articles") for _ in range(4)]
    assert [answer.status_code for answer in answers[:3]] == [200] * 3
    problem(answers[3], 429)
    assert 0 < int(answers[3].headers["retry-after"]) <= 60


def test_strange_values_are_kept_or_refused_and_nothing_breaks(server, owner):
    for value in ("a\x00b\ud800c", "---\n---", "x: y # z", "'\"", "\u200b", "a" * 5000, "- a\n- b", "!!x", "&a"):
        sent = json.dumps({"title": value, "date": "2026-11-24"})
        answer = owner.post("articles", content=sent, headers={"content-type": "application/json"})
        assert answer.status_code in (201, 422)
    deep: list = []
    for _ in range(40):
        deep = [deep, "x"]
    problem(owner.post("articles", json={"title": "X", "date": "2026-11-24", "tags": deep}), 422)


def test_a_broken_file_says_what_is_wrong_and_can_be_mended(server, owner):
    server.put(Kind.ARTICLE, "rusak", "title: Rusak\ndate: kemarin\n")
    answer = owner.get("articles/rusak")
    assert [error["field"] for error in problem(answer, 422)["errors"]] == ["date"]
    mended = owner.patch("articles/rusak", json={"date": "2026-11-23"}, headers={"if-match": answer.headers["etag"]})
    assert mended.json()["data"]["date"] == "2026-11-23T00:00"


def test_a_body_is_taken_away_like_any_other_key(server, owner):
    server.put(Kind.ARTICLE, "isi", "title: Isi\ndate: 2026-11-23\n")
    place = server.content / "articles/isi.md"
    place.write_text(f"{place.read_text()}\nSatu kalimat.\n")
    answer = owner.patch("articles/isi", json={"body": None}, headers={"if-match": "*"})
    assert answer.status_code == 200
    assert answer.json()["data"]["body"] == ""
    assert "Satu kalimat." not in place.read_text()


def test_what_cannot_be_searched_for_says_why(server):
    told = problem(server.visitor().get("articles", params={"q": "\0"}), 422)["errors"]
    assert ["berisi karakter" in error["message"] for error in told] == [True]


def test_what_waits_for_a_choice_is_told_to_whoever_may_choose(server, owner):
    problem(server.visitor().get("exchange"), 401)
    server.put(Kind.ARTICLE, "dua", "title: Dua\ndate: 2026-11-23\n")
    split = OpenSplit("articles/dua.md", "content/articles/dua.md", "x", "0" * 40, ("title",), "Budi", "2026-11-24")
    splits = Splits(server.content, server.folder / "var")
    splits.keep([split])
    shown = {"path": "articles/dua.md", "fields": ["title"], "commit": "0" * 40, "who": "Budi", "when": "2026-11-24"}
    assert owner.get("exchange").json() == {"data": {"uncommitted": 0, "splits": [shown]}}
    assert server.program(Role.CONTRIBUTOR).get("exchange").json() == {"data": {"uncommitted": 0, "splits": []}}
    splits.forget(split.path)


def test_webhooks_are_the_owners(server, owner):
    problem(server.visitor().get("webhooks"), 401)
    problem(server.program(Role.EDITOR).get("webhooks"), 403)
    hosts = ("%00", "a.example:99999", "a.example:0", "a.example:", "u@a.example", "a_/", "-a", "[::1", "a\u0085b")
    hosts = (*hosts, "127.0.0.1", "[::1]", "10.0.0.3:8443", "localhost", "nas.local")
    for url in ("http://a.example/", "ftp://a", "https://a b", "", "https://", *(f"https://{host}/" for host in hosts)):
        problem(owner.post("webhooks", json={"url": url}), 422)
    problem(owner.post("webhooks", json={"url": "https://a.example/", "events": ["x"]}), 422)
    made = owner.post("webhooks", json={"url": "https://a.example/", "events": ["record.published"]})
    assert made.status_code == 201
    assert made.json()["data"]["secret"].startswith("whsec_")
    assert "secret" not in owner.get("webhooks").json()["data"][0]
    owner.post(f"{KABAR}/take-down")
    owner.post(f"{KABAR}/publish")
    place = made.headers["location"].removeprefix("/api/v1/")
    assert [one["attempts"] for one in owner.get(place).json()["data"]["waiting"]] == [0]
    assert owner.delete(place).status_code == 204
    problem(owner.get(place), 404)


def test_the_description_is_the_one_that_was_looked_at(server):
    told = server.visitor().get("openapi.json").json()
    if os.environ.get("UPDATE_GOLDEN"):
        SNAPSHOT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert told == description() == json.loads(SNAPSHOT.read_text()), "look at the change; UPDATE_GOLDEN=1 writes it"


def test_the_description_names_every_route(server):
    app = api_app(BuildStatus(), server.shop)
    routes = {route.path for route in app.routes if isinstance(route, Route)} - {"/openapi.json"}
    assert routes == set(description()["paths"])
    assert {type_.folder for type_ in RECORD_TYPES.values()} <= {path.split("/")[1] for path in routes}
