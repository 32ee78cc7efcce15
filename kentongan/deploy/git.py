"""A branch of a git repository, for hosts that serve one. Readers see the commit before or the commit after."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from kentongan.deploy.carrier import output
from kentongan.deploy.manifest import NAME
from kentongan.deploy.order import Batch

_IDENTITY = ("-c", "user.name=Kentongan", "-c", "user.email=kentongan@localhost")
_PATIENCE = ("-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=60")
_AS_IT_IS = ("-c", "core.autocrlf=false", "-c", "core.fileMode=false")
_PLAIN = ".nojekyll"
"""Tells hosts that would run a generator of their own over the files not to."""


class Git:
    """Works in a bare repository of its own, *store*: no checkout, and the office's own repository is not touched."""

    by_type = False

    def __init__(self, to: str, branch: str, store: Path) -> None:
        self._to, self._branch, self._store = to, branch, store
        self._parent = ""

    def read(self) -> bytes | None:
        self._store.parent.mkdir(parents=True, exist_ok=True)
        self._git("init", "--quiet", "--bare", str(self._store))
        found = self._git("ls-remote", "--heads", "--end-of-options", self._to, f"refs/heads/{self._branch}")
        for left in (*self._store.glob("*.lock"), self._index):  # by a shipment that was killed
            left.unlink(missing_ok=True)
        if not found:
            return None
        self._git(*_PATIENCE, "fetch", "--quiet", "--depth=1", "--no-tags", "--end-of-options", self._to, self._ref)
        self._parent = self._git("rev-parse", "--verify", "FETCH_HEAD").decode().strip()
        self._git("read-tree", self._parent)
        code, manifest = self._ask("cat-file", "blob", f"{self._parent}:{NAME}", fine=(0, 128))
        return None if code else manifest

    def write(self, manifest: bytes) -> None:
        self._put(NAME, manifest)

    def send(self, release: Path, batch: Batch) -> Iterator[str]:
        listed = "".join(f"{path}\0" for path in batch.paths).encode()
        self._git(f"--work-tree={release}", "-C", str(release), "update-index", "--add", "-z", "--stdin", stdin=listed)
        yield from batch.paths

    def delete(self, paths: Sequence[str]) -> None:
        listed = "".join(f"{path}\0" for path in paths).encode()
        with tempfile.TemporaryDirectory() as empty:
            self._git(f"--work-tree={empty}", "update-index", "--force-remove", "-z", "--stdin", stdin=listed)

    def finish(self, subject: str) -> None:
        """Commits, and pushes on top of what was there: a push that somebody else came before is refused."""
        self._put(_PLAIN, b"")
        tree = self._git("write-tree").decode().strip()
        parent = ["-p", self._parent] if self._parent else []
        commit = self._git(*_IDENTITY, "commit-tree", *parent, "-m", subject, tree).decode().strip()
        self._git(*_PATIENCE, "push", "--quiet", "--end-of-options", self._to, f"{commit}:{self._ref}")

    @property
    def _ref(self) -> str:
        return f"refs/heads/{self._branch}"

    @property
    def _index(self) -> Path:
        return self._store / "kentongan-index"

    def _put(self, path: str, data: bytes) -> None:
        blob = self._git("hash-object", "-w", "--stdin", stdin=data).decode().strip()
        self._git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")

    def _git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        return self._ask(*arguments, stdin=stdin)[1]

    def _ask(self, *arguments: str, stdin: bytes = b"", fine: Sequence[int] = (0,)) -> tuple[int, bytes]:
        settings = {
            "GIT_DIR": str(self._store),
            "GIT_INDEX_FILE": str(self._index),
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
        }
        return output(["git", *_AS_IT_IS, *arguments], stdin, settings, fine)
