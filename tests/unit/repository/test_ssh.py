"""A change goes to a repository that only a real SSH server leads to, and comes back from there."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kentongan.repository import Trouble
from tests.unit.repository.test_exchange import Office, made
from tests.unit.repository.test_writer import git

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not (SSHD and shutil.which("ssh-keygen")), reason="no sshd here: nothing is sent over SSH"),
]


@dataclass
class Ssh:
    """A server on loopback, and the keys for it."""

    folder: Path
    port: int
    process: subprocess.Popen

    def command(self, key: str = "mine", known: str = "known") -> str:
        """How git is to call ssh, with one key and one list of known hosts."""
        own = f"-F none -i {self.folder / key} -o IdentitiesOnly=yes -o IdentityAgent=none -o StrictHostKeyChecking=yes"
        return f"ssh {own} -o UserKnownHostsFile={self.folder / known}"


@pytest.fixture
def ssh(tmp_path: Path) -> Iterator[Ssh]:
    folder = tmp_path / "ssh"
    folder.mkdir(mode=0o700)
    for name in ("host", "mine", "strange"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    public = (folder / "host.pub").read_text()
    (folder / "known").write_text(f"[127.0.0.1]:{port} {public}")
    (folder / "empty").touch()
    shutil.copy(folder / "mine.pub", folder / "let-in")
    options = (
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder / 'host'}\nAuthorizedKeysFile {folder / 'let-in'}\n"
        "PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        "PermitRootLogin prohibit-password\n"
    )
    (folder / "config").write_text(options)
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "config"], stderr=subprocess.PIPE, encoding="utf-8")
    server = Ssh(folder, port, process)
    try:
        if not begins(process, port):
            pytest.skip(f"sshd does not run here: {process.stderr.read().strip()}")
        yield server
    finally:
        process.terminate()
        process.wait(10)


def begins(process: subprocess.Popen, port: int) -> bool:
    """Waits until it answers, or has ended."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.02)
    return False


@pytest.fixture
def ani(tmp_path: Path, ssh: Ssh) -> Office:
    """An office whose remote is behind SSH."""
    office = Office(tmp_path / "ani", made(tmp_path))
    url = f"ssh://{getpass.getuser()}@127.0.0.1:{ssh.port}{office.hub}"
    git(office.folder, "remote", "set-url", "origin", url)
    git(office.folder, "config", "core.sshCommand", ssh.command())
    return office


def test_a_change_goes_there_and_comes_from_there(tmp_path: Path, ani: Office):
    budi = Office(tmp_path / "budi", ani.hub)
    ani.edit(title="Pasar murah")
    assert (ani.sync(), budi.sync()) == (None, None)
    assert "title: Pasar murah\n" in budi.read()
    budi.edit(summary="Gula")
    assert (budi.sync(), ani.sync()) == (None, None)
    assert "summary: Gula\n" in ani.read()
    assert ani.exchange.step.place == "127.0.0.1"


@pytest.mark.parametrize("wrong", [{"key": "strange"}, {"known": "empty"}], ids=["key", "host"])
def test_who_is_not_let_in_is_told_so_and_nothing_is_lost(ani: Office, ssh: Ssh, wrong: dict[str, str]):
    git(ani.folder, "config", "core.sshCommand", ssh.command(**wrong))
    ani.edit(title="Pasar murah")
    assert ani.sync() is Trouble.DENIED
    git(ani.folder, "config", "core.sshCommand", ssh.command())
    assert ani.sync() is None
    assert ani.exchange.has(ani.head)


def test_a_server_that_is_away_is_tried_again(ani: Office, ssh: Ssh):
    ssh.process.terminate()
    ssh.process.wait(10)
    ani.edit(title="Pasar murah")
    assert ani.sync() is Trouble.AWAY
    assert ani.exchange.step.waiting == 1
