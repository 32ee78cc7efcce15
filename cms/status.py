"""What the last builds said, shared between the thread that builds and the requests that ask."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from kentongan import __version__
from kentongan.build.report import BuildReport
from kentongan.errors import KentonganError
from kentongan.language import LANGUAGES


@dataclass
class BuildStatus:
    """The last report, and the error of a later build that failed. Each is replaced whole, never changed."""

    report: BuildReport | None = None
    error: KentonganError | None = None
    first: threading.Event = field(default_factory=threading.Event)
    """Set when the first build has ended, well or not."""

    def built(self, report: BuildReport) -> None:
        self.report, self.error = report, None
        self.first.set()

    def failed(self, error: KentonganError) -> None:
        self.error = error
        self.first.set()

    @property
    def is_well(self) -> bool:
        return self.report is not None and self.error is None

    @property
    def language(self) -> str:
        """The site's language, as far as it is known."""
        return self.report.language if self.report else LANGUAGES[0]

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone, as far as it is known."""
        return ZoneInfo(self.report.zone if self.report else "UTC")

    def health(self) -> dict[str, Any]:
        """The answer of ``/healthz``."""
        return {
            "status": "ok" if self.is_well else "failing",
            "version": __version__,
            "findings": len(self.report.findings) if self.report else None,
        }
