"""What a build says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from kentongan.build.apply import Outcome
from kentongan.errors import Finding


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was written and removed, what is wrong, and when (UTC) the same content gives another site; ``strict``:
    whether the settings suffer no finding."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    language: str
    next_change: datetime
    strict: bool = False
    zone: str = "UTC"
    """The office's, as an IANA name."""

    def after(self, first: Sequence[str]) -> BuildReport:
        """The report of a build that had put out the files *first* before it came to this."""
        written = dict.fromkeys((*first, *self.outcome.written))
        once = len(written) - len(self.outcome.written)
        return replace(
            self, outcome=replace(self.outcome, written=tuple(written), unchanged=self.outcome.unchanged - once)
        )

    def says_more_than(self, earlier: BuildReport | None) -> bool:
        """Whether anything was written or removed, or the findings are not those of the build before."""
        busy = self.outcome.written or self.outcome.removed
        return bool(busy) or earlier is None or self.findings != earlier.findings

    def to_json(self) -> dict[str, Any]:
        """A form that survives a socket; :meth:`from_json` reads it back."""
        return {
            "outcome": asdict(self.outcome),
            "findings": [finding.to_json() for finding in self.findings],
            "language": self.language,
            "next_change": self.next_change.isoformat(),
            "strict": self.strict,
            "zone": self.zone,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> BuildReport:
        """The report that :meth:`to_json` wrote down."""
        outcome = data["outcome"]
        return cls(
            outcome=Outcome(tuple(outcome["written"]), tuple(outcome["removed"]), outcome["unchanged"]),
            findings=tuple(Finding.from_json(finding) for finding in data["findings"]),
            language=data["language"],
            next_change=datetime.fromisoformat(data["next_change"]),
            strict=data["strict"],
            zone=data["zone"],
        )
