"""Comments as readers make them: posted, looked at again by who wrote them, changed or taken back while they wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Insert, ScalarSelect, bindparam, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kentongan.comments import erasing
from kentongan.comments.addresses import Addresses
from kentongan.comments.draft import Draft, Unfit, redeem, ticket
from kentongan.comments.erasing import Erased
from kentongan.comments.learning import Learning
from kentongan.comments.secret import Forged, Secret
from kentongan.comments.spam import Filter
from kentongan.comments.tables import Ban, Comment, Reader, Source, State
from kentongan.comments.text import LONGEST, tidy
from kentongan.comments.threads import Thread
from kentongan.database import Database
from kentongan.language import Message

PER_ADDRESS = ((5, timedelta(minutes=10)), (30, timedelta(days=1)))
"""So many comments are taken from one network address within that time."""
PER_THREAD = (60, timedelta(hours=1))
_OWN = "comment-own"

Clock = Callable[[], datetime]


class Comments:
    """What readers may do. *post* is where forms send to; it is written into the public snapshot."""

    def __init__(self, database: Database, secret: Secret, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self.database, self.secret, self.clock = database, secret, clock
        self._addresses = Addresses(secret)
        self._learning = Learning(database)

    def preview(self, draft: Draft, thread: Thread | None) -> str:
        """A token for *draft*, to be given back by :meth:`post`.

        :raises Unfit: when nothing is taken on this thread.
        """
        with _keeping(draft):
            self._require_open(thread)
        return ticket(self.secret, draft, self.clock())

    def post(
        self, token: str, address: str, find: Callable[[str], Thread | None], *, replies: bool | None = None
    ) -> Comment:
        """Keeps the draft in *token*, sent from the network *address*; the same token gives the same comment again.

        *replies*: whether its writer wants mail of answers after all (``None``: as the draft says).

        :raises Unfit: when it cannot be taken.
        """
        now = self.clock()
        draft, nonce = redeem(self.secret, token, now)
        used = self.secret.hash("ticket", nonce)
        thread = find(draft.thread)
        learnt = self.filter()

        def keep(connection: Connection) -> Comment:
            self._require_room(connection, draft, address, now)
            verdict = learnt.judge(draft.name, draft.text)
            kept = {
                "thread": draft.thread,
                "parent_id": self._parent(connection, draft),
                "name": draft.name,
                "text": draft.text,
                "state": State.SPAM if verdict.is_spam else State.PENDING,
                "reasons": " ".join(verdict.reasons),
                "source": Source.FORM,
                "made": now.replace(microsecond=0),
                "asks": bool(thread and thread.asks),
                "wants_replies": bool(draft.email) and (draft.wants_replies if replies is None else replies),
                "address": self._addresses.hashed(connection, address, now.date()),
                "ticket": used,
                "reader_id": self._reader(connection, draft.email) if draft.email else None,
            }
            return Comment(id=_number(connection, _INSERT, kept), **kept)

        with _keeping(draft):
            try:
                self._require_open(thread)
                return self.database.together(keep)
            except (IntegrityError, Unfit):
                if kept := self._by_ticket(used):  # the same form was sent twice
                    return kept
                raise

    def own_token(self, comment: Comment) -> str:
        """A token with which its writer finds *comment* again."""
        return self.secret.sign(_OWN, comment.id)

    def own(self, token: str) -> Comment | None:
        """The comment of :meth:`own_token`; ``None``: it is gone, or *token* is not of ours."""
        with suppress(Forged), self.database.reading() as session:
            return session.get(Comment, self.secret.signed(_OWN, token))
        return None

    def change_own(self, token: str, text: str) -> Comment:
        """Gives one's own comment another text, as long as nobody has decided on it.

        :raises Unfit: when it cannot be.
        """
        text = tidy(text)
        if not text or len(text.encode()) > LONGEST:
            raise Unfit("text", Message("This text is empty or too long."), Message("Write a shorter one."))
        with self.database.session() as session:
            comment = self._own_in(session, token)
            if comment.state not in (State.PENDING, State.SPAM) or comment.decided:
                raise Unfit("text", Message("The office has read it already, so it stays as it is."))
            verdict = self.filter().judge(comment.name, text)
            comment.text, comment.reasons = text, " ".join(verdict.reasons)
            comment.state = State.SPAM if verdict.is_spam else State.PENDING
            return comment

    def take_back(self, token: str) -> Erased:
        """Removes one's own comment for good.

        :raises Unfit: when it is not there.
        """
        with self.database.session() as session:
            gone = erasing.remove(session, self._own_in(session, token))
        self.database.settle()
        return gone

    def filter(self) -> Filter:
        """The filter, as the last decisions make it."""
        return self._learning.filter()

    def relearn(self) -> None:
        """Makes the next judgement know of the last decision."""
        self._learning.again()

    def _by_ticket(self, used: str) -> Comment | None:
        with self.database.reading() as session:
            return session.scalar(select(Comment).where(Comment.ticket == used))

    def _own_in(self, session: Session, token: str) -> Comment:
        try:
            comment = session.get(Comment, self.secret.signed(_OWN, token), with_for_update={"of": Comment})
        except Forged:
            comment = None
        if comment is None:
            raise Unfit("token", Message("This comment is not here any more."))
        return comment

    def _require_open(self, thread: Thread | None) -> None:
        if thread is None or not thread.is_open(self.clock()):
            raise closed()

    def _require_room(self, connection: Connection, draft: Draft, address: str, now: datetime) -> None:
        """Asks all at once, for it is asked while others wait."""
        today, before = (self._addresses.hashed(connection, address, day.date()) for day in (now, now - _LONGEST))
        asked = {"today": today, "before": before, "thread": draft.thread, "name": draft.name, "text": draft.text}
        since = {f"since{place}": now - within for place, (_, within) in enumerate(_LIMITS)}
        *found, twins, banned = connection.execute(_ROOM, asked | since).one()
        if banned and self._addresses.is_banned(connection, address, now.date()):
            raise _not_from_here()
        if any(number >= most for number, (most, _) in zip(found, _LIMITS, strict=True)):
            raise Unfit(
                "thread", Message("Many comments came within a short time."), Message("Try again a little later.")
            )
        if twins:
            raise Unfit("text", Message("This has been sent already."), Message("You need not do anything more."))

    def _parent(self, connection: Connection, draft: Draft) -> int | None:
        """What it answers: only what is public on the same thread can be answered."""
        if draft.parent is None:
            return None
        public = (Comment.thread == draft.thread, Comment.state == State.APPROVED)
        return connection.scalar(select(Comment.id).where(Comment.id == draft.parent, *public))

    def _reader(self, connection: Connection, email: str) -> int:
        """The number of the reader with the address *email*."""
        key = email_hash(self.secret, email)
        chosen = select(Reader.id, Reader.banned, Reader.sealed).where(Reader.hash == key)
        found = connection.execute(chosen).one_or_none()
        if found is None:
            try:
                with connection.begin_nested():
                    return _number(connection, insert(Reader), {"hash": key, "sealed": self.secret.seal(email)})
            except IntegrityError:  # another process was quicker
                found = connection.execute(chosen).one()
        if found.banned:
            raise _not_from_here()
        if not found.sealed:  # what a ban outlived, was lifted
            connection.execute(update(Reader).where(Reader.id == found.id).values(sealed=self.secret.seal(email)))
        return int(found.id)


def closed() -> Unfit:
    """What to say where nothing more is taken."""
    return Unfit("thread", Message("Nothing more is taken here."), Message("Ask the office in another way."))


@contextmanager
def _keeping(draft: Draft) -> Iterator[None]:
    """What is refused keeps what was written."""
    try:
        yield
    except Unfit as unfit:
        unfit.draft = draft
        raise


def _number(connection: Connection, new: Insert, kept: Mapping[str, object]) -> int:
    """The number of a *new* row with what is *kept*."""
    made = connection.execute(new, kept).inserted_primary_key
    return int(made[0] if made else 0)


_INSERT = insert(Comment)
_LONGEST = max(within for _, within in PER_ADDRESS)


def email_hash(secret: Secret, email: str) -> str:
    """By what a reader is found. Mail goes to one person whatever the case of the letters."""
    return secret.hash("email", email.strip().casefold())


def _count(most: int, *where: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many there are; nobody counts on, once there are *most*."""
    found = select(literal(1)).select_from(Comment).where(*where).limit(most)
    return select(func.count()).select_from(found.subquery()).scalar_subquery()


_LIMITS = (*PER_ADDRESS, PER_THREAD)
_FROM = Comment.address.in_((bindparam("today"), bindparam("before")))
_HERE = Comment.thread == bindparam("thread")
_ROOM = select(
    *(_count(most, _FROM, Comment.made > bindparam(f"since{place}")) for place, (most, _) in enumerate(PER_ADDRESS)),
    _count(PER_THREAD[0], _HERE, Comment.made > bindparam(f"since{len(PER_ADDRESS)}")),
    _count(1, _HERE, Comment.name == bindparam("name"), Comment.text == bindparam("text")),
    select(func.count()).select_from(Ban).scalar_subquery(),
)
"""How many came from an address and on a thread lately, whether this one is among them, whether anybody is banned."""


def _not_from_here() -> Unfit:
    return Unfit("thread", Message("Nothing is taken from here at the moment."))
