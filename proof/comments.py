"""Many people writing at once, through two server processes, one of which is killed: nothing acknowledged is lost.

On SQLite, and on PostgreSQL where ``KENTONGAN_PROOF_DATABASE_URL`` names a server. Every token must have made its own
comment: the text that was signed is the text that is kept under it.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import select

from kentongan.comments import comments, draft
from kentongan.comments.secret import Secret
from kentongan.comments.tables import Comment
from kentongan.comments.threads import DOCUMENT
from kentongan.database import Database
from kentongan_cms.app import create_app
from kentongan_cms.comments import letters
from kentongan_cms.status import BuildStatus
from proof._process import Process

POSTS, WRITERS = 5000, 12
URL_VARIABLE = "KENTONGAN_PROOF_DATABASE_URL"
THREADS = 200


def prove(posts: int = POSTS, writers: int = WRITERS) -> dict[str, Any]:
    """What was acknowledged and kept, for each database there is.

    :raises AssertionError: when something acknowledged is lost, or a token leads to somebody else's comment.
    """
    urls = {"sqlite": "", **({"postgresql": os.environ[URL_VARIABLE]} if os.environ.get(URL_VARIABLE) else {})}
    facts = {name: on_database(url, posts, writers) for name, url in urls.items()}
    assert all(found["lost"] == found["of somebody else"] == 0 for found in facts.values()), facts
    return {"posts": posts, "writers": writers, **facts}


def on_database(url: str, posts: int, writers: int) -> dict[str, Any]:
    """The same on one database."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_threads(folder)
        Database(folder / "var", url or None).close()
        Secret.of(folder / "var")
        servers = [Server(folder, url), Server(folder, url)]
        done = _post(servers, posts, writers)
        for server in servers:
            server.stop()
        return _compare(folder, url, done)


class Server(Process):
    """One server process on the office in *folder*, that lets anybody write as often and as quickly as they can."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(_serve, folder, url)

    def send(self, fields: dict[str, str], address: str) -> str | None:
        """The page that answers; ``None``: none came."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/komentar",
            urllib.parse.urlencode(fields).encode(),
            {"origin": f"http://127.0.0.1:{self.port}", "x-forwarded-for": address},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return None if error.code >= 500 else error.read().decode()
        except OSError:
            return None


def _serve(port: int, folder: Path, url: str) -> None:
    draft.QUICKEST = timedelta(0)
    comments._LIMITS = tuple((10**6, within) for _, within in comments._LIMITS)
    letters.Pace.require = lambda self, address: None  # type: ignore[method-assign]
    app = create_app(folder / "output", folder / "media", BuildStatus(), Database(folder / "var", url or None))
    uvicorn.run(app, port=port, log_level="warning", proxy_headers=True)


def _post(servers: list[Server], posts: int, writers: int) -> dict[str, Any]:
    acknowledged: dict[str, str] = {}
    begun, lock, numbers = time.monotonic(), threading.Lock(), iter(range(posts))

    def write() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            server, text = servers[number % len(servers)], f"Komentar nomor {number}, panjang umur koperasi."
            fields = {"thread": f"articles/kabar-{number % THREADS}", "name": f"Orang {number}", "text": text}
            address = f"203.0.{number % 250}.{number // 250 % 250}"
            page = server.send(fields, address)
            found = re.search(r'name="token" value="([^"]+)"', page or "")
            page = server.send({"token": found[1]}, address) if found else None
            own = re.search(r"/komentar/saya/([^\"]+)", page or "")
            if own:
                with lock:
                    acknowledged[own[1]] = text

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads) and len(acknowledged) < posts // 2:
        time.sleep(0.05)
    servers[0].kill()
    servers[0].start()
    for thread in threads:
        thread.join()
    return {"acknowledged": acknowledged, "seconds": time.monotonic() - begun}


def _compare(folder: Path, url: str, done: dict[str, Any]) -> dict[str, Any]:
    secret, database = Secret.of(folder / "var"), Database(folder / "var", url or None)
    with database.reading() as session:
        kept = {one.id: one.text for one in session.scalars(select(Comment))}
    database.close()
    told = {secret.signed("comment-own", token): text for token, text in done["acknowledged"].items()}
    return {
        "acknowledged": len(told),
        "kept": len(kept),
        "lost": sum(1 for id_ in told if id_ not in kept),
        "of somebody else": sum(1 for id_, text in told.items() if kept.get(id_, text) != text),
        "seconds": round(done["seconds"], 1),
    }


def write_threads(folder: Path) -> None:
    """The list of threads that a built site would have."""
    data = [
        {"thread": f"articles/kabar-{n}", "title": "Kabar", "url": "", "open": True, "closes": None, "asks": False}
        for n in range(THREADS)
    ]
    file = folder / "output" / DOCUMENT
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"site": {"name": "Kantor", "url": "http://127.0.0.1/"}, "data": data}))
