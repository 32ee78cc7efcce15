"""What the last builds said, shared between the thread that builds and the requests that ask."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kentongan import __version__
from kentongan.build.report import BuildReport
from kentongan.due import VERSION
from kentongan.errors import KentonganError
from kentongan.language import LANGUAGES


@dataclass
class BuildStatus:
    """The last report, and the error of a later build that failed. Each is replaced whole, never changed.

    The report's build ended ``at`` and took ``seconds``; ``builder_is_there`` asks after who makes the next.
    """

    report: BuildReport | None = None
    error: KentonganError | None = None
    at: datetime | None = None
    seconds: float = 0.0
    builder_is_there: Callable[[], bool] = lambda: True
    first: threading.Event = field(default_factory=threading.Event)
    """Set when the first build has ended, well or not."""

    def built(self, report: BuildReport, seconds: float) -> None:
        self.report, self.error, self.at, self.seconds = report, None, datetime.now(UTC), seconds
        self.first.set()

    def failed(self, error: KentonganError) -> None:
        self.error = error
        self.first.set()

    @property
    def is_well(self) -> bool:
        return self.report is not None and self.error is None and self.builder_is_there()

    @property
    def language(self) -> str:
        """The site's language, as far as it is known."""
        return self.report.language if self.report else LANGUAGES[0]

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone, as far as it is known."""
        return ZoneInfo(self.report.zone if self.report else "UTC")

    def health(self, output: Path) -> dict[str, Any]:
        """The answer of ``/healthz`` for the site in the folder *output*."""
        return {
            "status": "ok" if self.is_well else "failing",
            "version": __version__,
            "commit": version_of(output).get("commit"),
            "builder": self.builder_is_there(),
            "built": self.at.isoformat(timespec="seconds") if self.at else None,
            "findings": len(self.report.findings) if self.report else None,
        }


def version_of(output: Path) -> dict[str, Any]:
    """What the site in the folder *output* says of itself; nothing where it is not there yet."""
    try:
        return dict(json.loads((output / VERSION).read_bytes()))
    except (OSError, ValueError):
        return {}
