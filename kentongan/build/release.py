"""Releases: one finished output folder each; ``current`` points to the one readers see, and moves by one rename."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kentongan.build.compress import compress
from kentongan.build.ledger import Ledger
from kentongan.build.modes import let_all_pass, let_all_read
from kentongan.build.objects import Objects, digests
from kentongan.build.private import Private
from kentongan.build.report import BuildReport
from kentongan.build.verify import Verifier, pages
from kentongan.build.workplace import Workplace, open_locked
from kentongan.due import VERSION, is_held
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store import atomic

KEPT = 10
"""How many releases stay, the current one included."""

PATIENCE = 600.0
"""Seconds to wait for another publish."""

_UNFINISHED, _GONE = ".new", ".gone-"
"""How folders are called that are no releases yet, or no more."""
_LAST = "9"
"""Sorts behind the name of every release."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a release goes live: *strict* suffers no finding, *may_shrink* a loss of many pages; *keep* says
    how many releases stay, the new one included. Without *grace* what pages that are open show goes at once."""

    private: Private
    strict: bool = False
    may_shrink: bool = False
    keep: int = KEPT
    grace: bool = True


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
    """The releases below a state folder: ``releases/<name>/``, what they share in ``objects/``, and the links
    ``current`` and ``former``."""

    state: Path

    @property
    def folder(self) -> Path:
        return self.state / "releases"

    @property
    def current(self) -> Path:
        """The link that servers and uploads follow."""
        return self.state / "current"

    @property
    def former(self) -> Path:
        """The link to what was live before: whoever has a page of it open may yet ask for what that page shows."""
        return self.state / "former"

    @property
    def is_held(self) -> bool:
        """Whether a person went back to what is live, so that the next release is for a person to cut."""
        return is_held(self.state)

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
        names = (one.name for one in self.folder.iterdir() if one.is_dir() and not one.name.startswith("."))
        return sorted(names, key=_order)

    def all(self) -> list[Release]:
        """Every release that is kept, oldest first."""
        live = self._live()
        return [self._described(name, live) for name in self.names()]

    def publish(self, now: datetime, build: Callable[[Path], BuildReport], terms: Terms) -> BuildReport:
        """Builds a new release by *build* (given its folder), verifies it, and only then makes it the current one.

        :raises KentonganError: when it does not verify, there are findings on strict *terms*, or somebody went back to
            another release meanwhile.
        :raises OSError: when the machine refuses; whatever is raised, readers keep the former release.
        """
        self._require_link()
        with open_locked(self.state / "publish.lock", PATIENCE):
            self._sweep()
            live = self._live()
            try:
                report = build(self.draft)
                _refuse_findings(report, terms)
                new = self._seal(terms)
                name = self._go_live(now, live, terms)
            finally:
                self._sweep()
            with suppress(OSError):  # the release is live, and what is not kept is only made again
                self.objects.keep((self.folder / name / file, *kept) for file, kept in new.items())
                self._prune(terms.keep)
                if self._remove_forgotten():
                    self._to_forget.unlink()
        return report

    def rollback(self, name: str | None = None) -> str:
        """Makes the release *name* the current one, or the one before the current; returns its name.

        It waits for no publish: one that is under way will find that the site went back, and leave it there.

        :raises KentonganError: when there is no such release.
        """
        self._require_link()
        with self._turn():
            chosen = self._before_current() if name is None else name
            if chosen not in self.names():
                raise KentonganError(
                    Message("There is no release {name}.", {"name": chosen}),
                    Message("“kentongan releases” lists those there are."),
                )
            if chosen == self.names()[-1]:
                self._held.unlink(missing_ok=True)
            else:
                atomic.write(self._held, chosen.encode(), durable=True)
            self._switch_to(chosen)
        return chosen

    def forget(self, since: datetime) -> None:
        """Removes releases made since *since*: a person who asked to be forgotten is in them.

        Nobody can go back to them. The current one goes once another is published in its place.
        """
        if not self.names():
            return
        with open_locked(self.state / "publish.lock", PATIENCE):
            first = min(_name(since), self._first_to_forget() or _LAST, key=_order)
            atomic.write(self._to_forget, first.encode(), durable=True)
            self._remove_forgotten()

    def _require_link(self) -> None:
        if self.current.exists() and not self.current.is_symlink():
            raise KentonganError(
                Message("{path} is no link, and nothing else can be moved in one step.", {"path": str(self.current)}),
                Message("Move it away, then publish again."),
            )

    def _seal(self, terms: Terms) -> dict[str, tuple[str, str]]:
        """Verifies the draft, gives its texts their compressed twins, shares what other releases have, and waits for
        the disk. Returns the digest and ending of each file, by its path.

        The whole machine is synced, for one call is quicker than one for each of sixty thousand files.
        """
        let_all_read(self.draft)
        files = digests(self.draft)
        former = self.current if self.current.is_dir() else None
        Verifier(terms.private, self.objects.has, terms.may_shrink).verify(self.draft, files, former)
        made = compress(self.draft, files, self.objects)
        self.objects.share(self.draft, files)
        os.sync()
        return {**{name: (digest, "") for name, digest in files.items()}, **made}

    def _go_live(self, now: datetime, before: str | None, terms: Terms) -> str:
        """Gives the draft its name, and readers the draft in the place of *before*; returns the name."""
        with self._turn():
            if self._live() != before:
                raise KentonganError(
                    Message("Somebody went back to {name} while this release was made.", {"name": self._live() or "-"}),
                    Message("Readers keep that; publish again when you want the new one."),
                )
            name = self._next_name(now)
            self.draft.rename(self.folder / name)
            atomic.sync(self.folder)
            self._switch_to(name, grace=terms.grace)
        return name

    def _turn(self) -> AbstractContextManager[None]:
        """Held while the links are moved, which takes no time, so that a way back never waits for a publish."""
        return open_locked(self.state / "switch.lock", PATIENCE)

    @property
    def _held(self) -> Path:
        """Names the release that somebody went back to. It means something only as long as that one is live."""
        return self.state / "held"

    def _sweep(self) -> None:
        """Removes what an interrupted or refused publish left behind, and what was pruned."""
        self.folder.mkdir(parents=True, exist_ok=True)
        let_all_pass(self.state, self.folder)
        for left in self.folder.glob(".*"):
            shutil.rmtree(left, ignore_errors=True)

    def _next_name(self, now: datetime) -> str:
        """The instant it was made for; or, where there is that or a later one, the newest's with the next number: a
        clock may have been wrong."""
        name, newest = _name(now), max(map(_order, self.names()), default=("", 0))
        return name if _order(name) > newest else f"{newest[0]}-{newest[1] + 1:03}"

    def _switch_to(self, name: str, *, grace: bool = True) -> None:
        if (live := self._live()) and live != name:
            self._point(self.former, live)
        self._point(self.current, name)
        if not grace:
            self.former.unlink(missing_ok=True)
        atomic.sync(self.state)

    def _point(self, link: Path, name: str) -> None:
        new = link.with_name(f".{link.name}.new")
        new.unlink(missing_ok=True)
        new.symlink_to(Path(self.folder.name) / name, target_is_directory=True)
        new.replace(link)

    def _prune(self, keep: int) -> None:
        self._remove(self.names()[:-keep])
        self.objects.prune()

    @property
    def _to_forget(self) -> Path:
        return self.state / "forget"

    def _first_to_forget(self) -> str | None:
        return self._to_forget.read_text() if self._to_forget.exists() else None

    def _remove_forgotten(self) -> bool:
        """Whether there was anything to be forgotten."""
        first = self._first_to_forget()
        if first is not None:
            self.former.unlink(missing_ok=True)
            self._remove([name for name in self.names() if _order(name) >= _order(first)])
            self.objects.prune()
        return first is not None

    def _remove(self, names: Iterable[str]) -> None:
        """Each is renamed before its files go, so that nobody can go back to half of it; the current one stays."""
        with self._turn():
            for name in names:
                if name != self._live():
                    (self.folder / name).rename(self.folder / f"{_GONE}{name}")
        self._sweep()

    def _live(self) -> str | None:
        return self.current.resolve().name if self.current.is_dir() else None

    def _before_current(self) -> str:
        live = _order(self._live() or "")
        older = [name for name in self.names() if _order(name) < live]
        if not older:
            raise KentonganError(
                Message("There is no release before the current one."),
                Message("“kentongan releases” lists those there are."),
            )
        return older[-1]

    def _described(self, name: str, live: str | None) -> Release:
        version = _version(self.folder / name)
        return Release(name, name == live, version.get("commit"), version.get("built"), pages(self.folder / name))


def _order(name: str) -> tuple[str, int]:
    """Sorts the names of releases: by instant, then by number."""
    instant, _, number = name.partition("-")
    return instant, int(number) if number.isdecimal() else 0


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


def _name(instant: datetime) -> str:
    """What a release is called by the instant it was made for."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
