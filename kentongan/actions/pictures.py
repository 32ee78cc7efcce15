"""Adding, replacing, describing and deleting pictures. All go through git, so that each can come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from kentongan.accounts import Right, may
from kentongan.actions.newsroom import Actor, Newsroom, not_yours
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model import Kind
from kentongan.model.fields import LONGEST_SENTENCE
from kentongan.pictures import clean_picture
from kentongan.pictures.shelf import Kept, about, is_camera_name, picture, pictures, shown_by
from kentongan.repository import Edit
from kentongan.site.slugs import slug
from kentongan.store.drafts import draft_text
from kentongan.store.media import FOLDER

FOCUSES = tuple(f"{left}% {top}%" for top in (15, 50, 85) for left in (15, 50, 85))
"""The nine points that can be chosen, row by row."""

_LONGEST_NAME = 60


class BadWords(KentonganError):
    """What was said of a picture does not say what is to be seen."""


@dataclass(frozen=True, slots=True)
class Added:
    """The picture ``path`` (below ``content/media``); ``was_there``: the very same had been sent before."""

    path: str
    was_there: bool


@dataclass(frozen=True, slots=True)
class AddPicture:
    """Takes in the upload *data*, of which *alt* says what is to be seen."""

    data: bytes
    alt: str
    focus: str = ""

    def do(self, room: Newsroom, actor: Actor) -> Added:
        """:raises KentonganError: when *data* is no picture, or *alt* says nothing."""
        require_any(actor, Right.DRAFT)
        alt = checked_alt(self.alt)
        clean = clean_picture(self.data)
        digest = sha256(clean.data).hexdigest()
        if twin := next((one for one in pictures(room.content) if one.file.digest == digest), None):
            return Added(twin.path, was_there=True)
        path = f"{slug(alt)[:_LONGEST_NAME].strip('-') or 'gambar'}-{digest[:6]}{clean.ending}"
        said = draft_text(_said(alt, self.focus), "").encode()
        _put(room, actor, {path: clean.data}, {about(path): said}, Message("Add the picture {path}", {"path": path}))
        room.note(actor, "add-picture", f"{FOLDER}/{path}")
        return Added(path, was_there=False)


@dataclass(frozen=True, slots=True)
class ReplacePicture:
    """Puts the upload *data* in the place of the picture *path*; every page that shows it follows."""

    path: str
    data: bytes

    def do(self, room: Newsroom, actor: Actor) -> None:
        """:raises KentonganError: when there is no such picture, or *data* is none."""
        require_any(actor, Right.EDIT)
        _there(room, self.path)
        clean = clean_picture(self.data, PurePosixPath(self.path).suffix.lower())
        _put(room, actor, {self.path: clean.data}, {}, Message("Replace the picture {path}", {"path": self.path}))
        room.note(actor, "replace-picture", f"{FOLDER}/{self.path}")


@dataclass(frozen=True, slots=True)
class DescribePicture:
    """Says what is to be seen in the picture *path*, and which part must not be cut off."""

    path: str
    alt: str
    focus: str = ""

    def do(self, room: Newsroom, actor: Actor) -> None:
        """:raises KentonganError: when there is no such picture, or *alt* says nothing."""
        require_any(actor, Right.DRAFT)
        _there(room, self.path)
        said = _said(checked_alt(self.alt), self.focus)
        base = room.text(about(self.path))
        edit = Edit(about(self.path), base, {"focus": None, **said} if base else said)
        told = Message("Describe the picture {path}", {"path": self.path}).told(room.language)
        room.writer.write([edit], actor.author, told, room.now)
        room.note(actor, "describe-picture", f"{FOLDER}/{self.path}")


@dataclass(frozen=True, slots=True)
class DeletePicture:
    """Deletes the picture *path*, which nothing may show any more."""

    path: str

    def do(self, room: Newsroom, actor: Actor) -> None:
        """:raises KentonganError: when there is no such picture, or something shows it."""
        require_any(actor, Right.EDIT)
        _there(room, self.path)
        if shown_by(room.content, [self.path])[self.path]:
            raise KentonganError(
                Message("This picture is still shown."), Message("Take it out of what shows it, and delete it then.")
            )
        gone = {about(self.path): None} if room.text(about(self.path)) is not None else {}
        _put(room, actor, {self.path: None}, gone, Message("Delete the picture {path}", {"path": self.path}))
        room.note(actor, "delete-picture", f"{FOLDER}/{self.path}")


def may_any(actor: Actor, right: Right) -> bool:
    """Whether *actor* has *right* over records of any type; pictures belong to all of them."""
    return any(may(actor.account.role, right, kind) for kind in Kind)


def require_any(actor: Actor, right: Right) -> None:
    """:raises Refusal: when *actor* has *right* over no type of record."""
    if not may_any(actor, right):
        raise not_yours()


def checked_alt(alt: str) -> str:
    """*alt* on one line.

    :raises BadWords: when it is empty, or only what a camera calls its files.
    """
    words = " ".join(alt.split())
    if not words:
        raise BadWords(
            Message("It does not say what is to be seen."),
            Message("One sentence is enough, like “Women lay out crisps on a stall.”"),
        )
    if len(words) > LONGEST_SENTENCE:
        raise BadWords(Message("At most {most} characters have room here. Shorten it.", {"most": LONGEST_SENTENCE}))
    if is_camera_name(words):
        raise BadWords(Message("This is a file's name from the camera."), Message("Write what is to be seen."))
    return words


def _said(alt: str, focus: str) -> dict[str, str]:
    return {"alt": alt, "focus": focus} if focus in FOCUSES else {"alt": alt}


def _there(room: Newsroom, path: str) -> Kept:
    found = picture(room.content, path)
    if found is None:
        raise KentonganError(Message("This picture is not there any more."), Message("Choose another one."))
    return found


def _put(
    room: Newsroom,
    actor: Actor,
    media: Mapping[str, bytes | None],
    texts: Mapping[str, bytes | None],
    message: Message,
) -> None:
    data = {f"{FOLDER}/{path}": data for path, data in media.items()}
    room.writer.put_bytes({**data, **texts}, actor.author, message.told(room.language), room.now)
