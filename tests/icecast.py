"""A real Icecast on loopback, with a configuration of its own, fed by ffmpeg."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = ("icecast2", "ffmpeg")
needs_icecast = pytest.mark.skipif(
    not all(map(shutil.which, PROGRAMS)), reason="no Icecast or no ffmpeg on this machine: nothing is on the air"
)
MOUNT = "/siaran.mp3"
KBITS = 64
_CONFIG = """<icecast>
<limits><clients>20</clients><sources>2</sources><burst-size>65535</burst-size></limits>
<authentication><source-password>bunyi</source-password><admin-user>a</admin-user><admin-password>b</admin-password></authentication>
<hostname>127.0.0.1</hostname>
<listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
<http-headers><header name="Access-Control-Allow-Origin" value="*"/></http-headers>
<paths><basedir>{folder}</basedir><logdir>{folder}</logdir><webroot>{web}</webroot><adminroot>{web}</adminroot></paths>
<logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>2</loglevel></logging>
</icecast>
"""


@contextmanager
def on_air() -> Iterator[str]:
    """The address of a stream that plays until the block is left."""
    with tempfile.TemporaryDirectory(prefix="icecast-") as name:
        folder = Path(name)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (folder / "icecast.xml").write_text(_CONFIG.format(port=port, folder=folder, web=folder))
        server = subprocess.Popen(
            [*_as_nobody(folder), "icecast2", "-c", folder / "icecast.xml"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        source = None
        try:
            _wait_for(f"http://127.0.0.1:{port}/", up=(200, 403, 404))
            source = _source(port)
            _wait_for(f"http://127.0.0.1:{port}{MOUNT}", up=(200,))
            yield f"http://127.0.0.1:{port}{MOUNT}"
        finally:
            for process in filter(None, (source, server)):
                process.kill()
                process.wait()


def _as_nobody(folder: Path) -> list[str]:
    """Icecast refuses to run as root."""
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "nobody", "nogroup")
    for path in folder.iterdir():
        shutil.chown(path, "nobody", "nogroup")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


def _source(port: int) -> subprocess.Popen[bytes]:
    tone = ["-re", "-f", "lavfi", "-i", "sine=frequency=440", "-c:a", "libmp3lame", "-b:a", f"{KBITS}k"]
    place = ["-content_type", "audio/mpeg", "-f", "mp3", f"icecast://source:bunyi@127.0.0.1:{port}{MOUNT}"]
    return subprocess.Popen(["ffmpeg", "-v", "quiet", "-nostdin", *tone, *place])


def _wait_for(url: str, up: tuple[int, ...]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status in up and answer.read(1):
                    return
        except urllib.error.HTTPError as error:
            if error.code in up:
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"{url} did not come up")
