"""Tables of comments. Nothing in them names a person's e-mail or network address in the clear."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kentongan.database import Base, Instant


class State(StrEnum):
    """Where a comment stands. Only approved ones are public."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SPAM = "spam"


BANNED = "ban"
"""It is spam, and nothing more is taken from whoever wrote it."""


class Source(StrEnum):
    """How a comment came to us."""

    FORM = "form"
    OFFICE = "office"
    """Somebody of the office wrote it, in the office's name."""
    DISQUS = "disqus"
    ISSO = "isso"
    WEBMENTION = "webmention"


class Reader(Base):
    """Somebody who gave an e-mail address: ``hash`` finds it, ``sealed`` holds it, and both need the secret.

    ``confirmed``: since when we know that the address is theirs. ``asked``: when they asked for a link to all that is
    kept of them, as long as its letter has not gone out.
    """

    __tablename__ = "comment_reader"

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[str] = mapped_column(Text)
    confirmed: Mapped[datetime | None] = mapped_column(Instant)
    banned: Mapped[datetime | None] = mapped_column(Instant)
    asked: Mapped[datetime | None] = mapped_column(Instant)


class Comment(Base):
    """One comment. ``thread`` is the record it is about, by folder and id: ``articles/panen-raya``."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_thread_made", "thread", "made"),
        Index("ix_comment_thread_name", "thread", "name"),
        Index("ix_comment_address_made", "address", "made"),
        Index("ix_comment_state_id", "state", "id"),
        {"sqlite_autoincrement": True},  # a number is never given twice, so that no link of one leads to another
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(12), default=Source.FORM)
    origin: Mapped[str | None] = mapped_column(String(500))
    """Where it stands elsewhere: the page that mentions us, or its number in the system it was imported from."""
    made: Mapped[datetime] = mapped_column(Instant)
    edited: Mapped[datetime | None] = mapped_column(Instant)
    decided: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(String(40))
    asks: Mapped[bool] = mapped_column(default=False)
    """It is a question for the speakers of a broadcast or consultation."""
    wants_replies: Mapped[bool] = mapped_column(default=False)
    """Its writer wants mail when somebody answers."""
    told: Mapped[datetime | None] = mapped_column(Instant)
    """When those who wait for it were told of it, or asked whether they want to be."""
    reasons: Mapped[str] = mapped_column(String(200), default="")
    """Why it looks like spam, by the names of rules."""
    address: Mapped[str | None] = mapped_column(String(64))
    """A hash of the network address, by a salt of that day; gone after 30 days."""
    ticket: Mapped[str | None] = mapped_column(String(64), unique=True)
    """A hash of the token it was confirmed with, so that one token makes one comment."""
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("comment_reader.id", ondelete="SET NULL"), index=True)
    reader: Mapped[Reader | None] = relationship(lazy="joined")


class Decision(Base):
    """What a moderator did to a comment, so that it can be undone. ``after``: its new state, or :data:`BANNED`."""

    __tablename__ = "comment_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    who: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(String(10))
    after: Mapped[str] = mapped_column(String(10))
    old_text: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[Comment] = relationship(lazy="joined")


class Salt(Base):
    """What addresses of one day are hashed with."""

    __tablename__ = "comment_salt"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))


class Ban(Base):
    """A network address, by its hash of one day, from which nothing is taken until that hash is purged."""

    __tablename__ = "comment_ban"

    address: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class Mark(Base):
    """When something was last done, by its name."""

    __tablename__ = "comment_mark"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
