"""What can be wrong: findings (with a source) and errors (with the world).

A *finding* never stops a build: its file is held back and named. An *error* does: it ends a command with exit code 1.
Both carry :class:`~kentongan.language.Message` values, so that one fault can be told in every language we speak.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kentongan.language import Message


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a source: where, which rule, in which words, and how to mend it.

    ``path`` is relative to the content folder, ``line`` counts from 1 (``None``: the whole file).
    """

    path: str
    line: int | None
    rule: str
    message: Message
    mend: Message

    def told(self, language: str) -> dict[str, str | int | None]:
        """The finding in *language*, as ``kentongan check --json`` prints it."""
        return {
            "file": self.path,
            "line": self.line,
            "rule": self.rule,
            "message": self.message.told(language),
            "mend": self.mend.told(language),
        }

    def line_in(self, language: str) -> str:
        """The finding in *language* on one line: ``file:line: what is wrong. How to mend it. [rule]``."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message.told(language)} {self.mend.told(language)} [{self.rule}]"

    def to_json(self) -> dict[str, object]:
        """A form that survives a socket; :meth:`from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Finding:
        """The finding that :meth:`to_json` wrote down."""
        texts = {name: Message(**data[name]) for name in ("message", "mend")}
        return cls(**{**data, **texts})


class KentonganError(Exception):
    """Something is wrong with the world: what, and what to do about it."""

    def __init__(self, message: Message, mend: Message | None = None) -> None:
        self.message = message
        self.mend = mend
        super().__init__(self.told("en"))

    def to_json(self) -> dict[str, object]:
        """A form that survives a socket; :meth:`from_json` reads it back."""
        return {"message": asdict(self.message), "mend": asdict(self.mend) if self.mend else None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> KentonganError:
        """The error that :meth:`to_json` wrote down."""
        message, mend = data["message"], data["mend"]
        return cls(Message(**message), Message(**mend) if mend else None)

    def told(self, language: str) -> str:
        """The error in *language*, with its mend on the same line."""
        parts = [self.message.told(language)]
        if self.mend:
            parts.append(self.mend.told(language))
        return " ".join(parts)


def refused(error: OSError) -> KentonganError:
    """What to say when the machine does not let us read or write."""
    return KentonganError(
        Message(
            "The machine refused to write or read {path}: {error}.",
            {"path": str(error.filename or "?"), "error": error.strerror or str(error)},
        ),
        Message("Make room on the disk, or give this account the right to it; then build again."),
    )
