"""The history of a record in words, and going back to an earlier version of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kentongan.accounts import Right
from kentongan.actions.newsroom import Actor, Done, Newsroom, WrongState, label_of, refuse_invalid
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import Status
from kentongan.repository import Edit
from kentongan.repository.edit import merged, with_front_matter
from kentongan.store import files
from kentongan.store.frontmatter import FrontMatterError, parse, splice
from kentongan.store.git import asked

_MOST = 50
_SHOWN = "%H%x00%an%x00%aI%x00%s"


@dataclass(frozen=True, slots=True)
class Version:
    """A record as somebody left it: the commit, who, when, what they did, and which keys differ from the one before."""

    commit: str
    who: str
    when: datetime
    what: str
    changed: tuple[str, ...] = ()


def versions_of(room: Newsroom, path: str) -> list[Version]:
    """The newest versions of *path*, newest first."""
    arguments = ("log", f"-n{_MOST}", f"--format={_SHOWN}", "--end-of-options", "HEAD", "--", path)
    lines = (asked(room.content, *arguments) or b"").decode("utf-8", "replace").splitlines()
    found = [line.split("\0") for line in lines]
    texts = [text_at(room, path, commit) for commit, *_ in found]
    return [
        Version(commit, who, datetime.fromisoformat(when), what, tuple(_differing(texts[place], older)))
        for place, (commit, who, when, what) in enumerate(found)
        for older in [texts[place + 1] if place + 1 < len(texts) else None]
    ]


def text_at(room: Newsroom, path: str, commit: str) -> str | None:
    """What *path* held in *commit*; ``None``: nothing that can be read."""
    if not commit.isalnum():
        return None
    data = asked(room.content, "show", "--end-of-options", f"{commit}:./{path}")
    try:
        return None if data is None else files.decode(data)
    except FrontMatterError:
        return None


def _differing(newer: str | None, older: str | None) -> Iterator[str]:
    """The keys in which two versions differ, and ``body``."""
    if newer is None or older is None:
        return
    try:
        one, other = parse(with_front_matter(newer)), parse(with_front_matter(older))
    except FrontMatterError:
        return
    yield from sorted(key for key in {*one.data, *other.data} if one.data.get(key) != other.data.get(key))
    if one.body != other.body:
        yield "body"


@dataclass(frozen=True, slots=True)
class Restore:
    """Makes a record as it was in *commit*. How far it is on its way to readers stays as it is."""

    path: str
    commit: str

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when it is not *actor*'s to change.
        :raises KentonganError: when there is no such version.
        """
        public = room.status(self.path) is Status.PUBLISHED
        room.require(actor, Right.PUBLISH if public else Right.EDIT, self.path)
        old = text_at(room, self.path, self.commit)
        if old is None:
            raise KentonganError(Message("There is no such version."))
        _require_readable(old)
        try:
            written = room.write(actor, [self._edit(room, old)], _said(old, self.path))
        except FrontMatterError:  # what is there now cannot be read, so nothing of it can be kept
            said = _said(old, self.path).told(room.language)
            written = room.writer.put({self.path: old}, actor.author, said, room.now, check=refuse_invalid)
        room.note(actor, "restore", self.path, self.commit)
        return Done(self.path, written)

    def _edit(self, room: Newsroom, old: str) -> Edit:
        now, then = room.document(self.path), parse(with_front_matter(old))
        current = room.text(self.path)
        if now is None:
            return Edit(self.path, None, {**then.data, "status": Status.DRAFT.value}, then.body)
        kept = {key: now.data.get(key) for key in ("status", "guid", "updated")}
        changes = {key: then.data.get(key) for key in {*now.data, *then.data}} | kept
        return Edit(self.path, current, changes, then.body)


@dataclass(frozen=True, slots=True)
class BringBack:
    """Brings the record of *edit*, which was thrown away, back as a draft, with what *edit* changes and *newcomers*."""

    edit: Edit
    newcomers: Sequence[Edit] = ()

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises Refusal: when it is not *actor*'s to change.
        :raises Conflict: when the last version has other words where *edit* changed some.
        :raises KentonganError: when it is there, when history does not know it, or when it would not be valid.
        """
        path = self.edit.path
        room.require(actor, Right.EDIT, path)
        for one in self.newcomers:
            room.require(actor, Right.DRAFT, one.path)
        last = _last(room, path)
        if room.text(path) is not None:
            raise WrongState(Message("Somebody has brought it back already."), Message("Look at it again."))
        if last is None:
            raise KentonganError(Message("There is no such version."), Message("Make a new one of your text."))
        text = splice(merged(self.edit, last), {"status": Status.DRAFT.value})
        texts = {path: text} | {one.path: merged(one, None) for one in self.newcomers}
        said = Message("Bring “{title}” back", {"title": label_of(parse(text).data, path)}).told(room.language)
        written = room.writer.put(dict(texts), actor.author, said, room.now, check=refuse_invalid)
        room.began(actor, [one.path for one in self.newcomers])
        room.note(actor, "bring-back", path)
        return Done(path, written)


def _last(room: Newsroom, path: str) -> str | None:
    """What the file *path* held last, as history knows it."""
    commits = asked(room.content, "log", "-n2", "--format=%H", "--end-of-options", "HEAD", "--", path) or b""
    texts = (text_at(room, path, commit) for commit in commits.decode().split())
    return next((text for text in texts if text is not None), None)


def _require_readable(old: str) -> None:
    try:
        parse(with_front_matter(old))
    except FrontMatterError as error:
        raise KentonganError(Message("That version cannot be read."), Message("Choose another one.")) from error


def _said(old: str, path: str) -> Message:
    title = label_of(parse(with_front_matter(old)).data, path)
    return Message("Go back to an earlier version of “{title}”", {"title": title})
