"""Links in letters, over HTTP: a page with a button, a button that acts, and one click that needs no page."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from kentongan.comments import privacy
from kentongan.comments.mail import Mailer
from kentongan.comments.tables import Comment, Reader, State
from kentongan.model import Office
from kentongan_cms.comments.postman import go_round
from kentongan_cms.comments.room import Room
from kentongan_cms.status import BuildStatus
from tests.cms.commenting import FORM, HOST, office, token_in, visitor, write

EMAIL = "ratmi@contoh.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
"""Sent as either type of form (RFC 8058, 3.2)."""


@pytest.fixture
def box(monkeypatch):
    """Letters that were sent: (to, subject, text, headers)."""
    letters = []
    monkeypatch.setenv("KENTONGAN_SMTP_URL", "smtp://127.0.0.1:1/?from=redaksi@koperasi.example")

    def keep(_mailer, to, subject, text, headers=None):
        letters.append((to, subject, text, headers))

    monkeypatch.setattr(Mailer, "send", keep)
    return letters


@pytest.fixture
def app(tmp_path, database, monkeypatch, box):
    return office(tmp_path, database, monkeypatch)


@pytest.fixture
def room(tmp_path, database, app):
    return Room(database, tmp_path / "output", BuildStatus())


def path_in(letter):
    return re.search(r"https://koperasi\.example(/komentar/surat/\S+)", letter[2])[1]


def comments(database):
    with database.reading() as session:
        return list(session.scalars(select(Comment).order_by(Comment.id)))


@pytest.mark.parametrize("sent", [{"data": ONE_CLICK}, {"files": {name: (None, it) for name, it in ONE_CLICK.items()}}])
def test_a_letter_of_an_answer_ends_by_one_click_of_a_mail_app(app, database, room, box, sent):
    write(app, email=EMAIL, replies="yes")
    room.moderation.decide([1], State.APPROVED, "ratri")
    go_round(room, Office(name="Koperasi Maju"))
    here = visitor(app, origin=HOST)
    assert "<button" in here.get(path_in(box[0])).text
    assert here.post(path_in(box[0]), data={}, headers={"origin": "https://jahat.example"}).status_code == 403
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert here.post(path_in(box[0]), content=b"", headers=form).status_code == 200
    room.moderation.reply(1, "Boleh, Bu.", "Redaksi", "ratri")
    go_round(room, Office(name="Koperasi Maju"))
    one_click = box[-1][3]["List-Unsubscribe"].strip("<>").removeprefix("https://koperasi.example")
    mail_app = visitor(app, "198.51.100.9", origin=None)
    assert mail_app.get(one_click).status_code == 200
    assert comments(database)[0].wants_replies
    assert mail_app.post(one_click, **sent).status_code == 200
    assert not comments(database)[0].wants_replies


def test_a_letter_shows_the_comment_that_it_quoted_and_no_other(app, database, room, box):
    write(app, email=EMAIL, replies="yes")
    room.moderation.decide([1], State.APPROVED, "ratri")
    go_round(room, Office(name="Koperasi Maju"))
    here, form = visitor(app, origin=HOST), {"content-type": "application/x-www-form-urlencoded"}
    here.post(path_in(box[-1]), content=b"", headers=form)
    stranger = visitor(app, "198.51.100.4", HOST)
    own = re.search(r'href="(/komentar/saya/[^"]+)"', write(app, "198.51.100.4", email=EMAIL, text="Halo").text)[1]
    with database.session() as session:
        session.execute(update(Comment).values(told=datetime(2026, 1, 1, tzinfo=UTC)).where(Comment.id == 1))
    go_round(room, Office(name="Koperasi Maju"))
    stranger.post(own, data={"text": "Transfer ke saya"})
    assert here.post(path_in(box[-1]), content=b"", headers=form).status_code == 409
    stranger.post(own, data={"text": "Halo"})
    assert here.post(path_in(box[-1]), content=b"", headers=form).status_code == 200
    assert comments(database)[1].state == State.APPROVED


def test_a_letter_that_comes_too_late_says_so(app, database, room, box):
    write(app, email=EMAIL, replies="yes")
    room.moderation.decide([1], State.APPROVED, "ratri")
    go_round(room, Office(name="Koperasi Maju"))
    privacy.erase(room.comments, EMAIL)
    here, form = visitor(app, origin=HOST), {"content-type": "application/x-www-form-urlencoded"}
    answer = here.post(path_in(box[-1]), content=b"", headers=form)
    assert "tidak menyimpan apa pun" in answer.text
    assert "Mulai sekarang" not in answer.text


def test_ones_data_is_seen_and_erased_by_a_mailed_link(app, database, room, box):
    write(app, email=EMAIL, text="Pendapat saya")
    here = visitor(app, origin=HOST)
    told = [here.post("/komentar/data", data={"email": email}).text for email in (EMAIL, "tidak@ada.example")]
    assert told[0] == told[1]
    [(to, *_)] = box
    assert to == EMAIL
    page = here.get(path_in(box[0])).text
    assert ("Pendapat saya" in page, EMAIL in page, "wants_replies" in page) == (True, True, False)
    [kept] = here.get(f"{path_in(box[0])}/data.json").json()
    assert (kept["text"], kept["state"]) == ("Pendapat saya", "pending")
    form = {"content-type": "application/x-www-form-urlencoded"}
    after = here.post(path_in(box[0]), content=b"", headers=form)
    assert (after.status_code, "<button" in after.text) == (200, False)
    assert comments(database) == []
    assert here.get(f"{path_in(box[0])}/data.json").status_code == 410
    assert here.get(path_in(box[0])).status_code == 410
    with database.reading() as session:
        assert session.scalars(select(Reader)).all() == []


def test_without_a_mail_server_nothing_of_mail_is_shown(tmp_path, database, monkeypatch):
    monkeypatch.delenv("KENTONGAN_SMTP_URL", raising=False)
    here = visitor(office(tmp_path, database, monkeypatch), origin=HOST)
    assert 'name="email"' not in here.get("/komentar/data").text
    assert 'name="replies"' not in here.get("/komentar?thread=articles/kabar").text
    assert here.get("/komentar/surat/x").status_code == 410


def test_with_one_the_form_offers_letters(app):
    assert 'name="replies"' in visitor(app).get("/komentar?thread=articles/kabar").text


def test_the_preview_offers_letters_to_whoever_gave_an_address(app, database):
    shown = visitor(app).post("/komentar", data={**FORM, "email": EMAIL})
    confirm = shown.text.split("<details>")[0]
    assert 'name="replies"' in confirm
    assert 'name="replies"' not in visitor(app).post("/komentar", data=FORM).text.split("<details>")[0]
    visitor(app, origin=HOST).post("/komentar", data={"token": token_in(shown.text), "replies": "yes"})
    assert comments(database)[0].wants_replies


def test_who_wants_letters_and_gave_no_address_is_told(app):
    told = "alamat e-mail belum diisi"
    assert told in visitor(app).post("/komentar", data={**FORM, "replies": "yes"}).text
    assert told not in visitor(app).post("/komentar", data={**FORM, "email": EMAIL, "replies": "yes"}).text


def test_who_takes_the_tick_away_on_the_preview_gets_no_letters(app, database):
    shown = visitor(app).post("/komentar", data={**FORM, "email": EMAIL, "replies": "yes"})
    assert 'value="yes" checked' in shown.text.split("<details>")[0]
    visitor(app, origin=HOST).post("/komentar", data={"token": token_in(shown.text)})
    assert not comments(database)[0].wants_replies


def test_letters_wait_for_the_first_build_which_says_where_links_lead(tmp_path, database, box, monkeypatch):
    app = office(tmp_path, database, monkeypatch)
    monkeypatch.setenv("KENTONGAN_MODERATORS", "ratri@koperasi.example")
    write(app)
    unbuilt = Room(database, tmp_path / "elsewhere", BuildStatus())
    go_round(unbuilt, Office(name="Koperasi Maju"))
    assert box == []
    go_round(Room(database, tmp_path / "output", BuildStatus()), Office(name="Koperasi Maju"))
    [(_, _, text, _)] = box
    assert "https://koperasi.example/admin/komentar/" in text
