"""The real server on loopback: the site's files as a web server gives them, and the site kept up to date."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from kentongan.accounts import Accounts, Sessions
from kentongan.database import Database
from tests.offices import EPISODE, EPISODE_FILE, MORNING, edit, seed, write

TYPES = {
    "/": "text/html; charset=utf-8",
    "/feed.xml": "application/xml; charset=utf-8",
    "/program/warung-sebelah/feed.xml": "application/xml; charset=utf-8",
    "/program/warung-sebelah/akan-datang.xml": "application/xml; charset=utf-8",
    "/jadwal.ics": "text/calendar; charset=utf-8",
    "/jadwal.json": "application/json; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
}


class Server:
    """``kentongan serve`` in a folder, until closed."""

    def __init__(self, office, *arguments):
        self.office = office
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("KENTONGAN_", "SITEURL"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kentongan", "serve", "--port", str(self.port), *arguments],
            cwd=office,
            env={**clean, "KENTONGAN_NOW": MORNING},
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.wait_until(lambda: self.get("/healthz")[0])

    def get(self, path, method="GET", **headers):
        """(status, headers, body); an unreachable server is status 0."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()
        except OSError:
            return 0, {}, b""

    def wait_until(self, true, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if true():
                return
            time.sleep(0.05)
        pytest.fail(f"not within {seconds} s")

    def close(self):
        self.process.send_signal(2)
        return self.process.communicate(timeout=60)[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(seed(tmp_path_factory.mktemp("office")))
    yield server
    server.close()


@pytest.mark.parametrize("path", TYPES)
def test_types(server, path):
    status, headers, body = server.get(path)
    assert (status, headers["content-type"]) == (200, TYPES[path])
    assert body


def test_head_says_the_length_and_sends_nothing(server):
    status, headers, body = server.get("/robots.txt", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) == len(server.get("/robots.txt")[2])


def test_byte_ranges(server):
    whole = server.get("/robots.txt")[2]
    status, headers, body = server.get("/robots.txt", Range="bytes=5-9")
    assert (status, body) == (206, whole[5:10])
    assert headers["content-range"] == f"bytes 5-9/{len(whole)}"
    assert server.get("/robots.txt", Range=f"bytes={len(whole)}-")[0] == 416


def test_a_file_that_has_not_changed_is_not_sent_again(server):
    etag = server.get("/")[1]["etag"]
    assert server.get("/", If_None_Match=etag)[0] == 304


def test_hashed_files_are_kept_for_ever_and_pages_are_asked_for(server):
    page = server.get("/")
    assert page[1]["cache-control"] == "no-cache"
    logo = next(part for part in page[2].decode().split('"') if part.startswith("/static/logo."))
    assert server.get(logo)[1]["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["/nothing/", "/.git/config", "/../pyproject.toml", "/%2e%2e/%2e%2e/etc/passwd", "/a%00b"]
)
def test_what_is_not_there_answers_with_the_404_page(server, path):
    status, headers, body = server.get(path)
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "Halaman" in body.decode()


def test_every_answer_carries_safe_headers(server):
    for path in ("/", "/healthz", "/admin/", "/nothing/"):
        headers = server.get(path)[1]
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_writing_methods_are_refused(server):
    assert server.get("/", method="POST")[0] == 405


def key_of_an_owner(office):
    """A session's token, made beside the running server."""
    database = Database(office / "var")
    try:
        accounts = Accounts(database)
        owner = accounts.accept(accounts.owner_link(), "ratri", "Ratri", "kuda besi makan pelangi")
        return Sessions(database).begin(owner, "test")
    finally:
        database.close()


def test_the_first_link_is_told_where_the_server_starts(tmp_path):
    server = Server(seed(tmp_path))
    told = server.close()
    assert re.search(rf"http://localhost:{server.port}/admin/tautan/[\w-]{{43}}\n", told)


def test_an_edit_reaches_the_page_and_a_mistake_reaches_the_admin(tmp_path):
    office = seed(tmp_path)
    server = Server(office)
    page = f"/program/warung-sebelah/{EPISODE}/"
    try:
        edit(office / EPISODE_FILE, "title: Koperasi Tangguh", "title: Koperasi Kuat")
        server.wait_until(lambda: b"Koperasi Kuat" in server.get(page)[2])
        edit(office / EPISODE_FILE, "title: Koperasi Kuat", "titel: Koperasi Rusak")
        key = key_of_an_owner(office)
        server.wait_until(lambda: b"titel" in server.get("/admin/", Cookie=f"kentongan={key}")[2])
        assert server.get("/healthz")[0] == 200
    finally:
        told = server.close()
    assert f"episodes/{EPISODE}.md:2: " in told
    assert "Traceback" not in told


@pytest.mark.long
def test_a_broken_theme_is_told_and_the_old_site_stays(tmp_path):
    office = seed(tmp_path, {"theme/templates/404.html": "Halaman"})
    server = Server(office)
    try:
        write(office, {"theme/templates/404.html": "{{ nothing }}"})
        server.wait_until(lambda: server.get("/healthz")[0] == 503)
        assert server.get("/")[0] == 200
        write(office, {"theme/templates/404.html": "Halaman baru"})
        server.wait_until(lambda: server.get("/healthz")[0] == 200)
    finally:
        server.close()


def test_the_sample_is_worked_on_in_a_copy_that_follows_it(tmp_path):
    office = seed(tmp_path)
    server = Server(office, "--sample", "content")
    try:
        edit(office / EPISODE_FILE, "title: Koperasi Tangguh", "title: Koperasi Kuat")
        server.wait_until(lambda: b"Koperasi Kuat" in server.get(f"/program/warung-sebelah/{EPISODE}/")[2])
        assert (office / "var/sample/content/.git").is_dir()
        assert not (office / "output").exists()
    finally:
        server.close()


def test_a_taken_port_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "kentongan", "serve", "--port", str(taken.getsockname()[1])],
            cwd=seed(tmp_path),
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=False,
        )
    assert done.returncode == 1
    assert "PORT=" in done.stderr
