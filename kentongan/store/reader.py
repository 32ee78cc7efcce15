"""Source file -> record with its text as HTML: each file once for as long as it lies there unchanged."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kentongan.errors import Finding
from kentongan.language import Message
from kentongan.markup import Prose
from kentongan.model import RECORD_TYPES, Kind, Record
from kentongan.model.messages import faults
from kentongan.store import atomic, files
from kentongan.store.contents import Source
from kentongan.store.documents import PELICANS, Documents
from kentongan.store.frontmatter import Document, FrontMatterError

T = TypeVar("T", bound=BaseModel)

SETTLED_NANOSECONDS = 50_000_000
"""A file that was changed so shortly before we looked may be changed again within the same tick of its clock."""

_RESERVED = ("id", "body", "extras")


class Refused(Exception):
    """A source that is no valid record, with every finding about it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(f"{len(findings)} findings")


@dataclass(frozen=True, slots=True)
class Read:
    """A source that is a valid record, and the record's text as clean HTML."""

    record: Record
    source: Source
    html: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a file gave, and the file as it lay there; ``None``: it may have changed unseen."""

    signature: atomic.Signature | None
    outcome: Read | Refused


class Reader:
    """Reads the sources of the folder *content*. One that lives on reads again only what was changed."""

    def __init__(self, content: Path, prose: Prose, documents: Documents | None = None) -> None:
        self.content, self.prose = content, prose
        self._documents = documents or Documents()
        self._seen: dict[str, _Seen] = {}

    def look(self, sources: Iterable[tuple[Kind, str]], changes: Collection[Path] | None = None) -> None:
        """Reads those of *sources* (type and path below content) that have changed, and forgets all others.

        Where *changes* are given nothing else is looked at; a path that is a folder stands for all below it.
        """
        touched = None if changes is None else {str(path) for path in changes}
        seen: dict[str, _Seen] = {}
        changed: dict[str, Kind] = {}
        signatures: dict[str, atomic.Signature | None] = {}
        for kind, path in sources:
            known = self._seen.get(path)
            if known and known.signature and touched is not None and not self._is_touched(path, touched):
                seen[path] = known
                continue
            signature = settled_signature(self.content / path)
            if known and known.signature and known.signature == signature:
                seen[path] = known
            else:
                changed[path], signatures[path] = kind, signature
        outcomes = self._outcomes(changed)
        self._seen = seen | {path: _Seen(signatures[path], outcome) for path, outcome in outcomes.items()}

    def look_first(self, paths: Iterable[str]) -> tuple[Read, ...]:
        """What those of *paths* (below content) say now that are valid records, whatever becomes of all others."""
        kinds = {path: kind for path in paths if (kind := self._kind_of(path))}
        signatures = {path: settled_signature(self.content / path) for path in kinds}
        outcomes = self._outcomes(kinds)
        self._seen |= {path: _Seen(signatures[path], outcome) for path, outcome in outcomes.items()}
        return tuple(outcome for outcome in outcomes.values() if isinstance(outcome, Read))

    def _kind_of(self, path: str) -> Kind | None:
        """The type of record that lives at *path*, if a walk over the folder would find a file there."""
        folder, *below = PurePosixPath(path).parts
        whole = self.content / path
        is_found = path.endswith(".md") and whole.is_file() and whole.resolve() == self.content.resolve() / path
        if not is_found or any(part.startswith(".") for part in below):
            return None
        return next((kind for kind, type_ in RECORD_TYPES.items() if type_.folder == folder), None)

    def _is_touched(self, path: str, touched: Collection[str]) -> bool:
        whole = f"{self.content}/{path}"
        return whole in touched or any(whole.startswith(f"{folder}/") for folder in touched)

    def read(self, path: str) -> Read:
        """What the file *path* gave when it was last looked at.

        :raises Refused: when it is no valid record.
        """
        outcome = self._seen[path].outcome
        if isinstance(outcome, Refused):
            raise Refused(outcome.findings)
        return outcome

    def parse(self, kind: Kind, path: str, text: str) -> Read:
        """What the file *path* would give with *text*.

        :raises Refused: when that is no valid record.
        """
        outcome = self._parsed({path: (kind, text)})[path]
        if isinstance(outcome, Refused):
            raise Refused(outcome.findings)
        return outcome

    def _outcomes(self, paths: Mapping[str, Kind]) -> dict[str, Read | Refused]:
        texts: dict[str, tuple[Kind, str]] = {}
        refused: dict[str, Read | Refused] = {}
        for path, kind in paths.items():
            try:
                texts[path] = kind, files.read_text(self.content / path)
            except FrontMatterError as error:
                refused[path] = Refused([finding_of(path, error)])
        return refused | self._parsed(texts)

    def _parsed(self, texts: Mapping[str, tuple[Kind, str]]) -> dict[str, Read | Refused]:
        """What each of *texts* gives: first the front matter of all, then the bodies of those that are valid."""
        records: dict[str, tuple[Record, Source]] = {}
        outcomes: dict[str, Read | Refused] = {}
        for path, document in self._documents.parse(texts).items():
            try:
                records[path] = record_of(texts[path][0], path, document)
            except Refused as refused:
                outcomes[path] = refused
        bodies = self.prose.render(record.body for record, _ in records.values())
        for path, (record, source) in records.items():
            html = bodies[record.body]
            outcomes[path] = Refused([_endless(source)]) if html is None else Read(record, source, html)
        return outcomes


def settled_signature(path: Path) -> atomic.Signature | None:
    """The file as it lies there, unless it was changed only just now."""
    settled = time.time_ns() - SETTLED_NANOSECONDS
    signature = atomic.signature(path)
    return signature if signature and signature.modified < settled else None


def record_of(kind: Kind, path: str, document: Document | FrontMatterError) -> tuple[Record, Source]:
    """The record of type *kind* that the file *path* holds, taken apart as *document*.

    :raises Refused: when it is no valid record.
    """
    if isinstance(document, FrontMatterError):
        raise Refused([finding_of(path, document)]) from document
    type_ = RECORD_TYPES[kind]
    source = Source(path, document.lines, document.body_line)
    _refuse_reserved(source, document.data)
    return validate(type_, record_data(kind, path, document), source), source


def record_data(kind: Kind, path: str, document: Document) -> dict[str, object]:
    """What a record of type *kind* is validated from; of articles and pages, keys we do not know stand apart."""
    type_ = RECORD_TYPES[kind]
    data = {**document.data, "id": PurePosixPath(path).stem, "body": document.body}
    if kind not in PELICANS:
        return data
    known = {key: value for key, value in data.items() if key in type_.model_fields}
    return {**known, "extras": {key: value for key, value in data.items() if key not in known}}


def validate(type_: type[T], data: Mapping[str, object], source: Source) -> T:
    """*data* as a *type_*.

    :raises Refused: with a finding for each fault.
    """
    try:
        return type_.model_validate(data)
    except ValidationError as error:
        raise Refused([source.finding(*fault) for fault in faults(error, type_)]) from error


def finding_of(path: str, error: FrontMatterError) -> Finding:
    """What is wrong with the file *path*."""
    return Finding(path, error.line, error.rule, error.message, error.mend)


def _refuse_reserved(source: Source, data: Mapping[str, object]) -> None:
    for name in _RESERVED:
        if name in data:
            raise Refused(
                [
                    source.finding(
                        (name,),
                        "reserved-key",
                        Message("“{key}” is not written in the front matter.", {"key": name}),
                        Message(
                            "Delete it: the file's name is the id, and the text below the front matter is the body."
                        ),
                    )
                ]
            )


def _endless(source: Source) -> Finding:
    return source.finding(
        (),
        "endless-text",
        Message("No page can be made of this text."),
        Message("Look for a long run of brackets, numbers or quotation marks, and delete it."),
    )
