"""The filter that the moderators' decisions make, counted anew when there are others."""

from __future__ import annotations

import time
from threading import Lock

from sqlalchemy import func, select

from kentongan.comments.spam import Filter
from kentongan.comments.tables import Comment, Source, State
from kentongan.database import Database

LEARNT_FROM = 3000
"""How many of the newest decisions the filter is made of."""
_LOOK_SECONDS = 30.0
"""How often it is asked whether another process has decided anything."""
_DECIDED = (
    Comment.decided.is_not(None),
    Comment.state.in_((State.APPROVED, State.SPAM)),
    Comment.source == Source.FORM,
)


class Learning:
    """Keeps the filter of one process. One thread counts while the others go on with the last one."""

    def __init__(self, database: Database) -> None:
        self._database, self._counting = database, Lock()
        self._filter: Filter | None = None
        self._basis: object = None
        self._looked = 0.0

    def filter(self) -> Filter:
        """The filter, as the last decisions make it."""
        known = self._filter
        if known and time.monotonic() - self._looked < _LOOK_SECONDS:
            return known
        if not self._counting.acquire(blocking=known is None):
            return known or Filter()
        try:
            return self._newest()
        finally:
            self._counting.release()

    def again(self) -> None:
        """Makes the next judgement know of the last decision."""
        self._filter = None

    def _newest(self) -> Filter:
        looked = time.monotonic()
        with self._database.reading() as session:
            basis = tuple(session.execute(select(func.count(), func.max(Comment.decided)).where(*_DECIDED)).one())
            if self._filter is None or basis != self._basis:
                newest = select(Comment.name, Comment.text, Comment.state).where(*_DECIDED)
                rows = session.execute(newest.order_by(Comment.decided.desc()).limit(LEARNT_FROM))
                self._filter, self._basis = (
                    Filter((name, text, state == State.SPAM) for name, text, state in rows),
                    basis,
                )
        self._looked = looked
        return self._filter
