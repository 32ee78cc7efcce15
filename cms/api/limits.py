"""How often one token, or one address without a token, may ask."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

WINDOW_SECONDS = 60
_MOST_KEPT = 10_000


class Limiter:
    """At most *most* requests of one key in each minute of this process's clock."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._counts: dict[str, int] = {}
        self._window = -1
        self._lock = threading.Lock()

    def wait(self, key: str) -> int:
        """Counts a request of *key*; so many seconds it has to wait, 0 where it need not."""
        now = self._clock()
        with self._lock:
            if self._window != int(now // WINDOW_SECONDS) or len(self._counts) > _MOST_KEPT:
                self._window, self._counts = int(now // WINDOW_SECONDS), {}
            self._counts[key] = self._counts.get(key, 0) + 1
            over = self._counts[key] > self._most
        return math.ceil(WINDOW_SECONDS - now % WINDOW_SECONDS) if over else 0
