"""What is kept of a person, and that nothing is once they ask for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from kentongan import model
from kentongan.backup import Office, restore, save
from kentongan.comments import erasing, privacy
from kentongan.comments.comments import Comments, email_hash
from kentongan.comments.erasing import Retention
from kentongan.comments.moderation import public
from kentongan.comments.secret import Secret
from kentongan.comments.tables import Reader, State
from kentongan.database import Database
from kentongan.errors import KentonganError

KEEP = Retention.of(model.Office(name="Koperasi Maju"))
EMAIL, ADDRESS, NAME, WORDS = "sulastri@contoh.example", "203.0.113.77", "Sulastri Wening", "Pendapat langka sekali"


def everything(state):
    """All bytes below the state folder, the write-ahead log included."""
    return b"".join(path.read_bytes() for path in sorted(state.rglob("*")) if path.is_file())


def test_neither_email_nor_address_is_anywhere_in_the_clear(hand):
    comment = hand.write(address=ADDRESS, email=EMAIL)
    hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    held = everything(hand.comments.database.state)
    for trace in (EMAIL, EMAIL.upper(), EMAIL.split("@", maxsplit=1)[0], ADDRESS):
        assert trace.encode() not in held
    assert hand.comments.secret.unseal(hand.comments.own(hand.comments.own_token(comment)).reader.sealed) == EMAIL


def test_without_the_secret_a_sealed_address_stays_shut(hand, tmp_path):
    sealed = hand.comments.secret.seal(EMAIL)
    assert Secret.of(tmp_path / "elsewhere").unseal(sealed) is None


def test_a_person_gets_all_that_is_kept_of_them(hand):
    hand.write(email=EMAIL, name=NAME, text=WORDS)
    hand.write(email="orang.lain@contoh.example", text="Lain")
    [told] = privacy.export(hand.comments, f" {EMAIL.upper()}")
    assert (told["name"], told["text"], told["state"]) == (NAME, WORDS, "pending")
    assert privacy.export(hand.comments, "tidak.ada@contoh.example") == []


def test_erasing_a_person_leaves_no_trace(hand):
    first = hand.write(address=ADDRESS, email=EMAIL, name=NAME, text=WORDS)
    hand.moderation.edit(first.id, f"{WORDS}, diubah", "ratri")
    hand.moderation.reply(first.id, "Terima kasih.", "Redaksi", "ratri")
    hand.write(address=ADDRESS, email=EMAIL, name=NAME, text=f"{WORDS} lagi")
    done = privacy.erase(hand.comments, EMAIL)
    assert (done.removed, done.emptied) == (1, 1)
    hand.moderation._publish()
    held = everything(hand.comments.database.state)
    for trace in (EMAIL, NAME, WORDS, hand.comments.secret.hash("email", EMAIL)):
        assert trace.encode() not in held
    assert [one.name for one in public(hand.comments, None).threads["articles/kabar"]] == ["", "Redaksi"]


def test_addresses_are_forgotten_after_thirty_days_and_emails_after_a_year(hand):
    comment = hand.write(address=ADDRESS, email=EMAIL)
    token = hand.comments.own_token(comment)
    hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    for days, has_address, has_email in ((29, True, True), (31, False, True), (366, False, False)):
        hand.now = comment.made + timedelta(days=days)
        with hand.comments.database.session() as session:
            erasing.purge(session, hand.now, KEEP)
        kept = hand.comments.own(token)
        assert (kept.address is not None, kept.reader is not None) == (has_address, has_email)


def test_an_email_is_kept_as_long_as_its_last_comment_asks_and_then_for_none_of_them(hand):
    """What somebody is shown, and what is erased, is all that was ever sent with their address."""
    first = hand.write(email=EMAIL)
    hand.now += timedelta(days=360)
    last = hand.write(email=EMAIL, text=WORDS)
    for days, held in ((370, [first.id, last.id]), (726, [])):
        with hand.comments.database.session() as session:
            erasing.purge(session, first.made + timedelta(days=days), KEEP)
        assert [one["id"] for one in privacy.export(hand.comments, EMAIL)] == held


def test_of_somebody_shut_out_a_hash_stays_and_no_address(hand):
    comment = hand.write(email=EMAIL)
    hand.moderation.ban(comment.id, "ratri")
    with hand.comments.database.session() as session:
        erasing.purge(session, comment.made + timedelta(days=400), KEEP)
        [reader] = session.scalars(select(Reader))
        assert (reader.sealed, reader.hash) == ("", email_hash(hand.comments.secret, EMAIL))


def test_nobody_lifts_their_own_ban_by_being_forgotten(hand):
    comment = hand.write(email=EMAIL)
    hand.moderation.ban(comment.id, "ratri")
    assert privacy.erase(hand.comments, EMAIL).removed == 1
    with hand.comments.database.reading() as session:
        [reader] = session.scalars(select(Reader))
        assert (reader.sealed, reader.banned is not None) == ("", True)


def test_an_office_may_keep_them_for_a_shorter_time(hand):
    office = model.Office.model_validate({"name": "Koperasi Maju", "comments": {"keep_email": 30, "keep_refused": 7}})
    said = hand.write(email=EMAIL)
    spam = hand.write(text="slot gacor maxwin deposit bonus link daftar")
    for days, kept in ((6, (True, True)), (8, (True, False)), (31, (False, False))):
        with hand.comments.database.session() as session:
            erasing.purge(session, hand.now + timedelta(days=days), Retention.of(office))
        found = [hand.comments.own(hand.comments.own_token(one)) for one in (said, spam)]
        assert (found[0].reader is not None, found[1] is not None) == kept


def test_spam_is_forgotten_after_half_a_year(hand):
    comment = hand.write(text="slot gacor maxwin deposit bonus link daftar")
    assert comment.state == State.SPAM
    hand.now += timedelta(days=181)
    with hand.comments.database.session() as session:
        erasing.purge(session, hand.now, KEEP)
    assert hand.moderation.queue(State.SPAM) == []


def test_the_same_address_on_two_days_is_two_hashes(hand):
    first = hand.write(address=ADDRESS)
    hand.now += timedelta(days=1)
    assert hand.write(address=ADDRESS, text="Besoknya").address != first.address


@pytest.mark.parametrize("text", ["", "rahasia", "AGE-SECRET-KEY-1AAAA"])
def test_a_secret_that_is_none_is_refused_in_words(text):
    with pytest.raises(KentonganError):
        Secret(text)


def test_a_backup_brings_comments_and_their_secret_back(hand, tmp_path):
    comment = hand.write(email=EMAIL, address=ADDRESS)
    state = hand.comments.database.state
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text("name: Kantor\n")
    file = save(Office(tmp_path / "content", state, state / "media"), tmp_path / "b.tar.zst", hand.now, verify=False)
    restore(file, tmp_path / "back")
    held = everything(tmp_path / "back")
    assert EMAIL.encode() not in held
    assert ADDRESS.encode() not in held
    database = Database(tmp_path / "back/var")
    try:
        back = Comments(database, Secret.of(tmp_path / "back/var")).own(hand.comments.own_token(comment))
        assert back.text == comment.text
        assert Secret.of(tmp_path / "back/var").unseal(back.reader.sealed) == EMAIL
        assert (tmp_path / "back/var/secret").stat().st_mode & 0o077 == 0
    finally:
        database.close()
