"""The public snapshot: every approved comment and nothing private, as one JSON document. A build takes it in.

The CMS writes it into the state folder; where the site is built elsewhere it is fetched, and the last one is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from kentongan.comments.text import tidy, tidy_line
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store import atomic

FILE = "comments.json"
OWN, ISSO = "kentongan", "isso"
"""Whose comments they are, by the words of ``site.yml``."""
_FILES = {ISSO: "comments-isso.json"}
"""What an Isso shows is kept apart, for the CMS beside it writes its own."""
FORMAT = 1
_THREAD = re.compile(r"[a-z]{1,20}/[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class PublicComment:
    """A comment as everybody may read it. ``text`` is Markdown, ``made`` in UTC, ``origin`` a page that mentions us."""

    id: int
    parent: int | None
    name: str
    text: str
    made: datetime
    edited: bool = False
    office: bool = False
    asks: bool = False
    origin: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As it stands in the snapshot: what is not so is left out."""
        told = {
            "id": self.id,
            "parent": self.parent,
            "name": self.name,
            "text": self.text,
            "made": self.made.astimezone(UTC).isoformat(timespec="seconds"),
            "edited": self.edited,
            "office": self.office,
            "asks": self.asks,
            "origin": self.origin,
        }
        return {key: value for key, value in told.items() if value not in (None, False)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The comment that :meth:`to_json` wrote, whoever wrote it.

        :raises ValueError: when it is none.
        """
        try:
            made = datetime.fromisoformat(data["made"])
            origin = str(data["origin"]) if data.get("origin") else None
            return cls(
                id=int(data["id"]),
                parent=int(data["parent"]) if data.get("parent") is not None else None,
                name=tidy_line(str(data["name"])),
                text=tidy(str(data["text"])),
                made=(made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC),
                edited=bool(data.get("edited")),
                office=bool(data.get("office")),
                asks=bool(data.get("asks")),
                origin=origin if origin and origin.startswith(("https://", "http://")) else None,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no comment: {error}") from error


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``threads`` maps a record (``articles/panen-raya``) to its comments in the order of their numbers.

    ``post`` is where forms send what is written: an absolute address, or a path on the site itself; ``None``: nowhere.
    ``letters``: who writes can be told of answers by mail.
    """

    post: str | None = None
    letters: bool = False
    threads: Mapping[str, tuple[PublicComment, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, post: str | None, comments: Iterable[tuple[str, PublicComment]], *, letters: bool = False) -> Self:
        """The snapshot of *comments*, each with its thread."""
        threads: dict[str, list[PublicComment]] = {}
        for thread, comment in comments:
            threads.setdefault(thread, []).append(comment)
        held = {name: tuple(sorted(threads[name], key=lambda one: (one.made, one.id))) for name in sorted(threads)}
        return cls(post, letters, held)

    def to_bytes(self) -> bytes:
        """Its document; equal snapshots are equal bytes."""
        threads = {name: [one.to_json() for one in held] for name, held in self.threads.items()}
        document = {"format": FORMAT, "post": self.post, "letters": self.letters, "threads": threads}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The snapshot in *data*.

        :raises KentonganError: when it is none.
        """
        try:
            document = json.loads(data)
            if document["format"] != FORMAT:
                raise ValueError(f"format {document['format']!r}")
            pairs = [(name, PublicComment.from_json(one)) for name, held in document["threads"].items() for one in held]
            if not all(map(_THREAD.fullmatch, document["threads"])):
                raise ValueError("a thread without a name")
            return cls.of(_address(document.get("post")), pairs, letters=document.get("letters") is True)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise KentonganError(
                Message("The comments cannot be read: {error}.", {"error": str(error)[:120]}),
                Message("Fetch them again, or delete comments.json in the state folder."),
            ) from error


def etag(data: bytes) -> str:
    """The ETag of a snapshot's document (RFC 9110, 8.8.3)."""
    return f'"{sha256(data).hexdigest()[:32]}"'


def path(state: Path, system: str = OWN) -> Path:
    """Where the snapshot of *system* is kept in the folder *state*."""
    return state / _FILES.get(system, FILE)


def read(state: Path, system: str = OWN) -> Snapshot | None:
    """The snapshot of *system* in the folder *state*; ``None``: there is none, and so no comments and no form.

    :raises KentonganError: when it cannot be read.
    """
    file = path(state, system)
    signature = atomic.signature(file)
    return _read(file, signature) if signature else None


@lru_cache(maxsize=2)
def _read(file: Path, _signature: atomic.Signature) -> Snapshot:
    return Snapshot.from_bytes(file.read_bytes())


def write(state: Path, data: bytes, system: str = OWN) -> bool:
    """Puts the document *data* into the folder *state*; whether that changed anything.

    :raises KentonganError: when *data* is no snapshot; the one that was there stays.
    """
    file = path(state, system)
    if file.is_file() and file.read_bytes() == data:
        return False
    Snapshot.from_bytes(data)
    atomic.write(file, data, durable=True)
    return True


def _address(post: Any) -> str | None:
    if post is None or (isinstance(post, str) and post.startswith(("https://", "http://", "/"))):
        return post
    raise ValueError("an address that no form can send to")
