"""Measurements -> one Markdown table of figures and ratios."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

OURS = "Kentongan"
Result = Mapping[str, Any]


def table(results: Sequence[Result], parts: Sequence[Mapping[str, Any]] = ()) -> str:
    """All *results*, each size after the other, then how costs grow, then single *parts*."""
    lines = [line for result in results for line in _of_size(result)]
    return "\n".join([*lines, *_growth(results), *_of_parts(parts)]) + "\n"


def _of_size(result: Result) -> Iterator[str]:
    generators: Mapping[str, Any] = result["generators"]
    yield f"\n### {result['articles']:,} articles\n"
    yield (
        "| | " + " | ".join(f"{name} ({found['outputs']:,} files)" for name, found in generators.items()) + " | ratio |"
    )
    yield "|---|" + "---|" * (len(generators) + 1)
    for case in generators[OURS]["runs"]:
        for what, unit in (("wall", "s"), ("cpu", "s CPU"), ("peak", "MB")):
            yield _row(f"{case}, {unit}", [_figure(found, case, what) for found in generators.values()], generators)
    for place in ("article", "list", "feed"):
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            values = [_seen(found, place, share) for found in generators.values()]
            yield _row(f"save to visible, {place}, {name}, ms", values, generators)
    for place in ("article", "list", "feed"):
        added = [((found.get("resident") or {}).get("new") or {}).get(place) for found in generators.values()]
        yield _row(f"new article to visible, {place}, ms", [one and 1000 * one for one in added], generators)
    memories = [(found.get("resident") or {}).get("memory") for found in generators.values()]
    yield _row("resident, MB", memories, generators)


def _row(name: str, values: Sequence[float | None], generators: Mapping[str, Any]) -> str:
    told = " | ".join("–" if value is None else f"{value:.3g}" for value in values)
    ratios = [
        f"{values[0] / value:.2f}× {peer}"
        for peer, value in zip(generators, values, strict=True)
        if peer != OURS and value and values[0] is not None
    ]
    return f"| {name} | {told} | {', '.join(ratios)} |"


def _figure(found: Mapping[str, Any], case: str, what: str) -> float:
    """Others build from nothing whatever has changed: their one edit stands for every change."""
    runs = found["runs"]
    run = runs.get(case) or runs["cold" if case.startswith("cold") else "body edit"]
    return float(run[what])


def _seen(found: Mapping[str, Any], place: str, share: float) -> float | None:
    seconds = sorted(one[place] for one in (found.get("resident") or {}).get("seconds", ()))
    return 1000 * seconds[min(len(seconds) - 1, int(share * len(seconds)))] if seconds else None


def _growth(results: Sequence[Result]) -> Iterator[str]:
    """The exponent x of CPU seconds ~ articles to the x, from each size to the next."""
    for before, after in pairwise(results):
        grown = math.log(after["articles"] / before["articles"])
        told = {
            name: math.log(found["runs"]["cold"]["cpu"] / before["generators"][name]["runs"]["cold"]["cpu"]) / grown
            for name, found in after["generators"].items()
            if name in before["generators"]
        }
        exponents = ", ".join(f"{name} {value:.2f}" for name, value in told.items())
        yield f"\nGrowth of a cold build's CPU from {before['articles']:,} to {after['articles']:,}: {exponents}."


def _of_parts(parts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if parts:
        yield "\n### Parts\n\n| | | |\n|---|---|---|"
        yield from (f"| {row['name']} | {row['value']} | {row['unit']} |" for row in parts)
