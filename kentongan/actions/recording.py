"""Giving an episode its recording: into the media store first, then into its front matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kentongan.accounts import Right
from kentongan.actions.newsroom import Actor, Done, Newsroom
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.markup.prose import Prose
from kentongan.repository import Edit
from kentongan.sound.intake import find_episode, into_store
from kentongan.sound.media_store import MediaStore
from kentongan.store.contents import Contents
from kentongan.store.load import load


@dataclass(frozen=True, slots=True)
class AttachAudio:
    """Levels, tags and stores *file* as the recording of the episode whose file is *path*. This takes minutes.

    The episode is read again once the recording is in the store, so that what others wrote meanwhile stays.
    *progress* hears how much is done, from 0 to 1.
    """

    path: str
    file: Path
    store: MediaStore
    progress: Callable[[float], None] = lambda _share: None

    def do(self, room: Newsroom, actor: Actor) -> Done:
        """:raises KentonganError: when *actor* may not, there is no such episode, or *file* is no whole recording."""
        room.require(actor, Right.EDIT, self.path)
        contents = _contents(room.content)
        episode = find_episode(contents, PurePosixPath(self.path).name)
        taken = into_store(contents, episode, self.file, self.store, progress=self.progress)
        base = room.text(self.path)
        if base is None:
            raise KentonganError(Message("The episode is not there any more."), Message("Ask who deleted it."))
        written = room.write(
            actor,
            [Edit(self.path, base, {"audio": taken.audio})],
            Message("Add the recording of {path}", {"path": self.path}),
        )
        room.note(actor, "attach-audio", self.path, str(taken.audio["url"]))
        return Done(self.path, written)


def _contents(content: Path) -> Contents:
    prose = Prose()
    try:
        return load(content, prose)
    finally:
        prose.close()
