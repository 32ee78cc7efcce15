"""Choosing between two versions that people made in two places; the one that is not chosen stays in history."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kentongan.accounts import Accounts, Right, may
from kentongan.actions.answering import answers_of, shown
from kentongan.actions.newsroom import Actor, Newsroom, kind_of, not_yours, refuse_invalid, status_of
from kentongan.actions.pictures import require_any
from kentongan.actions.save import DATED, OWNERS, stamped
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import Status
from kentongan.repository import Edit, OpenSplit
from kentongan.repository.edit import BODY, same_text, with_front_matter
from kentongan.store import files
from kentongan.store.frontmatter import Document, FrontMatterError, parse
from kentongan.store.media import FOLDER

SET_ASIDE = "set-aside"
"""How the audit log calls a text that another one was chosen over."""

_DONE = Message("Choose between two versions of {path}")


@dataclass(frozen=True, slots=True)
class Choose:
    """Settles the open split of the file *path*: *theirs* are the fields that are taken as they are there; of a
    *whole* file, whether theirs is taken."""

    path: str
    theirs: Collection[str] = ()
    whole: bool = False

    def do(self, room: Newsroom, actor: Actor) -> None:
        """:raises Refusal: when it is not *actor*'s to choose.
        :raises KentonganError: when nothing is to be chosen any more, or what comes out would be no valid record.
        """
        split = room.writer.splits.of(self.path)
        if split is None:
            raise KentonganError(Message("Somebody has chosen already."))
        require_choice(room, actor, split)
        try:
            self._choose(room, actor, split)
        except FrontMatterError as error:
            raise KentonganError(error.message, error.mend) from error
        room.writer.splits.forget(self.path)
        room.note(actor, "choose", self.path, self._noted(split))

    def _choose(self, room: Newsroom, actor: Actor, split: OpenSplit) -> None:
        if split.fields:
            self._choose_fields(room, actor, split)
        elif self.whole:
            self._take_theirs(room, actor, split)

    def _choose_fields(self, room: Newsroom, actor: Actor, split: OpenSplit) -> None:
        current = room.text(self.path)
        if current is None:
            raise KentonganError(Message("This record is gone."), Message("Look for it in the history."))
        here, there = parse(with_front_matter(current)), their_document(room, split)
        changes = {key: there.data.get(key) for key in split.fields if key in self.theirs and key != BODY}
        if OWNERS & set(changes) and not may(actor.account.role, Right.OFFICE):
            raise not_yours()
        body = there.body if BODY in split.fields and BODY in self.theirs else None
        if changes or body is not None:
            room.write(actor, [Edit(self.path, current, self._dated(room, changes, here), body)], self._message)
        losers = {key: here if key in self.theirs else there for key in split.fields}
        texts = {key: one.body if key == BODY else one.data.get(key) for key, one in losers.items()}
        set_aside(room, actor, self.path, {key: shown(self.path, key, text) for key, text in texts.items()})

    def _dated(self, room: Newsroom, changes: dict[str, Any], here: Document) -> dict[str, Any]:
        """With the time of the change where readers see it."""
        public = status_of(here.data) is Status.PUBLISHED
        return stamped(changes, room) if public and kind_of(self.path) in DATED else changes

    def _take_theirs(self, room: Newsroom, actor: Actor, split: OpenSplit) -> None:
        if is_outside(split):
            raise KentonganError(
                Message("This file does not belong to the content."), Message("Change it by git, and choose ours here.")
            )
        data, said = room.writer.splits.theirs(split), self._message.told(room.language)
        if data is not None and is_record(self.path):
            refuse_invalid({self.path: decoded(data)})
        room.writer.put_bytes({self.path: data}, actor.author, said, room.now)

    def _noted(self, split: OpenSplit) -> str:
        chosen = ", ".join(sorted(self.theirs)) if split.fields else str(self.whole)
        return f"{split.commit[:10]}: {chosen}"

    @property
    def _message(self) -> Message:
        return Message(_DONE.msgid, {"path": self.path})


def set_aside(room: Newsroom, actor: Actor, path: str, texts: Mapping[str, str]) -> None:
    """Keeps *texts*, by the keys of the record *path*, where its history shows them; each once."""
    there = {one.note for one in Accounts(room.database).audit(action=SET_ASIDE, target=path)}
    for note in (f"{key}: {text}" for key, text in texts.items() if text.strip()):
        if note not in there:
            room.note(actor, SET_ASIDE, path, note)


@dataclass(frozen=True, slots=True)
class Aside:
    """A text of the field ``key`` that another one was chosen over. ``who``: the login of whoever chose."""

    key: str
    text: str
    who: str
    at: datetime


def asides(room: Newsroom, path: str) -> list[Aside]:
    """The texts that were set aside of the record *path* and are not in it, newest first, each once."""
    now = _answers(room, path)
    found: dict[tuple[str, str], Aside] = {}
    for one in Accounts(room.database).audit(action=SET_ASIDE, target=path):
        key, _, text = one.note.partition(": ")
        if not same_text(text, now.get(key, "")):
            found.setdefault((key, text), Aside(key, text, one.who, one.at))
    return list(found.values())


def _answers(room: Newsroom, path: str) -> Mapping[str, str]:
    try:
        return answers_of(path, room.text(path) or "")
    except FrontMatterError:
        return {}


def require_choice(room: Newsroom, actor: Actor, split: OpenSplit) -> None:
    """:raises Refusal: when *actor* may not change what *split* is about, as it is on either side."""
    if is_record(split.path):
        public = Status.PUBLISHED in (room.status(split.path), _their_status(room, split))
        room.require(actor, Right.PUBLISH if public else Right.EDIT, split.path)
    elif split.path.startswith(f"{FOLDER}/"):
        require_any(actor, Right.EDIT)
    elif not may(actor.account.role, Right.OFFICE):
        raise not_yours()


def may_choose(room: Newsroom, actor: Actor, split: OpenSplit) -> bool:
    """Whether *actor* may settle *split*."""
    try:
        require_choice(room, actor, split)
    except KentonganError:
        return False
    return True


def is_record(path: str) -> bool:
    """Whether the file *path* is one that a type of record may have."""
    try:
        kind_of(path)
    except KentonganError:
        return False
    return path.endswith(".md")


def is_outside(split: OpenSplit) -> bool:
    """Whether it is about a file of the repository that is not below the content folder."""
    return split.path.startswith("../")


def their_document(room: Newsroom, split: OpenSplit) -> Document:
    """The record as it is there; nothing where it cannot be read."""
    try:
        return parse(with_front_matter(decoded(room.writer.splits.theirs(split) or b"")))
    except FrontMatterError:
        return Document({}, {}, "")


def decoded(data: bytes) -> str:
    """*data* as text.

    :raises KentonganError: when it is none.
    """
    try:
        return files.decode(data)
    except FrontMatterError as error:
        raise KentonganError(error.message, error.mend) from error


def _their_status(room: Newsroom, split: OpenSplit) -> Status | None:
    document = their_document(room, split)
    return status_of(document.data) if document.data else None
