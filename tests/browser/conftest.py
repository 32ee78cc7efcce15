"""One Chromium for all tests, and built sites served as our own server serves them, with its headers."""

import contextlib
import shutil
import socket
import threading

import pytest
import uvicorn

from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: nothing is looked at in a browser")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--autoplay-policy=document-user-activation-required"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve():
    """A function that serves a folder on loopback until the session's end, and gives its address."""
    with contextlib.ExitStack() as servers:
        yield lambda folder: servers.enter_context(_served(folder))


@contextlib.contextmanager
def _served(folder):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(folder, BuildStatus()), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)
