"""All checks, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from kentongan.doctor import database, exchange, machine, office, releases, server, streams, updates
from kentongan.doctor.check import Check, Verdict
from kentongan.site import Site
from kentongan.sound.media_store import MediaStore

__all__ = ["Check", "Verdict", "examine"]

_AT_ONCE = 8


def examine(site: Site, content: Path, state: Path, seconds: float = streams.SECONDS) -> Iterator[Check]:
    """Every check of the office *site* in the folder *content*; each stream has *seconds* to answer."""
    store = MediaStore.of(state)
    yield machine.versions()
    yield updates.update(state)
    yield releases.release(state)
    yield office.content(site)
    yield machine.git(content)
    yield machine.sound()
    yield machine.folder("state", state)
    yield machine.folder("media", store.folder)
    yield database.database(state)
    yield office.recordings(site, store)
    yield machine.public_address()
    yield from server.checks(state, site.now)
    yield from exchange.checks(content, state)
    heard = [one for station in site.stations for one in station.streams]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(partial(streams.stream, seconds=seconds), heard)
