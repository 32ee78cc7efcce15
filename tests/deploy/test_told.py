"""What can go wrong on the way to a target is told, in words, and ends with 1."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offices import kentongan, write
from tests.web.processes import free_port, needs


@pytest.fixture
def office(tmp_path):
    return write(
        tmp_path / "office",
        {
            "content/site.yml": "name: Kantor\n",
            "var/releases/satu/index.html": "satu",
            "deploy.toml": f'[situs]\nby = "rsync"\nto = "{tmp_path}/target"\n',
        },
    )


def deploy(office, *arguments, **environment):
    return kentongan(office, "deploy", "situs", *arguments, KENTONGAN_LANG="en", **environment)


def told(done):
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_nothing_is_published_yet(office):
    assert "“kentongan publish” first, or name one of: satu." in told(deploy(office))
    assert "There is no release" in told(deploy(office, "--release", "../.."))


@needs("rsync")
def test_a_release_is_chosen_by_name(office):
    assert deploy(office, "--release", "satu").returncode == 0
    assert (office.parent / "target/index.html").read_text() == "satu"


def test_a_tool_that_is_missing_is_told(office):
    done = deploy(office, "--release", "satu", PATH="/nowhere")
    assert "rsync is not installed here." in told(done)


@pytest.mark.parametrize(
    "toml",
    [
        pytest.param(
            'by = "rsync"\nto = "127.0.0.1:/x"\noptions = ["--rsh=ssh -p {port}"]', marks=needs("rsync", "ssh")
        ),
        pytest.param('by = "git"\nto = "http://127.0.0.1:{port}/x.git"', marks=needs("git")),
        pytest.param('by = "git"\nto = "{folder}/nothing.git"', marks=needs("git")),
        pytest.param('by = "rclone"\nto = ":webdav,url=\'http://127.0.0.1:{port}\':x"', marks=needs("rclone")),
    ],
)
def test_a_target_that_does_not_answer_is_told(office, toml):
    write(office, {"deploy.toml": "[situs]\n" + toml.format(port=free_port(), folder=office)})
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = deploy(office, "--release", "satu", PATH=beside)
    assert "deploy again; it goes on where it stopped" in told(done)


@needs("rsync")
def test_a_list_that_makes_no_sense_is_told(office):
    write(office.parent / "target", {".kentongan-deploy.json": "judi"})
    assert "--all" in told(deploy(office, "--release", "satu"))
    assert deploy(office, "--release", "satu", "--all").returncode == 0
    assert deploy(office, "--release", "satu").returncode == 0


@needs("git")
def test_a_push_that_is_refused_is_told_and_tried_again(office):
    repository = office.parent / "situs.git"
    subprocess.run(["git", "init", "-q", "--bare", repository], check=True)
    hook = repository / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho not now >&2\nexit 1\n")
    hook.chmod(0o755)
    write(office, {"deploy.toml": f'[situs]\nby = "git"\nto = "{repository}"\n'})
    assert "not now" in told(deploy(office, "--release", "satu"))
    hook.unlink()
    assert deploy(office, "--release", "satu").returncode == 0
    listed = subprocess.run(["git", "ls-tree", "--name-only", "pages"], cwd=repository, capture_output=True, check=True)
    assert listed.stdout.decode().split() == [".kentongan-deploy.json", ".nojekyll", "index.html"]


@needs("rsync")
def test_a_terminal_sees_a_bar(office):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kentongan", "deploy", "situs", "--release", "satu"]
    process = subprocess.Popen(command, cwd=office, stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0
    assert "1/1" in seen.decode()
