"""Ships a release: what is new goes first, what is gone goes last, and an interruption costs one batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kentongan.deploy.carrier import Carrier
from kentongan.deploy.manifest import GRACE, Changes, Digests, Manifest, changes
from kentongan.deploy.order import Batch, batches, place
from kentongan.errors import KentonganError

CHECKPOINT = 50
"""After so many files the target's manifest is brought up to date."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """What is to be done at a target: ``there`` becomes ``here``, the files of the folder ``release``."""

    release: Path
    here: Digests
    there: Manifest
    changes: Changes

    @classmethod
    def of(
        cls,
        carrier: Carrier,
        release: Path,
        here: Digests,
        now: datetime,
        *,
        everything: bool = False,
        grace: timedelta = GRACE,
    ) -> Shipment:
        """What *carrier*'s target lacks; with *everything*, its manifest's word on what is there is not taken.

        :raises KentonganError: when the target cannot be asked, or its manifest makes no sense.
        """
        told = carrier.read()
        there = _known(told, everything) if told else Manifest()
        return cls(release, here, there, changes(there, here, now, grace))

    @property
    def is_empty(self) -> bool:
        """Whether the target already holds the release, and nothing waits there for its end."""
        return not self.changes.send and not self.changes.delete and set(self.changes.keep) == set(self.there.unneeded)


def ship(shipment: Shipment, carrier: Carrier, clock: Callable[[], datetime], tell: Callable[[int], None]) -> None:
    """Carries *shipment* out; *tell* hears how many files more have arrived.

    Before a file is touched the manifest at the target says so: whoever comes after an interruption, with this release
    or another, knows which files may be either.

    :raises KentonganError: when the target or its tool fails; the next shipment goes on from there.
    """
    if shipment.is_empty:
        return
    plan, files = shipment.changes, dict(shipment.there.files)
    files.update(dict.fromkeys((*plan.send, *plan.delete)))
    unneeded = {path: since for path, since in shipment.there.unneeded.items() if path in plan.keep}
    carrier.write(Manifest(files, unneeded).to_json())
    waiting = 0
    for batch in batches(plan.send, by_type=carrier.by_type):
        _send(carrier, shipment.release, batch, tell)
        files.update({path: shipment.here[path] for path in batch.paths})
        waiting += len(batch.paths)
        if waiting >= CHECKPOINT:
            carrier.write(Manifest(files, unneeded).to_json())
            waiting = 0
    if plan.delete:
        carrier.delete(sorted(plan.delete, key=place, reverse=True))  # a page before the assets it shows
    left = {path: digest for path, digest in files.items() if path not in plan.delete}
    done = clock()
    carrier.write(Manifest(left, {path: unneeded.get(path, done) for path in plan.keep}).to_json())
    carrier.finish(f"Publish {shipment.release.name}")


def _send(carrier: Carrier, release: Path, batch: Batch, tell: Callable[[int], None]) -> None:
    arrived = 0
    for _ in carrier.send(release, batch):
        arrived += 1
        tell(1)
    tell(len(batch.paths) - arrived)  # those that the tool found there already


def _known(told: bytes, everything: bool) -> Manifest:
    """What lies at the target, as far as it can be read; of files whose word is not taken only the names are known."""
    if not everything:
        return Manifest.from_json(told)
    try:
        known = Manifest.from_json(told)
    except KentonganError:
        return Manifest()
    return Manifest(dict.fromkeys(known.files), known.unneeded)
