"""Comments from the form to the public snapshot, on a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kentongan.comments import snapshot
from kentongan.comments.comments import Comments
from kentongan.comments.draft import Unfit
from kentongan.comments.moderation import public
from kentongan.comments.secret import Secret
from kentongan.comments.snapshot import Snapshot
from kentongan.comments.tables import State
from kentongan.comments.threads import Thread
from kentongan.errors import KentonganError

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
THREAD = Thread("articles/kabar", "Kabar", "https://koperasi.example/berita/kabar/", True, None, False)


def test_a_first_comment_waits_and_is_public_once_it_is_approved(hand):
    comment = hand.write()
    assert comment.state == State.PENDING
    assert public(hand.comments, None).threads == {}
    hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    [shown] = public(hand.comments, None).threads["articles/kabar"]
    assert (shown.name, shown.text, shown.made) == ("Bu Ratmi", "Terima kasih, bermanfaat sekali.", hand.now)
    assert snapshot.read(hand.comments.database.state) == public(hand.comments, "/komentar")
    offering = public(hand.comments, "/komentar", letters=True)
    assert (offering.letters, Snapshot.from_bytes(offering.to_bytes())) == (True, offering)


def test_undo_puts_back_what_was(hand):
    comment = hand.write()
    approved = hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    edited = hand.moderation.edit(comment.id, "Diubah", "ratri")
    assert public(hand.comments, None).threads["articles/kabar"][0].edited
    hand.moderation.undo([edited], "ratri")
    assert public(hand.comments, None).threads["articles/kabar"][0].text == "Terima kasih, bermanfaat sekali."
    hand.moderation.undo(approved, "ratri")
    assert public(hand.comments, None).threads == {}
    assert [one.id for one in hand.moderation.queue()] == [comment.id]


def test_undo_takes_back_one_decision_and_no_later_one(hand):
    comment = hand.write()
    approved = hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    first = hand.moderation.edit(comment.id, "Diubah sekali", "ratri")
    second = hand.moderation.edit(comment.id, "Diubah dua kali", "dwi")
    with pytest.raises(KentonganError):
        hand.moderation.undo(approved, "ratri")
    hand.moderation.undo([second], "dwi")
    kept = hand.comments.own(hand.comments.own_token(comment))
    assert (kept.text, kept.edited is not None, kept.decided_by) == ("Diubah sekali", True, "ratri")
    hand.moderation.undo([first, *approved], "ratri")
    kept = hand.comments.own(hand.comments.own_token(comment))
    assert (kept.state, kept.edited, kept.decided) == (State.PENDING, None, None)


def test_one_token_makes_one_comment(hand):
    token = hand.comments.preview(hand.draft(), THREAD)
    hand.now += timedelta(seconds=5)
    first = hand.comments.post(token, "203.0.113.7", lambda _: THREAD)
    again = hand.comments.post(token, "203.0.113.8", lambda _: THREAD)
    assert first.id == again.id
    assert hand.moderation.count() == 1


@pytest.mark.parametrize("after", [timedelta(seconds=1), timedelta(hours=13)])
def test_a_preview_is_looked_at_neither_too_shortly_nor_too_long(hand, after):
    token = hand.comments.preview(hand.draft(), THREAD)
    hand.now += after
    with pytest.raises(Unfit):
        hand.comments.post(token, "203.0.113.7", lambda _: THREAD)


def test_an_altered_token_is_refused(hand):
    token = hand.comments.preview(hand.draft(), THREAD)
    hand.now += timedelta(seconds=5)
    for altered in (token[:-4] + "AAAA", "x" + token, "", token.replace(".", "")):
        with pytest.raises(Unfit):
            hand.comments.post(altered, "203.0.113.7", lambda _: THREAD)


def test_a_closed_thread_takes_nothing(hand):
    closed = Thread("articles/lama", "Lama", "https://koperasi.example/berita/lama/", True, NOON, False)
    with pytest.raises(Unfit):
        hand.comments.preview(hand.draft(thread=closed.name), closed)
    with pytest.raises(Unfit):
        hand.comments.preview(hand.draft(thread="articles/tidak-ada"), None)


def test_floods_from_one_address_are_stopped_and_others_are_not(hand):
    for number in range(5):
        hand.write(text=f"Komentar nomor {number}")
    with pytest.raises(Unfit):
        hand.write(text="Satu lagi")
    assert hand.write(address="203.0.113.8", text="Dari orang lain")
    hand.now += timedelta(minutes=10)
    assert hand.write(text="Sepuluh menit kemudian")


def test_addresses_of_one_home_count_as_one(hand):
    for number in range(5):
        hand.write(address=f"2001:db8:1:1::{number}", text=f"Komentar nomor {number}")
    with pytest.raises(Unfit):
        hand.write(address="2001:db8:1:1:ffff::1", text="Satu lagi")


def test_the_same_comment_is_not_kept_twice(hand):
    hand.write()
    with pytest.raises(Unfit):
        hand.write()


def test_whoever_is_banned_is_not_taken_from_until_the_hash_is_purged(hand):
    comment = hand.write(email="nakal@contoh.example")
    hand.moderation.ban(comment.id, "ratri")
    with pytest.raises(Unfit):
        hand.write(text="Lagi")
    hand.now += timedelta(days=3)
    with pytest.raises(Unfit):
        hand.write(text="Lagi")
    with pytest.raises(Unfit):
        hand.write(address="198.51.100.9", text="Lagi", email="NAKAL@contoh.example")


def test_each_ban_of_a_writer_holds_until_it_is_taken_back_or_lifted(hand):
    bad = {"email": "nakal@contoh.example"}
    comments = [hand.write(text=f"Komentar {number}", **bad) for number in range(3)]
    first, second = (hand.moderation.ban(one.id, "ratri") for one in comments[:2])
    hand.moderation.undo([first], "ratri")
    for other in ({}, {"address": "198.51.100.9", **bad}):
        with pytest.raises(Unfit):
            hand.write(text="Lagi", **other)
    hand.moderation.undo([second], "ratri")
    assert hand.write(text="Lagi", **bad)
    hand.moderation.ban(comments[0].id, "ratri")
    hand.moderation.lift(comments[0].id, "ratri")
    hand.moderation.undo([hand.moderation.ban(comments[2].id, "ratri")], "ratri")
    assert hand.write(text="Sekali lagi", **bad)


def test_only_what_is_public_on_the_same_page_can_be_answered(hand):
    waiting = hand.write()
    assert hand.write(text="Menjawab", parent=str(waiting.id)).parent_id is None
    hand.moderation.decide([waiting.id], State.APPROVED, "ratri")
    assert hand.write(text="Menjawab sekarang", parent=str(waiting.id)).parent_id == waiting.id
    other = Thread("articles/lain", "Lain", "https://koperasi.example/berita/lain/", True, None, False)
    assert hand.write(thread=other, text="Dari halaman lain", parent=str(waiting.id)).parent_id is None


def test_the_office_answers_and_what_it_answers_is_shown(hand):
    comment = hand.write()
    hand.moderation.reply(comment.id, "Boleh sekali, Bu.", "Redaksi", "ratri")
    asked, answer = public(hand.comments, None).threads["articles/kabar"]
    assert (answer.parent, answer.office, answer.name) == (asked.id, True, "Redaksi")


def test_ones_own_comment_is_changed_or_taken_back_while_it_waits(hand):
    comment = hand.write()
    token = hand.comments.own_token(comment)
    assert hand.comments.change_own(token, "Ralat: bermanfaat.").text == "Ralat: bermanfaat."
    hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    with pytest.raises(Unfit):
        hand.comments.change_own(token, "Beli slot gacor")
    hand.comments.take_back(token)
    assert hand.comments.own(token) is None


def test_a_strangers_token_opens_nothing(hand, tmp_path):
    comment = hand.write()
    stranger = Comments(hand.comments.database, Secret.of(tmp_path / "elsewhere"))
    assert hand.comments.own(stranger.own_token(comment)) is None
    with pytest.raises(Unfit):
        hand.comments.change_own(stranger.own_token(comment), "Diubah orang")


def test_a_removed_comment_that_was_answered_leaves_a_nameless_place(hand):
    comment = hand.write(email="ratmi@contoh.example")
    hand.moderation.reply(comment.id, "Boleh.", "Redaksi", "ratri")
    hand.moderation.erase(comment.id, "ratri")
    place, answer = public(hand.comments, None).threads["articles/kabar"]
    assert (place.name, place.text, answer.parent) == ("", "", place.id)


def test_a_snapshot_survives_its_document(hand):
    comment = hand.write(text="Baris satu\nbaris dua")
    hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    found = public(hand.comments, "https://cms.example/komentar")
    assert snapshot.Snapshot.from_bytes(found.to_bytes()) == found
