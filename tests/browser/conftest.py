"""One Chromium for all tests, and built sites to look at."""

import contextlib
import shutil
from pathlib import Path

import pytest

import kentongan_cms
from tests.site_server import served

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
"""The shell, which has no windows of its own, opens pages at a third of the work."""


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: nothing is looked at in a browser")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve():
    """A function that serves a folder on loopback until the session's end, and gives its address."""
    with contextlib.ExitStack() as servers:
        yield lambda folder: servers.enter_context(served(folder))


@pytest.fixture(scope="session")
def editor():
    """The editor of texts, which npm brings; without it the forms are plain ones."""
    if not (Path(kentongan_cms.__file__).parent / "admin/static/vendor/overtype.min.js").is_file():
        pytest.skip("no editor here: make assets brings it")
