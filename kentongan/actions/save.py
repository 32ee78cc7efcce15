"""Beginning, changing and throwing away records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kentongan.accounts import Right, may
from kentongan.actions.newsroom import (
    DRAFTS,
    Actor,
    Done,
    Newsroom,
    WrongState,
    kind_of,
    label_of,
    not_yours,
    status_of,
)
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import Kind, Status
from kentongan.repository import Edit
from kentongan.store.frontmatter import parse

OWNERS = frozenset({"guid", "was", "announcement"})
"""Keys that what others hold on to hangs on: only an owner changes them."""
WORKFLOW = frozenset({"status", "updated"})
"""Keys that the workflow sets, and no form."""
PUBLISHERS = frozenset({"on_air", "cancelled"})
"""Keys that change what listeners are told at once."""
DATED = frozenset({Kind.ARTICLE, Kind.PAGE, Kind.EPISODE, Kind.CONSULTATION, Kind.PROGRAM})
"""Types whose ``updated`` tells calendars and readers of a change."""


def may_set(actor: Actor, kind: Kind, key: str) -> bool:
    """Whether *actor* may write the key *key* of records of *kind*."""
    role = actor.account.role
    if key in WORKFLOW:
        return False
    if key in OWNERS:
        return may(role, Right.OFFICE)
    return may(role, Right.PUBLISH if key in PUBLISHERS else Right.DRAFT, kind)


@dataclass(frozen=True, slots=True)
class Create:
    """Begins records as drafts, all in one commit; *texts* by path, the one it is about first."""

    texts: Mapping[str, str]

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when *actor* may not draft such records."""
        for path, text in self.texts.items():
            room.require(actor, Right.DRAFT, path)
            if status_of(parse(text).data) is not Status.DRAFT:
                raise not_yours()
        main = next(iter(self.texts))
        label = label_of(parse(self.texts[main]).data, main)
        edits = [_whole(path, text) for path, text in self.texts.items()]
        written = room.write(actor, edits, Message("Begin “{title}”", {"title": label}))
        room.began(actor, list(self.texts))
        room.note(actor, "create", main)
        return Done(main, written)


def _whole(path: str, text: str) -> Edit:
    document = parse(text)
    return Edit(path, None, document.data, document.body)


@dataclass(frozen=True, slots=True)
class Save:
    """Changes a record. What is public already changes for readers, so that only who publishes may.

    *newcomers* are records that it names for the first time; they become drafts, or public like the record itself.
    """

    edit: Edit
    message: Message | None = field(default=None)
    newcomers: Sequence[Edit] = field(default=())

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when the record, or a key of it, is not *actor*'s to change.
        :raises Conflict: when somebody else changed the same field.
        """
        path, kind = self.edit.path, kind_of(self.edit.path)
        document = room.document(path)
        if document is None:
            raise KentonganError(Message("This record is gone."), Message("Look for it in the history."))
        public = status_of(document.data) is Status.PUBLISHED
        room.require(actor, Right.PUBLISH if public else Right.EDIT, path)
        for key in self.edit.changes:
            if not may_set(actor, kind, key):
                raise not_yours()
        label = label_of(document.data, path)
        edit = self._dated(room, kind) if public else self.edit
        begun = [self._begun(room, actor, one, public) for one in self.newcomers]
        written = room.write(actor, [edit, *begun], self.message or Message("Change “{title}”", {"title": label}))
        room.began(actor, [one.path for one in begun])
        room.note(actor, "save", path, ", ".join(sorted(self.edit.changes)))
        return Done(path, written)

    def _begun(self, room: Newsroom, actor: Actor, newcomer: Edit, public: bool) -> Edit:
        room.require(actor, Right.PUBLISH if public else Right.DRAFT, newcomer.path)
        status = Status.PUBLISHED if public else Status.DRAFT
        return replace(newcomer, changes={**newcomer.changes, "status": status.value})

    def _dated(self, room: Newsroom, kind: Kind) -> Edit:
        """With the time of the change, for calendars and readers; a change of nothing has none."""
        if kind not in DATED or not (self.edit.changes or self.edit.body is not None):
            return self.edit
        return Edit(self.edit.path, self.edit.base, stamped(self.edit.changes, room), self.edit.body)


def stamped(changes: Mapping[str, Any], room: Newsroom) -> dict[str, Any]:
    """*changes* with ``updated``."""
    return {**changes, "updated": room.minute}


@dataclass(frozen=True, slots=True)
class Discard:
    """Throws a draft away. History keeps it."""

    path: str

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when it is not *actor*'s.
        :raises WrongState: when it is no draft.
        """
        room.require(actor, Right.EDIT, self.path)
        document = room.document(self.path)
        if document is None or status_of(document.data) not in DRAFTS:
            raise WrongState(Message("Only a draft can be thrown away."), Message("Take it off the site instead."))
        said = Message("Throw away “{title}”", {"title": label_of(document.data, self.path)}).told(room.language)
        written = room.writer.put({self.path: None}, actor.author, said, room.now)
        room.note(actor, "discard", self.path)
        return Done(self.path, written)
