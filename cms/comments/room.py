"""Comments of the site that this server is for: the store, the threads of the built site, the public snapshot."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from kentongan.accounts import Accounts
from kentongan.build.release import Releases
from kentongan.comments import fetching
from kentongan.comments.comments import Comments
from kentongan.comments.erasing import Erased
from kentongan.comments.mail import Mailer
from kentongan.comments.moderation import Moderation, publisher
from kentongan.comments.notices import Letters
from kentongan.comments.secret import Secret
from kentongan.comments.threads import Thread, Threads, threads_of
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message

from ..near import ADDRESS_VARIABLE
from ..status import BuildStatus

PATH = "/komentar"


class Room:
    """Where readers and moderators meet, for the site in the folder *output*."""

    def __init__(self, database: Database, output: Path, status: BuildStatus) -> None:
        self.status, self._output = status, output
        self.secret = Secret.of(database.state)
        self.comments = Comments(database, self.secret)
        self.mailer = Mailer.of()
        self._write = publisher(self.comments, post_address(), letters=self.mailer is not None)
        self.moderation = Moderation(self.comments, self.publish, Accounts(database).note)

    def publish(self) -> bool:
        """Writes what is public for the next build; whether that changed anything.

        Not where the site shows the comments of another server: what was fetched from there stays.
        """
        return not os.environ.get(fetching.URL_VARIABLE) and self._write()

    def forget(self, gone: Erased) -> None:
        """Takes what was erased off the site, and out of those releases that may show it."""
        self.publish()
        if gone.public_since:
            Releases(self.comments.database.state).forget(gone.public_since)

    @property
    def letters(self) -> Letters | None:
        """Who writes letters; ``None``: the office has named no mail server."""
        if self.mailer is None:
            return None
        home = _own() or (origin_of(self.threads.home) or "")
        return Letters(self.comments, self.mailer, f"{home}{PATH}", self.status.language, lambda: self.threads)

    def told(self, message: Message) -> str:
        """*message* in the office's language."""
        return message.told(self.status.language)

    def said(self, error: KentonganError) -> str:
        """What went wrong, and what to do, in the office's language."""
        return error.told(self.status.language)

    @property
    def threads(self) -> Threads:
        """What can be commented on, as the site was last built."""
        return threads_of(self._output)

    def thread(self, name: str) -> Thread | None:
        """The thread called *name*."""
        return self.threads.named.get(name)

    def origins(self) -> frozenset[str]:
        """Origins whose forms are taken besides this server's own (RFC 6454)."""
        return frozenset(origin for url in (self.threads.home, _own()) if (origin := origin_of(url)))


def post_address() -> str:
    """Where forms are to send to: a path where the site is served from here, else an absolute address."""
    return f"{_own()}{PATH}"


def origin_of(url: str) -> str | None:
    """The origin of *url*: scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else None


def _own() -> str:
    return os.environ.get(ADDRESS_VARIABLE, "").rstrip("/")
