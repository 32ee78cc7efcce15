"""What is done beside requests: letters that are due, the digest for moderators, forgetting what is old enough."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import timedelta

from kentongan.comments import erasing
from kentongan.comments.erasing import Retention
from kentongan.comments.tables import Mark
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import Office

from .room import Room

MODERATORS_VARIABLE = "KENTONGAN_MODERATORS"
"""Addresses of those who want the digest, with commas between them."""
EVERY_SECONDS = 30.0
_PURGED_EVERY = timedelta(hours=12)


def keep_going(
    room: Room, office: Callable[[], Office], stop: threading.Event, fail: Callable[[KentonganError], None]
) -> None:
    """Makes a round every half minute until *stop* is set. A round that fails is told, and the next one tries again."""
    while not stop.wait(EVERY_SECONDS):
        try:
            go_round(room, office())
        except KentonganError as error:
            fail(error)
        except Exception as error:  # the thread must outlive whatever one round meets
            fail(KentonganError(Message("A round of letters failed: {error}.", {"error": type(error).__name__})))


def go_round(room: Room, office: Office) -> None:
    """One round; *office* says how long what is kept."""
    _purge(room, Retention.of(office))
    letters = room.letters
    if letters and "://" in letters.address:  # the first build says where the site is
        letters.send_due()
        moderators = [one.strip() for one in os.environ.get(MODERATORS_VARIABLE, "").split(",")]
        letters.send_digest([one for one in moderators if one])


def _purge(room: Room, keep: Retention) -> None:
    now = room.comments.clock()
    with room.comments.database.session() as session:
        mark = session.get(Mark, "purge")
        if mark and now - mark.at < _PURGED_EVERY:
            return
        session.merge(Mark(name="purge", at=now))
        erasing.purge(session, now, keep)
    room.comments.database.settle()
