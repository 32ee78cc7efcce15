"""Work on all cores: each process takes every n-th item of what this one has in memory, by ``fork``.

Where there is no safe ``fork`` (macOS, Windows, more than one thread here) the work is done in this process.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import IO, Any, TypeVar

from kentongan.errors import KentonganError

T = TypeVar("T")
R = TypeVar("R")

Work = Callable[[Sequence[T]], Iterable[R]]
"""Gives one result for each item, in their order."""


def cores() -> int:
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_forks(work: Work[T, R], items: Sequence[T], jobs: int) -> list[R]:
    """The results of *work* for all *items*, in their order, made by up to *jobs* processes.

    :raises KentonganError: when *work* does, in whichever process.
    """
    if jobs < 2 or not sys.platform.startswith("linux") or threading.active_count() > 1:
        return list(work(items))
    pipes = [_start(work, items[place::jobs]) for place in range(1, jobs)]
    try:
        stripes = [list(work(items[::jobs]))]
    finally:
        answers = [_answer(*pipe) for pipe in pipes]
    stripes += [_results(answer) for answer in answers]
    results = list(chain.from_iterable(zip(*(stripe[: len(items) // jobs] for stripe in stripes), strict=True)))
    return results + [stripe[len(items) // jobs] for stripe in stripes if len(stripe) > len(items) // jobs]


def _start(work: Work[T, R], stripe: Sequence[T]) -> tuple[int, IO[bytes]]:
    """A child at work on *stripe*, and the pipe on which it will answer."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child:
        os.close(theirs)
        return child, os.fdopen(ours, "rb")
    status = 1
    try:
        os.close(ours)
        with os.fdopen(theirs, "wb") as answer:
            pickle.dump(_done(work, stripe), answer, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)  # what the parent has open and registered is the parent's to close


def _done(work: Work[T, R], stripe: Sequence[T]) -> tuple[str, Any]:
    try:
        return "results", list(work(stripe))
    except KentonganError as error:
        return "error", error.to_json()
    except BaseException:
        return "fault", traceback.format_exc()


def _answer(child: int, pipe: IO[bytes]) -> tuple[str, Any]:
    with pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    if not data:
        return "fault", "a process of the build was killed"
    kind, value = pickle.loads(data)  # noqa: S301 - our own child wrote it
    return kind, value


def _results(answer: tuple[str, Any]) -> list[Any]:
    match answer:
        case "results", list(results):
            return results
        case "error", dict(error):
            raise KentonganError.from_json(error)
        case _, fault:
            raise RuntimeError(fault)
