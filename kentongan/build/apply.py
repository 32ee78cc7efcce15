"""Plan -> output folder: gather, check, then write, each file by rename, in the order of the plan; deletions last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from kentongan.build.artifact import Artifact
from kentongan.build.identity import identity
from kentongan.build.ledger import Ledger
from kentongan.errors import KentonganError
from kentongan.language import Message

Write = Callable[[str, bytes], None]
"""Puts bytes at a path below the output folder."""

Keep = Callable[[str], None]
"""Told of a file that is as it should be."""


class Renderer(Protocol):
    """What turns a view into bytes."""

    def version(self, artifact: Artifact) -> str:
        """A fingerprint of whatever the bytes depend on besides the view (a template with all it includes)."""

    def render(self, artifact: Artifact) -> bytes:
        """The bytes of *artifact*."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did, by path below the output folder."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def apply(
    artifacts: Sequence[Artifact], renderer: Renderer, ledger: Ledger, write: Write, keep: Keep = lambda _: None
) -> Outcome:
    """Makes the output folder of *ledger* hold *artifacts*, and of what we once wrote nothing else.

    :raises KentonganError: when two artifacts want the same file; nothing is written then.
    """
    _refuse_collisions(artifacts)
    identities = {one.path: identity(one, renderer.version(one)) for one in artifacts}
    changed = []
    for one in artifacts:
        if ledger.is_current(one.path, identities[one.path]):
            keep(one.path)
        else:
            changed.append(one)
    rendered = [(one, renderer.render(one)) for one in changed]
    ledger.intend(one.path for one in changed)
    for one, data in rendered:
        write(one.path, data)
        ledger.wrote(one.path, identities[one.path], data)
    removed = ledger.strangers(identities)
    for name in removed:
        remove(ledger.output, name)
        ledger.forget(name)
    if changed or removed:
        ledger.save()
    return Outcome(tuple(one.path for one in changed), tuple(removed), len(artifacts) - len(changed))


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
