"""Asking somebody to look at a draft, and answering with remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select, update

from kentongan.accounts import Right
from kentongan.actions.choosing import set_aside
from kentongan.actions.newsroom import DRAFTS, Actor, Done, Newsroom, WrongState, label_of
from kentongan.actions.tables import Remark
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import Status
from kentongan.repository import Edit
from kentongan.store.frontmatter import parse


@dataclass(frozen=True, slots=True)
class AskForReview:
    """Hands a draft to whoever publishes."""

    path: str

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when it is not *actor*'s.
        :raises WrongState: when it is no draft any more.
        """
        room.require(actor, Right.EDIT, self.path)
        _require_draft(room, self.path)
        return _set(room, actor, self.path, Status.REVIEW, "ask-for-review", Message("Ask for a look at “{title}”"))


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Gives a draft back with *remarks*, by the fields they speak of ("": the whole)."""

    path: str
    remarks: Mapping[str, str] = field(default_factory=dict)

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when *actor* may not publish it.
        :raises WrongState: when it is no draft any more.
        :raises KentonganError: when nothing is remarked.
        """
        room.require(actor, Right.PUBLISH, self.path)
        _require_draft(room, self.path)
        said = {name: text.strip() for name, text in self.remarks.items() if text.strip()}
        if not said:
            raise KentonganError(Message("Write what should be changed."))
        with room.database.session() as session:
            for name, text in said.items():
                session.add(Remark(path=self.path, field=name, text=text, who=actor.account.name, at=room.now))
        return _set(room, actor, self.path, Status.DRAFT, "give-back", Message("Give “{title}” back with remarks"))


@dataclass(frozen=True, slots=True)
class Propose:
    """Hands *texts*, by the keys of the record *path*, to whoever publishes, where *actor* may not change it any more.

    They stand among the texts set aside in its history, and a remark leads there.
    """

    path: str
    texts: Mapping[str, str]

    def do(self, room: Newsroom, actor: Actor) -> None:
        """:raises Refusal: when *actor* writes no drafts of its type.
        :raises KentonganError: when there is nothing in it.
        """
        room.require(actor, Right.DRAFT, self.path)
        if not any(text.strip() for text in self.texts.values()):
            raise KentonganError(Message("You have changed nothing here."))
        set_aside(room, actor, self.path, self.texts)
        said = Message("I have changed something, too: it is in the history, among the texts that were set aside.")
        text = said.told(room.language)
        with room.database.session() as session:
            session.add(Remark(path=self.path, field="", text=text, who=actor.account.name, at=room.now))
        room.note(actor, "propose", self.path, ", ".join(sorted(self.texts)))


@dataclass(frozen=True, slots=True)
class Answer:
    """Says that what a remark asked for is done."""

    remark_id: int

    def do(self, room: Newsroom, actor: Actor) -> None:
        """:raises Refusal: when the record is not *actor*'s to change."""
        with room.database.session() as session:
            remark = session.get(Remark, self.remark_id)
            if remark is None:
                return
            room.require(actor, Right.EDIT, remark.path)
            remark.done = room.now


def remarks_of(room: Newsroom, path: str) -> list[Remark]:
    """What is still to be done to *path*, oldest first."""
    with room.database.reading() as session:
        wanted = select(Remark).where(Remark.path == path, Remark.done.is_(None)).order_by(Remark.id)
        return list(session.scalars(wanted))


def remarked(room: Newsroom) -> list[str]:
    """The records to which something is still to be done."""
    with room.database.reading() as session:
        return list(session.scalars(select(Remark.path).where(Remark.done.is_(None)).distinct()))


def settle(room: Newsroom, paths: Sequence[str]) -> None:
    """Says that what was asked for *paths* is done."""
    with room.database.session() as session:
        session.execute(update(Remark).where(Remark.path.in_(paths), Remark.done.is_(None)).values(done=room.now))


def _set(room: Newsroom, actor: Actor, path: str, status: Status, action: str, message: Message) -> Done:
    text = room.text(path)
    label = label_of(parse(text or "").data, path)
    edit = Edit(path, text, {"status": status.value})
    written = room.write(actor, [edit], Message(message.msgid, {"title": label}))
    room.note(actor, action, path)
    return Done(path, written)


def _require_draft(room: Newsroom, path: str) -> None:
    """A page that was opened before somebody published the record must not take it off the site."""
    if room.status(path) not in DRAFTS:
        raise WrongState(
            Message("Only a draft can be handed to somebody to look at."),
            Message("Look at it again: somebody has published it or thrown it away meanwhile."),
        )
