"""The git repository of the content: packed with its whole history, and unpacked again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store.git import GitError, git, require_own

_AS_IT_IS = ("-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null")


class Repository:
    """The repository in whose work tree the folder *content* is; ``top`` is its root, or the office's if there is none.

    :raises KentonganError: when there is one that git does not read.
    """

    def __init__(self, content: Path) -> None:
        self.is_there = any((folder / ".git").exists() for folder in (content, *content.parents))
        self.top = content.parent
        if self.is_there:
            require_own(content)
            self.top = Path(os.fsdecode(_git(content, "rev-parse", "--show-toplevel")).rstrip("\n"))

    def bundle(self, into: Path) -> str | None:
        """Packs all branches, tags and commits into the file *into*; returns the commit checked out, if there is any.

        :raises KentonganError: when older commits are missing here.
        """
        if not self.is_there or not _git(self.top, "for-each-ref", "--count=1"):
            return None
        if _git(self.top, "rev-parse", "--is-shallow-repository").strip() == b"true":
            raise KentonganError(
                Message("This repository lacks its older commits."), Message("Get them with “git fetch --unshallow”.")
            )
        _git(self.top, "bundle", "create", "--quiet", str(into), "--all", "HEAD")
        _git(self.top, "bundle", "verify", "--quiet", str(into))
        return _heads(self.top, into)["HEAD"]

    def branch(self, bundle: Path) -> str | None:
        """The branch that is checked out, where the one in *bundle* has the same commit."""
        heads = _heads(self.top, bundle)
        name = _git(self.top, "rev-parse", "--symbolic-full-name", "HEAD").decode().strip()
        return name.removeprefix("refs/heads/") if name != "HEAD" and heads.get(name) == heads["HEAD"] else None

    def loose(self, commit: str | None, own: Sequence[Path]) -> list[Path]:
        """Files that *commit* lacks or has otherwise, those below *own* even where git is told to ignore them."""
        others = ("ls-files", "-z", "--others")
        return [
            *(self._listed("ls-files", "-z") if commit is None else self._existing(commit)),
            *self._listed(*others, "--exclude-standard"),
            *self._listed(*others, "--", *map(str, own)),
        ]

    def removed(self, commit: str | None) -> list[str]:
        """Files of *commit* that are no more, also where a folder has taken their name; relative to ``top``."""
        if commit is None:
            return []
        gone = (path for path in self._changed(commit) if not _is_file(path))
        return [path.relative_to(self.top).as_posix() for path in gone]

    def _existing(self, commit: str) -> list[Path]:
        return [path for path in self._changed(commit) if _is_file(path)]

    def _changed(self, commit: str) -> list[Path]:
        return self._listed("diff", "-z", "--name-only", "--no-renames", "--ignore-submodules", "--no-ext-diff", commit)

    def _listed(self, *arguments: str) -> list[Path]:
        return [self.top / os.fsdecode(name) for name in _git(self.top, *arguments).split(b"\0") if name]


def unpack(bundle: Path, folder: Path, commit: str, branch: str | None) -> None:
    """Makes *folder* the repository that *bundle* was made of, with *commit* checked out.

    :raises KentonganError: when the bundle is not whole.
    """
    folder.mkdir()
    _git(folder, "init", "--quiet", f"--initial-branch={branch or 'main'}")
    _git(folder, "fetch", "--quiet", "--update-head-ok", str(bundle), "+refs/*:refs/*", "HEAD")
    if branch is None:
        _git(folder, "update-ref", "--no-deref", "HEAD", commit)
    _git(folder, *_AS_IT_IS, "reset", "--quiet", "--hard", commit)


def _is_file(path: Path) -> bool:
    return path.is_symlink() or path.is_file()


def _heads(folder: Path, bundle: Path) -> dict[str, str]:
    lines = _git(folder, "bundle", "list-heads", str(bundle)).decode().splitlines()
    return {name: commit for commit, _, name in (line.partition(" ") for line in lines)}


def _git(folder: Path, *arguments: str) -> bytes:
    """git's answer, however long a large history takes.

    :raises KentonganError: when git is not there or refuses.
    """
    try:
        return git(folder, *arguments, patience=None)
    except GitError as error:
        told = str(error).splitlines() or ["?"]
        raise KentonganError(Message("git refused: {error}.", {"error": told[-1].rstrip(".")})) from error
