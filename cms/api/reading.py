"""Records as JSON: one, or a page of a list."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from kentongan.accounts import Right, Scope
from kentongan.actions import Newsroom
from kentongan.actions.restore import versions_of
from kentongan.errors import KentonganError
from kentongan.forms import Trouble, troubles
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind, Person, Record, Status
from kentongan.site.references import references
from kentongan.store.frontmatter import FrontMatterError

from .call import Call, unknown
from .problems import Problem, invalid
from .shelf import Shelf, Volume

MOST, USUAL = 100, 20
INCLUDES = {"program": Kind.PROGRAM, "station": Kind.STATION, "people": Kind.PERSON}
ALWAYS = ("type", "id", "etag")
FILTERS = ("status", "program", "since", "until", "q", "limit", "cursor", "fields", "include")
_INNER = ("extras",)
_HEADERS = {"cache-control": "private, no-cache", "vary": "Authorization"}


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The keys of a record's answer, besides :data:`ALWAYS`."""
    return tuple(name for name in RECORD_TYPES[kind].model_fields if name not in (*_INNER, *ALWAYS))


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers to GET. What is not public is shown to whom the admin shows its form."""

    room: Newsroom
    shelf: Shelf

    def one(self, call: Call, kind: Kind, volume: Volume) -> Response:
        """One record, with the strong ETag by which it is changed; 304 where the asker has it."""
        query = call.query("fields", "include")
        if volume.record is None:
            raise Problem(422, _BROKEN, troubles=self._troubles(volume), headers={"etag": quoted(volume.etag)})
        kept, kinds = _chosen(query, kind), _included(query)
        entry = self._entry(call, volume, kept)
        if kinds:
            return JSONResponse({"data": entry, "included": self._include(call, [volume], kinds)}, headers=_HEADERS)
        headers = {**_HEADERS, "etag": quoted(volume.etag)}
        if matches(call.request.headers.get("if-none-match", ""), volume.etag):
            return Response(status_code=304, headers=headers)
        return JSONResponse({"data": entry}, headers=headers)

    def page(self, call: Call, kind: Kind) -> Response:
        """A page of the records of *kind*, newest first."""
        query = call.query(*FILTERS)
        kept, kinds, limit, after = _chosen(query, kind), _included(query), _limit(query), _after(query)
        wanted = self._wanted(call, query)
        found = [volume for volume in self.shelf.all(kind) if self.sees(call, volume) and wanted(volume)]
        ordered = sorted((volume for volume in found if after is None or _key(volume) < after), key=_key, reverse=True)
        shown = ordered[:limit]
        answer: dict[str, Any] = {"data": [self._entry(call, volume, kept) for volume in shown]}
        if len(ordered) > limit:
            answer["next"] = _cursor(shown[-1])
        if kinds:
            answer["included"] = self._include(call, shown, kinds)
        return JSONResponse(answer, headers=_HEADERS)

    def history(self, call: Call, volume: Volume) -> Response:
        """What became of a record, newest first."""
        call.query()
        versions = [
            {
                "commit": one.commit,
                "who": one.who,
                "when": one.when.isoformat(),
                "what": one.what,
                "changed": list(one.changed),
            }
            for one in versions_of(self.room, volume.path)
        ]
        return JSONResponse({"data": versions}, headers=_HEADERS)

    def sees(self, call: Call, volume: Volume) -> bool:
        """Whether who asks may see the record at all."""
        record = volume.record
        return (record is not None and self.shelf.is_public(record, self.room.now)) or self.edits(call, volume)

    def edits(self, call: Call, volume: Volume) -> bool:
        """Whether who asks may see of the record what only those who change it do."""
        actor = call.actor
        if actor is None or not call.may(Scope.READ):
            return False
        try:
            self.room.require(actor, Right.EDIT, volume.path)
        except KentonganError:
            return False
        return True

    def _entry(self, call: Call, volume: Volume, kept: Collection[str] | None = None) -> dict[str, Any]:
        record = volume.record
        told = shown(record, self.edits(call, volume)) if record else {}
        named = {"type": volume.kind.value, "id": volume.id, "etag": volume.etag}
        return {**named, **{key: value for key, value in told.items() if kept is None or key in kept}}

    def _include(self, call: Call, volumes: list[Volume], kinds: Collection[Kind]) -> list[dict[str, Any]]:
        """The records that *volumes* name, each once."""
        named = [
            (kind, id_)
            for volume in volumes
            if volume.record
            for _, kind, id_ in references(volume.record)
            if kind in kinds
        ]
        found = (self.shelf.get(*key) for key in dict.fromkeys(named))
        return [self._entry(call, one) for one in found if one and one.record and self.sees(call, one)]

    def _wanted(self, call: Call, query: Mapping[str, str]) -> Callable[[Volume], bool]:
        """Whether a record is one of those that *query* asks for."""
        status = _one_of(query, "status", Status)
        if status and status is not Status.PUBLISHED:
            call.account(Scope.READ)
        since, until = _moment(query, "since"), _moment(query, "until")
        words = query.get("q", "").casefold().split()

        def wanted(volume: Volume) -> bool:
            record = volume.record
            return (
                record is not None
                and (status is None or record.status is status)
                and query.get("program") in (None, getattr(record, "program", None))
                and (since is None or (record.date is not None and record.date >= since))
                and (until is None or (record.date is not None and record.date < until))
                and all(word in _words(record) for word in words)
            )

        return wanted

    def _troubles(self, volume: Volume) -> Iterator[Trouble]:
        try:
            yield from troubles(volume.kind, volume.path, self.room.text(volume.path) or "")
        except FrontMatterError as error:
            yield Trouble("", error.message, error.mend)


_BROKEN = Message("The file of this record holds something that is not valid.")


def shown(record: Record, all_of_it: bool) -> dict[str, Any]:
    """The keys of *record* that hold something. *all_of_it*: also what is for those who edit."""
    told = record.model_dump(mode="json", exclude_none=True, exclude={"id"})
    if all_of_it:
        pasted = getattr(record, "announcement", None)
        return told | ({"announcement": pasted} if pasted else {})
    if isinstance(record, Person) and record.photo and not record.photo.consent:
        told.pop("photo")
    return told


def quoted(etag: str) -> str:
    """*etag* as headers write it."""
    return f'"{etag}"'


def tags(header: str) -> list[str]:
    """The strong entity-tags of *header* (RFC 9110, 13.1), without their quotes; ``*`` as it is."""
    given = [part.strip() for part in header.split(",")]
    return [tag.strip('"') for tag in given if tag == "*" or (len(tag) > 1 and tag[0] == tag[-1] == '"')]


def matches(header: str, etag: str) -> bool:
    """Whether *header*, If-None-Match, names *etag*; weak tags do too (RFC 9110, 13.1.2)."""
    named = tags(header.replace("W/", ""))
    return etag in named or "*" in named


def _chosen(query: Mapping[str, str], kind: Kind) -> set[str] | None:
    if "fields" not in query:
        return None
    known = fields_of(kind)
    asked = [name for name in query["fields"].split(",") if name]
    if wrong := [unknown(name, known) for name in asked if name not in (*known, *ALWAYS)]:
        raise invalid(wrong)
    return set(asked)


def _included(query: Mapping[str, str]) -> set[Kind]:
    asked = [name for name in query.get("include", "").split(",") if name]
    if wrong := [unknown(name, tuple(INCLUDES)) for name in asked if name not in INCLUDES]:
        raise invalid(wrong)
    return {INCLUDES[name] for name in asked}


def _limit(query: Mapping[str, str]) -> int:
    text = query.get("limit", str(USUAL))
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= MOST):
        raise invalid([Trouble("limit", Message("Write a number from 1 to {most}.", {"most": MOST}))])
    return int(text)


def _one_of(query: Mapping[str, str], name: str, type_: type[Status]) -> Status | None:
    if name not in query:
        return None
    known = tuple(one.value for one in type_)
    if query[name] not in known:
        raise invalid([Trouble(name, *_choose(query[name], name, known))])
    return type_(query[name])


def _choose(text: str, key: str, known: tuple[str, ...]) -> tuple[Message, Message]:
    return (
        Message("“{text}” is not a choice for “{key}”.", {"text": text, "key": key}),
        Message("Choose one of: {choices}.", {"choices": ", ".join(known)}),
    )


def _moment(query: Mapping[str, str], name: str) -> datetime | None:
    if name not in query:
        return None
    try:
        text = query[name]
        return datetime.fromisoformat(text).replace(tzinfo=None) if "T" in text else _midnight(text)
    except ValueError as error:
        wrong = Message("“{text}” is not a date and time that exists.", {"text": query[name]})
        raise invalid([Trouble(name, wrong, Message("Write it like 2020-07-22T10:00."))]) from error


def _midnight(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time())


def _words(record: Record) -> str:
    return f"{record.label} {getattr(record, 'summary', None) or ''} {record.body}".casefold()


def _key(volume: Volume) -> tuple[str, str]:
    """By which lists are ordered: one order for all, that a cursor can go on in."""
    moment = volume.record.date if volume.record else None
    return (moment.isoformat() if moment else "", volume.id)


def _cursor(last: Volume) -> str:
    return base64.urlsafe_b64encode(json.dumps(_key(last)).encode()).decode().rstrip("=")


def _after(query: Mapping[str, str]) -> tuple[str, str] | None:
    """Behind which record the page begins."""
    if "cursor" not in query:
        return None
    try:
        text = query["cursor"]
        moment, id_ = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(moment, str) and isinstance(id_, str):
            return moment, id_
    except (ValueError, TypeError, RecursionError):
        pass
    raise invalid([Trouble("cursor", Message("This is no “next” of an answer."))])
