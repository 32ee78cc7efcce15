"""What readers hand on: values with their places, and doubts."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Generic, TypeVar

from kentongan.language import Message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """*value*, read from ``plain[start:end]``."""

    value: T
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why *field* should be looked at again; ``place`` is where in the plain text it was read, if at one place."""

    field: str
    message: Message
    place: tuple[int, int] | None = dataclasses.field(default=None, compare=False)
