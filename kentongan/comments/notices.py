"""Letters about comments: asked for twice before the first (double opt-in), and ended by one click (RFC 8058)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial

from sqlalchemy import ColumnElement, Update, func, select, update
from sqlalchemy.orm import Session

from kentongan.comments import refusals
from kentongan.comments.comments import Comments, email_hash
from kentongan.comments.mail import Mailer, Postponed
from kentongan.comments.moderation import look
from kentongan.comments.secret import Forged
from kentongan.comments.tables import Comment, Mark, Reader, Source, State
from kentongan.comments.text import plain
from kentongan.comments.threads import Threads
from kentongan.errors import KentonganError
from kentongan.language import Message

DIGEST_EVERY = timedelta(hours=6)
LINK_LASTS = timedelta(days=2)
_RECENT = timedelta(days=7)
"""What was decided longer ago, or came with an import, nobody is told of."""
_ASKED_AT_MOST_EVERY = timedelta(hours=1)


class Way(StrEnum):
    """What a link in a letter is for."""

    CONFIRM = "confirm"
    """The address is theirs, and they want to be told of answers."""
    STOP = "stop"
    """They want no more of it."""
    MINE = "mine"
    """A comment sent with their address is theirs."""
    DATA = "data"
    """They want to see what is kept of them, and perhaps have it erased."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link of a letter holds: for what, and which comment by its number, or which reader by their hash.

    A reader's number may come to be another one's, once theirs is erased.
    """

    way: Way
    key: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter that is due: what sends it, and what is undone when it was postponed."""

    send: Callable[[], int]
    give_back: Update


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes in *language*; links lead below *address*, the absolute one of ``/komentar``."""

    comments: Comments
    mailer: Mailer
    address: str
    language: str
    threads: Callable[[], Threads]

    def send_due(self) -> int:
        """Sends what is due, each at most once; how many letters that were.

        :raises KentonganError: the last trouble of them, once all were tried. What was postponed is tried again.
        """
        return 0 if self._rests() else self._deliver([*self._asked(), *self._due()])

    def send_digest(self, moderators: Sequence[str]) -> bool:
        """Tells *moderators* how many comments wait, at most every six hours; whether it did."""
        now = self.comments.clock()
        with self.comments.database.session() as session:
            waiting = session.scalar(select(func.count()).where(Comment.state == State.PENDING, Comment.text != ""))
            mark = session.get(Mark, "digest")
            early = (mark and now - mark.at < DIGEST_EVERY) or refusals.rests(session, now)
            if not (waiting and moderators) or early:
                return False
            before = mark.at if mark else now - DIGEST_EVERY
            session.merge(Mark(name="digest", at=now))
        place = f"{self.address.removesuffix('/komentar')}/admin/komentar/"
        subject = self._told(Message("Comments wait: {count}", {"count": waiting}))
        try:
            for one in moderators:
                self.mailer.send(one, subject, f"{subject}\n\n{place}\n")
        except Postponed:
            with self.comments.database.session() as session:
                session.merge(Mark(name="digest", at=before))
                refusals.note(session, now)
            raise
        self._note(len(moderators), ())
        return True

    def send_data_link(self, email: str) -> bool:
        """Sends a link to all that is kept of *email* to that address, now or as soon as its letter is taken; whether
        anything is kept."""
        with self.comments.database.session() as session:
            key = email_hash(self.comments.secret, email)
            reader = session.scalar(select(Reader).where(Reader.hash == key, Reader.sealed != ""))
            if reader is None:
                return False
            reader.asked = self.comments.clock()
        if not self._rests():
            self._deliver(self._asked(Reader.hash == key))
        return True

    def ticket(self, token: str) -> Ticket | None:
        """What *token* is for; ``None``: it is over, or not of ours."""
        try:
            way, key, at = self.comments.secret.signed("comment-letter", token)
            ticket, made = Ticket(Way(way), str(key)), datetime.fromtimestamp(at, UTC)
        except (Forged, ValueError, TypeError):
            return None
        lasts = LINK_LASTS if ticket.way is Way.DATA else timedelta(days=400)
        return ticket if self.comments.clock() - made < lasts else None

    def stop(self, comment: int) -> None:
        """No more letters about answers to *comment*, nor to others of the same person on that page."""
        with self.comments.database.session() as session:
            found = session.get(Comment, comment)
            if found and found.reader_id:
                same = (Comment.reader_id == found.reader_id, Comment.thread == found.thread)
                session.execute(update(Comment).where(*same).values(wants_replies=False))

    def confirm(self, reader: str) -> bool:
        """The address of *reader*, by its hash, is theirs; whether anything is kept of them."""
        with self.comments.database.session() as session:
            found = session.scalar(select(Reader).where(Reader.hash == reader, Reader.sealed != ""))
            if found and not found.confirmed:
                found.confirmed = self.comments.clock()
            return found is not None

    def _due(self) -> list[Owed]:
        """Of which comments somebody is to be told, or their writers asked."""
        since = self.comments.clock() - _RECENT
        chosen = (Comment.told.is_(None), Comment.source.in_((Source.FORM, Source.OFFICE)))
        recent = func.coalesce(Comment.decided, Comment.made) > since
        known = select(Reader.id).where(Reader.confirmed.is_not(None))
        states = (Comment.state == State.APPROVED) | ((Comment.state == State.PENDING) & Comment.reader_id.in_(known))
        with self.comments.database.reading() as session:
            found = session.scalars(select(Comment.id).where(*chosen, recent, states).order_by(Comment.id)).all()
        return [
            Owed(partial(self._tell, one), update(Comment).where(Comment.id == one).values(told=None)) for one in found
        ]

    def _asked(self, *which: ColumnElement[bool]) -> list[Owed]:
        """Who is to get a link to their data."""
        chosen = select(Reader.hash, Reader.asked).where(Reader.asked > self.comments.clock() - LINK_LASTS, *which)
        with self.comments.database.reading() as session:
            found = session.execute(chosen).all()
        return [
            Owed(partial(self._send_data, key), update(Reader).where(Reader.hash == key).values(asked=asked))
            for key, asked in found
        ]

    def _deliver(self, owed: Sequence[Owed]) -> int:
        sent = 0
        trouble: KentonganError | None = None
        postponed = []
        for one in owed:
            try:
                sent += one.send()
            except Postponed as error:
                postponed.append(one.give_back)
                trouble = error
            except KentonganError as error:
                trouble = error
        self._note(sent, postponed)
        if trouble:
            raise trouble
        return sent

    def _note(self, sent: int, postponed: Sequence[Update]) -> None:
        """Whether the mail server took anything, and what is still owed."""
        if not (sent or postponed):
            return
        with self.comments.database.session() as session:
            if sent:
                refusals.forget(session)
            for give_back in postponed:
                session.execute(give_back)
            if postponed:
                refusals.note(session, self.comments.clock())

    def _rests(self) -> bool:
        """Whether a letter was postponed just now."""
        with self.comments.database.reading() as session:
            return refusals.rests(session, self.comments.clock())

    def _send_data(self, key: str) -> int:
        """Claims a wish before its letter goes out, as :meth:`_tell` does a comment."""
        with self.comments.database.session() as session:
            reader = session.scalar(select(Reader).where(Reader.hash == key).with_for_update())
            if reader is None or reader.asked is None:
                return 0
            reader.asked = None
        text = Message("With this link you see what we keep of you, and can have it erased. It works for two days.")
        subject = Message("What we keep of you at {office}", {"office": self.threads().office})
        return self._write(reader, subject, text, Way.DATA, key)

    def _tell(self, id_: int) -> int:
        """Claims a comment before any letter goes out, so that two processes never send it twice."""
        with self.comments.database.session() as session:
            comment = session.get(Comment, id_, with_for_update={"of": Comment})
            if comment is None or comment.told:
                return 0
            if comment.state == State.PENDING and not self._may_ask(session, comment):
                return 0
            comment.told = self.comments.clock()
            parent = session.get(Comment, comment.parent_id) if comment.parent_id else None
        if comment.state == State.PENDING:
            return self._ask_whose(comment)
        return self._ask_whether(comment) + self._answered(comment, parent)

    def _may_ask(self, session: Session, comment: Comment) -> bool:
        """Only somebody known is asked whether a comment is theirs, and not often, whoever types their address."""
        reader = comment.reader
        if reader is None or reader.confirmed is None or reader.banned:
            return False
        mine = Comment.reader_id == reader.id
        known = session.scalar(select(Comment.id).where(mine, Comment.state == State.APPROVED).limit(1))
        recent = Comment.told > self.comments.clock() - _ASKED_AT_MOST_EVERY
        return known is not None and session.scalar(select(Comment.id).where(mine, recent).limit(1)) is None

    def _ask_whose(self, comment: Comment) -> int:
        subject = Message("Did you write this at {office}?", {"office": self.threads().office})
        text = Message("With this link your comment is shown at once. If it is not yours, do nothing.")
        return self._write(comment.reader, subject, text, Way.MINE, f"{comment.id} {look(comment)}", comment)

    def _ask_whether(self, comment: Comment) -> int:
        reader = comment.reader
        if not (comment.wants_replies and reader and reader.confirmed is None) or self._was_asked(comment):
            return 0
        subject = Message("Shall we tell you of answers at {office}?", {"office": self.threads().office})
        text = Message("Somebody gave this address for that. If it was you, follow this link; if not, do nothing.")
        return self._write(reader, subject, text, Way.CONFIRM, reader.hash)

    def _was_asked(self, comment: Comment) -> bool:
        """Whether a letter asked the same address before: who does not answer, does not want to be asked again."""
        mine = (Comment.reader_id == comment.reader_id, Comment.id != comment.id, Comment.wants_replies)
        with self.comments.database.reading() as session:
            return session.scalar(select(Comment.id).where(*mine, Comment.told.is_not(None)).limit(1)) is not None

    def _answered(self, comment: Comment, parent: Comment | None) -> int:
        if parent is None or not parent.wants_replies or parent.reader is None or not parent.reader.confirmed:
            return 0
        if parent.reader_id == comment.reader_id:
            return 0
        thread = self.threads().named.get(comment.thread)
        subject = Message("{name} has answered you", {"name": comment.name})
        page = f"{thread.url}#komentar-{comment.id}" if thread else ""
        text = Message("You find it at {page}\nWith this link no more letters come.", {"page": page})
        return self._write(parent.reader, subject, text, Way.STOP, str(parent.id), comment)

    def _write(
        self,
        reader: Reader | None,
        subject: Message,
        text: Message,
        way: Way,
        key: str,
        about: Comment | None = None,
    ) -> int:
        to = self.comments.secret.unseal(reader.sealed) if reader else None
        if to is None:
            return 0
        self._send(to, subject, text, way, key, f"\n\n{plain(about.text)}" if about else "")
        return 1

    def _send(self, to: str, subject: Message, text: Message, way: Way, key: str, quoted: str = "") -> None:
        made = int(self.comments.clock().timestamp())
        link = f"{self.address}/surat/{self.comments.secret.sign('comment-letter', [way, key, made])}"
        once = {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        headers = once if way is Way.STOP else {}
        self.mailer.send(to, self._told(subject), f"{self._told(text)}\n\n{link}{quoted}\n", headers)

    def _told(self, message: Message) -> str:
        return message.told(self.language)
