"""Network addresses: only as a hash by a salt of the day, so that floods can be stopped and nobody can be followed."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from ipaddress import ip_address

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kentongan.comments.secret import Secret
from kentongan.comments.tables import Ban, Comment, Salt

KEPT = timedelta(days=30)
"""How long a hash is kept."""


class Addresses:
    """Hashes addresses. What is drawn for a day is remembered once it is kept."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret
        self._salts: dict[date, str] = {}

    def hashed(self, connection: Connection, address: str, day: date) -> str:
        """The hash of *address* on *day*."""
        return self._secret.hash(f"address {self._salt(connection, day)}", network(address))

    def is_banned(self, connection: Connection, address: str, today: date) -> bool:
        """Whether *address* was banned on any day whose salt is still there."""
        salts = connection.scalars(select(Salt.salt).where(Salt.day > today - KEPT))
        hashes = [self._secret.hash(f"address {salt}", network(address)) for salt in salts]
        return connection.scalar(select(Ban.address).where(Ban.address.in_(hashes)).limit(1)) is not None

    def _salt(self, connection: Connection, day: date) -> str:
        if known := self._salts.get(day):
            return known
        if found := _kept(connection, day):
            self._salts = {**{one: self._salts[one] for one in sorted(self._salts)[-3:]}, day: found}
            return found
        return _drawn(connection, day)


def purge(session: Session, now: datetime) -> None:
    """Forgets every hash that is older than 30 days, and the salts without which the others tell nothing."""
    old = now - KEPT
    session.execute(delete(Salt).where(Salt.day <= old.date()))
    session.execute(delete(Ban).where(Ban.at <= old))
    session.execute(update(Comment).where(Comment.made <= old, Comment.address.is_not(None)).values(address=None))


def _kept(connection: Connection, day: date) -> str | None:
    return connection.scalar(select(Salt.salt).where(Salt.day == day))


def _drawn(connection: Connection, day: date) -> str:
    """A new salt, unless another process was quicker."""
    drawn = secrets.token_hex(16)
    try:
        with connection.begin_nested():
            connection.execute(insert(Salt).values(day=day, salt=drawn))
    except IntegrityError:
        return _kept(connection, day) or drawn
    return drawn


def network(address: str) -> str:
    """Whose *address* it is: a home has one IPv4 address, and of IPv6 at least a /64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if mapped := getattr(found, "ipv4_mapped", None):
        return str(mapped)
    return found.exploded[:19] if found.version == 6 else str(found)
