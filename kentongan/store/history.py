"""The git history of the content: an input of every build (which commit, and a broken file's last good version)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kentongan.store.git import asked

VERSIONS_TRIED = 50

_AT = "(@|&#0*64;|&#x0*40;|&commat;|%40)"
"""The ways to write @ in Markdown."""


class History:
    """git, asked about one content folder, and about each file once as long as no commit is added.

    Without git, or outside a repository, there simply is no history.
    """

    def __init__(self, content: Path) -> None:
        self.content = content
        self._head: str | None = None
        self._known: dict[str, tuple[str, ...]] = {}
        self._texts: dict[str, bytes | None] = {}

    def commit(self) -> str | None:
        """The commit checked out, as 40 hex digits; what is known of an earlier one is forgotten."""
        answer = self._ask("rev-parse", "--verify", "--quiet", "HEAD")
        head = answer.decode().strip() or None if answer else None
        if head != self._head:
            self._head, self._known, self._texts = head, {}, {}
        return head

    def is_shallow(self) -> bool:
        """Whether older commits are missing, so that a last good version may be out of reach."""
        answer = self._ask("rev-parse", "--is-shallow-repository")
        return answer is not None and answer.strip() == b"true"

    def versions(self, path: str) -> Iterator[bytes]:
        """Committed versions of *path* (relative to the content folder), newest first."""
        if path not in self._known:
            commits = self._ask("log", f"-n{VERSIONS_TRIED}", "--format=%H", "--end-of-options", "HEAD", "--", path)
            self._known[path] = tuple((commits or b"").decode().split())
        for commit in self._known[path]:
            name = f"{commit}:./{path}"
            if name not in self._texts:
                self._texts[name] = self._ask("show", "--end-of-options", name)
            if (version := self._texts[name]) is not None:
                yield version

    def mentions(self, text: str) -> bool:
        """Whether a committed version of any file ever held *text*, in capitals or not."""
        pattern = f"-S{_spelt(text)}"
        options = ("log", "-n1", "-i", "--format=%H", "--pickaxe-regex", pattern)
        return bool(self._ask(*options, "--end-of-options", "HEAD", "--", "."))

    def includes(self, later: str, earlier: str) -> bool:
        """Whether the commit *later* is *earlier*, or came after it."""
        return self._ask("merge-base", "--is-ancestor", "--end-of-options", earlier, later) is not None

    def _ask(self, *arguments: str) -> bytes | None:
        """git's answer, or ``None`` when it has none. Never writes: the index is left alone."""
        return asked(self.content, *arguments)


def _spelt(text: str) -> str:
    """The extended regular expression (POSIX) of *text*, however its @ is written."""
    return _AT.join(re.sub(r"[^\w@-]", lambda match: f"[{match[0]}]", part) for part in text.split("@"))
