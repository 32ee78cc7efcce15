"""A server process that can be killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable
from typing import Any

_FORKS = multiprocessing.get_context("forkserver")


class Process:
    """One server process, in which *serve* is called with its *port* and *given*.

    It is forked from a process that has imported the module of *serve*, which takes a second each time.
    """

    def __init__(self, serve: Callable[..., None], *given: Any) -> None:
        _FORKS.set_forkserver_preload([serve.__module__])
        self._serve, self._given = serve, given
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Returns once it answers."""
        self._process = _FORKS.Process(target=_run, args=(self._serve, self.port, *self._given), daemon=True)
        self._process.start()
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self._process.is_alive(), "the server has ended"
                time.sleep(0.02)

    def kill(self) -> None:
        """As the power going, for it and for whatever it has started."""
        os.killpg(int(self._process.pid or 0), signal.SIGKILL)
        self._process.join()

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.join()


def _run(serve: Callable[..., None], *given: Any) -> None:
    os.setsid()  # so that what it starts can be killed with it
    serve(*given)
