"""Full-text search in the two kinds of database: FTS5 of SQLite, tsvector of PostgreSQL. Both get the same words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Select, case, column, func, literal_column, select, table

from kentongan.search.entry import Texts
from kentongan.search.tables import FULL_TEXT
from kentongan.search.words import stem_of, stems, words


class FullText(Protocol):
    """The words of entries, by their number."""

    def put(self, connection: Connection, texts: Mapping[int, Texts]) -> None:
        """Keeps *texts* in the place of those kept before under the same numbers."""

    def forget(self, connection: Connection, numbers: Collection[int]) -> None:
        """Forgets the words of *numbers*."""

    def found(self, asked: Sequence[str]) -> Select[Any]:
        """Rows of ``number`` and ``rank`` of those that have every word of *asked*; the lower the rank the better."""


def full_text(dialect: str) -> FullText:
    """How the database of *dialect* does it."""
    return _Tsvector() if dialect == "postgresql" else _Fts5()


class _Fts5:
    """https://sqlite.org/fts5.html. Weights are those of the migration; bm25 makes little of them where a word stands
    often, so that what is called by the words asked for is raised above the rest."""

    _table = table(FULL_TEXT, column("rowid"), column("rank"), column(FULL_TEXT))
    _labels = _table.alias()
    _raised = 1000

    def put(self, connection: Connection, texts: Mapping[int, Texts]) -> None:
        self.forget(connection, texts)
        statement = f"INSERT INTO {FULL_TEXT} (rowid, label, about, body, stems) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 - a constant
        connection.exec_driver_sql(statement, [(number, *_columns(one)) for number, one in texts.items()])

    def forget(self, connection: Connection, numbers: Collection[int]) -> None:
        if numbers:
            statement = f"DELETE FROM {FULL_TEXT} WHERE rowid = ?"  # noqa: S608 - a constant
            connection.exec_driver_sql(statement, [(number,) for number in numbers])

    def found(self, asked: Sequence[str]) -> Select[Any]:
        match = " AND ".join(f'("{word}" * OR "{stem_of(word)}")' for word in asked)
        called = select(self._labels.c.rowid).where(self._labels.c[FULL_TEXT].op("MATCH")(f"label : ({match})"))
        rank = self._table.c.rank - case((self._table.c.rowid.in_(called), self._raised), else_=0)
        chosen = select(self._table.c.rowid.label("number"), rank.label("rank"))
        return chosen.where(self._table.c[FULL_TEXT].op("MATCH")(match))


class _Tsvector:
    """https://www.postgresql.org/docs/current/textsearch.html, with the configuration that leaves words as they are."""

    _table = table(FULL_TEXT, column("number"), column("words"))
    _vector = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in ("A", "B", "C", "D"))

    def put(self, connection: Connection, texts: Mapping[int, Texts]) -> None:
        self.forget(connection, texts)
        statement = f"INSERT INTO {FULL_TEXT} (number, words) VALUES (%s, {self._vector})"  # noqa: S608 - constants
        connection.exec_driver_sql(statement, [(number, *_columns(one)) for number, one in texts.items()])

    def forget(self, connection: Connection, numbers: Collection[int]) -> None:
        if numbers:
            statement = f"DELETE FROM {FULL_TEXT} WHERE number = %s"  # noqa: S608 - a constant
            connection.exec_driver_sql(statement, [(number,) for number in numbers])

    def found(self, asked: Sequence[str]) -> Select[Any]:
        query = func.to_tsquery(literal_column("'simple'"), " & ".join(f"({w}:* | {stem_of(w)})" for w in asked))
        rank = (-func.ts_rank(self._table.c.words, query)).label("rank")
        hit: ColumnElement[bool] = self._table.c.words.op("@@")(query)
        return select(self._table.c.number, rank).where(hit)


def _columns(texts: Texts) -> tuple[str, str, str, str]:
    label, about, body = words(texts.label), words(texts.about), words(texts.body)
    return " ".join(label), " ".join(about), " ".join(body), " ".join(stems([*label, *about, *body]))
