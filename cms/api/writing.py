"""Changing records: each route is one action of :mod:`kentongan.actions`, with what it refuses told as a problem."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from kentongan.accounts import Scope
from kentongan.actions import Actor, AskForReview, Create, Discard, Done, Newsroom, Publish, Restore, Save, TakeDown
from kentongan.actions.answering import begun
from kentongan.actions.newsroom import kind_of, path_of
from kentongan.actions.save import may_set
from kentongan.forms import Trouble, troubles
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind, Status
from kentongan.model.messages import unknown_key
from kentongan.repository import Edit
from kentongan.repository.edit import BODY, merged
from kentongan.repository.git import blob_id
from kentongan.site.slugs import slug
from kentongan.store import files
from kentongan.store.drafts import free_id, printable
from kentongan.store.frontmatter import MAX_DEPTH, FrontMatterError
from kentongan.store.git import asked

from .call import Call
from .problems import Problem, invalid
from .reading import Reading, quoted, shown, tags

_BLOB = re.compile(r"[0-9a-f]{40}")
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_NO_KEYS = ("id", "body", "extras")

Rebuild = Callable[[Done], None]
"""Makes the site hold what was done."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Answers to POST, PATCH and DELETE on records."""

    room: Newsroom
    reading: Reading
    rebuild: Rebuild
    _begins: threading.Lock = field(default_factory=threading.Lock)

    def create(self, call: Call, kind: Kind) -> Response:
        """Begins a draft; its id comes from its title where none is sent."""
        actor = Actor(call.account(Scope.WRITE))
        sent = call.json()
        wanted = sent.pop("id", None)
        changes, body = self._patch(actor, kind, sent)
        with self._begins:
            path = path_of(kind, self._new_id(kind, wanted, changes))
            edit = begun(Edit(path, None, _without_nothing(changes), body), kind)
            text = self._valid(Edit(path, None, {**edit.changes, **_without_nothing(changes)}, body), None)
            Create({path: text}).do(self.room, actor)
        response = self._answer(call, path, 201)
        response.headers["location"] = f"/api/v1/{path.removesuffix('.md')}"
        return response

    def change(self, call: Call, path: str) -> Response:
        """A JSON Merge Patch (RFC 7396) of top-level keys, on the version that If-Match names."""
        actor = self._actor(call, path)
        base = self._base(call, path)
        changes, body = self._patch(actor, kind_of(path), call.json())
        edit = Edit(path, base, changes, body)
        self._valid(edit, self.room.text(path))
        return self._done(call, Save(edit).do(self.room, actor))

    def discard(self, call: Call, path: str) -> Response:
        """Throws a draft away; history keeps it."""
        call.query()
        actor = self._actor(call, path)
        self._require_match(call, path)
        Discard(path).do(self.room, actor)
        return Response(status_code=204)

    def publish(self, call: Call, path: str) -> Response:
        """Publishes at once, or at the hour ``at``."""
        actor = Actor(call.account(Scope.PUBLISH))
        self._require_match(call, path)
        at = self._hour(call.json(("at",)).get("at"))
        self._valid(Edit(path, self.room.text(path)), self.room.text(path))
        return self._done(call, Publish(path, at).do(self.room, actor))

    def take_down(self, call: Call, path: str) -> Response:
        """Takes a record off the site."""
        actor = Actor(call.account(Scope.PUBLISH))
        self._require_match(call, path)
        call.json(())
        return self._done(call, TakeDown(path).do(self.room, actor))

    def ask_for_review(self, call: Call, path: str) -> Response:
        """Hands a draft to whoever publishes."""
        actor = self._actor(call, path)
        self._require_match(call, path)
        call.json(())
        return self._done(call, AskForReview(path).do(self.room, actor))

    def restore(self, call: Call, path: str) -> Response:
        """Makes a record, also one that was thrown away, as it was in ``commit``."""
        actor = self._actor(call, path)
        self._require_match(call, path)
        commit = call.json(("commit",)).get("commit")
        if not (isinstance(commit, str) and _COMMIT.fullmatch(commit)):
            raise invalid(
                [Trouble("commit", Message("There is no such version."), Message("Take one of its history."))]
            )
        return self._done(call, Restore(path, commit).do(self.room, actor))

    def _actor(self, call: Call, path: str) -> Actor:
        """Who changes *path*: what readers see takes a token that publishes."""
        public = self.room.status(path) is Status.PUBLISHED
        return Actor(call.account(Scope.PUBLISH if public else Scope.WRITE))

    def _done(self, call: Call, done: Done) -> Response:
        self.rebuild(done)
        return self._answer(call, done.path, 200)

    def _answer(self, call: Call, path: str, status_code: int) -> Response:
        """The record as it is now."""
        volume = self.reading.shelf.get(kind_of(path), path.rpartition("/")[2].removesuffix(".md"))
        if volume is None or volume.record is None:
            return Response(status_code=204)
        named = {"type": volume.kind.value, "id": volume.id, "etag": volume.etag}
        told = shown(volume.record, all_of_it=True)
        headers = {"etag": quoted(volume.etag), "cache-control": "no-store"}
        return JSONResponse({"data": {**named, **told}}, status_code, headers=headers)

    def _patch(self, actor: Actor, kind: Kind, sent: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
        """What is *sent*, as trees of text by top-level key (``None`` deletes one), and the body apart.

        :raises Problem: for keys we do not know, or that are not *actor*'s to set.
        """
        type_, changes = RECORD_TYPES[kind], dict(sent)
        body = changes.pop(BODY, None)
        if BODY in sent and body is None:  # as RFC 7396 takes a key away
            body = ""
        if body is not None and not isinstance(body, str):
            raise invalid([Trouble(BODY, Message("“{key}” should be plain text.", {"key": BODY}))])
        known = [name for name in type_.model_fields if name not in _NO_KEYS]
        if wrong := [Trouble(key[:100], *unknown_key(key[:100], type_)) for key in changes if key not in known]:
            raise invalid(wrong)
        refused = [
            Trouble(key, Message("This is not yours to change.")) for key in changes if not may_set(actor, kind, key)
        ]
        if refused:
            raise Problem(403, Message("This is not yours to change."), troubles=refused)
        trees = {key: None if value in (None, "", [], {}) else _tree(value) for key, value in changes.items()}
        return trees, None if body is None else printable(body)

    def _valid(self, edit: Edit, current: str | None) -> str:
        """The text that *edit* makes of *current*.

        :raises Problem: when that is no valid record (422).
        :raises Conflict: when somebody changed the same meanwhile.
        """
        found = troubles(kind_of(edit.path), edit.path, text := merged(edit, current))
        if found:
            raise invalid(found)
        return text

    def _new_id(self, kind: Kind, wanted: Any, changes: Mapping[str, Any]) -> str:
        if wanted is None:
            label = changes.get("title") or changes.get("name")
            return free_id(self.room.content, kind, slug(label if isinstance(label, str) else "") or kind.value)
        if not isinstance(wanted, str) or not wanted or slug(wanted) != wanted or len(wanted) > 100:
            shape = Message("Use small letters, digits and single hyphens, like warung-sebelah.")
            told = Message("“{text}” cannot be part of an address.", {"text": str(wanted)[:60]})
            raise invalid([Trouble("id", told, shape)])
        if (self.room.content / path_of(kind, wanted)).exists():
            raise Problem(409, Message("There is a record “{id}” already.", {"id": wanted}))
        return wanted

    def _base(self, call: Call, path: str) -> str | None:
        """The text of the version that If-Match names: what is there, or an older one that git still has.

        :raises Problem: when it names none (428), or one that nobody knows (412).
        """
        header = call.request.headers.get("if-match")
        if header is None:
            raise Problem(
                428,
                Message("Say which version you changed."),
                Message("Send the ETag that came with the record as If-Match."),
            )
        named = tags(header)
        if "*" in named or self._etag(path) in named:
            return self.room.text(path)
        for tag in named:
            if _BLOB.fullmatch(tag) and (text := self._older(path, tag)) is not None:
                return text
        raise _changed(self._etag(path))

    def _older(self, path: str, blob: str) -> str | None:
        """The version *blob* of the file *path*, as far as it was ever one."""
        log = ("log", "-n1", "--format=%H", f"--find-object={blob}", "HEAD", "--", path)
        data = asked(self.room.content, "cat-file", "blob", blob) if asked(self.room.content, *log) else None
        try:
            return None if data is None else files.decode(data)
        except FrontMatterError:
            return None

    def _require_match(self, call: Call, path: str) -> None:
        """Where If-Match is sent, the record has to be that version."""
        header = call.request.headers.get("if-match")
        if header is not None and not {"*", self._etag(path)} & set(tags(header)):
            raise _changed(self._etag(path))

    def _etag(self, path: str) -> str:
        place = self.room.content / path
        return blob_id(place.read_bytes()) if place.is_file() else ""

    def _hour(self, at: Any) -> datetime | None:
        """The hour *at*, on the office's clock where it names no zone."""
        if at is None:
            return None
        try:
            moment = datetime.fromisoformat(at)
            moment = moment.astimezone(self.room.now.tzinfo) if moment.tzinfo else moment
        except (TypeError, ValueError, OverflowError) as error:
            wrong = Message("“{text}” is not a date and time that exists.", {"text": str(at)[:60]})
            raise invalid([Trouble("at", wrong, Message("Write it like 2020-07-22T10:00."))]) from error
        return moment.replace(tzinfo=None)


def _changed(etag: str) -> Problem:
    return Problem(
        412,
        Message("The record is another one by now."),
        Message("Read it again, and change what you find."),
        headers={"etag": quoted(etag)} if etag else {},
    )


def _without_nothing(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in changes.items() if value is not None}


def _tree(value: Any, depth: int = 1) -> Any:
    """JSON as the front matter's codec reads it: a tree of text. What holds nothing is left out.

    :raises Problem: when it is nested deeper than front matter may be (422).
    """
    if depth >= MAX_DEPTH:
        raise invalid([Trouble("", Message("This is nested too deep."))])
    match value:
        case dict():
            inner = {printable(key): _tree(item, depth + 1) for key, item in value.items() if item not in (None, "")}
            return {key: item for key, item in inner.items() if key}
        case list():
            return [_tree(item, depth + 1) for item in value if item is not None]
        case bool():
            return "true" if value else "false"
        case str():
            return printable(value)
    return str(value)
