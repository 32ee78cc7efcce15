"""What somebody may ask of us by law (UU 27/2022): everything we hold of them, and to have it erased."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kentongan.comments import erasing
from kentongan.comments.comments import Comments, email_hash
from kentongan.comments.erasing import Erased
from kentongan.comments.tables import Comment, Reader


def mine(comments: Comments, email: str) -> list[Comment]:
    """Every comment that was sent with *email*, the oldest first."""
    with comments.database.reading() as session:
        sent = select(Comment).join(Reader).where(Reader.hash == email_hash(comments.secret, email))
        return list(session.scalars(sent.order_by(Comment.id)))


def export(comments: Comments, email: str) -> list[dict[str, Any]]:
    """The same, with all that is kept of each."""
    return [_told(one) for one in mine(comments, email)]


def export_all(comments: Comments) -> list[dict[str, Any]]:
    """Every comment there is, without e-mail addresses and hashes of network addresses."""
    with comments.database.reading() as session:
        return [_told(one) for one in session.scalars(select(Comment).order_by(Comment.id))]


def erase(comments: Comments, email: str) -> Erased:
    """Removes every comment that was sent with *email*, and the address itself."""
    with comments.database.session() as session:
        reader = session.scalar(select(Reader).where(Reader.hash == email_hash(comments.secret, email)))
        done = erasing.remove_all_of(session, reader) if reader else Erased()
    comments.database.settle()
    return done


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
