"""How long an office's index takes: filled, looked through again, and asked, with 10,000 articles."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.corpus import write_office
from bench.schedule import best
from kentongan.database import Database
from kentongan.model import Kind
from kentongan.search import Index

ARTICLES = 10_000
_ASKED = ("k", "koperasi", "simpan pinjam desa", "kop sim pin", "orang-3", "pelayanan")
"""Of words that stand in every article, of beginnings of words, and of one that stands nowhere."""


def rows() -> Iterator[dict[str, Any]]:
    """Name, value and unit of each; the best of several runs, in milliseconds, but for the first filling."""
    folder = Path(tempfile.mkdtemp(prefix="kentongan-search-"))
    database = Database(folder / "var")
    try:
        write_office(folder, ARTICLES)
        yield from _rows(Index(database, folder / "content"))
    finally:
        database.close()
        shutil.rmtree(folder)


def _rows(index: Index) -> Iterator[dict[str, Any]]:
    begun = perf_counter()
    index.refresh()
    yield {"name": f"search: first filling, {ARTICLES} articles", "value": _ms(perf_counter() - begun), "unit": "ms"}
    timed: dict[str, Callable[[], object]] = {
        "search: nothing has changed": index.refresh,
        "search: one file is named": lambda: index.refresh([Path("articles/kabar-1.md")]),
        "search: the newest fifty": lambda: index.entries(Kind.ARTICLE),
        "search: all labels of a type": lambda: index.labels(Kind.ARTICLE),
    }
    for asked in _ASKED:
        timed[f"search: “{asked}”"] = lambda asked=asked: index.entries(search=asked)  # type: ignore[misc]
    for name, work in timed.items():
        yield {"name": name, "value": _ms(best(work)), "unit": "ms"}


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


if __name__ == "__main__":
    for row in rows():
        print(f"{row['value']:>10} {row['unit']:<11} {row['name']}")
