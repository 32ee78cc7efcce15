"""Putting records on the site, at once or at an hour, with all that belongs to them; and taking them off again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kentongan.accounts import Right
from kentongan.actions.newsroom import DRAFTS, Actor, Done, Newsroom, WrongState, kind_of, label_of, path_of, status_of
from kentongan.actions.review import settle
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind, Status
from kentongan.repository import Edit
from kentongan.store.frontmatter import FrontMatterError, parse


@dataclass(frozen=True, slots=True)
class Publish:
    """Publishes *path* with the drafts that belong to it, in one commit. *at*: when, local; ``None``: now.

    *edits* are changes that go out with it, of itself and of records that it names for the first time.
    """

    path: str
    at: datetime | None = None
    edits: Sequence[Edit] = field(default=())

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when *actor* may not publish all of it.
        :raises KentonganError: when a record is not complete, or the hour is none to wait for.
        """
        document = room.document(self.path)
        if document is None:
            raise KentonganError(Message("This record is gone."), Message("Look for it in the history."))
        if self.at is not None:
            _require_coming(room, self.at, document.data)
        changes = {edit.path: edit for edit in self.edits}
        paths = list(dict.fromkeys([self.path, *changes, *companions(room, self.path)]))
        for path in paths:
            room.require(actor, Right.PUBLISH, path)
        edits = [self._published(room, path, changes.get(path)) for path in paths]
        said = Message("Publish “{title}”", {"title": label_of(document.data, self.path)})
        drafts = [path for path in paths if room.status(path) is not Status.PUBLISHED]
        written = room.write(actor, edits, said)
        settle(room, drafts)
        room.note(actor, "publish" if self.at is None else "schedule", self.path, ", ".join(paths[1:]))
        return Done(self.path, written)

    def _published(self, room: Newsroom, path: str, edit: Edit | None) -> Edit:
        text = room.text(path)
        changes: dict[str, Any] = dict(edit.changes) if edit else {}
        data = dict(changes) if text is None else parse(text).data
        if status_of(data) is not Status.PUBLISHED:
            changes["status"] = Status.PUBLISHED.value
        if "date" in RECORD_TYPES[kind_of(path)].model_fields and (date := self._date(room, path, data)):
            changes["date"] = date
        base = edit.base if edit else text
        return Edit(path, base if base is not None else text, changes, edit.body if edit else None)

    def _date(self, room: Newsroom, path: str, data: Mapping[str, Any]) -> str | None:
        """The date to be written: the hour it is set for; now, where it lay as a draft or waits for a later hour."""
        if self.at is not None:
            return f"{self.at:%Y-%m-%d %H:%M}"
        written = str(data.get("date") or "").replace("T", " ")
        if status_of(data) is Status.PUBLISHED:
            return room.minute if written > room.minute else None
        return room.minute if written > room.minute or written == _begun(room, path) else None


def _require_coming(room: Newsroom, at: datetime, data: Mapping[str, Any]) -> None:
    if f"{at:%Y-%m-%d %H:%M}" <= room.minute:
        raise KentonganError(Message("That hour has passed."), Message("Choose a later one, or publish at once."))
    written = str(data.get("date") or "").replace("T", " ")
    if status_of(data) is Status.PUBLISHED and written <= room.minute:
        raise WrongState(
            Message("Readers see this already: an hour would take it off the site until then."),
            Message("Publish your change at once, or take it off the site first."),
        )


def _begun(room: Newsroom, path: str) -> str | None:
    """The date that the draft was given when it was begun."""
    origin = room.origin(path)
    return f"{origin.made.astimezone(room.now.tzinfo):%Y-%m-%d %H:%M}" if origin else None


def companions(room: Newsroom, path: str) -> list[str]:
    """The drafts without which the record *path* would not be whole for readers: whom and what it names, and who
    names it."""
    return [other for other in dict.fromkeys(_related(room, path)) if other != path and room.status(other) in DRAFTS]


def _related(room: Newsroom, path: str) -> Iterator[str]:
    kind, document = kind_of(path), room.document(path)
    data = document.data if document else {}
    yield from (path_of(of, id_) for of, id_ in _named(data))
    if kind is Kind.EPISODE:
        yield from _consultations(room, path)
    elif kind is Kind.CONSULTATION and (episode := data.get("episode")):
        its = path_of(Kind.EPISODE, str(episode))
        yield from (its, *_related(room, its))


def _named(data: Mapping[str, Any]) -> Iterator[tuple[Kind, str]]:
    if isinstance(program := data.get("program"), str):
        yield Kind.PROGRAM, program
    for key, of in (("station", Kind.STATION), ("person", Kind.PERSON)):
        for group in ("broadcasts", "credits", "hosts", "slots"):
            for item in data.get(group) or ():
                if isinstance(item, Mapping) and isinstance(id_ := item.get(key), str):
                    yield of, id_


def _consultations(room: Newsroom, path: str) -> Iterator[str]:
    """Those that are held in the episode *path*."""
    id_ = path.rpartition("/")[2].removesuffix(".md")
    folder = RECORD_TYPES[Kind.CONSULTATION].folder
    for file in sorted((room.content / folder).glob("*.md")):
        other = f"{folder}/{file.name}"
        try:
            document = room.document(other) if id_ in file.read_text("utf-8", "replace") else None
        except FrontMatterError:
            continue
        if document and document.data.get("episode") == id_:
            yield other


@dataclass(frozen=True, slots=True)
class TakeDown:
    """Takes a record off the site; its text stays, and it can be published again."""

    path: str

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when *actor* may not publish such records.
        :raises WrongState: when it is not on the site.
        """
        room.require(actor, Right.PUBLISH, self.path)
        if room.status(self.path) is not Status.PUBLISHED:
            raise WrongState(Message("This one is not on the site."), Message("Look at it again."))
        text = room.text(self.path)
        label = label_of(parse(text or "").data, self.path)
        edit = Edit(self.path, text, {"status": Status.ARCHIVED.value})
        written = room.write(actor, [edit], Message("Take “{title}” off the site", {"title": label}))
        room.note(actor, "take-down", self.path)
        return Done(self.path, written)
