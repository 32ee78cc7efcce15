"""The moderators' pages over HTTP: who may, what a button does, and that it can be undone."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kentongan.accounts import Accounts, Role, Sessions
from kentongan.comments import snapshot
from kentongan.comments.tables import Comment, State
from tests.cms.commenting import HOST, office, visitor, write
from tests.databases import empty_database

QUEUE = "/admin/komentar/"


@pytest.fixture
def database(tmp_path, database_url):
    with empty_database(tmp_path / "var", database_url) as database:
        yield database


@pytest.fixture
def app(tmp_path, database, monkeypatch):
    return office(tmp_path, database, monkeypatch)


def somebody(app, database, role):
    """A browser at this machine in which somebody with *role* is logged in."""
    accounts = Accounts(database)
    token = accounts.owner_link() if accounts.is_empty() else accounts.invite("X", role, "test")
    account = accounts.accept(token, f"orang-{role.value}"[:20], "Ratri", "kuda besi makan pelangi")
    if account.role is not role:
        accounts.invite("Y", Role.OWNER, "test")
    found = visitor(app, "127.0.0.1", HOST)
    found.cookies.set("kentongan", Sessions(database).begin(account, "test"))
    return found


@pytest.fixture
def owner(app, database):
    return somebody(app, database, Role.OWNER)


@pytest.fixture
def moderator(app, database, owner):
    return somebody(app, database, Role.MODERATOR)


def kept(database, id_=1):
    with database.reading() as session:
        return session.get(Comment, id_)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.BROADCASTER])
def test_others_neither_see_nor_decide(app, database, owner, role):
    write(app)
    other = somebody(app, database, role)
    assert other.get(QUEUE).status_code == 403
    assert other.post(QUEUE, data={"comment": "1", "do": "approve"}).status_code == 403
    assert other.get(f"{QUEUE}pertanyaan/?thread=episodes/tangguh").status_code == 403
    assert QUEUE not in other.get("/admin/").text
    assert kept(database).state == State.PENDING
    assert visitor(app, "127.0.0.1", HOST).get(QUEUE).status_code == 303


def test_another_site_cannot_decide_for_a_moderator(app, database, moderator):
    write(app)
    answer = moderator.post(QUEUE, data={"comment": "1", "do": "approve"}, headers={"origin": "https://jahat.example"})
    assert (answer.status_code, kept(database).state) == (403, State.PENDING)


def test_what_is_approved_is_in_the_snapshot_and_undone_by_one_button(app, database, moderator):
    write(app)
    page = moderator.get(QUEUE).text
    assert "Terima kasih, bermanfaat sekali." in page
    done = moderator.post(QUEUE, data={"comment": "1", "do": "approve"}).headers["location"]
    assert list(snapshot.read(database.state).threads) == ["articles/kabar"]
    made = re.search(r'name="made" value="([\d-]+)"', moderator.get(done).text)[1]
    moderator.post(QUEUE, data={"do": "undo", "made": made})
    assert (kept(database).state, snapshot.read(database.state).threads) == (State.PENDING, {})


def test_many_at_once_and_undone_together(app, database, moderator):
    for number in range(3):
        write(app, text=f"Komentar nomor {number}")
    given = {"do": "reject", "chosen-1": "yes", "chosen-3": "yes"}
    done = moderator.post(f"{QUEUE}?state=pending", data=given).headers["location"]
    assert [kept(database, one).state for one in (1, 2, 3)] == ["rejected", "pending", "rejected"]
    made = re.search(r'name="made" value="([\d-]+)"', moderator.get(done).text)[1]
    moderator.post(QUEUE, data={"do": "undo", "made": made})
    assert {kept(database, one).state for one in (1, 2, 3)} == {"pending"}


def test_an_answer_an_edit_a_ban_and_an_erasure(app, database, moderator):
    for number in range(3):
        write(app, text=f"Komentar nomor {number}")
    moderator.post(QUEUE, data={"comment": "1", "do": "reply", "answer": "Boleh, Bu."})
    moderator.post(QUEUE, data={"comment": "1", "do": "edit", "text": "Disingkat."})
    moderator.post(QUEUE, data={"comment": "2", "do": "ban"})
    moderator.post(QUEUE, data={"comment": "3", "do": "erase"})
    shown = snapshot.read(database.state).threads["articles/kabar"]
    assert [(one.name, one.text, one.edited) for one in shown] == [
        ("Bu Ratmi", "Disingkat.", True),
        ("Koperasi Maju", "Boleh, Bu.", False),
    ]
    assert (kept(database, 2).state, kept(database, 3)) == ("spam", None)
    assert "token" not in visitor(app).post("/komentar/", data={}).text
    assert write(app, text="Lagi").status_code == 409


def test_what_cannot_be_done_is_said_at_its_card(app, moderator):
    write(app)
    answer = moderator.post(QUEUE, data={"comment": "1", "do": "reply", "answer": " "})
    assert (answer.status_code, "Jawabannya belum ditulis." in answer.text) == (422, True)
    assert moderator.post(QUEUE, data={"comment": "99", "do": "ban"}).status_code == 422
    assert moderator.post(QUEUE, data={"comment": "x", "do": "nothing"}).status_code == 303


def test_links_of_a_comment_cannot_be_pressed_and_scripts_are_words(app, moderator):
    write(app, name="<b>Bu</b>", text="<script>1</script> [klik](https://jahat.example)")
    page = moderator.get(f"{QUEUE}?state=spam").text
    assert 'href="https://jahat.example"' not in page
    assert "<script" not in page
    assert "&lt;b&gt;Bu" in page


def test_what_looks_like_spam_is_confirmed_so_that_the_filter_learns(app, database, moderator):
    write(app, text="slot gacor maxwin deposit bonus daftar sekarang")
    assert 'class="go" name="do" value="spam"' in moderator.get(f"{QUEUE}?state=spam").text
    moderator.post(QUEUE, data={"comment": "1", "do": "spam"})
    assert kept(database).decided_by == "orang-moderator"
    assert 'value="spam"' not in moderator.get(f"{QUEUE}?state=spam").text.split('id="many"')[0]


def test_questions_are_listed_for_the_host_in_the_order_in_which_they_came(app, moderator):
    for text in ("Pertama?", "Kedua?"):
        write(app, thread="episodes/tangguh", text=text)
    page = moderator.get(f"{QUEUE}pertanyaan/?thread=episodes/tangguh").text
    assert page.index("Pertama?") < page.index("Kedua?")


def test_talks_with_questions_are_listed_and_each_list_says_what_can_be_read(app, database, moderator):
    for text in ("Pertama?", "Kedua?"):
        write(app, thread="episodes/tangguh", text=text)
    moderator.post(QUEUE, data={"comment": "1", "do": "approve"})
    listed = moderator.get(f"{QUEUE}pertanyaan/").text
    assert 'href="/admin/komentar/pertanyaan/?thread=episodes/tangguh"' in listed
    assert "2 pertanyaan" in listed
    assert moderator.get(f"{QUEUE}pertanyaan/?thread=episodes/tangguh").text.count("terbaca di situs") == 1


def test_the_first_page_counts_what_waits_for_who_may_decide(app, database, owner, moderator):
    assert "perlu dibaca" not in moderator.get("/admin/").text
    write(app, text="Pertama")
    write(app, text="Kedua", address="198.51.100.1")
    write(app, thread="episodes/tangguh", text="Bagaimana?", address="198.51.100.2")
    write(app, text="slot gacor maxwin deposit bonus daftar sekarang", address="198.51.100.3")
    page = moderator.get("/admin/").text
    assert '<a href="/admin/komentar/"><b>2 tanggapan perlu dibaca</b>' in page
    assert '<a href="/admin/komentar/pertanyaan/"><b>1 pertanyaan untuk narasumber</b>' in page
    assert "perlu dibaca" not in somebody(app, database, Role.CONTRIBUTOR).get("/admin/").text


def test_every_decision_is_in_the_audit_log_and_says_nothing_of_what_was_written(app, database, moderator):
    write(app, text="Rahasia kecil")
    moderator.post(QUEUE, data={"comment": "1", "do": "approve"})
    [line] = [one for one in Accounts(database).audit() if one.action.startswith("comment-")]
    assert (line.who, line.action, line.target) == ("orang-moderator", "comment-approved", "comment 1")
    assert not any("Rahasia" in f"{one.target} {one.note}" for one in Accounts(database).audit())


def test_a_comment_by_number_is_one_row(app, database):
    write(app)
    with database.reading() as session:
        assert len(session.scalars(select(Comment)).all()) == 1
