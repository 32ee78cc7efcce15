"""A visitor and a clock that can be turned, on a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kentongan.comments.comments import Comments
from kentongan.comments.draft import Draft
from kentongan.comments.moderation import Moderation, publisher
from kentongan.comments.secret import Secret
from kentongan.comments.threads import Thread

THREAD = Thread("articles/kabar", "Kabar", "https://koperasi.example/berita/kabar/", True, None, False)


class Hand:
    """Writes comments on one thread; ``now`` is what its clock says."""

    def __init__(self, database):
        self.now = datetime(2026, 7, 1, 12, tzinfo=UTC)
        self.comments = Comments(database, Secret.of(database.state), lambda: self.now)
        self.moderation = Moderation(self.comments, publisher(self.comments, "/komentar"))

    def draft(self, **fields):
        form = {"thread": THREAD.name, "name": "Bu Ratmi", "text": "Terima kasih, bermanfaat sekali."} | fields
        return Draft.of(form)

    def write(self, address="203.0.113.7", thread=THREAD, **fields):
        token = self.comments.preview(self.draft(thread=thread.name, **fields), thread)
        self.now += timedelta(seconds=5)
        return self.comments.post(token, address, lambda _: thread)


@pytest.fixture
def hand(database):
    return Hand(database)
