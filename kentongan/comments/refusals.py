"""Whether the mail server takes letters: since when it does not, and when it is asked again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kentongan.comments.tables import Mark

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=1)
"""How long a server that took nothing is left alone, at least and at most."""
_FIRST, _LAST = "mail-refused", "mail-postponed"


def since(session: Session) -> datetime | None:
    """Since when no letter has been taken; ``None``: the last one was."""
    return session.scalar(select(Mark.at).where(Mark.name == _FIRST))


def rests(session: Session, now: datetime) -> bool:
    """Whether it is too early to try again: each time for as long as it has been refused already."""
    first = since(session)
    last = session.scalar(select(Mark.at).where(Mark.name == _LAST))
    return bool(first and last and now - last < min(max(last - first, SHORTEST), LONGEST))


def note(session: Session, now: datetime) -> None:
    """A letter was postponed."""
    if since(session) is None:
        session.add(Mark(name=_FIRST, at=now))
    session.merge(Mark(name=_LAST, at=now))


def forget(session: Session) -> None:
    """A letter was taken."""
    session.execute(delete(Mark).where(Mark.name.in_((_FIRST, _LAST))))
