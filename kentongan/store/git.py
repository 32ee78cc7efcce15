"""git as a program: called with a list of arguments, in a clean environment, and with locks of the killed healed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from pwd import getpwuid

from kentongan.due import FOREIGN
from kentongan.errors import KentonganError
from kentongan.language import Message

STALE_SECONDS = 4.0
"""After which a lock is that of a git that was killed."""

_UNSTALLED = ("-c", "http.lowSpeedLimit=100", "-c", "http.lowSpeedTime=30")
_UNASKED = {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never"}


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


def git_afar(folder: Path, *arguments: str, patience: float = 300) -> bytes:
    """What git answers that talks to another machine: it asks nobody for a password, and when its time is over,
    what it has started ends with it.

    :raises GitError: when it fails, or takes longer than *patience* seconds.
    """
    with _begun(folder, arguments) as process:
        try:
            out, told = process.communicate(timeout=patience)
        except BaseException as error:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise GitError(f"timed out after {patience:.0f} seconds") from error
            raise
    if process.returncode:
        raise GitError(told.decode(errors="replace").strip())
    return out


def _begun(folder: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a session of its own: without a terminal ssh cannot ask for anything either."""
    try:
        return subprocess.Popen(
            ["git", *_UNSTALLED, *arguments],
            cwd=folder,
            env=git_environment() | _UNASKED,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise GitError(str(error)) from error


def asked(folder: Path, *arguments: str, patience: float = 20) -> bytes | None:
    """What git answers; ``None`` when it has no answer, or cannot be used."""
    with suppress(GitError):
        return git(folder, *arguments, patience=patience)
    return None


def require_own(folder: Path) -> None:
    """:raises KentonganError: when the repository of *folder* is another account's, so that git leaves it alone."""
    try:
        git(folder, "rev-parse", "--git-dir")
    except GitError as error:
        if FOREIGN in str(error):
            raise KentonganError(
                Message("The repository of {folder} belongs to another account.", {"folder": str(folder.resolve())}),
                Message("Run the command as that account: sudo -u {account} …", {"account": _owner(folder)}),
            ) from error


def _owner(folder: Path) -> str:
    """The name of the account whose *folder* is, or its number."""
    number = folder.stat().st_uid
    try:
        return getpwuid(number).pw_name
    except KeyError:
        return f"#{number}"  # as sudo takes it


def heal(lock: Path) -> bool:
    """Takes away the lock of a git that was killed; one that still runs is done within seconds. Whether it did."""
    with suppress(OSError):
        if time.time() - lock.stat().st_mtime > STALE_SECONDS:
            lock.unlink()
            return True
    return False
