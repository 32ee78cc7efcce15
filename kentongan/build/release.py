"""Releases: one finished output folder each; ``current`` points to the one readers see, and moves by one rename."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from kentongan.build.compress import compress
from kentongan.build.ledger import Ledger
from kentongan.build.objects import Objects, digests
from kentongan.build.private import Private
from kentongan.build.report import BuildReport
from kentongan.build.verify import Verifier, pages
from kentongan.build.workplace import Workplace, open_locked
from kentongan.due import VERSION
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store import atomic

KEPT = 10
"""How many releases stay, the current one included."""

PATIENCE = 600.0
"""Seconds to wait for another publish."""

_UNFINISHED = ".new"


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a release goes live: *strict* suffers no finding, *may_shrink* a loss of many pages; *keep* says
    how many releases stay, the new one included."""

    private: Private
    strict: bool = False
    may_shrink: bool = False
    keep: int = KEPT


@dataclass(frozen=True, slots=True)
class Release:
    """What a release says of itself. ``commit`` and ``built`` are ``None`` where it does not say."""

    name: str
    current: bool
    commit: str | None
    built: str | None
    pages: int


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases below a state folder: ``releases/<name>/``, what they share in ``objects/``, and ``current``."""

    state: Path

    @property
    def folder(self) -> Path:
        return self.state / "releases"

    @property
    def current(self) -> Path:
        """The link that servers and uploads follow."""
        return self.state / "current"

    @property
    def draft(self) -> Path:
        """The folder in which the next release is made."""
        return self.folder / _UNFINISHED

    @property
    def objects(self) -> Objects:
        return Objects(self.state / "objects")

    def names(self) -> list[str]:
        """Oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(one.name for one in self.folder.iterdir() if one.is_dir() and not one.name.startswith("."))

    def all(self) -> list[Release]:
        """Every release that is kept, oldest first."""
        live = self._live()
        return [self._described(name, live) for name in self.names()]

    def publish(self, now: datetime, build: Callable[[Path], BuildReport], terms: Terms) -> BuildReport:
        """Builds a new release by *build* (given its folder), verifies it, and only then makes it the current one.

        :raises KentonganError: when it does not verify, or there are findings on strict *terms*.
        :raises OSError: when the machine refuses; whatever is raised, readers keep the former release.
        """
        with open_locked(self.state / "publish.lock", PATIENCE):
            self._sweep()
            try:
                report = build(self.draft)
                _refuse_findings(report, terms)
                new = self._seal(terms)
                name = self._finish(now)
            finally:
                self._sweep()
            self._switch_to(name)
            with suppress(OSError):  # the release is live, and what is not kept is only made again
                self.objects.keep((self.folder / name / file, *kept) for file, kept in new.items())
                self._prune(terms.keep)
        return report

    def rollback(self, name: str | None = None) -> str:
        """Makes the release *name* the current one, or the one before the current; returns its name.

        :raises KentonganError: when there is no such release.
        """
        with open_locked(self.state / "publish.lock", PATIENCE):
            chosen = name or self._before_current()
            if chosen not in self.names():
                raise KentonganError(
                    Message("There is no release {name}.", {"name": chosen}),
                    Message("“kentongan releases” lists those there are."),
                )
            self._switch_to(chosen)
        return chosen

    def _seal(self, terms: Terms) -> dict[str, tuple[str, str]]:
        """Verifies the draft, gives its texts their compressed twins, shares what other releases have, and waits for
        the disk. Returns the digest and ending of each file, by its path.

        The whole machine is synced, for one call is quicker than one for each of sixty thousand files.
        """
        files = digests(self.draft)
        former = self.current if self.current.is_dir() else None
        Verifier(terms.private, self.objects.has, terms.may_shrink).verify(self.draft, files, former)
        made = compress(self.draft, files, self.objects)
        self.objects.share(self.draft, files)
        os.sync()
        return {**{name: (digest, "") for name, digest in files.items()}, **made}

    def _finish(self, now: datetime) -> str:
        """Gives the draft its name, the instant it was made for."""
        name = self._free_name(f"{now:%Y%m%dT%H%M%SZ}")
        self.draft.rename(self.folder / name)
        atomic.sync(self.folder)
        return name

    def _sweep(self) -> None:
        """Removes what an interrupted or refused publish left behind."""
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.draft, ignore_errors=True)

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
        atomic.sync(self.state)

    def _prune(self, keep: int) -> None:
        live = self._live()
        for name in self.names()[:-keep]:
            if name != live:
                shutil.rmtree(self.folder / name)
        self.objects.prune()

    def _live(self) -> str | None:
        return self.current.resolve().name if self.current.is_dir() else None

    def _before_current(self) -> str:
        older = [name for name in self.names() if name < (self._live() or "")]
        if not older:
            raise KentonganError(
                Message("There is no release before the current one."),
                Message("“kentongan releases” lists those there are."),
            )
        return older[-1]

    def _described(self, name: str, live: str | None) -> Release:
        version = _version(self.folder / name)
        return Release(name, name == live, version.get("commit"), version.get("built"), pages(self.folder / name))


def seed(place: Workplace, former: Path) -> None:
    """Puts what the release *former* has of our own files into the output of *place*, so that they need no rendering.

    They are copied, not linked: a plugin may write into a file in place, and the former release must not hear of it.
    The build trusts a file only by its ledger.
    """
    for name in Ledger(place.ledger, place.output).strangers(()):
        source, target = former / name, place.output / name
        if source.is_file() and ".." not in target.parts:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _refuse_findings(report: BuildReport, terms: Terms) -> None:
    if report.findings and (terms.strict or report.strict):
        raise KentonganError(
            Message("Nothing was published: there are {count} findings.", {"count": len(report.findings)}),
            Message("Mend them, or publish without --strict."),
        )


def _version(release: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((release / VERSION).read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}
