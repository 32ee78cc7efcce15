"""Letters: asked for twice before the first, ended by one click, never more than one of a kind."""

from __future__ import annotations

import re
import socketserver
import threading
from contextlib import suppress
from datetime import timedelta

import pytest

from kentongan.comments import privacy, refusals
from kentongan.comments.mail import Mailer, Postponed
from kentongan.comments.notices import Letters, Way
from kentongan.comments.tables import State
from kentongan.comments.threads import Threads
from kentongan.errors import KentonganError
from kentongan.language import Message
from tests.unit.comments.conftest import THREAD

EMAIL = "ratmi@contoh.example"


class Box(Mailer):
    """Keeps letters instead of sending them."""

    letters: list
    refusals: list

    def send(self, to, subject, text, headers=None):
        if self.refusals:
            raise self.refusals.pop()
        self.letters.append((to, subject, text, headers or {}))


@pytest.fixture
def box():
    made = Box("127.0.0.1", 25, "redaksi@koperasi.example")
    object.__setattr__(made, "letters", [])
    object.__setattr__(made, "refusals", [])
    return made


@pytest.fixture
def letters(hand, box):
    threads = Threads("Koperasi Maju", "https://koperasi.example/", {THREAD.name: THREAD})
    return Letters(hand.comments, box, "https://koperasi.example/komentar", "id", lambda: threads)


def token(letter):
    return re.search(r"/surat/(\S+)", letter[2])[1]


def confirmed(hand, letters, box):
    comment = hand.write(email=EMAIL, replies="yes")
    hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    letters.send_due()
    letters.confirm(letters.ticket(token(box.letters.pop())).key)
    return comment


def test_nobody_is_written_to_before_their_comment_is_approved(hand, letters, box):
    comment = hand.write(email=EMAIL, replies="yes")
    assert letters.send_due() == 0
    hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    assert letters.send_due() == 1
    assert letters.send_due() == 0
    [(to, _, _, _)] = box.letters
    assert to == EMAIL
    assert letters.ticket(token(box.letters[0])).way is Way.CONFIRM


def test_an_address_that_does_not_answer_is_asked_once(hand, letters, box):
    """Whoever types somebody's address makes them get one letter, not one for each comment."""
    for number in range(3):
        comment = hand.write(email=EMAIL, replies="yes", text=f"Komentar {number}")
        hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    assert (letters.send_due(), letters.send_due()) == (1, 0)


def test_a_wish_is_asked_about_however_long_the_office_took_to_read_it(hand, letters, box):
    comment = hand.write(email=EMAIL, replies="yes")
    hand.now += timedelta(days=20)
    hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    assert letters.send_due() == 1


@pytest.mark.parametrize(("kind", "again"), [(Postponed, 1), (KentonganError, 0)])
def test_a_letter_that_is_not_taken_now_goes_out_later_and_holds_up_no_other(hand, letters, box, kind, again):
    for number in range(2):
        comment = hand.write(email=f"{number}-{EMAIL}", replies="yes", text=f"Komentar {number}")
        hand.moderation.decide([comment.id], State.APPROVED, "ratri")
    box.refusals.append(kind(Message("451")))
    with pytest.raises(kind):
        letters.send_due()
    assert [to for to, *_ in box.letters] == [f"1-{EMAIL}"]
    hand.now += timedelta(minutes=6)
    assert letters.send_due() == again
    assert letters.send_due() == 0


def test_a_link_to_ones_data_goes_out_as_soon_as_its_letter_is_taken(hand, letters, box):
    hand.write(email=EMAIL)
    box.refusals.append(Postponed(Message("451")))
    with pytest.raises(Postponed):
        letters.send_data_link(EMAIL)
    assert (letters.send_data_link(EMAIL), box.letters) == (True, []), "the server is left alone for a while"
    hand.now += timedelta(minutes=6)
    assert letters.send_due() == 1
    assert letters.ticket(token(box.letters[0])).way is Way.DATA
    assert letters.send_due() == 0


def test_who_refuses_for_long_is_asked_ever_more_seldom(hand, letters, box):
    hand.write(email=EMAIL)
    box.refusals.extend([Postponed(Message("451"))] * 6)
    with suppress(Postponed):
        letters.send_data_link(EMAIL)
    tried = []
    for minute in range(1, 200):
        hand.now += timedelta(minutes=1)
        left = len(box.refusals)
        with suppress(Postponed):
            letters.send_due()
        tried += [minute] if len(box.refusals) < left else []
    assert tried == [5, 10, 20, 40, 80]
    assert box.letters
    with hand.comments.database.reading() as session:
        assert refusals.since(session) is None


def test_a_digest_that_is_not_taken_now_goes_out_soon(hand, letters, box):
    hand.write()
    box.refusals.append(Postponed(Message("451")))
    with pytest.raises(Postponed):
        letters.send_digest(["ratri@koperasi.example"])
    assert not letters.send_digest(["ratri@koperasi.example"])
    hand.now += timedelta(minutes=6)
    assert letters.send_digest(["ratri@koperasi.example"])


@pytest.mark.parametrize(
    ("reply", "kind"), [(b"451 4.7.1 later", Postponed), (b"550 5.1.1 nobody", KentonganError), (b"", Postponed)]
)
def test_what_a_server_says_tells_whether_to_try_again(reply, kind):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.heard, server.to = [], reply
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mailer = Mailer.of(f"smtp://127.0.0.1:{server.server_address[1]}/?from=redaksi@koperasi.example")
        with pytest.raises(KentonganError) as caught:
            mailer.send(EMAIL, "Halo", "Isi surat")
        server.shutdown()
    assert type(caught.value) is kind


def test_an_answer_is_told_after_the_address_was_confirmed_and_no_more_after_one_click(hand, letters, box):
    comment = confirmed(hand, letters, box)
    hand.moderation.reply(comment.id, "Boleh, Bu.", "Redaksi", "ratri")
    assert letters.send_due() == 1
    [(to, _, text, headers)] = box.letters
    assert (to, "Boleh, Bu." in text) == (EMAIL, True)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert token(box.letters[0]) in headers["List-Unsubscribe"]
    ticket = letters.ticket(token(box.letters[0]))
    letters.stop(int(ticket.key))
    hand.moderation.reply(comment.id, "Satu lagi.", "Redaksi", "ratri")
    assert letters.send_due() == 0


def test_an_address_that_was_not_confirmed_hears_of_no_answer(hand, letters, box):
    comment = hand.write(email=EMAIL, replies="yes")
    hand.moderation.reply(comment.id, "Boleh.", "Redaksi", "ratri")
    letters.send_due()
    assert [letters.ticket(token(one)).way for one in box.letters] == [Way.CONFIRM]


def test_somebody_known_is_asked_whether_a_comment_is_theirs_and_not_often(hand, letters, box):
    confirmed(hand, letters, box)
    hand.now += timedelta(hours=2)
    for number in range(3):
        hand.write(email=EMAIL, text=f"Komentar {number}", address="198.51.100.4")
    assert letters.send_due() == 1
    assert letters.ticket(token(box.letters[0])).way is Way.MINE


def test_moderators_hear_of_what_waits_at_most_every_six_hours(hand, letters, box):
    assert not letters.send_digest(["ratri@koperasi.example"])
    hand.write()
    assert letters.send_digest(["ratri@koperasi.example"])
    assert not letters.send_digest(["ratri@koperasi.example"])
    hand.now += timedelta(hours=7)
    assert letters.send_digest(["ratri@koperasi.example"])


def test_a_link_to_ones_data_goes_to_that_address_alone_and_is_over_after_two_days(hand, letters, box):
    hand.write(email=EMAIL)
    assert not letters.send_data_link("orang.lain@contoh.example")
    assert letters.send_data_link(EMAIL.upper())
    [(to, *_)] = box.letters
    assert to == EMAIL
    assert letters.ticket(token(box.letters[0])).way is Way.DATA
    hand.now += timedelta(days=3)
    assert letters.ticket(token(box.letters[0])) is None
    assert letters.ticket("x") is None


def test_a_link_of_somebody_erased_opens_nothing_of_whoever_comes_next(hand, letters, box):
    """SQLite gives a number again; the one who has the old link must not have the new one's data."""
    first = hand.write(email=EMAIL)
    letters.send_data_link(EMAIL)
    assert privacy.erase(hand.comments, EMAIL).removed == 1
    second = hand.write(email="slamet@contoh.example", text="Lain")
    assert second.reader_id == first.reader_id
    ticket = letters.ticket(token(box.letters[0]))
    letters.confirm(ticket.key)
    reader = hand.comments.own(hand.comments.own_token(second)).reader
    assert (ticket.key == reader.hash, reader.confirmed) == (False, None)


class Conversation(socketserver.StreamRequestHandler):
    """The server's side of SMTP, as far as one letter needs it."""

    def handle(self):
        self.wfile.write(b"220 hi\r\n")
        lines, in_letter = [], False
        for line in self.rfile:
            lines.append(line)
            if line.lower().startswith(b"data"):
                self.wfile.write(b"354 go\r\n")
                in_letter = True
            elif line == b".\r\n":
                self.wfile.write(b"250 ok\r\n")
                in_letter = False
            elif line.lower().startswith(b"rcpt") and self.server.to is not None:
                if not self.server.to:
                    break
                self.wfile.write(self.server.to + b"\r\n")
            elif line.lower().startswith(b"quit"):
                self.wfile.write(b"221 bye\r\n")
                break
            elif not in_letter:
                self.wfile.write(b"250 ok\r\n")
        self.server.heard.append(b"".join(lines))


def test_a_letter_goes_out_by_smtp_and_no_subject_adds_a_header():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.heard, server.to = [], None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mailer = Mailer.of(f"smtp://127.0.0.1:{server.server_address[1]}/?from=redaksi@koperasi.example")
        mailer.send(EMAIL, "Halo\r\nBcc: semua@contoh.example", "Isi surat")
        server.shutdown()
    assert b"Subject: Halo Bcc: semua@contoh.example" in server.heard[0]
    assert b"\r\nBcc:" not in server.heard[0]


def test_the_link_that_ends_letters_is_in_its_header_as_it_is():
    """RFC 8058, 3.1: nothing decodes or unfolds it before it is read."""
    link = f"<https://koperasi.example/komentar/surat/{'a' * 200}>"
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.heard, server.to = [], None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mailer = Mailer.of(f"smtp://127.0.0.1:{server.server_address[1]}/?from=redaksi@koperasi.example")
        mailer.send(EMAIL, "Halo", "Isi surat", {"List-Unsubscribe": link})
        server.shutdown()
    assert f"\r\nList-Unsubscribe: {link}\r\n".encode() in server.heard[0]


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example/?from=a@b.example", "smtp://mail.example"])
def test_a_server_that_cannot_be_read_is_refused_in_words(url):
    with pytest.raises(KentonganError):
        Mailer.of(url)


def test_without_a_server_there_is_no_mail(monkeypatch):
    monkeypatch.delenv("KENTONGAN_SMTP_URL", raising=False)
    assert Mailer.of() is None
