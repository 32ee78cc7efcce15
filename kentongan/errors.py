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


_SPELLING = Message("Look whether the path is spelled right.")
_RIGHT = Message("Give this account the right to it, or run the command as the account whose it is.")
_REFUSALS = {
    FileNotFoundError: (Message("There is no {path}."), _SPELLING),
    IsADirectoryError: (Message("{path} is a folder, and a file is needed."), _SPELLING),
    NotADirectoryError: (Message("{path} is a file, and a folder is needed."), _SPELLING),
    PermissionError: (Message("This account may not write or read {path}."), _RIGHT),
}


def refused(error: OSError) -> KentonganError:
    """What to say when the machine does not let us read or write."""
    path = {"path": str(error.filename2 or error.filename or "?")}
    if error.filename and type(error) in _REFUSALS:
        message, mend = _REFUSALS[type(error)]
        return KentonganError(Message(message.msgid, path), mend)
    return KentonganError(
        Message(
            "The machine refused to write or read {path}: {error}.",
            {**path, "error": error.strerror or str(error)},
        ),
        Message("Make room on the disk, then try again."),
    )
