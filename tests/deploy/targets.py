"""Targets of each kind on loopback, served by the real programs, and a reader who never stops."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.offices import tree
from tests.web.processes import free_port, program, running

_SHOWN = re.compile(rb'"/((?:static|media)/[^"]+)"')


@dataclass
class Place:
    """Where a site is shipped to: its table in deploy.toml, the environment its tool needs, and the folder it fills."""

    toml: str
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """What is there, but for what begins with a dot."""
        found = tree(self.folder) if self.folder.is_dir() else {}
        return {path: data for path, data in found.items() if not any(part.startswith(".") for part in path.split("/"))}

    def get(self, path: str) -> bytes | None:
        """One file as a reader gets it."""
        with contextlib.suppress(FileNotFoundError):
            return (self.folder / path).read_bytes()
        return None


class Branch(Place):
    """A branch of a bare repository."""

    def files(self) -> dict[str, bytes]:
        listed = self._git("ls-tree", "-r", "--name-only", "-z", "pages").split(b"\0")
        names = [name.decode() for name in listed if name and not name.startswith(b".")]
        return {name: self.get(name) or b"" for name in names}

    def get(self, path: str) -> bytes | None:
        return self._git("cat-file", "blob", f"pages:{path}") or None

    def _git(self, *arguments: str) -> bytes:
        return subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, check=False).stdout


class Reader:
    """Opens page after page, and after a while everything that each showed."""

    def __init__(self, place: Place, pages: list[str]) -> None:
        self.place, self.pages = place, pages
        self.read = 0
        self.missing: list[tuple[str, str]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=20)

    def _run(self) -> None:
        while not self._stop.is_set():
            opened = [(page, self.place.get(page)) for page in self.pages]
            for page, body in opened:
                shown = _SHOWN.findall(body or b"")
                self.missing += [(page, name.decode()) for name in shown if self.place.get(name.decode()) is None]
                self.read += bool(shown)
            self._stop.wait(0.01)


@contextlib.contextmanager
def rsync_over_ssh(folder: Path) -> Iterator[Place]:
    """A real sshd, and a key that it knows."""
    port = free_port()
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "authorized").write_text((folder / "key.pub").read_text())
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        f"UsePAM no\nUseDNS no\nStrictModes no\nPidFile none\nPasswordAuthentication no\nPermitRootLogin yes\n"
    )
    (folder / "ssh_config").write_text(
        f"Host situs\nHostName 127.0.0.1\nPort {port}\nIdentityFile {folder}/key\nIdentitiesOnly yes\n"
        f"UserKnownHostsFile {folder}/known\nStrictHostKeyChecking yes\nBatchMode yes\n"
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    options = f'options = ["--bwlimit=1500", "--rsh=ssh -F {folder}/ssh_config"]'
    with running([str(program("sshd")), "-D", "-e", "-f", str(folder / "sshd_config")], port):
        yield Place(f'by = "rsync"\nto = "situs:{folder}/srv/situs"\n{options}\n', folder / "srv/situs")


@contextlib.contextmanager
def rclone(folder: Path, protocol: str) -> Iterator[Place]:
    """``rclone serve`` of *protocol*, spoken to by rclone."""
    port = free_port()
    (folder / "srv/situs").mkdir(parents=True)
    address = f"127.0.0.1:{port}"
    serve, remote = {
        "webdav": ([], {"URL": f"http://{address}", "VENDOR": "other", "PACER_MIN_SLEEP": "0s"}),
        "sftp": (["--user=kantor", "--pass=rahasia"], {"HOST": "127.0.0.1", "PORT": str(port), "USER": "kantor"}),
        "s3": (
            ["--auth-key=kunci,rahasia", "--force-path-style"],
            {
                "PROVIDER": "Rclone",
                "ENDPOINT": f"http://{address}",
                "ACCESS_KEY_ID": "kunci",
                "SECRET_ACCESS_KEY": "rahasia",
            },
        ),
    }[protocol]
    known = {f"RCLONE_CONFIG_TUJUAN_{name}": value for name, value in {"TYPE": protocol, **remote}.items()}
    if protocol == "sftp":
        obscured = subprocess.run(
            [program("rclone"), "obscure", "rahasia"], check=True, capture_output=True, encoding="utf-8"
        )
        known["RCLONE_CONFIG_TUJUAN_PASS"] = obscured.stdout.strip()
    elsewhere = {**os.environ, "RCLONE_CONFIG": str(folder / "none.conf"), "XDG_CACHE_HOME": str(folder / "cache")}
    command = [str(program("rclone")), "serve", protocol, str(folder / "srv"), f"--addr={address}", *serve]
    path = f"{Path(program('rclone') or '').parent}{os.pathsep}{os.environ['PATH']}"
    with running(command, port, env=elsewhere):
        yield Place(
            'by = "rclone"\nto = "tujuan:situs"\noptions = ["--bwlimit=1500k"]\n',
            folder / "srv/situs",
            {**known, "RCLONE_CONFIG": str(folder / "none.conf"), "PATH": path},
        )


@contextlib.contextmanager
def git_branch(folder: Path) -> Iterator[Place]:
    """A bare repository with a branch that somebody already put a file on."""
    repository = folder / "situs.git"
    subprocess.run(["git", "init", "-q", "--bare", repository], check=True)
    yield Branch(f'by = "git"\nto = "{repository}"\n', repository)
