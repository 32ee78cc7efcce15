"""Tables of webhooks: whom to tell of what, and what has not arrived yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kentongan.database import Base, Instant


class Webhook(Base):
    """An address that is told of ``events``. ``secret`` signs, and so is kept as it is: ``whsec_`` and base64."""

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    secret: Mapped[str] = mapped_column(String(100))
    events: Mapped[list[str]] = mapped_column(JSON)
    made: Mapped[datetime] = mapped_column(Instant)


class Delivery(Base):
    """One message to one address, until it has arrived. ``due``: when it is tried next; ``None``: it was given up."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"), index=True)
    message: Mapped[str] = mapped_column(String(60))
    body: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime | None] = mapped_column(Instant, index=True)
    trouble: Mapped[str] = mapped_column(String(300), default="")
    """Why the last attempt failed."""
    webhook: Mapped[Webhook] = relationship(lazy="joined")
