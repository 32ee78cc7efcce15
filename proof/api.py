"""Thousands of requests drawn from the API's description: no 5XX, and every answer is as described."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from tests.cms.api_servers import Server
from tests.cms.fuzzing import CHECKS, fuzz

REQUESTS = 10
"""Of each operation, valid ones and as many that are not."""


def prove() -> dict[str, Any]:
    """How many requests were answered with which status.

    :raises Exception: at the first answer that is a 5XX, or not as described.
    """
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        told = fuzz(server, REQUESTS, number=1)
        server.close()
    return {
        "requests": sum(told.values()),
        "answers": {str(status): told[status] for status in sorted(told)},
        "checks": [check.__name__ for check in CHECKS],
        "violations": 0,
    }
