"""A clock that stands until a test moves it, and a password that is good enough."""

from datetime import UTC, datetime

GOOD = "kuda besi makan pelangi"
BEGIN = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = BEGIN

    def __call__(self):
        return self.now
