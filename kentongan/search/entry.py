"""Source file -> what lists show of it, and its words. A file that is no valid record is an entry too, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kentongan.model import Article, Consultation, Episode, Kind, Program, Record, Status
from kentongan.model.fields import LocalTime
from kentongan.store import files
from kentongan.store.documents import Documents
from kentongan.store.frontmatter import Document, FrontMatterError
from kentongan.store.reader import Refused, record_of

MOST_CHARACTERS = 300_000
"""Of one text that are looked through; a column of PostgreSQL holds about three times as many."""
_LOCAL_TIME: TypeAdapter[datetime] = TypeAdapter(LocalTime)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as lists show it. ``path`` is relative to the content folder, times are the office's own, naive.

    ``parent`` is the id of what it belongs to: an episode's program, a consultation's episode, the original of a
    translation. ``starts`` is when it is first broadcast or held; a consultation on air leaves that to its episode.
    ``broken``: the file is no valid record; ``label`` is its stem then.
    """

    kind: Kind
    id: str
    path: str
    label: str
    status: str
    date: datetime | None
    updated: datetime | None
    parent: str | None
    starts: datetime | None
    broken: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """What a record can be found by, from what weighs most to what weighs least."""

    label: str
    about: str
    """Its id, its summary and the people in it."""
    body: str
    """Every other text of its file."""


def read_entries(content: Path, sources: Mapping[str, Kind]) -> Iterator[tuple[Entry, Texts]]:
    """Each file of *sources* (path below *content* -> type) that is there."""
    texts: dict[str, tuple[Kind, str]] = {}
    for path, kind in sources.items():
        try:
            texts[path] = kind, files.read_text(content / path)
        except FrontMatterError:
            yield _broken(kind, path, {}, Status.DRAFT), Texts(PurePosixPath(path).stem, "", "")
    for path, document in Documents().parse(texts).items():
        yield _read(*texts[path], path, document)


def _read(kind: Kind, text: str, path: str, document: Document | FrontMatterError) -> tuple[Entry, Texts]:
    if isinstance(document, FrontMatterError):
        return _broken(kind, path, {}, Status.DRAFT), Texts(PurePosixPath(path).stem, "", text[:MOST_CHARACTERS])
    try:
        record, _ = record_of(kind, path, document)
    except Refused:
        entry = _broken(kind, path, document.data, Status.PUBLISHED)
        return entry, Texts(entry.label, "", _rest(document))
    return _entry(record, path), Texts(record.label, "\n".join(_about(record)), _rest(document))


def _entry(record: Record, path: str) -> Entry:
    parent = record.parent[1] if record.parent else None
    return Entry(
        kind=record.kind,
        id=record.id,
        path=path,
        label=record.label,
        status=record.status,
        date=record.date,
        updated=record.updated,
        parent=parent,
        starts=_starts(record),
        broken=False,
    )


def _broken(kind: Kind, path: str, data: Mapping[str, Any], otherwise: Status) -> Entry:
    """As much as can be read of a file that is no valid record."""
    stem, status, date = PurePosixPath(path).stem, otherwise, None
    with suppress(ValueError):
        status = Status(str(data.get("status", otherwise)).lower())
    with suppress(ValidationError):
        date = _LOCAL_TIME.validate_python(data.get("date"))
    return Entry(kind, stem, path, stem, status, date, None, None, None, broken=True)


def _starts(record: Record) -> datetime | None:
    match record:
        case Episode():
            return min((broadcast.start for broadcast in record.broadcasts), default=None)
        case Consultation():
            return record.start
        case _:
            return None


def _about(record: Record) -> Iterator[str]:
    yield from (record.id, getattr(record, "summary", None) or "")
    yield from getattr(record, "aliases", ())
    match record:
        case Article():
            yield from record.authors
        case Episode() | Consultation() | Program():
            for credit in record.hosts if isinstance(record, Program) else record.credits:
                yield from (credit.person, credit.name or "", credit.organisation or "")


def _rest(document: Document) -> str:
    return "\n".join([*_leaves(document.data), document.body])[:MOST_CHARACTERS]


def _leaves(tree: Any) -> Iterator[str]:
    if isinstance(tree, Mapping):
        for branch in tree.values():
            yield from _leaves(branch)
    elif isinstance(tree, list):
        for branch in tree:
            yield from _leaves(branch)
    else:
        yield str(tree)
