"""What somebody may ask of us by law (UU 27/2022): everything we hold of them, and to have it erased."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kentongan.comments import erasing
from kentongan.comments.comments import Comments, email_hash
from kentongan.comments.erasing import Erased
from kentongan.comments.tables import Comment, Reader


def export(comments: Comments, email: str) -> list[dict[str, Any]]:
    """Every comment that was sent with *email*, with all that is kept of it, the oldest first."""
    with comments.database.reading() as session:
        reader = _reader(session, comments, email)
        return [_told(one) for one in _mine(session, reader)] if reader else []


def export_all(comments: Comments) -> list[dict[str, Any]]:
    """Every comment there is, without e-mail addresses and hashes of network addresses."""
    with comments.database.reading() as session:
        return [_told(one) for one in session.scalars(select(Comment).order_by(Comment.id))]


def erase(comments: Comments, email: str) -> Erased:
    """Removes every comment that was sent with *email*, and the address itself."""
    with comments.database.session() as session:
        reader = _reader(session, comments, email)
        done = erasing.remove_all_of(session, reader) if reader else Erased()
    comments.database.settle()
    return done


def _reader(session: Session, comments: Comments, email: str) -> Reader | None:
    return session.scalar(select(Reader).where(Reader.hash == email_hash(comments.secret, email)))


def _mine(session: Session, reader: Reader) -> list[Comment]:
    return list(session.scalars(select(Comment).where(Comment.reader_id == reader.id).order_by(Comment.id)))


def _told(one: Comment) -> dict[str, Any]:
    return {
        "id": one.id,
        "thread": one.thread,
        "parent": one.parent_id,
        "name": one.name,
        "text": one.text,
        "state": one.state,
        "made": one.made.isoformat(),
        "edited": one.edited.isoformat() if one.edited else None,
        "question": one.asks,
        "wants_replies": one.wants_replies,
        "source": one.source,
        "origin": one.origin,
    }
