"""How many comments one server process takes, and how long a reader waits, where ten thousand are kept already."""

from __future__ import annotations

import http.client
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

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
        seconds, waits = _measured(posts, pages)
        name = f"comments: taken where {KEPT} stand on {pages} {where}"
        yield {"name": name, "value": round(posts / seconds), "unit": "POST/s"}
        for share in (50, 99):
            wait = round(waits[len(waits) * share // 100] * 1000, 1)
            yield {"name": f"comments: a reader waits there, p{share}", "value": wait, "unit": "ms"}


def _measured(posts: int, pages: int) -> tuple[float, list[float]]:
    """How many seconds all posts took, and each of them, the quickest first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_threads(folder)
        tokens = _prepared(folder, posts, pages)
        server = Server(folder, "")
        try:
            begun = time.perf_counter()
            waits = sorted(_posted(server.port, tokens))
            return time.perf_counter() - begun, waits
        finally:
            server.stop()


def _prepared(folder: Path, posts: int, pages: int) -> list[str]:
    database = Database(folder / "var")
    comments, now = Comments(database, Secret.of(folder / "var")), datetime.now(UTC)
    with database.session() as session:
        session.add_all(
            Comment(thread=_thread(n % pages).name, name=f"Orang {n}", text=f"Kata {n}", state=State.APPROVED, made=now)
            for n in range(KEPT)
        )
    drafts = (
        Draft(_thread(n % pages).name, None, f"Warga {n}", "", f"Panjang umur koperasi {n}.", False)
        for n in range(posts)
    )
    tokens = [comments.preview(draft, _thread(0)) for draft in drafts]
    database.close()
    return tokens


def _thread(number: int) -> Thread:
    return Thread(f"articles/kabar-{number}", "Kabar", "", True, None, False)


def _posted(port: int, tokens: list[str]) -> list[float]:
    waits: list[float] = []
    waiting, lock = iter(enumerate(tokens)), threading.Lock()

    def write() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while True:
            with lock:
                number, token = next(waiting, (-1, ""))
            if number < 0:
                return
            headers = {
                "origin": f"http://127.0.0.1:{port}",
                "content-type": "application/x-www-form-urlencoded",
                "x-forwarded-for": f"203.0.{number % 250}.{number // 250 % 250}",
            }
            begun = time.perf_counter()
            connection.request("POST", "/komentar", urlencode({"token": token}), headers)
            answer = connection.getresponse()
            answer.read()
            waits.append(time.perf_counter() - begun)
            if answer.status != 200:
                raise RuntimeError(f"HTTP {answer.status}")

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits
