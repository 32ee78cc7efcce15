"""What all actions work on: the content, its one writer, the accounts' database, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlalchemy import delete

from kentongan.accounts import Account, Accounts, Right, may
from kentongan.actions.tables import Origin
from kentongan.clock import build_instant
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.forms import record_of, troubles
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind, Office, Record, Status
from kentongan.repository import Author, Edit, Writer, Written
from kentongan.repository.edit import with_front_matter
from kentongan.store import files
from kentongan.store.frontmatter import Document, FrontMatterError, parse
from kentongan.store.load import office_of
from kentongan.webhooks import announce

_DOMAIN = "kentongan.invalid"

DRAFTS = (Status.DRAFT, Status.REVIEW)
"""How far a record is that readers have never seen."""


class Refusal(KentonganError):
    """Somebody asked for what is not theirs to do."""


class WrongState(KentonganError):
    """What was asked for does not fit how far the record is; somebody may have been quicker."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts."""

    account: Account

    @property
    def author(self) -> Author:
        """As commits name them; an address that reaches nobody, for a repository may be public."""
        return Author(self.account.name, f"{self.account.login}@{_DOMAIN}")


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did: the record that it was about, and every text that was written."""

    path: str
    written: Written


class Newsroom:
    """One office's content, and all that is needed to change it."""

    def __init__(
        self, content: Path, writer: Writer, database: Database, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.content, self.writer, self.database = content, writer, database
        self._clock = clock or build_instant

    @property
    def now(self) -> datetime:
        """This moment, in the office's zone."""
        return self._clock().astimezone(ZoneInfo(self.office.zone))

    @property
    def office(self) -> Office:
        """What ``site.yml`` says, as far as it can be read."""
        return office_of(self.content)

    @property
    def minute(self) -> str:
        """This minute, as files write it."""
        return f"{self.now:%Y-%m-%d %H:%M}"

    def text(self, path: str) -> str | None:
        """What the file *path* holds; ``None``: there is none.

        :raises FrontMatterError: when it is no text.
        """
        place = self.content / path
        return files.read_text(place) if place.is_file() else None

    def document(self, path: str) -> Document | None:
        """The front matter and body of *path*."""
        text = self.text(path)
        return None if text is None else parse(with_front_matter(text))

    def status(self, path: str) -> Status | None:
        """How far the record *path* is; ``None``: there is none. Of a broken file an older version may be public."""
        try:
            document = self.document(path)
        except FrontMatterError:
            return Status.PUBLISHED
        return None if document is None else status_of(document.data)

    def records(self, kind: Kind) -> Iterator[Record]:
        """The records of *kind*, drafts too; a file that is no valid record is passed over."""
        folder = RECORD_TYPES[kind].folder
        for file in sorted((self.content / folder).glob("*.md")):
            path = f"{folder}/{file.name}"
            try:
                yield record_of(kind, path, self.text(path) or "")
            except (ValidationError, FrontMatterError):
                continue

    def require(self, actor: Actor, right: Right, path: str) -> None:
        """Makes sure that *actor* may do that to *path*. Who began a draft may change it.

        :raises Refusal: when they may not.
        """
        if not self.may(actor, right, path):
            raise not_yours()

    def may(self, actor: Actor, right: Right, path: str) -> bool:
        """Whether *actor* may do that to *path*."""
        kind, role = kind_of(path), actor.account.role
        own = right is Right.EDIT and may(role, Right.DRAFT, kind)
        return may(role, right, kind) or (own and self._is_theirs(actor, path))

    def write(self, actor: Actor, edits: Sequence[Edit], message: Message) -> Written:
        """Writes *edits*, all or none; each has to come out as a valid record.

        :raises Conflict: when somebody else changed the same fields meanwhile.
        :raises KentonganError: when a record would not be valid.
        """
        said = message.told(self.language)
        return self.writer.write(edits, actor.author, said, self.now, check=refuse_invalid)

    @property
    def language(self) -> str:
        """The language in which history is told."""
        return self.office.language

    def note(self, actor: Actor, action: str, path: str, more: str = "") -> None:
        """Adds a line to the audit log, and tells whoever asked to be told."""
        Accounts(self.database).note(actor.account.login, action, path, more)
        announce(self.database, action, path, self.now)

    def began(self, actor: Actor, paths: Sequence[str]) -> None:
        """Remembers who began the records *paths*."""
        with self.database.session() as session:
            for path in paths:
                session.execute(delete(Origin).where(Origin.path == path))
                session.add(Origin(path=path, account_id=actor.account.id, made=self._clock()))

    def origin(self, path: str) -> Origin | None:
        """Who began the record *path*, where it was begun here."""
        with self.database.reading() as session:
            return session.get(Origin, path)

    def is_begun_by(self, actor: Actor, path: str) -> bool:
        """Whether *actor* began the record *path* here."""
        origin = self.origin(path)
        return origin is not None and origin.account_id == actor.account.id

    def _is_theirs(self, actor: Actor, path: str) -> bool:
        return self.is_begun_by(actor, path) and self.status(path) is not Status.PUBLISHED


def kind_of(path: str) -> Kind:
    """The type of the record whose file is *path*.

    :raises KentonganError: when no type of record lives there.
    """
    parts = PurePosixPath(path).parts
    for kind, type_ in RECORD_TYPES.items():
        if len(parts) == 2 and parts[0] == type_.folder:
            return kind
    raise KentonganError(Message("No type of record lives in “{folder}”.", {"folder": path}))


def path_of(kind: Kind, id_: str) -> str:
    """The file of the record *id_*, relative to the content folder."""
    return f"{RECORD_TYPES[kind].folder}/{id_}.md"


def status_of(data: Mapping[str, object]) -> Status:
    """How far a record with the front matter *data* is; what cannot be read is a draft."""
    word = str(data.get("status") or Status.PUBLISHED).lower()
    try:
        return Status.ARCHIVED if word == "hidden" else Status(word)
    except ValueError:
        return Status.DRAFT


def label_of(data: Mapping[str, object], path: str) -> str:
    """What a person calls the record."""
    return str(data.get("title") or data.get("name") or PurePosixPath(path).stem)


def refuse_invalid(texts: Mapping[str, str | None]) -> None:
    """A :data:`~kentongan.repository.writer.Check`: every text is a valid record.

    :raises KentonganError: when one is not, with the first thing that is wrong.
    """
    for path, text in texts.items():
        found = troubles(kind_of(path), path, text) if text is not None else ()
        if found:
            raise KentonganError(found[0].message, found[0].mend)


def not_yours() -> Refusal:
    return Refusal(Message("This is not yours to change."), Message("Ask whoever publishes in your office."))
