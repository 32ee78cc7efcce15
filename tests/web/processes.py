"""Real programs on free loopback ports, for tests that talk to them."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

NGINX = """
daemon off; {user} worker_processes 1; pid {folder}/nginx.pid; error_log stderr;
include /etc/nginx/modules-enabled/*.conf;
events {{ }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"
PATIENCE = 60.0


def program(name: str) -> str | None:
    """The full path of *name*: on the path, where servers live, or beside this Python."""
    beside = str(Path(sys.executable).parent)
    return shutil.which(name) or shutil.which(name, path=SBIN) or shutil.which(name, path=beside)


def needs(*names: str) -> pytest.MarkDecorator:
    """Skips where one of the programs *names* is missing."""
    missing = [name for name in names if program(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not on this machine: {', '.join(missing)}")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], port: int, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """*command*, from when it listens on *port* to the end of the block."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    try:
        wait_until(lambda: process.poll() is not None or listens(port))
        if process.poll() is not None:
            pytest.fail(process.stdout.read().decode())
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@contextlib.contextmanager
def nginx(folder: Path, configuration: str, port: int) -> Iterator[None]:
    """nginx with the *configuration* of one site, which has it listen on *port*; *folder* is its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.conf").write_text(configuration)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user="user root;" if os.getuid() == 0 else ""))
    with running([str(program("nginx")), "-e", "stderr", "-c", str(folder / "nginx.conf")], port):
        yield


def listens(port: int) -> bool:
    """Whether something takes connections on *port*."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Asks again and again until *true*; fails after *seconds*."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s")
        time.sleep(0.02)


class Answer:
    """What a server said: ``status``, ``headers`` and ``body``, nothing decoded, no redirect followed."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request to loopback; ``If_None_Match=…`` is the header ``If-None-Match``."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return Answer(connection.getresponse())
    finally:
        connection.close()
