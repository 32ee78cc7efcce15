"""Plan -> output folder: settle, stage, then put in place, each file by rename, in the order of the plan."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from kentongan.build.artifact import Artifact, View
from kentongan.build.forks import in_forks
from kentongan.build.identity import Print, identity
from kentongan.build.ledger import Entry, Ledger
from kentongan.build.views import Views
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.site.watched import Reads
from kentongan.store import atomic

WORTH_A_FORK = 400
"""How many artifacts one more process must have to do, to be worth its start."""


_BREATH = 2000
"""How many artifacts are looked at in one go."""


class Renderer(Protocol):
    """What turns a view into bytes."""

    def version(self, type_: type[View]) -> str:
        """A fingerprint of whatever the bytes depend on besides the view (a template with all it includes)."""

    def render(self, view: View) -> bytes:
        """The bytes of an artifact that shows *view*."""


class Writer(Protocol):
    """What puts files in place below the output folder."""

    def place(self, name: str, staged: Path) -> None:
        """Gives the whole file *staged* its *name*."""

    def keep(self, names: Collection[str]) -> None:
        """Leaves the files that are as they should be."""

    def tell(self, names: Collection[str]) -> None:
        """Tells whoever listens of all files, in their order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did, by path below the output folder."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class Settled(NamedTuple):
    """What is known of one artifact before anything is put in place; ``staged`` is the new file, if it needs one.

    ``print`` and ``reads`` are there when another process has made them.
    """

    path: str
    entry: Entry
    staged: str | None = None
    print: Print | None = None
    reads: Reads | None = None


def apply(
    artifacts: Sequence[Artifact],
    views: Views,
    renderer: Renderer,
    ledger: Ledger,
    writer: Writer,
    jobs: int = 1,
    heed: Callable[[], None] = lambda: None,
) -> Outcome:
    """Makes the output folder of *ledger* hold *artifacts*, and of what we once wrote nothing else.

    *heed* is called now and then as long as nothing is put in place; what it raises ends the build.

    :raises KentonganError: when two artifacts want the same file; nothing is put in place then.
    """
    _refuse_collisions(artifacts)
    with _staging(ledger):
        return _put(_settle_all(artifacts, views, renderer, ledger, jobs, heed), ledger, writer)


def put_first(
    artifacts: Iterable[Artifact], views: Views, renderer: Renderer, ledger: Ledger, writer: Writer
) -> tuple[str, ...]:
    """Makes each of *artifacts* in its turn and puts it in place, where it is not as it should be; says which.

    All else in the output folder stays as it is: :func:`apply` comes after.
    """
    written = []
    mark = _mark(ledger)
    was_marked = mark.exists()
    mark.touch()
    for artifact in artifacts:
        one = _known(artifact, views, renderer, ledger) or _settle(artifact, views, renderer, ledger)
        if one.staged:
            ledger.intend((one.path,))
            writer.place(one.path, Path(one.staged))
            ledger.knows(one.path, one.entry)
            written.append(one.path)
    ledger.save()
    if not was_marked:
        mark.unlink()
    return tuple(written)


@contextmanager
def _staging(ledger: Ledger) -> Iterator[None]:
    """Leaves nothing half done below the output, neither of this build nor of one that was killed or gave way."""
    mark = _mark(ledger)
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


def _mark(ledger: Ledger) -> Path:
    """A file that is there as long as something staged may lie below the output."""
    return ledger.path.with_suffix(".staging")


def _put(settled: Sequence[Settled], ledger: Ledger, writer: Writer) -> Outcome:
    paths = [one.path for one in settled]
    changed = tuple(one.path for one in settled if one.staged)
    ledger.intend(changed)
    for one in settled:
        if one.staged:
            writer.place(one.path, Path(one.staged))
        ledger.knows(one.path, one.entry)
    writer.keep([one.path for one in settled if not one.staged])
    writer.tell(paths)
    removed = ledger.strangers(paths)
    for name in removed:
        remove(ledger.output, name)
        ledger.forget(name)
    ledger.save()
    return Outcome(changed, tuple(removed), len(settled) - len(changed))


def _settle_all(
    artifacts: Sequence[Artifact],
    views: Views,
    renderer: Renderer,
    ledger: Ledger,
    jobs: int,
    heed: Callable[[], None],
) -> list[Settled]:
    """Every artifact settled, in its order; those that are not known to be as they should on up to *jobs* processes."""
    here = os.getpid()

    def settle(stripe: Sequence[Artifact]) -> Iterator[Settled]:
        for artifact in stripe:
            elsewhere = os.getpid() != here
            if not elsewhere:
                heed()
            settled = _settle(artifact, views, renderer, ledger)
            yield settled._replace(reads=views.reads_of(artifact)) if elsewhere else settled

    known = []
    for number, artifact in enumerate(artifacts):
        if number % _BREATH == 0:
            heed()
        known.append(_known(artifact, views, renderer, ledger))
    rest = [artifact for artifact, settled in zip(artifacts, known, strict=True) if settled is None]
    done = in_forks(settle, rest, min(jobs, 1 + len(rest) // WORTH_A_FORK))
    for artifact, one in zip(rest, done, strict=True):
        if one.print and one.reads:
            views.learn(artifact, one.print, one.reads)
    found = iter(done)
    return [settled or next(found) for settled in known]


def _known(artifact: Artifact, views: Views, renderer: Renderer, ledger: Ledger) -> Settled | None:
    print_ = views.known(artifact)
    entry = ledger.current(artifact.path, identity(print_, renderer.version(print_.type))) if print_ else None
    return Settled(artifact.path, entry) if entry else None


def _settle(artifact: Artifact, views: Views, renderer: Renderer, ledger: Ledger) -> Settled:
    print_ = views.print_of(artifact)
    made_of = identity(print_, renderer.version(print_.type))
    if entry := ledger.current(artifact.path, made_of):
        return Settled(artifact.path, entry, None, print_)
    data = renderer.render(views.view(artifact))
    staged = atomic.stage(ledger.output / artifact.path, data)
    entry = Entry.of(made_of, data, atomic.Signature.of(staged.stat()))
    return Settled(artifact.path, entry, str(staged), print_)


def _refuse_collisions(artifacts: Sequence[Artifact]) -> None:
    if len({one.path for one in artifacts}) == len(artifacts):
        return
    counted = Counter(one.path for one in artifacts)
    raise KentonganError(
        Message("Two things want the same address: {path}.", {"path": counted.most_common(1)[0][0]}),
        Message("Rename one of the two files in content/."),
    )


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
