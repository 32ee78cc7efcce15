"""Releases: one finished output folder each; ``current`` points to the one readers see, and moves by one rename."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from kentongan.build.report import BuildReport
from kentongan.build.verify import verify
from kentongan.build.workplace import open_locked
from kentongan.errors import KentonganError
from kentongan.language import Message

KEPT = 5
"""How many releases stay, the current one included."""

PATIENCE = 600.0
"""Seconds to wait for another publish."""

_UNFINISHED = ".new-"


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases below a state folder: ``releases/<name>/``, and the link ``current``."""

    state: Path

    @property
    def folder(self) -> Path:
        return self.state / "releases"

    @property
    def current(self) -> Path:
        """The link that servers and uploads follow."""
        return self.state / "current"

    def names(self) -> list[str]:
        """Oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(one.name for one in self.folder.iterdir() if one.is_dir() and not one.name.startswith("."))

    def publish(self, now: datetime, build: Callable[[Path], BuildReport], *, strict: bool = False) -> BuildReport:
        """Builds a new release by *build* (given its folder), verifies it, and only then makes it the current one.

        :raises KentonganError: when it does not verify, or *strict* and there are findings; readers keep the old one.
        """
        with open_locked(self.state / "publish.lock", PATIENCE):
            return self._publish(now, build, strict=strict)

    def _publish(self, now: datetime, build: Callable[[Path], BuildReport], *, strict: bool) -> BuildReport:
        self._sweep()
        draft = self.folder / f"{_UNFINISHED}{now:%Y%m%dT%H%M%SZ}"
        report = build(draft)
        if strict and report.findings:
            raise KentonganError(
                Message("Nothing was published: there are {count} findings.", {"count": len(report.findings)}),
                Message("Mend them, or publish without --strict."),
            )
        verify(draft)
        name = self._free_name(f"{now:%Y%m%dT%H%M%SZ}")
        draft.rename(self.folder / name)
        self._switch_to(name)
        self._prune()
        return report

    def _sweep(self) -> None:
        """Removes what an interrupted publish left behind."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)

    def _free_name(self, name: str) -> str:
        """*name*, or with a number that sorts behind those already there."""
        numbered = (f"{name}-{number:03}" for number in count(1))
        return next(free for free in chain([name], numbered) if not self._is_taken(free, name))

    def _is_taken(self, free: str, name: str) -> bool:
        return any(other.startswith(name) and other >= free for other in self.names())

    def _switch_to(self, name: str) -> None:
        link = self.state / ".current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(self.folder.name) / name, target_is_directory=True)
        link.replace(self.current)

    def _prune(self) -> None:
        live = self.current.resolve().name
        for name in self.names()[:-KEPT]:
            if name != live:
                shutil.rmtree(self.folder / name)
