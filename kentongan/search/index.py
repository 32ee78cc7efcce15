"""The index of a content folder: read again where a file has changed, asked by lists, pickers and search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, delete, false, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from kentongan import __version__
from kentongan.database import Database
from kentongan.model import Kind
from kentongan.search.entry import Entry, Texts, read_entries
from kentongan.search.full_text import full_text
from kentongan.search.page import Page, opened, page
from kentongan.search.sources import changed_paths, signatures_of, source_files
from kentongan.search.tables import Row
from kentongan.search.words import words

_FORMAT = f"{__version__}/1"
"""What entries are made by; with another one all of them are made again. Count up when this package reads more."""
_AT_ONCE = 500
"""Files that are written in one transaction: others who write wait for no more than that."""
_ROWS: Table = Row.__table__  # type: ignore[assignment]
_SHOWN = [_ROWS.c[field.name] for field in fields(Entry)]


class Index:
    """What lies in the folder *content*, kept in *database*. Several threads and processes may share it."""

    def __init__(self, database: Database, content: Path) -> None:
        self._database, self._content = database, content
        dialect = database.engine.dialect.name
        self._full_text = full_text(dialect)
        self._insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        self._refreshing = Lock()

    def refresh(self, changes: Collection[Path] | None = None) -> None:
        """Reads what has changed since the last time and forgets what is gone.

        *changes* are the only paths that may have changed (absolute, or relative to the content folder), where that is
        known; a folder stands for all below it.
        """
        with self._refreshing:
            below = changed_paths(self._content, changes)
            sources = dict(source_files(self._content, below))
            known = self._known(below)
            self._forget([path for path in known if path not in sources])
            found = signatures_of(self._content, sources)
            signatures = {path: f"{_FORMAT} {signature}" for path, signature in found.items()}
            changed = [path for path, sign in signatures.items() if sign.endswith(" ") or known.get(path) != sign]
            for start in range(0, len(changed), _AT_ONCE):
                some = {path: sources[path] for path in changed[start : start + _AT_ONCE]}
                self._put(read_entries(self._content, some), signatures)

    def entry(self, kind: Kind, id_: str) -> Entry | None:
        """The record *id_* of type *kind*, valid or not."""
        wanted = select(*_SHOWN).where(_ROWS.c.kind == kind, _ROWS.c.id == id_).order_by(_ROWS.c.path).limit(1)
        return next(iter(self._entries(wanted)), None)

    def entries(
        self,
        kind: Kind | None = None,
        *,
        status: Collection[str] = (),
        parent: str | None = None,
        search: str = "",
        limit: int = 50,
        after: str | None = None,
    ) -> Page:
        """Those of type *kind*, in one of the states *status*, belonging to the id *parent*, as far as these are given.

        They come newest first; with *search* those that have all its words, or words that begin with them, and the best
        first. *after* is the cursor of the page before.

        :raises KentonganError: when *after* is no such cursor.
        """
        chosen = select(*_SHOWN).where(*_filters(kind, status, parent))
        if search.strip():
            return self._found(chosen, words(search), limit, after)
        if after is not None:
            chosen = chosen.where(_behind(*opened(after, str, str)))
        found = self._entries(chosen.order_by(_ROWS.c.position.desc(), _ROWS.c.path).limit(limit + 1))
        return page(found, limit, lambda last: (_position(last), last.path))

    def labels(self, kind: Kind) -> Mapping[str, str]:
        """What people call each record of type *kind*, by its id, in alphabetical order."""
        wanted = select(_ROWS.c.id, _ROWS.c.label).where(_ROWS.c.kind == kind).order_by(_ROWS.c.path.desc())
        with self._database.reading() as session:
            labels: dict[str, str] = dict(session.execute(wanted).all())
        return dict(sorted(labels.items(), key=lambda item: (item[1].casefold(), item[0])))

    def counts(self) -> Mapping[tuple[Kind, str], int]:
        """How many there are of each type in each state."""
        wanted = select(_ROWS.c.kind, _ROWS.c.status, func.count()).group_by(_ROWS.c.kind, _ROWS.c.status)
        with self._database.reading() as session:
            return {(Kind(kind), status): count for kind, status, count in session.execute(wanted)}

    def _found(self, chosen: Select[Any], asked: Sequence[str], limit: int, after: str | None) -> Page:
        """The best first; the cursor counts, since how good they are is the database's own secret."""
        if not asked:
            return Page((), None)
        passed = opened(after, int)[0] if after is not None else 0
        hits = self._full_text.found(asked).subquery()
        best = chosen.join(hits, hits.c.number == _ROWS.c.number).order_by(hits.c.rank, _ROWS.c.path)
        return page(self._entries(best.limit(limit + 1).offset(passed)), limit, lambda _: (passed + limit,))

    def _entries(self, wanted: Select[Any]) -> list[Entry]:
        with self._database.reading() as session:
            return [Entry(Kind(kind), *rest) for kind, *rest in session.execute(wanted)]

    def _known(self, below: Collection[str] | None) -> dict[str, str]:
        """The signature of each file that was read, of all or of those at or below the paths *below*."""
        wanted = select(_ROWS.c.path, _ROWS.c.signature)
        if below is not None:
            wanted = wanted.where(or_(false(), *(_at_or_below(path) for path in below)))
        with self._database.reading() as session:
            return dict(session.execute(wanted).all())

    def _put(self, read: Iterable[tuple[Entry, Texts]], signatures: Mapping[str, str]) -> None:
        texts = dict(read)
        rows = [{**asdict(one), "position": _position(one), "signature": signatures[one.path]} for one in texts]
        insert = self._insert(_ROWS)
        replaced = {name: insert.excluded[name] for name in rows[0] if name != "path"}
        upsert = insert.on_conflict_do_update(index_elements=["path"], set_=replaced).returning(
            _ROWS.c.path, _ROWS.c.number
        )
        with self._database.engine.begin() as connection:
            numbered = connection.execute(upsert, rows)
            numbers: dict[str, int] = dict(numbered.all())
            self._full_text.put(connection, {numbers[entry.path]: its for entry, its in texts.items()})

    def _forget(self, paths: Sequence[str]) -> None:
        for start in range(0, len(paths), _AT_ONCE):
            gone = _ROWS.c.path.in_(paths[start : start + _AT_ONCE])
            with self._database.engine.begin() as connection:
                numbers = connection.scalars(delete(_ROWS).where(gone).returning(_ROWS.c.number)).all()
                self._full_text.forget(connection, numbers)


def _filters(kind: Kind | None, status: Collection[str], parent: str | None) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if kind:
        filters.append(_ROWS.c.kind == kind)
    if status:
        filters.append(_ROWS.c.status.in_(status))
    if parent is not None:
        filters.append(_ROWS.c.parent == parent)
    return filters


def _behind(position: str, path: str) -> ColumnElement[bool]:
    """Older than what the cursor names, or as old and with a later path."""
    return or_(_ROWS.c.position < position, and_(_ROWS.c.position == position, _ROWS.c.path > path))


def _position(entry: Entry) -> str:
    return f"{entry.date:%Y-%m-%dT%H:%M}" if entry.date else ""


def _at_or_below(path: str) -> ColumnElement[bool]:
    return or_(_ROWS.c.path == path, _ROWS.c.path.startswith(f"{path}/", autoescape=True))
