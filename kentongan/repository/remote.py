"""The office's repository elsewhere: what git fetches from there and pushes to it. Credentials are git's own affair."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store.git import GitError, asked, git, git_afar, heal

VARIABLE = "KENTONGAN_REMOTE"
"""The name of a remote of the office's repository, like ``origin``."""

_NAME = re.compile(r"\w[\w.-]{0,99}", re.ASCII)
_SECRET = re.compile(r"(?<=://)[^/\s@]+@")
_MOST_SAID = 600


class Trouble(StrEnum):
    """Why nothing can be exchanged."""

    AWAY = "away"
    DENIED = "denied"
    MISSING = "missing"
    REFUSED = "refused"
    BEHIND = "behind"
    """Somebody pushed between our look and our push: the next round has it."""
    UNRELATED = "unrelated"
    REWRITTEN = "rewritten"
    FAILED = "failed"


WHY: Mapping[Trouble, Message] = {
    Trouble.AWAY: Message("That place does not answer."),
    Trouble.DENIED: Message("That place does not let us in. Whoever looks after the server gives it a new key."),
    Trouble.MISSING: Message("There is no repository there. Whoever looks after the server looks at its address."),
    Trouble.REFUSED: Message("That place refuses our changes. Whoever looks after it allows this server to send them."),
    Trouble.BEHIND: Message("Others are sending at the same time."),
    Trouble.UNRELATED: Message("What lies there is not this office’s history, so that nothing is sent or fetched."),
    Trouble.REWRITTEN: Message("Somebody has rewritten the history there, so that nothing is sent or fetched."),
    Trouble.FAILED: Message("Something went wrong on the way."),
}
"""What a person is told of each."""

_SIGNS = (
    (Trouble.BEHIND, r"\[rejected\]|fetch first|non-fast-forward|failed to update ref|cannot lock ref"),
    (Trouble.REFUSED, r"\[remote rejected\]|hook declined|protected branch"),
    (Trouble.MISSING, "does not appear to be a git repository|repository .*not found|no such remote|does not exist"),
    (
        Trouble.DENIED,
        "authentication failed|permission denied|could not read (username|password)|returned error: 40[13]"
        "|host key verification failed|terminal prompts disabled|access denied",
    ),
    (
        Trouble.AWAY,
        "could not resolve|unable to access|connection|timed out|unable to connect|network|hung up|early eof"
        "|could not read from remote",
    ),
)
"""What git and the hosts say, in the order in which it tells most."""


class RemoteError(Exception):
    """Something is not exchanged: which trouble, and git's own words, without anybody's password."""

    def __init__(self, trouble: Trouble, said: str = "") -> None:
        self.trouble, self.said = trouble, _SECRET.sub("", _dense(said))[-_MOST_SAID:]
        super().__init__(self.said or trouble.value)


@dataclass(frozen=True, slots=True)
class Remote:
    """The remote *name* of the repository that holds *content*; our branch has the same name there."""

    content: Path
    name: str

    @classmethod
    def of(cls, content: Path) -> Remote | None:
        """The one that ``KENTONGAN_REMOTE`` names; ``None``: the office keeps its repository to itself.

        :raises KentonganError: when that is no name.
        """
        name = os.environ.get(VARIABLE, "").strip()
        if not name:
            return None
        if not _NAME.fullmatch(name):
            raise KentonganError(
                Message("{variable} is not the name of a remote.", {"variable": VARIABLE}),
                Message("Tell git the address by “git remote add origin ADDRESS”; then write {variable}=origin.",
                        {"variable": VARIABLE}),
            )  # fmt: skip
        return cls(content, name)

    @property
    def place(self) -> str:
        """What people are told it is: the host, else the remote's name; never an account or a password."""
        url = (asked(self.content, "remote", "get-url", self.name) or b"").decode("utf-8", "replace").strip()
        if "://" in url:
            return _host(url) or self.name
        head, colon, _ = url.partition(":")
        return head.rpartition("@")[2] if colon and "/" not in head else self.name

    def fetch(self) -> str | None:
        """The newest commit of our branch there; ``None``: it does not have the branch.

        :raises RemoteError: when it cannot be asked.
        """
        tracked = self._tracked()
        try:
            self._afar("fetch", "--quiet", "--no-tags", self.name, f"+refs/heads/{self._branch()}:{tracked}")
        except RemoteError as error:
            if "couldn't find remote ref" in error.said.lower():
                return None
            raise
        return git(self.content, "rev-parse", "--verify", tracked).decode().strip()

    def push(self, commit: str) -> None:
        """Makes our branch there be *commit*, which must come after what is there.

        :raises RemoteError: when it does not come to that.
        """
        self._afar("push", "--quiet", self.name, f"{commit}:refs/heads/{self._branch()}")

    @property
    def seen(self) -> str | None:
        """The newest commit there, as far as it was fetched."""
        with suppress(RemoteError):
            return self._commit_at(self._tracked())
        return None

    @property
    def agreed(self) -> str | None:
        """The commit on which both sides last agreed."""
        return self._commit_at(self._agreed())

    def agree(self, commit: str) -> None:
        """Remembers that both sides have *commit*."""
        self._heal(f"{self._agreed()}.lock")
        git(self.content, "update-ref", self._agreed(), commit)

    def _commit_at(self, ref: str) -> str | None:
        found = asked(self.content, "rev-parse", "--verify", "--quiet", ref)
        return found.decode().strip() if found else None

    def _tracked(self) -> str:
        return f"refs/remotes/{self.name}/{self._branch()}"

    def _heal(self, lock: str) -> None:
        """A git whose time was over may have left its lock."""
        if found := asked(self.content, "rev-parse", "--path-format=absolute", "--git-path", lock):
            heal(Path(found.decode().strip()))

    def _agreed(self) -> str:
        return f"refs/kentongan/{self.name}/{self._branch()}"

    def _branch(self) -> str:
        try:
            return git(self.content, "symbolic-ref", "--short", "HEAD").decode().strip()
        except GitError as error:
            raise RemoteError(Trouble.FAILED, str(error)) from error

    def _afar(self, *arguments: str) -> None:
        self._heal(f"{self._tracked()}.lock")
        try:
            git_afar(self.content, *arguments)
        except GitError as error:
            raise RemoteError(_trouble(str(error)), str(error)) from error


def _dense(said: str) -> str:
    """*said* without the spaces with which git covers what stood in a terminal's line before."""
    return "\n".join(line.strip() for line in said.splitlines() if line.strip())


def _trouble(said: str) -> Trouble:
    return next((one for one, signs in _SIGNS if re.search(signs, said, re.IGNORECASE)), Trouble.FAILED)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
