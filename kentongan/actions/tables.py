"""Tables of what is on its way: who began a record, what is typed and not saved, remarks, links to previews."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kentongan.database import Base, Instant


class Origin(Base):
    """Who began a record, and when: a contributor may change what they began."""

    __tablename__ = "origin"

    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    made: Mapped[datetime] = mapped_column(Instant)


class WorkingCopy(Base):
    """What somebody has typed into a form and not saved yet, with the text that they began from."""

    __tablename__ = "working_copy"
    __table_args__ = (UniqueConstraint("account_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(200))
    base: Mapped[str | None] = mapped_column(Text)
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)


class Remark(Base):
    """What a reviewer asks to be changed, beside the field it speaks of ("": the whole)."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(200), index=True)
    field: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
    done: Mapped[datetime | None] = mapped_column(Instant)


class PreviewLink(Base):
    """A page that somebody outside may look at before it is public, until ``ends``."""

    __tablename__ = "preview_link"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    path: Mapped[str] = mapped_column(String(200))
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    ends: Mapped[datetime] = mapped_column(Instant)
