"""What one check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kentongan.language import Message


class Verdict(StrEnum):
    """``warn``: it works, but less well than it could; ``fail``: something people rely on does not."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: ``name`` for machines, what was found, and how to mend it where it is not well.

    ``subject`` tells things of one name apart, like the address of a stream; ``details`` is a text of many lines.
    """

    name: str
    verdict: Verdict
    message: Message
    mend: Message | None = None
    subject: str | None = None
    details: str | None = None

    def told(self, language: str) -> dict[str, str | None]:
        """The check in *language*, as ``kentongan doctor --json`` prints it."""
        return {
            "name": self.name,
            "subject": self.subject,
            "verdict": self.verdict.value,
            "message": self.message.told(language),
            "mend": self.mend.told(language) if self.mend else None,
            "details": self.details,
        }

    def line_in(self, language: str) -> str:
        """The check in *language* on one line; details follow on lines of their own."""
        mend = f" {self.mend.told(language)}" if self.mend else ""
        subject = f"{self.subject}: " if self.subject else ""
        details = f"\n\n{self.details}\n" if self.details else ""
        return f"{self.verdict.value:<4}  {subject}{self.message.told(language)}{mend}{details}"


def ok(name: str, message: Message) -> Check:
    return Check(name, Verdict.OK, message)


def warn(name: str, message: Message, mend: Message | None = None) -> Check:
    return Check(name, Verdict.WARN, message, mend)


def fail(name: str, message: Message, mend: Message | None = None) -> Check:
    return Check(name, Verdict.FAIL, message, mend)
