"""git as a program: called with a list of arguments, in a clean environment, and with locks of the killed healed."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path

STALE_SECONDS = 4.0
"""After which a lock is that of a git that was killed."""


class GitError(Exception):
    """git cannot be used now, and why, in its own words."""


def git_environment() -> dict[str, str]:
    """For every call of git: in a hook, git's own variables would lead it to another repository than the folder's."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**clean, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def git(folder: Path, *arguments: str, stdin: bytes = b"", patience: float | None = 60) -> bytes:
    """What git answers in *folder*; it may take *patience* seconds, or (``None``) as long as it likes.

    :raises GitError: when it is not there, refuses, or takes too long.
    """
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=git_environment(),
            input=stdin,
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(str(error)) from error
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace").strip())
    return done.stdout


def asked(folder: Path, *arguments: str, patience: float = 20) -> bytes | None:
    """What git answers; ``None`` when it has no answer, or cannot be used."""
    with suppress(GitError):
        return git(folder, *arguments, patience=patience)
    return None


def heal(lock: Path) -> bool:
    """Takes away the lock of a git that was killed; one that still runs is done within seconds. Whether it did."""
    with suppress(OSError):
        if time.time() - lock.stat().st_mtime > STALE_SECONDS:
            lock.unlink()
            return True
    return False
