"""The moderators' pages over HTTP: who may, what a button does, and that it can be undone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlalchemy import select

from kentongan.accounts import Accounts, Role, Sessions
from kentongan.comments import refusals, snapshot
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


def card(page, id_=1):
    """What the form of a card sends with any of its buttons, nothing typed."""
    form = re.search(rf'<form method="post" id="card-{id_}">.*?</form>', page, re.DOTALL)[0]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    areas = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', form)
    return fields | {name: unescape(text) for name, text in areas}


def press(moderator, do, id_=1, state="pending", **typed):
    """Presses a button of a card on the page of *state*."""
    place = f"{QUEUE}?state={state}"
    return moderator.post(place, data={**card(moderator.get(place).text, id_), "do": do, **typed})


def own_link(answer):
    return re.search(r'href="(/komentar/saya/[^"]+)"', answer.text)[1]


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
    done = press(moderator, "approve").headers["location"]
    assert list(snapshot.read(database.state).threads) == ["articles/kabar"]
    made = re.search(r'name="made" value="([\d-]+)"', moderator.get(done).text)[1]
    moderator.post(QUEUE, data={"do": "undo", "made": made})
    assert (kept(database).state, snapshot.read(database.state).threads) == (State.PENDING, {})


def test_many_at_once_and_undone_together(app, database, moderator):
    for number in range(3):
        write(app, text=f"Komentar nomor {number}")
    ticks = re.findall(r'name="(chosen-[13])" value="([^"]+)"', moderator.get(QUEUE).text)
    given = {"do": "reject", **dict(ticks)}
    done = moderator.post(f"{QUEUE}?state=pending", data=given).headers["location"]
    assert [kept(database, one).state for one in (1, 2, 3)] == ["rejected", "pending", "rejected"]
    made = re.search(r'name="made" value="([\d-]+)"', moderator.get(done).text)[1]
    moderator.post(QUEUE, data={"do": "undo", "made": made})
    assert {kept(database, one).state for one in (1, 2, 3)} == {"pending"}


def test_an_answer_an_edit_a_ban_and_an_erasure(app, database, moderator):
    for number in range(3):
        write(app, text=f"Komentar nomor {number}")
    press(moderator, "reply", answer="Boleh, Bu.")
    press(moderator, "edit", state="approved", text="Disingkat.")
    press(moderator, "ban", 2)
    press(moderator, "erase", 3)
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
    answer = press(moderator, "reply", answer=" ", text="Sudah saya singkat")
    assert (answer.status_code, "Jawabannya belum ditulis." in answer.text) == (422, True)
    assert card(answer.text)["text"] == "Sudah saya singkat"
    assert moderator.post(QUEUE, data={"comment": "99", "do": "ban"}).status_code == 422
    assert moderator.post(QUEUE, data={"comment": "x", "do": "nothing"}).status_code == 422


@pytest.mark.parametrize("do", ["approve", "reply", "reject", "spam", "edit", "ban"])
def test_what_a_moderator_has_not_read_is_not_decided_on(app, database, moderator, do):
    own = own_link(write(app))
    seen = card(moderator.get(QUEUE).text)
    visitor(app, origin=HOST).post(own, data={"text": "Hubungi Budi di pasar"})
    answer = moderator.post(QUEUE, data={**seen, "do": do, **({"answer": "Boleh."} if do == "reply" else {})})
    assert (answer.status_code, kept(database).state, kept(database).text) == (422, "pending", "Hubungi Budi di pasar")
    assert "Penulisnya mengubah tulisannya." in answer.text
    assert card(answer.text)["text"] == "Hubungi Budi di pasar"


def test_what_became_spam_while_it_was_read_is_not_shown_but_laid_before_the_moderator(app, database, moderator):
    own = own_link(write(app))
    seen = card(moderator.get(QUEUE).text)
    visitor(app, origin=HOST).post(own, data={"text": "slot gacor maxwin deposit bonus daftar sekarang"})
    answer = moderator.post(QUEUE, data={**seen, "do": "approve", "text": "Disunting."})
    assert kept(database).state == State.SPAM
    assert ("slot gacor" in answer.text, card(answer.text)["text"]) == (True, "Disunting.")


def test_nobody_overrules_a_colleague_from_an_old_page(app, database, moderator):
    write(app)
    seen = card(moderator.get(QUEUE).text)
    press(moderator, "reject")
    answer = moderator.post(QUEUE, data={**seen, "do": "approve"})
    assert (answer.status_code, kept(database).state) == (422, State.REJECTED)
    assert "Sekarang ditampilkan" not in answer.text


def test_what_its_writer_took_back_is_not_said_to_be_shown(app, database, moderator):
    own = own_link(write(app))
    seen = card(moderator.get(QUEUE).text)
    visitor(app, origin=HOST).post(own, data={"do": "remove"})
    assert kept(database) is None
    answer = moderator.post(QUEUE, data={**seen, "do": "approve"})
    assert (answer.status_code, "Sekarang ditampilkan" in answer.text) == (422, False)


def test_of_many_none_is_decided_on_where_one_has_changed(app, database, moderator):
    own = [own_link(write(app, text=f"Komentar nomor {number}")) for number in range(2)]
    ticks = dict(re.findall(r'name="(chosen-\d)" value="([^"]+)"', moderator.get(QUEUE).text))
    visitor(app, origin=HOST).post(own[1], data={"text": "Lain sama sekali"})
    assert moderator.post(QUEUE, data={"do": "approve", **ticks}).status_code == 422
    assert {kept(database, one).state for one in (1, 2)} == {"pending"}


def test_nothing_chosen_is_nothing_done(app, moderator):
    write(app)
    answer = moderator.post(QUEUE, data={"do": "approve"})
    assert (answer.status_code, "Belum ada yang dipilih." in answer.text) == (422, True)


def test_whatever_was_typed_into_a_card_goes_with_its_buttons(app, database, moderator):
    for number in range(3):
        write(app, text=f"Nomor saya 0812-{number}")
    done = press(moderator, "approve", text="Nomor saya ada").headers["location"]
    assert (kept(database).text, kept(database).state) == ("Nomor saya ada", State.APPROVED)
    made = re.search(r'name="made" value="([\d-]+)"', moderator.get(done).text)[1]
    moderator.post(QUEUE, data={"do": "undo", "made": made})
    assert (kept(database).text, kept(database).state) == ("Nomor saya 0812-0", State.PENDING)
    press(moderator, "approve", 2, answer="Kami telepon.")
    press(moderator, "reply", 3, answer="Kami telepon juga.", text="Nomor saya juga ada")
    shown = snapshot.read(database.state).threads["articles/kabar"]
    assert [(one.text, one.edited) for one in shown] == [
        ("Nomor saya 0812-1", False),
        ("Nomor saya juga ada", True),
        ("Kami telepon.", False),
        ("Kami telepon juga.", False),
    ]


@pytest.mark.parametrize("do", ["edit", "reject", "spam", "ban", "erase"])
def test_no_button_drops_an_answer_that_was_typed(app, database, moderator, do):
    write(app)
    refused = press(moderator, do, answer="Hampir hilang", text="Diubah")
    assert (refused.status_code, card(refused.text)["answer"]) == (422, "Hampir hilang")
    assert kept(database).state == State.PENDING


def test_a_ban_is_lifted_by_undo_or_later_by_its_card_or_for_all(app, database, moderator):
    write(app, email="nakal@contoh.example")
    done = press(moderator, "ban").headers["location"]
    made = re.search(r'name="made" value="([\d-]+)"', moderator.get(done).text)[1]
    assert write(app, text="Lagi").status_code == 409
    moderator.post(QUEUE, data={"do": "undo", "made": made})
    assert write(app, text="Satu", email="nakal@contoh.example").status_code == 200
    press(moderator, "ban")
    assert "tidak diterima lagi<" in moderator.get(f"{QUEUE}?state=spam").text
    press(moderator, "lift", state="spam")
    assert write(app, text="Dua", email="nakal@contoh.example").status_code == 200
    press(moderator, "ban", 2)
    moderator.post(QUEUE, data={"comment": "2", "seen": "", "do": "erase"})
    assert write(app, text="Tiga").status_code == 409
    assert 'value="lift-all"' in moderator.get(f"{QUEUE}?state=spam").text
    moderator.post(QUEUE, data={"do": "lift-all"})
    assert write(app, text="Tiga", email="nakal@contoh.example").status_code == 200


def test_a_host_hears_of_questions_that_the_filter_set_apart(app, moderator):
    write(app, thread="episodes/tangguh", text="slot gacor maxwin deposit bonus daftar sekarang")
    for page in ("pertanyaan/?thread=episodes/tangguh", "pertanyaan/"):
        told = moderator.get(f"{QUEUE}{page}").text
        assert '<a href="/admin/komentar/?state=spam">1 pertanyaan disisihkan' in told


def test_only_what_was_done_is_told_and_only_to_whoever_did_it(app, database, moderator, owner):
    write(app)
    done = press(moderator, "approve").headers["location"]
    told = 'role="status"'
    assert told in moderator.get(done).text
    assert told not in owner.get(done).text
    assert not any(told in moderator.get(f"{QUEUE}?did={forged}").text for forged in ("erase&undo=1", "approve", "x.y"))
    moderator.post(
        QUEUE, data={"do": "undo", "made": re.search(r'name="made" value="(\d+)"', moderator.get(done).text)[1]}
    )
    assert 'value="undo"' not in moderator.get(done).text, "it has been taken back"


def test_a_name_that_reads_like_the_offices_is_pointed_out(app, moderator):
    write(app, name="K0perasi Maju")
    assert "mirip nama kantor" in moderator.get(QUEUE).text


def test_a_moderator_sees_that_no_letter_goes_out(tmp_path, database, monkeypatch):
    monkeypatch.setenv("KENTONGAN_SMTP_URL", "smtp://127.0.0.1:1/?from=redaksi@koperasi.example")
    owner = somebody(office(tmp_path, database, monkeypatch), database, Role.OWNER)
    assert "kentongan doctor" not in owner.get(QUEUE).text
    with database.session() as session:
        refusals.note(session, datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert "kentongan doctor" in owner.get(QUEUE).text


def test_links_of_a_comment_cannot_be_pressed_and_scripts_are_words(app, moderator):
    write(app, name="<b>Bu</b>", text="<script>1</script> [klik](https://jahat.example)")
    page = moderator.get(QUEUE).text
    assert 'href="https://jahat.example"' not in page
    assert "<script" not in page
    assert "&lt;b&gt;Bu" in page


def test_what_looks_like_spam_is_confirmed_so_that_the_filter_learns(app, database, moderator):
    write(app, text="slot gacor maxwin deposit bonus daftar sekarang")
    assert 'class="go" name="do" value="spam"' in moderator.get(f"{QUEUE}?state=spam").text
    press(moderator, "spam", state="spam")
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
    press(moderator, "approve")
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
    press(moderator, "approve")
    [line] = [one for one in Accounts(database).audit() if one.action.startswith("comment-")]
    assert (line.who, line.action, line.target) == ("orang-moderator", "comment-approved", "comment 1")
    assert not any("Rahasia" in f"{one.target} {one.note}" for one in Accounts(database).audit())


def test_a_comment_by_number_is_one_row(app, database):
    write(app)
    with database.reading() as session:
        assert len(session.scalars(select(Comment)).all()) == 1
