"""Announcements of our own writing, with the records they describe; and how well the reader does on them.

``tuned`` is what rules are made on. ``untuned`` is only measured: no rule was made for a text of it. A key that a
``.json`` leaves out is expected to be empty. ``python -m tests.unit.intake.corpus [-v]`` prints the table.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kentongan.intake import read_announcement

FOLDER = Path(__file__).parents[2] / "corpus" / "announcements"
SETS = ("tuned", "untuned", "fresh", "hands", "again", "wide", "others")
ONE = [
    "kind",
    "mode",
    "program",
    "station",
    "frequency",
    "start",
    "end",
    "zone",
    "year",
    "topic",
    "dateline",
    "venue",
    "quota",
    "deadline",
    "cost",
    "email",
    "registration",
    "meeting",
]
MANY = ("also", "recurs", "phones", "people", "degrees")


@dataclass(frozen=True)
class Case:
    """One announcement: its text, and the record that a careful person reads from it."""

    name: str
    text: str
    expected: dict[str, Any]

    def read(self) -> dict[str, Any]:
        """What the reader makes of it."""
        now = self.expected.get("now")
        return read_announcement(self.text, date.fromisoformat(now) if now else None).to_json("en")


@dataclass
class Score:
    """How many values were given, expected, and right."""

    given: int = 0
    expected: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def cases(which: str) -> Iterator[Case]:
    """The announcements of the set *which*."""
    for path in sorted((FOLDER / which).glob("*.txt")):
        yield Case(path.stem, path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text()))


@cache
def scores(which: str) -> dict[str, Score]:
    """The score of every field over the set *which*."""
    result = {name: Score() for name in (*ONE, *MANY)}
    for case in cases(which):
        got = _values(case.read())
        wanted = _values(case.expected)
        for name, score in result.items():
            _count(score, case.name, Counter(got[name]), Counter(wanted[name]))
    return result


def _count(score: Score, name: str, got: Counter[str], wanted: Counter[str]) -> None:
    score.given += got.total()
    score.expected += wanted.total()
    score.right += (got & wanted).total()
    if got != wanted:
        score.wrong.append(f"{name}: {sorted(got - wanted)} instead of {sorted(wanted - got)}")


def _values(record: dict[str, Any]) -> dict[str, list[str]]:
    """Every field as a list of plain values, whatever the spelling."""
    year = (record.get("start") or record.get("date") or "-")[:4]
    one = {**record, "year": year if year.isdigit() else None}
    people = record.get("people", [])
    return {
        **{name: [_plain(one[name])] if one.get(name) is not None else [] for name in ONE},
        **{name: [_plain(value) for value in record.get(name, [])] for name in MANY[:3]},
        "people": [_plain(f"{one['name']} = {one['role'] or ''}") for one in people],
        "degrees": [_plain(f"{one[key]} {one['name']}") for one in people for key in ("prefix", "suffix") if one[key]],
    }


def _plain(value: Any) -> str:
    return re.sub(r"[\W_]+", " ", str(value).casefold()).strip()


def table(which: str) -> str:
    """Precision and recall of every field on the set *which*."""
    rows = [f"{which:<14}{'given':>7}{'expected':>10}{'precision':>11}{'recall':>8}"]
    for name, score in scores(which).items():
        rows.append(f"{name:<14}{score.given:>7}{score.expected:>10}{score.precision:>11.3f}{score.recall:>8.3f}")
    return "\n".join(rows)


def main() -> None:
    """Prints the tables; with ``-v`` also what is wrong."""
    for which in SETS if len(sys.argv) < 2 or sys.argv[-1] not in SETS else sys.argv[-1:]:
        print(table(which), end="\n\n")
        if "-v" in sys.argv:
            for name, score in scores(which).items():
                print(*(f"{name} {wrong}" for wrong in score.wrong), sep="\n")


if __name__ == "__main__":
    main()
