"""What readers send to ``/komentar``: two plain forms, no script, and nothing private in what comes back."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kentongan.accounts import Accounts
from kentongan.comments import snapshot
from kentongan.comments.comments import Comments
from kentongan.comments.moderation import Moderation, publisher
from kentongan.comments.secret import Secret
from kentongan.comments.snapshot import PublicComment, Snapshot
from kentongan.comments.tables import Comment, State
from kentongan_cms.comments.letters import Pace, Refused
from kentongan_cms.comments.room import Room
from kentongan_cms.status import BuildStatus
from tests.cms.commenting import FORM, HOST, SITE, THREAD, office, token_in, visitor, write
from tests.databases import empty_database

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path, database_url):
    with empty_database(tmp_path / "var", database_url) as database:
        yield database


@pytest.fixture
def app(tmp_path, database, monkeypatch):
    return office(tmp_path, database, monkeypatch)


@pytest.fixture
def moderation(app, database):
    comments = Comments(database, Secret.of(database.state))
    return Moderation(comments, publisher(comments, "/komentar"), Accounts(database).note)


def kept(database):
    with database.reading() as session:
        return list(session.scalars(select(Comment).order_by(Comment.id)))


def test_a_comment_is_looked_at_confirmed_and_held(app, database):
    shown = visitor(app).post("/komentar", data=FORM)
    assert (shown.status_code, kept(database)) == (200, [])
    assert "<p>Terima kasih, bermanfaat sekali.</p>" in shown.text
    thanks = visitor(app, origin=HOST).post("/komentar", data={"token": token_in(shown.text)})
    assert thanks.status_code == 200
    [comment] = kept(database)
    assert (comment.thread, comment.name, comment.state) == (THREAD, "Bu Ratmi", State.PENDING)


def test_the_preview_shows_markdown_and_lets_it_be_changed(app):
    page = visitor(app).post("/komentar", data={**FORM, "text": "**Bagus** <b>sekali</b>"}).text
    assert "<strong>Bagus</strong> &lt;b&gt;sekali&lt;/b&gt;" in page
    assert ">**Bagus** &lt;b&gt;sekali&lt;/b&gt;</textarea>" in page


def test_ones_own_link_shows_changes_and_erases(app, database):
    own = re.search(r'href="(/komentar/saya/[^"]+)"', write(app).text)[1]
    here = visitor(app, origin=HOST)
    assert "Terima kasih" in here.get(own).text
    assert here.post(own, data={"text": "Ralat."}).status_code == 303
    assert kept(database)[0].text == "Ralat."
    assert here.post(own, data={"do": "remove"}).status_code == 200
    assert kept(database) == []
    assert here.get(own).status_code == 410


def test_a_question_for_the_speakers_is_one(app, database):
    write(app, thread="episodes/tangguh", text="Bagaimana cara mendaftar?")
    assert kept(database)[0].asks


def test_what_is_answered_is_shown_above_the_form_only_when_public(app, database, moderation):
    write(app)
    page = f"/komentar?thread={THREAD}&parent=1"
    assert "Bu Ratmi" not in visitor(app).get(page).text
    moderation.decide([1], State.APPROVED, "ratri")
    assert "Bu Ratmi" in visitor(app).get(page).text
    assert "Bu Ratmi" not in visitor(app).get("/komentar?thread=episodes/tangguh&parent=1").text


def test_the_snapshot_is_for_who_has_the_token_and_spares_what_is_known(app, database, moderation):
    write(app, email="ratmi@contoh.example")
    moderation.decide([1], State.APPROVED, "ratri")
    key = {"authorization": f"Bearer {Secret.of(database.state).snapshot_token}"}
    here = visitor(app)
    assert here.get("/komentar/snapshot.json").status_code == 401
    assert here.get("/komentar/snapshot.json", headers={"authorization": "Bearer x"}).status_code == 401
    answer = here.get("/komentar/snapshot.json", headers=key)
    assert json.loads(answer.content)["threads"][THREAD][0]["name"] == "Bu Ratmi"
    assert "ratmi@" not in answer.text
    again = here.get("/komentar/snapshot.json", headers={**key, "if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_scripts_of_the_site_read_what_is_public_and_nothing_else(app, moderation):
    write(app)
    assert visitor(app).get(f"/komentar/{THREAD}.json").json() == {"comments": []}
    moderation.decide([1], State.APPROVED, "ratri")
    answer = visitor(app).get(f"/komentar/{THREAD}.json")
    assert answer.json() == {"comments": [{"id": 1, "name": "Bu Ratmi", "text": "Terima kasih, bermanfaat sekali."}]}
    assert answer.headers["access-control-allow-origin"] == "*"


def write_page(folder):
    (folder / "output/404.html").write_text("Tidak ada")


def test_readers_reach_the_form_where_the_admin_is_for_this_machine_alone(tmp_path, database, app):
    from kentongan_cms.app import create_app

    shut = create_app(tmp_path / "output", tmp_path / "media", BuildStatus(), database)
    write_page(tmp_path)
    assert visitor(shut).get("/admin/").status_code == 404
    assert visitor(shut).get(f"/komentar?thread={THREAD}").status_code == 200


def test_many_forms_from_one_address_are_too_many(app):
    pace = Pace(most=3, seconds=60)
    for _ in range(3):
        pace.require("203.0.113.7")
    with pytest.raises(Refused):
        pace.require("203.0.113.7")
    pace.require("203.0.113.8")


def test_every_answer_is_safe(app):
    for path in ("/komentar", f"/komentar?thread={THREAD}", "/komentar/saya/x"):
        headers = visitor(app).get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


BAIT = "<script>alert(1)</script>"
RTL = "\u202etxt.exe"


@pytest.mark.parametrize(
    ("what", "fields", "status", "absent"),
    [
        ("script in the name", {"name": BAIT}, 200, "<script"),
        ("script in the text", {"text": BAIT}, 200, "<script"),
        ("script in the e-mail", {"email": f"{BAIT}@contoh.example"}, 422, "<script"),
        ("script in the thread", {"thread": BAIT}, 409, "<script"),
        ("script in the parent", {"parent": BAIT}, 200, "<script"),
        ("quotes in the name", {"name": '" onfocus="alert(1)'}, 200, '"" onfocus="alert'),
        ("image with an event", {"text": "<img src=x onerror=alert(1)>"}, 200, "<img"),
        ("svg", {"text": "<svg/onload=alert(1)>"}, 200, "<svg"),
        ("frame", {"text": "<iframe src=//jahat.example>"}, 200, "<iframe"),
        ("style", {"text": "<style>body{display:none}</style>"}, 200, "<style"),
        ("form", {"text": "<form action=//jahat.example><button>"}, 200, "<form action=//jahat"),
        ("base", {"text": "<base href=//jahat.example>"}, 200, "<base"),
        ("end of the text field", {"text": "</textarea><script>1</script>"}, 200, "<script"),
        ("javascript: link", {"text": "[klik](javascript:alert(1))"}, 200, 'href="javascript'),
        ("JaVaScRiPt: link", {"text": "[klik](JaVaScRiPt:alert(1))"}, 200, 'href="JaVa'),
        ("javascript: with a tab", {"text": "[klik](java\tscript:alert(1))"}, 200, 'href="java'),
        ("javascript: with an entity", {"text": "[klik](&#106;avascript:alert(1))"}, 200, 'href="javascript'),
        ("data: link", {"text": "[klik](data:text/html,<script>1</script>)"}, 200, 'href="data'),
        ("vbscript: link", {"text": "[klik](vbscript:msgbox)"}, 200, 'href="vbscript'),
        ("file: link", {"text": "[klik](file:///etc/passwd)"}, 200, 'href="file'),
        ("link relative to us", {"text": "[klik](/admin/keluar)"}, 200, 'href="/admin'),
        ("link without a scheme", {"text": "[klik](//jahat.example)"}, 200, 'href="//jahat'),
        ("link that breaks out", {"text": '[x](https://a.example/"onfocus="alert(1))'}, 200, '"onfocus="alert(1)"'),
        ("template code", {"text": "{{ 7*7 }} {% raw %}"}, 200, "49"),
        ("template code in the name", {"name": "a{{ 7*7 }}"}, 200, "49"),
        ("right-to-left override in the name", {"name": f"Ratmi {RTL}"}, 200, "\u202e"),
        ("right-to-left override in the text", {"text": f"lihat {RTL}"}, 200, "\u202e"),
        ("isolates", {"text": "a\u2066b\u2069c"}, 200, "\u2066"),
        ("hidden letters", {"text": "s\u200bl\u200bo\u200bt"}, 200, "\u200b"),
        ("tag characters", {"text": "halo\U000e0041\U000e0042"}, 200, "\U000e0041"),
        ("NUL in the text", {"text": "a\0b"}, 200, "\0"),
        ("NUL in the name", {"name": "a\0b"}, 200, "\0"),
        ("escape sequences", {"text": "\x1b[31mmerah"}, 200, "\x1b"),
        ("towers of marks", {"text": "z" + "\u0310" * 500}, 200, "\u0310" * 4),
        ("lines in the name", {"name": "Ratmi\nBcc: semua@contoh.example"}, 200, "Ratmi\nBcc"),
        ("lines in the e-mail", {"email": "a@b.example\r\nBcc: c@d.example"}, 422, None),
        ("two e-mails", {"email": "a@b.example,c@d.example"}, 422, None),
        ("an e-mail with a name", {"email": "Ratmi <a@b.example>"}, 422, None),
        ("an encoded word as e-mail", {"email": "=?utf-8?q?korban?=@b.example"}, 422, None),
        ("no name", {"name": "  "}, 422, None),
        ("a name of dots", {"name": "..."}, 422, None),
        ("a name that is an address", {"name": "https://slot.example"}, 422, None),
        ("a name of 81 letters", {"name": "a" * 81}, 422, None),
        ("no text", {"text": "\u200b \n"}, 422, None),
        ("nine thousand bytes", {"text": "a" * 9000}, 422, None),
        ("8 kB of open brackets", {"text": "[" * 8000}, 200, None),
        ("8 kB of quotes in quotes", {"text": "> " * 4000}, 200, None),
        ("8 kB of asterisks", {"text": "*a " * 2600}, 200, None),
        ("a thread that is closed", {"thread": "articles/lama"}, 409, None),
        ("a thread that is not there", {"thread": "articles/tidak-ada"}, 409, None),
        ("a path as thread", {"thread": "../../etc/passwd"}, 409, None),
        ("a negative parent", {"parent": "-1"}, 200, None),
        ("a parent beyond 64 bits", {"parent": "9" * 40}, 200, None),
        ("a parent that is not there", {"parent": "4711"}, 200, None),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 50 else "",
)  # fmt: skip
def test_hostile_fields(app, database, what, fields, status, absent):
    answer = visitor(app).post("/komentar", data={**FORM, **fields})
    assert answer.status_code == status, what
    if absent:
        assert absent not in answer.text
    if token := token_in(answer.text):
        assert visitor(app, origin=HOST).post("/komentar", data={"token": token}).status_code == 200
    assert all(one.text.replace("\n", "").replace("\t", "").isprintable() for one in kept(database))


@pytest.mark.parametrize(
    ("origin", "site", "status"),
    [
        (SITE, None, 200),
        (HOST, None, 200),
        (None, "same-origin", 200),
        ("https://jahat.example", None, 403),
        ("https://jahat.example", "same-origin", 403),
        ("https://koperasi.example.jahat.example", None, 403),
        ("http://koperasi.example", None, 403),
        ("https://koperasi.example:8443", None, 403),
        ("null", None, 403),
        (None, "cross-site", 403),
        (None, "same-site", 403),
        (None, "none", 403),
        (None, None, 403),
    ],
)
def test_forged_origins(app, origin, site, status):
    headers = {"sec-fetch-site": site} if site else {}
    assert visitor(app, origin=origin).post("/komentar", data=FORM, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        (None, b"thread=articles/kabar&name=a&text=b", 415),
        ("text/plain", b"thread=articles/kabar&name=a&text=b", 415),
        ("application/json", b"{}", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/x-www-form-urlencoded", b"text=" + b"a" * 100_000, 413),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(100)), 400),
        ("application/x-www-form-urlencoded", b"thread=articles%2Fkabar&name=%ff%fe&text=%ed%a0%80", 422),
        ("application/x-www-form-urlencoded", b"", 409),
    ],
)
def test_hostile_bodies(app, media_type, body, status):
    headers = {"content-type": media_type} if media_type else {}
    assert visitor(app).post("/komentar", content=body, headers=headers).status_code == status


def test_lone_surrogates_are_no_characters(app, database):
    body = b"thread=articles%2Fkabar&name=Ratmi&text=halo%ed%a0%80dunia"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    page = visitor(app).post("/komentar", content=body, headers=headers)
    visitor(app, origin=HOST).post("/komentar", data={"token": token_in(page.text)})
    assert kept(database)[0].text == "halo\ufffd\ufffd\ufffddunia"


def test_tokens_altered_replayed_or_anothers_open_nothing(app, database, tmp_path):
    token = token_in(visitor(app).post("/komentar", data=FORM).text)
    here = visitor(app, origin=HOST)
    for bad in ("", "x", token[:-2], token + "a", "a" + token, token.replace(".", "..", 1), "é"):
        assert here.post("/komentar", data={"token": bad}).status_code == 409
    other = Secret.of(tmp_path / "other").sign("comment-preview", [THREAD, None, "a", "", "b", False, 0, "n"])
    assert here.post("/komentar", data={"token": other}).status_code == 409
    old = Secret.of(database.state).sign("comment-preview", [THREAD, None, "a", "", "b", False, 0, "n"])
    assert here.post("/komentar", data={"token": old}).status_code == 409
    for _ in range(3):
        assert here.post("/komentar", data={"token": token}).status_code == 200
    assert len(kept(database)) == 1


def test_what_cannot_be_sent_now_is_shown_again_and_can_be_sent_later(app, database):
    tokens = [token_in(visitor(app).post("/komentar", data={**FORM, "text": f"Nomor {n}"}).text) for n in range(6)]
    here = visitor(app, origin=HOST)
    *sent, refused = [here.post("/komentar", data={"token": token}) for token in tokens]
    assert ({one.status_code for one in sent}, refused.status_code) == ({200}, 409)
    assert ("Nomor 5" in refused.text, token_in(refused.text)) == (True, tokens[5])
    elsewhere = visitor(app, "198.51.100.3", HOST)
    assert elsewhere.post("/komentar", data={"token": token_in(refused.text)}).status_code == 200
    assert kept(database)[5].text == "Nomor 5"


def test_a_page_that_was_open_for_too_long_gives_the_text_and_a_new_button(app, database):
    old = Secret.of(database.state).sign("comment-preview", [THREAD, None, "a", "", "Tulisan lama", False, 0, "n"])
    here = visitor(app, origin=HOST)
    answer = here.post("/komentar", data={"token": old})
    assert (answer.status_code, "Tulisan lama" in answer.text) == (409, True)
    assert here.post("/komentar", data={"token": token_in(answer.text)}).status_code == 200


def test_where_nothing_more_is_taken_the_text_can_still_be_copied(app, tmp_path):
    token = token_in(visitor(app).post("/komentar", data={**FORM, "text": "Tulisan panjang"}).text)
    file = tmp_path / "output/data/v1/comments.json"
    told = json.loads(file.read_text())
    told["data"][0]["open"] = False
    file.with_suffix(".new").write_text(json.dumps(told))
    file.with_suffix(".new").replace(file)
    for sent in ({"token": token}, {**FORM, "text": "Tulisan panjang"}):
        answer = visitor(app, origin=HOST).post("/komentar", data=sent)
        assert (answer.status_code, "Tulisan panjang" in answer.text) == (409, True)
        assert token_in(answer.text) is None


def test_what_was_typed_on_ones_own_page_stays_when_it_is_refused(app, moderation):
    own = re.search(r'href="(/komentar/saya/[^"]+)"', write(app).text)[1]
    here = visitor(app, origin=HOST)
    assert f">{'a' * 8001}</textarea>" in here.post(own, data={"text": "a" * 8001}).text
    moderation.decide([1], State.APPROVED, "ratri")
    assert '<pre class="box prose">Ralat saya</pre>' in here.post(own, data={"text": "Ralat saya"}).text


@pytest.mark.parametrize("named", ['W/"{}"', '"x", "{}"', '"x" , W/"{}"', "*"])
def test_what_is_known_by_any_of_the_names_that_are_given_is_spared(app, named):
    path = f"/komentar/{THREAD}.json"
    tag = visitor(app).get(path).headers["etag"].strip('"')
    assert visitor(app).get(path, headers={"if-none-match": named.format(tag)}).status_code == 304
    assert visitor(app).get(path, headers={"if-none-match": '"x", W/"y"'}).status_code == 200


def test_a_token_of_one_kind_is_none_of_another(app, database):
    own = re.search(r"/komentar/saya/([^\"]+)", write(app).text)[1]
    here = visitor(app, origin=HOST)
    assert here.post("/komentar", data={"token": own}).status_code == 409
    preview = token_in(visitor(app).post("/komentar", data=FORM).text)
    assert here.get(f"/komentar/saya/{preview}").status_code == 410


@pytest.mark.parametrize("path", ["1", "articles/1.json", "saya/1", "saya/MQ.x", "../var/secret", "snapshot.json"])
def test_what_waits_is_not_found_by_guessing(app, path):
    write(app, text="Rahasia saya", email="ratmi@contoh.example")
    answer = visitor(app).get(f"/komentar/{path}")
    assert "Rahasia" not in answer.text
    assert "ratmi@" not in answer.text


@pytest.mark.parametrize(
    "what", ["a stranger's secret", "the next number", "another purpose", "nothing of it", "a byte less"]
)
def test_a_comment_is_neither_seen_nor_changed_by_a_token_that_is_not_its_own(app, database, tmp_path, what):
    own = re.search(r"/komentar/saya/([^\"]+)", write(app, text="Milik saya").text)[1]
    secret = Secret.of(database.state)
    token = {
        "a stranger's secret": Secret.of(tmp_path / "other").sign("comment-own", 1),
        "the next number": secret.sign("comment-own", 2),
        "another purpose": secret.sign("comment-letter", ["mine", "1", 0]),
        "nothing of it": "1",
        "a byte less": own[:-1],
    }[what]
    here = visitor(app, origin=HOST)
    assert "Milik saya" not in here.get(f"/komentar/saya/{token}").text
    for form in ({"text": "Diubah orang"}, {"do": "remove"}):
        assert here.post(f"/komentar/saya/{token}", data=form).status_code in (410, 422)
    assert [one.text for one in kept(database)] == ["Milik saya"]


@pytest.mark.parametrize("parent", ["1", "01", " 1", "1e0", "１"])
def test_what_waits_is_not_quoted_above_an_answer(app, parent):
    write(app, text="Rahasia saya")
    page = visitor(app).get("/komentar", params={"thread": THREAD, "parent": parent})
    again = visitor(app).post("/komentar", data={**FORM, "text": "", "parent": parent})
    assert "Rahasia" not in page.text + again.text


def test_what_another_office_fetches_is_not_overwritten_here(app, database, tmp_path, monkeypatch):
    """The comments of this site are kept by another server, whose snapshot was fetched."""
    elsewhere = Snapshot.of("https://cms.example/komentar", [(THREAD, PublicComment(7, None, "Bu Ratmi", "Ya", NOW))])
    snapshot.write(database.state, elsewhere.to_bytes())
    room = Room(database, tmp_path / "output", BuildStatus())
    monkeypatch.setenv("KENTONGAN_COMMENTS_URL", "https://cms.example/komentar/snapshot.json")
    room.publish()
    assert snapshot.read(database.state) == elsewhere
    monkeypatch.delenv("KENTONGAN_COMMENTS_URL")
    room.publish()
    assert snapshot.read(database.state).threads == {}


def test_what_an_isso_shows_is_kept_beside_ours(app, database, tmp_path):
    theirs = Snapshot.of(None, [(THREAD, PublicComment(7, None, "Bu Ratmi", "Ya", NOW))])
    snapshot.write(database.state, theirs.to_bytes(), snapshot.ISSO)
    Room(database, tmp_path / "output", BuildStatus()).publish()
    assert snapshot.read(database.state, snapshot.ISSO) == theirs
    assert snapshot.read(database.state).threads == {}


def test_whoever_fills_in_the_trap_is_thanked_and_not_kept(app, database):
    answer = visitor(app).post("/komentar", data={**FORM, "website": "https://slot.example"})
    assert (answer.status_code, kept(database)) == (200, [])


def test_an_email_of_somebody_trusted_opens_nothing_by_itself(app, database, moderation):
    write(app, email="ratmi@contoh.example")
    moderation.decide([1], State.APPROVED, "ratri")
    write(app, address="198.51.100.1", name="Bu Ratmi", email="ratmi@contoh.example", text="Transfer ke rekening ini")
    assert kept(database)[1].state == State.PENDING


def test_getting_changes_nothing(app, database):
    here = visitor(app)
    here.get("/komentar", params={**FORM, "token": "x"})
    own = re.search(r'href="(/komentar/saya/[^"]+)"', write(app).text)[1]
    here.get(own, params={"do": "remove"})
    assert len(kept(database)) == 1
    assert here.put("/komentar").status_code == 405
    assert here.delete(own).status_code == 405
