"""``kentongan deploy`` to each kind of target: killed midway, resumed, and never seen half done by a reader."""

import json
import os
import random
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest

from tests.deploy import targets
from tests.deploy.targets import Reader
from tests.offices import kentongan, tree, write
from tests.web.processes import needs, wait_until

PAGES = [f"berita/{number:03}/index.html" for number in range(50)]
MORNING = datetime.fromisoformat("2020-07-22T08:00+07:00")
KINDS = [
    pytest.param("rsync", marks=needs("rsync", "sshd", "ssh")),
    pytest.param("webdav", marks=needs("rclone")),
    pytest.param("sftp", marks=needs("rclone")),
    pytest.param("s3", marks=needs("rclone")),
    pytest.param("git", marks=needs("git")),
]

WEBDAV = pytest.param("webdav", marks=[*KINDS[1].marks, pytest.mark.long])


def release(office, name):
    """A release of 60 pages, all of whose assets are its own, made the current one."""
    folder = office / "var/releases" / name
    chance = random.Random(name)
    style = f"static/style.{name}.css"
    files = {style: name, "feed.xml": f"<rss>{name}</rss>", "version.json": json.dumps({"commit": name})}
    for number, page in enumerate(PAGES):
        picture = f"media/{number:03}.{name}.jpg"
        (folder / picture).parent.mkdir(parents=True, exist_ok=True)
        (folder / picture).write_bytes(chance.randbytes(20_000))
        files[page] = f'<link href="/{style}"><img src="/{picture}">{name}'
    files["index.html"] = f'<link href="/{style}">{name}'
    files["index.html.br"] = f"compressed {name}"
    write(folder, files)
    link = office / "var/current"
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
    return tree(folder)


def deploy(office, place, *arguments, after=timedelta()):
    environment = {**place.environment, "KENTONGAN_NOW": (MORNING + after).isoformat()}
    return kentongan(office, "deploy", "situs", "--json", *arguments, **environment)


def killed_midway(office, place, midway):
    """Begins to deploy, and kills everything that takes part once *midway*."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kentongan", "deploy", "situs"],
        cwd=office,
        env={**os.environ, **place.environment},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    wait_until(lambda: midway() or process.poll() is not None)
    assert process.poll() is None, process.stderr.read().decode()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.fixture
def office(tmp_path):
    return write(tmp_path / "office", {"content/site.yml": "name: Kantor\n"})


@pytest.fixture(params=KINDS)
def place(request, tmp_path, office):
    folder = tmp_path / "target"
    folder.mkdir()
    made = {"rsync": targets.rsync_over_ssh, "git": targets.git_branch}.get(request.param)
    with ExitStack() as held:
        place = held.enter_context(made(folder) if made else targets.rclone(folder, request.param))
        write(office, {"deploy.toml": f"[situs]\n{place.toml}"})
        yield place


@pytest.mark.long
def test_killed_and_resumed_and_no_reader_misses_anything(office, place):
    old = release(office, "satu")
    first = deploy(office, place)
    assert first.returncode == 0, first.stderr
    expected = old if 'by = "rsync"' in place.toml else {path: old[path] for path in old if path != "index.html.br"}
    assert place.files() == expected

    new = release(office, "dua")
    with Reader(place, ["index.html", *PAGES[::10]]) as reader:
        if isinstance(place, targets.Branch):
            killed_midway(office, place, (office / "var/deploy/situs.git/kentongan-index").exists)
            assert place.files() == expected
        else:
            killed_midway(office, place, lambda: b"dua" in (place.get(PAGES[5]) or b""))
            assert b"satu" in place.get("version.json")
        resumed = deploy(office, place)
        assert resumed.returncode == 0, resumed.stderr
        if not isinstance(place, targets.Branch):
            assert "media/000.dua.jpg" not in json.loads(resumed.stdout)["send"]
        wait_until(lambda count=reader.read: reader.read > count + 10)
    assert reader.missing == []

    assets = {path: data for path, data in old.items() if path.startswith(("static/", "media/"))}
    wanted = {path: new[path] for path in new if path in expected or path.startswith(("static/", "media/"))}
    assert place.files() == {**assets, **wanted}
    assert json.loads(deploy(office, place, after=timedelta(minutes=50)).stdout)["send"] == []
    assert sorted(json.loads(deploy(office, place, after=timedelta(hours=2)).stdout)["delete"]) == sorted(assets)
    assert place.files() == wanted


@pytest.mark.parametrize("place", [KINDS[0], WEBDAV, KINDS[-1]], indirect=True)
def test_what_others_put_there_stays_and_a_dry_run_changes_nothing(office, place):
    release(office, "satu")
    dry = deploy(office, place, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "index.html" in json.loads(dry.stdout)["send"]
    assert place.files() == {}
    assert deploy(office, place).returncode == 0
    if not isinstance(place, targets.Branch):
        write(place.folder, {"milik/orang.txt": "theirs"})
    (office / "var/current/feed.xml").unlink()
    done = deploy(office, place)
    assert json.loads(done.stdout) == {"send": [], "delete": ["feed.xml"], "keep": []}
    assert "feed.xml" not in place.files()
    if not isinstance(place, targets.Branch):
        assert place.get("milik/orang.txt") == b"theirs"
