"""The table of the index. It is a cache: emptied, it is filled again from the files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kentongan.database import Base

FULL_TEXT = "search_text"
"""The table of words; each kind of database has one of its own kind, which the migration makes."""


class Row(Base):
    """One file of the content folder, as it was when it lay there with ``signature``. Times are the office's own."""

    __tablename__ = "search_entry"

    number: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(Text, unique=True)
    signature: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20), index=True)
    id: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    position: Mapped[str] = mapped_column(String(20))
    """The date as text, which sorts; empty where there is none."""
    date: Mapped[datetime | None] = mapped_column(DateTime)
    updated: Mapped[datetime | None] = mapped_column(DateTime)
    parent: Mapped[str | None] = mapped_column(Text, index=True)
    starts: Mapped[datetime | None] = mapped_column(DateTime)
    broken: Mapped[bool]
