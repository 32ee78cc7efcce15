"""Who is to be told of what, and the messages that wait to be sent."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.web import is_public
from kentongan.webhooks.tables import Delivery, Webhook

SAVED, PUBLISHED, SCHEDULED, TAKEN_DOWN = (
    "record.saved",
    "record.published",
    "record.scheduled",
    "record.taken_down",
)
EVENTS: Mapping[str, str] = {
    "create": SAVED,
    "save": SAVED,
    "restore": SAVED,
    "publish": PUBLISHED,
    "schedule": SCHEDULED,
    "take-down": TAKEN_DOWN,
}
"""The event that an action is, by its name in the audit log."""
MOST = 20
_HTTPS = re.compile(r"https://(?:\[[0-9a-fA-F:.]+\]|[^\W_](?:[\w.-]*[^\W_])?\.?)(?::(?P<port>\d{1,5}))?(?:[/?]\S*)?")
_PRIVATE = (".localhost", ".local", ".internal", ".home.arpa")
"""Names that no public server has (RFC 6761, 6762, 8375)."""
_SECRET_BYTES = 32


class Webhooks:
    """The webhooks of one office."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Webhook]:
        """All of them, oldest first."""
        with self._database.reading() as session:
            return list(session.scalars(select(Webhook).order_by(Webhook.id)))

    def add(self, url: str, events: Collection[str], now: datetime) -> Webhook:
        """A new webhook; its secret is handed out with it.

        :raises KentonganError: when *url* is not HTTPS or plainly not public, an event is unknown, or there are too
            many webhooks.
        """
        if len(url) > 500 or not _can_be_asked(url):
            raise KentonganError(
                Message("“{text}” is not a web address.", {"text": url[:80]}), Message("Begin it with https://.")
            )
        if _is_private(urlsplit(url).hostname or ""):
            raise KentonganError(
                Message("“{text}” is in a network of its own.", {"text": url[:80]}),
                Message("Name a server that everybody can reach."),
            )
        unknown = sorted(set(events) - set(EVENTS.values()))
        if unknown or not events:
            known = ", ".join(dict.fromkeys(EVENTS.values()))
            raise KentonganError(
                Message("“{text}” is no event.", {"text": unknown[0] if unknown else ""}),
                Message("Choose one of: {choices}.", {"choices": known}),
            )
        if len(self.all()) >= MOST:
            raise KentonganError(Message("There are {number} webhooks already.", {"number": MOST}))
        secret = f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"
        with self._database.session() as session:
            webhook = Webhook(url=url, secret=secret, events=sorted(set(events)), made=now)
            session.add(webhook)
            session.flush()
            return webhook

    def get(self, id_: int) -> Webhook | None:
        """The webhook *id_*; ``None``: there is none."""
        with self._database.reading() as session:
            return session.get(Webhook, id_)

    def remove(self, id_: int) -> bool:
        """Forgets the webhook *id_* and what it has not been told. Whether there was one."""
        with self._database.session() as session:
            session.execute(delete(Delivery).where(Delivery.webhook_id == id_))
            webhook = session.get(Webhook, id_)
            if webhook:
                session.delete(webhook)
            return webhook is not None

    def waiting(self, id_: int) -> list[Delivery]:
        """What the webhook *id_* has not been told yet, oldest first."""
        with self._database.reading() as session:
            mine = select(Delivery).where(Delivery.webhook_id == id_).order_by(Delivery.id)
            return list(session.scalars(mine))


def _can_be_asked(url: str) -> bool:
    """Whether *url* is HTTPS and names a host and a port that there can be (RFC 3986)."""
    found = _HTTPS.fullmatch(url) if url.isprintable() else None
    return found is not None and 0 < int(found["port"] or 443) < 65_536


def _is_private(host: str) -> bool:
    """Whether *host* says by itself that not everybody can reach it; what a name leads to is looked at on delivery."""
    try:
        return not is_public(host)
    except ValueError:
        name = host.rstrip(".").lower()
        return "." not in name or name.endswith(_PRIVATE)


def announce(database: Database, action: str, path: str, now: datetime) -> None:
    """Puts a message about *action* on the record *path* into the outbox of each webhook that asks for it."""
    event = EVENTS.get(action)
    if event is None:
        return
    with database.session() as session:
        for webhook in session.scalars(select(Webhook)):
            if event in webhook.events:
                message = f"msg_{secrets.token_hex(16)}"
                session.add(Delivery(webhook_id=webhook.id, message=message, body=_body(event, path, now), due=now))


def _body(event: str, path: str, now: datetime) -> str:
    folder, _, name = path.partition("/")
    id_ = name.removesuffix(".md")
    data = {"type": folder, "id": id_, "url": f"/api/v1/{folder}/{id_}"}
    return json.dumps({"type": event, "timestamp": now.isoformat(timespec="seconds"), "data": data})
