"""Carries messages out of the outbox, each at least once, and tries again for a day and more where nobody answers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from kentongan.database import Database
from kentongan.web import Answer, NoAnswer, ask
from kentongan.webhooks.tables import Delivery

BACKOFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
)
"""How long to wait after each failed attempt; after the last the message is given up, and kept to be looked at."""
_EVERY_SECONDS = 2.0
_AT_ONCE = 20
_PATIENCE_SECONDS = 10.0

Send = Callable[..., Answer]


class Courier:
    """Sends what is due. Several may work on one database: each message is claimed before it is sent."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC), send: Send = ask
    ) -> None:
        self._database, self._clock, self._send = database, clock, send
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begins to work in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the work, after the message in hand."""
        self._stop.set()
        self._thread.join(timeout=_PATIENCE_SECONDS)

    def deliver(self) -> int:
        """Tries everything that is due once; how many were tried."""
        with self._database.reading() as session:
            due = select(Delivery).where(Delivery.due <= self._clock()).order_by(Delivery.due).limit(_AT_ONCE)
            found = list(session.scalars(due))
        claimed = [delivery for delivery in found if self._claim(delivery)]
        for delivery in claimed:
            self._try(delivery)
        return len(claimed)

    def _work(self) -> None:
        while not self._stop.wait(_EVERY_SECONDS):
            with suppress(SQLAlchemyError):  # a database that is away for a while has what is due afterwards too
                self.deliver()

    def _claim(self, delivery: Delivery) -> bool:
        """Counts the attempt and sets the next before sending: a courier that dies has lost nothing."""
        wait = BACKOFF[delivery.attempts] if delivery.attempts < len(BACKOFF) else None
        due = self._clock() + wait if wait else None
        mine = (Delivery.id == delivery.id, Delivery.attempts == delivery.attempts)
        with self._database.session() as session:
            claim = update(Delivery).where(*mine).values(attempts=delivery.attempts + 1, due=due)
            return bool(session.execute(claim).rowcount)  # type: ignore[attr-defined]

    def _try(self, delivery: Delivery) -> None:
        trouble = self._sent(delivery)
        with self._database.session() as session:
            one = Delivery.id == delivery.id
            done = update(Delivery).where(one).values(trouble=trouble) if trouble else delete(Delivery).where(one)
            session.execute(done)

    def _sent(self, delivery: Delivery) -> str:
        """Sends it; why it did not arrive, "" where it did. A redirect is no arrival (RFC 9110, 15.4)."""
        headers = signed(delivery.message, delivery.webhook.secret, delivery.body, self._clock())
        try:
            answer = self._send(
                delivery.webhook.url,
                method="POST",
                body=delivery.body.encode(),
                headers=headers,
                seconds=_PATIENCE_SECONDS,
                public_only=True,
            )
        except NoAnswer as error:
            return str(error)[:300]
        return "" if 200 <= answer.status < 300 else f"HTTP {answer.status}"


def signed(message: str, secret: str, body: str, now: datetime) -> dict[str, str]:
    """The headers by which a receiver knows that *body* is ours, and new: HMAC-SHA256 of id, timestamp and body."""
    stamp = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{message}.{stamp}.{body}".encode(), hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "Webhook-Id": message,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": f"v1,{base64.b64encode(mac).decode()}",
    }
