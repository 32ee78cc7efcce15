"""How many comments one server process takes, and how long a reader waits, where ten thousand are kept already.

Readers send two forms for each comment: one that shows it to them, one that keeps it. The two are asked in turn.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.wire import form, send
from kentongan.comments.comments import Comments
from kentongan.comments.draft import Draft
from kentongan.comments.secret import Secret
from kentongan.comments.tables import Comment, State
from kentongan.comments.threads import Thread
from kentongan.database import Database
from proof.comments import THREADS, Server, write_threads

KEPT, POSTS, WRITERS = 10_000, 4000, 16


def rows(posts: int = POSTS) -> Iterator[dict[str, Any]]:
    """Name, value and unit of each: where what is kept stands on many pages, and where all of it stands on one."""
    for pages, where in ((THREADS, "pages"), (1, "page")):
        for shown, what in ((True, "shown and kept in turn"), (False, "kept")):
            name = f"comments: {what} where {KEPT} stand on {pages} {where}"
            seconds, waits = _measured(posts, pages, shown=shown)
            yield {"name": name, "value": round(len(waits) / seconds), "unit": "POST/s"}
            for share in (50, 99):
                wait = round(waits[len(waits) * share // 100] * 1000, 1)
                yield {"name": f"{name}: a reader waits, p{share}", "value": wait, "unit": "ms"}


def _measured(posts: int, pages: int, *, shown: bool) -> tuple[float, list[float]]:
    """How many seconds all posts took, and each of them, the quickest first. *shown*: every other one is a preview."""
    drafts = [
        Draft(f"articles/kabar-{n % pages}", None, f"Warga {n}", "", f"Panjang umur koperasi {n}.", False)
        for n in range(posts // 2 if shown else posts)
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_threads(folder)
        kept = [{"token": token} for token in _signed(folder, drafts, pages)]
        fields = list(chain.from_iterable(zip(map(_fields, drafts), kept, strict=True))) if shown else kept
        server = Server(folder, "")
        try:
            requests = [_request(server.port, n, one) for n, one in enumerate(fields)]
            send(server.port, requests[:WRITERS], 1)  # what a server does once, is done
            begun = time.perf_counter()
            answers = send(server.port, requests[WRITERS:], WRITERS)
            seconds = time.perf_counter() - begun
        finally:
            server.stop()
    if refused := {one.status for one in answers} - {200}:
        raise RuntimeError(f"HTTP {refused}")
    return seconds, sorted(one.wait for one in answers)


def _fields(draft: Draft) -> dict[str, str]:
    return {"thread": draft.thread, "parent": "", "name": draft.name, "email": "", "text": draft.text, "website": ""}


def _request(port: int, number: int, fields: dict[str, str]) -> bytes:
    address = f"203.0.{number % 250}.{number // 250 % 250}"
    return form(port, "/komentar", urlencode(fields).encode(), address)


def _signed(folder: Path, drafts: list[Draft], pages: int) -> list[str]:
    """A token for each of *drafts*, in an office that keeps many comments already."""
    database = Database(folder / "var")
    comments, now = Comments(database, Secret.of(folder / "var")), datetime.now(UTC)
    with database.session() as session:
        session.add_all(
            Comment(
                thread=f"articles/kabar-{n % pages}",
                name=f"Orang {n}",
                text=f"Kata {n}",
                state=State.APPROVED,
                made=now,
            )
            for n in range(KEPT)
        )
    tokens = [comments.preview(draft, Thread(draft.thread, "Kabar", "", True, None, False)) for draft in drafts]
    database.close()
    return tokens
