"""The first commit of a new office's repository."""

from __future__ import annotations

from pathlib import Path

from kentongan.store.git import asked

_BRANCH = "main"
_NOBODY = {"user.name": "Kentongan", "user.email": "kentongan@localhost"}
"""Who commits where git has not been told who people are."""


def first_commit(folder: Path) -> bool:
    """Commits all of *folder*, which becomes a repository if it is none; whether git is there and did it."""
    steps = [
        *([] if (folder / ".git").exists() else [["init", "--quiet", f"--initial-branch={_BRANCH}"]]),
        ["add", "--all"],
        [*_author(folder), "commit", "--quiet", "--no-verify", "--message", "Mulai"],
    ]
    return all(asked(folder, *step) is not None for step in steps)


def _author(folder: Path) -> list[str]:
    unset = {key: value for key, value in _NOBODY.items() if not asked(folder, "config", key)}
    return [part for key, value in unset.items() for part in ("-c", f"{key}={value}")]
