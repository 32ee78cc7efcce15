"""The instant a build is for: one of its four inputs, so that nothing else ever asks the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from kentongan.errors import KentonganError
from kentongan.language import Message

VARIABLE = "KENTONGAN_NOW"
_LAST_YEAR = 9000
"""There must be room for a day after it."""


def build_instant(text: str | None = None) -> datetime:
    """*text* (ISO 8601, UTC where it names no offset), else ``KENTONGAN_NOW``, else this very second; in UTC.

    :raises KentonganError: when the text is not an instant.
    """
    text = _said(text)
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise KentonganError(
            Message("“{text}” is not an instant.", {"text": text}),
            Message("Write it like 2020-07-22T10:00+07:00."),
        ) from error
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def stands_still() -> bool:
    """Whether ``KENTONGAN_NOW`` says what time it is: then nothing ever falls due."""
    return _said(None) is not None


def named_day(text: str | None = None) -> date | None:
    """The day that *text* or ``KENTONGAN_NOW`` names, on the clock it is written for; ``None`` where neither is given.

    :raises KentonganError: when the text is not an instant.
    """
    text = _said(text)
    if text is None:
        return None
    day = build_instant(text).date()
    if day.year > _LAST_YEAR:
        raise KentonganError(
            Message("“{text}” is not an instant.", {"text": text}),
            Message("Write it like 2020-07-22T10:00+07:00."),
        )
    return datetime.fromisoformat(text).date()


def _said(text: str | None) -> str | None:
    """*text*, also an empty one, which is no instant; else the variable, which counts as missing when it is empty."""
    return text if text is not None else os.environ.get(VARIABLE) or None
