"""Our own server on loopback, with its headers."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from kentongan.database import Database
from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus


@contextlib.contextmanager
def served(folder: Path, media: Path | None = None) -> Iterator[str]:
    """Serves *folder* while the block lasts, with the media store *media*; the value is its address."""
    with tempfile.TemporaryDirectory() as state:
        database = Database(Path(state))
        with running(create_app(folder, media or folder / "media", BuildStatus(), database)) as port:
            yield f"http://127.0.0.1:{port}"
        database.close()


@contextlib.contextmanager
def running(app: Starlette) -> Iterator[int]:
    """Runs *app* while the block lasts; the value is its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=10)
