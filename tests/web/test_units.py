"""What systemd's units would run, run: the CMS starts, and a release is cut when something falls due and not before."""

import os
import shlex
import subprocess

import pytest

from tests.offices import MORNING, kentongan, seed
from tests.web.processes import ask, free_port, running, wait_until


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return seed(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def units(office, tmp_path_factory):
    """Unit -> key -> value, of the keys that matter here."""
    folder = tmp_path_factory.mktemp("units")
    port = free_port()
    done = kentongan(
        office, "config", "systemd", "--domain", "kantor.example", "--cms", f"127.0.0.1:{port}", "--into", str(folder)
    )
    assert (done.returncode, done.stdout) == (0, "")
    return {path.name: dict(_pairs(path.read_text())) for path in folder.iterdir()}, port


def _pairs(text):
    for line in text.splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            yield key, value


def start(unit, key, now):
    """Runs the line *key* as systemd would, at *now*; returns the exit code."""
    given = dict(pair.split("=", 1) for pair in unit["Environment"].split())
    environment = {**os.environ, **given, "KENTONGAN_NOW": now}
    done = subprocess.run(
        shlex.split(unit[key]),
        cwd=unit["WorkingDirectory"],
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.returncode


def test_the_timer_publishes_what_falls_due_and_nothing_else(office, units):
    unit = units[0]["kentongan-publish.service"]
    assert start(unit, "ExecCondition", MORNING) == 0  # there is no release yet
    assert start(unit, "ExecStart", MORNING) == 0
    assert (office / "var/current/index.html").is_file()
    assert start(unit, "ExecCondition", "2020-07-22T08:30+07:00") == 3
    assert start(unit, "ExecCondition", "2020-07-22T12:30+07:00") == 0  # the talk is over
    assert units[0]["kentongan-publish.timer"]["OnCalendar"] == "*:0/5"


@pytest.mark.long
def test_nothing_is_due_after_a_rollback(office, units):
    unit = units[0]["kentongan-publish.service"]
    assert start(unit, "ExecStart", "2020-07-22T12:31+07:00") == 0
    assert kentongan(office, "rollback").returncode == 0
    assert start(unit, "ExecCondition", "2020-07-23T12:30+07:00") == 3
    newest = kentongan(office, "releases").stdout.split()[-3]
    assert kentongan(office, "rollback", newest).returncode == 0
    assert start(unit, "ExecCondition", "2020-07-23T12:30+07:00") == 0


def test_the_web_server_reads_what_the_timer_made(office, units):
    """It runs as somebody else, and the unit's umask keeps others out of all that is new."""
    unit = units[0]["kentongan-publish.service"]
    before = os.umask(int(unit["UMask"], 8))
    try:
        assert start(unit, "ExecStart", "2020-07-24T12:30+07:00") == 0
    finally:
        os.umask(before)
    made = [path.stat().st_mode for path in (office / "var/current/").rglob("*")]
    assert all(mode & 0o044 == 0o044 for mode in made)


@pytest.mark.long
def test_the_cms_starts(units):
    unit = units[0]["kentongan-cms.service"]
    command = shlex.split(unit["ExecStart"])
    with running(command, units[1], cwd=unit["WorkingDirectory"]):
        wait_until(lambda: ask(units[1], "/healthz").status == 200)
