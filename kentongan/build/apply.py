"""Plan -> output folder: settle, stage, then put in place, each file by rename, in the order of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from kentongan.build.artifact import Artifact, View
from kentongan.build.forks import in_forks
from kentongan.build.identity import Print, identity
from kentongan.build.ledger import Entry, Ledger
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store import atomic

WORTH_A_FORK = 400
"""How many artifacts one more process must have to do, to be worth its start."""


class Renderer(Protocol):
    """What turns a view into bytes."""

    def version(self, type_: type[View]) -> str:
        """A fingerprint of whatever the bytes depend on besides the view (a template with all it includes)."""

    def render(self, view: View) -> bytes:
        """The bytes of an artifact that shows *view*."""


class Maker(Protocol):
    """What makes views."""

    def print_of(self, artifact: Artifact) -> Print:
        """What *artifact* is to show, as a fingerprint."""

    def view(self, artifact: Artifact) -> View:
        """What *artifact* is to show."""


class Writer(Protocol):
    """What puts files in place below the output folder."""

    def place(self, name: str, staged: Path) -> None:
        """Gives the whole file *staged* its *name*."""

    def keep(self, name: str) -> None:
        """Is told of a file that is as it should be."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did, by path below the output folder."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class Settled(NamedTuple):
    """What is known of one artifact before anything is put in place; ``staged`` is the new file, if it needs one."""

    path: str
    entry: Entry
    staged: str | None


def apply(
    artifacts: Sequence[Artifact], views: Maker, renderer: Renderer, ledger: Ledger, writer: Writer, jobs: int = 1
) -> Outcome:
    """Makes the output folder of *ledger* hold *artifacts*, and of what we once wrote nothing else.

    :raises KentonganError: when two artifacts want the same file; nothing is put in place then.
    """
    _refuse_collisions(artifacts)
    with _staging(ledger):
        return _put(_settle_all(artifacts, views, renderer, ledger, jobs), ledger, writer)


@contextmanager
def _staging(ledger: Ledger) -> Iterator[None]:
    """Leaves nothing half done below the output, neither of this build nor of one that was killed."""
    mark = ledger.path.with_suffix(".staging")
    if mark.exists():
        atomic.unstage(ledger.output)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    try:
        yield
    except Exception:
        atomic.unstage(ledger.output)
        mark.unlink()
        raise
    mark.unlink()


def _put(settled: Sequence[Settled], ledger: Ledger, writer: Writer) -> Outcome:
    changed = tuple(one.path for one in settled if one.staged)
    ledger.intend(changed)
    for path, entry, staged in settled:
        if staged:
            writer.place(path, Path(staged))
        else:
            writer.keep(path)
        ledger.knows(path, entry)
    removed = ledger.strangers(one.path for one in settled)
    for name in removed:
        remove(ledger.output, name)
        ledger.forget(name)
    ledger.save()
    return Outcome(changed, tuple(removed), len(settled) - len(changed))


def _settle_all(
    artifacts: Sequence[Artifact], views: Maker, renderer: Renderer, ledger: Ledger, jobs: int
) -> list[Settled]:
    """Every artifact settled, in its order; on *jobs* processes where it is many."""

    def settle(stripe: Sequence[Artifact]) -> Iterator[Settled]:
        for artifact in stripe:
            yield _settle(artifact, views, renderer, ledger)

    return in_forks(settle, artifacts, min(jobs, 1 + len(artifacts) // WORTH_A_FORK))


def _settle(artifact: Artifact, views: Maker, renderer: Renderer, ledger: Ledger) -> Settled:
    print_ = views.print_of(artifact)
    made_of = identity(print_, renderer.version(print_.type))
    if entry := ledger.current(artifact.path, made_of):
        return Settled(artifact.path, entry, None)
    data = renderer.render(views.view(artifact))
    staged = atomic.stage(ledger.output / artifact.path, data)
    return Settled(artifact.path, Entry.of(made_of, data, atomic.Signature.of(staged.stat())), str(staged))


def _refuse_collisions(artifacts: Sequence[Artifact]) -> None:
    seen: set[str] = set()
    for one in artifacts:
        if one.path in seen:
            raise KentonganError(
                Message("Two things want the same address: {path}.", {"path": one.path}),
                Message("Rename one of the two files in content/."),
            )
        seen.add(one.path)


def remove(output: Path, name: str) -> None:
    """Removes one file below *output*, and the folders that it leaves empty."""
    path = output / name
    if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
        return  # no ledger of ours says that
    path.unlink(missing_ok=True)
    for depth in range(len(PurePosixPath(name).parents) - 1):
        folder = output / PurePosixPath(name).parents[depth]
        try:
            folder.rmdir()
        except OSError:
            return
