"""What is forgotten, and when: one comment, one person, and whatever has been kept for long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kentongan.comments import addresses
from kentongan.comments.tables import Comment, Decision, Reader, State
from kentongan.model import Office


@dataclass(frozen=True, slots=True)
class Retention:
    """How long rejected comments and spam are kept, which the filter learns from; and an e-mail address, after the
    last comment that was sent with it."""

    refused: timedelta
    email: timedelta

    @classmethod
    def of(cls, office: Office) -> Self:
        """As ``site.yml`` says."""
        told = office.comments
        return cls(timedelta(days=told.keep_refused), timedelta(days=told.keep_email))


@dataclass(frozen=True, slots=True)
class Erased:
    """How many comments were removed whole, and of how many a nameless place stays for the answers below it.

    ``public_since``: from when on one of them may have been on the site (``None``: none of them ever was).
    """

    removed: int = 0
    emptied: int = 0
    public_since: datetime | None = None

    def __add__(self, other: Erased) -> Erased:
        instants = [one for one in (self.public_since, other.public_since) if one]
        return Erased(self.removed + other.removed, self.emptied + other.emptied, min(instants, default=None))


def remove(session: Session, comment: Comment) -> Erased:
    """Removes *comment* for good. One that was answered leaves an empty place."""
    was_public = select(Decision.id).where(Decision.comment_id == comment.id, Decision.after == State.APPROVED)
    shown = comment.state == State.APPROVED or session.scalar(was_public.limit(1)) is not None
    session.execute(delete(Decision).where(Decision.comment_id == comment.id))
    answered = session.scalar(select(Comment.id).where(Comment.parent_id == comment.id).limit(1)) is not None
    if answered:
        comment.name = comment.text = comment.reasons = ""
        comment.reader = comment.address = comment.origin = comment.ticket = comment.decided_by = None
        comment.wants_replies = comment.asks = False
    else:
        session.delete(comment)
    session.flush()
    forget_readers(session)
    return Erased(int(not answered), int(answered), comment.made if shown else None)


def remove_all_of(session: Session, reader: Reader) -> Erased:
    """Removes every comment of *reader*, answers before what they answer, and then *reader* but for a ban."""
    mine = session.scalars(select(Comment).where(Comment.reader_id == reader.id).order_by(Comment.id.desc())).all()
    gone = sum((remove(session, comment) for comment in mine), Erased())
    forget_readers(session)
    return gone


def forget_readers(session: Session) -> None:
    """Removes e-mail addresses that belong to no comment any more. A ban outlives its comments, as a mere hash."""
    unheld = Reader.id.not_in(select(Comment.reader_id).where(Comment.reader_id.is_not(None)))
    session.execute(delete(Reader).where(Reader.banned.is_(None), unheld))
    session.execute(update(Reader).where(unheld, Reader.sealed != "").values(sealed=""))


def purge(session: Session, now: datetime, keep: Retention) -> None:
    """Forgets what has been kept for long enough."""
    addresses.purge(session, now)
    refused = (Comment.state.in_((State.SPAM, State.REJECTED)), Comment.made < now - keep.refused)
    for comment in session.scalars(select(Comment).where(*refused)).all():
        remove(session, comment)
    last = select(Comment.reader_id).group_by(Comment.reader_id).having(func.max(Comment.made) < now - keep.email)
    for comment in session.scalars(select(Comment).where(Comment.reader_id.in_(last))).all():
        comment.reader, comment.wants_replies = None, False
    session.flush()
    forget_readers(session)
