"""What whoever watches over the server asks it, and that nobody else is answered."""

import json
import os
import signal
import subprocess
import urllib.error
import urllib.request

import pytest

from kentongan import __version__
from tests.cms.test_server import Server
from tests.offices import commit, seed
from tests.site_server import served

FAR = {"X_Forwarded_For": "203.0.113.7"}
BROKEN = {"content/people/rusak.md": "---\nnama: Rusak\n---\n"}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = seed(tmp_path_factory.mktemp("office"), BROKEN)
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def server(office):
    server = Server(office, "--log", "json")
    yield server
    server.close()


def figures(server):
    lines = server.get("/metrics")[2].decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


def test_health_tells_what_is_served(server, office):
    status, _, body = server.get("/healthz")
    health = json.loads(body)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=office, capture_output=True, encoding="utf-8", check=True)
    assert (status, health["status"], health["version"], health["builder"]) == (200, "ok", __version__, True)
    assert (health["commit"], health["findings"]) == (head.stdout.strip(), 2)
    assert health["built"].endswith("+00:00")


def test_figures_are_what_prometheus_reads(server):
    before = figures(server)
    server.get("/nothing/")
    after = figures(server)
    missing = 'kentongan_requests_total{status="404"}'
    assert after[missing] == before.get(missing, 0) + 1
    assert (after["kentongan_up"], after["kentongan_findings"]) == (1, 2)
    assert after["kentongan_records"] >= 7
    assert after["kentongan_build_seconds"] > 0
    assert after["kentongan_next_due_time_seconds"] > 0
    assert server.get("/metrics")[1]["content-type"].startswith("text/plain; version=0.0.4")


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/admin", "/admin/", "/admin/static/admin.css"])
def test_other_machines_get_the_page_for_what_is_not_there(server, path):
    status, headers, body = server.get(path, **FAR)
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Halaman" in body.decode()
    assert server.get("/", **FAR)[0] == 200


@pytest.mark.parametrize("forged", ["127.0.0.1, 203.0.113.7", "nowhere", "::ffff:203.0.113.7"])
def test_nobody_talks_himself_onto_this_machine(server, forged):
    assert server.get("/admin/", X_Forwarded_For=forged)[0] == 404


@pytest.mark.long
def test_an_opened_cms_answers_others_but_tells_them_no_figures(tmp_path):
    server = Server(seed(tmp_path), "--cms")
    try:
        assert server.get("/admin/", **FAR, X_Forwarded_Proto="https")[0] == 200
        assert server.get("/healthz", **FAR)[0] == server.get("/metrics", **FAR)[0] == 404
    finally:
        server.close()


@pytest.mark.long
def test_a_builder_that_is_gone_is_told_and_its_log_is_json(tmp_path):
    server = Server(seed(tmp_path, BROKEN), "--log", "json")
    try:
        server.wait_until(lambda: server.get("/healthz")[0] == 200)
        builder = subprocess.run(
            ["pgrep", "-P", str(server.process.pid), "-f", "kentongan_plugins.builder"],
            capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        os.kill(int(builder.stdout.split()[0]), signal.SIGKILL)
        server.wait_until(lambda: server.get("/healthz")[0] == 503)
        assert json.loads(server.get("/healthz")[2])["builder"] is False
    finally:
        told = [json.loads(line) for line in server.close().splitlines()]
    assert all(line["time"] and line["message"] for line in told)
    assert any(line.get("finding", {}).get("file") == "people/rusak.md" for line in told)


def test_before_the_first_build_it_is_not_well(tmp_path):
    with served(tmp_path) as address, pytest.raises(urllib.error.HTTPError, match="503"):
        urllib.request.urlopen(f"{address}/healthz", timeout=10)
