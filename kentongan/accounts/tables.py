"""Tables of accounts. Tokens are kept as their SHA-256: whoever reads the database cannot log in with what it holds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kentongan.accounts.roles import Role
from kentongan.database import Base, Instant


class Account(Base):
    """Somebody who may log in. ``password`` is an argon2id hash; ``None``: not chosen yet, so nobody can."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role_name: Mapped[str] = mapped_column("role", String(20))
    password: Mapped[str | None] = mapped_column(String(200))
    made: Mapped[datetime] = mapped_column(Instant)
    disabled: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def role(self) -> Role:
        return Role(self.role_name)


class Purpose(StrEnum):
    """What a one-time link is for."""

    OWNER = "owner"
    INVITE = "invite"
    RESET = "reset"


class Link(Base):
    """A way in that works once: for the first owner, for somebody invited, for a forgotten password."""

    __tablename__ = "link"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    ends: Mapped[datetime] = mapped_column(Instant)


class AccountSession(Base):
    """One device that is logged in."""

    __tablename__ = "session"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(String(120))
    made: Mapped[datetime] = mapped_column(Instant)
    seen: Mapped[datetime] = mapped_column(Instant)
    waits: Mapped[bool] = mapped_column(default=False)
    """The password was right, the second key has not been shown yet: such a session opens nothing."""
    account: Mapped[Account] = relationship(lazy="joined")


class Factor(Base):
    """The second key of an account. ``step``: the last time step whose code was used, so that none is used twice."""

    __tablename__ = "factor"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
    step: Mapped[int]


class PaperCode(Base):
    """One code for the day the phone is lost, as its hash."""

    __tablename__ = "paper_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(64))


class Passkey(Base):
    """A key that a phone, a computer or a stick keeps for an account. ``used``: when it last logged in."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(80))
    made: Mapped[datetime] = mapped_column(Instant)
    used: Mapped[datetime | None] = mapped_column(Instant)
    account: Mapped[Account] = relationship(lazy="joined")


class Challenge(Base):
    """Random bytes that a passkey has to sign, as their hash. With an account: for adding a passkey to that one."""

    __tablename__ = "challenge"

    challenge: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    ends: Mapped[datetime] = mapped_column(Instant)


class Failure(Base):
    """One login that failed, by account or by address (both hashed); kept for a quarter of an hour."""

    __tablename__ = "failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class Audit(Base):
    """Who did what, when. Never changed, never shown to whoever has no business with it."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    who: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")


class ApiToken(Base):
    """A key of one account for programs. ``scopes``: words with spaces between; ``digest``: the token's SHA-256."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column("sha256", String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(40))
    made: Mapped[datetime] = mapped_column(Instant)
    ends: Mapped[datetime] = mapped_column(Instant)
    used: Mapped[datetime | None] = mapped_column(Instant)
    account: Mapped[Account] = relationship(lazy="joined")
