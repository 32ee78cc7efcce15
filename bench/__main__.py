"""``python -m bench [--articles N ...] [--quick] [--edits N]``: what builds cost, beside other generators.

Writes ``results/<articles>.json`` and ``results/table.md``, and prints the table. All sizes are measured in one run, so
that ratios compare what ran on the same machine in the same hour.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.kentongan import measure_kentongan
from bench.others import measure_peer
from bench.peers import PEERS
from bench.table import table

RESULTS = Path(__file__).parent / "results"
WORK = Path(__file__).parent / "work"
SIZES = (1000, 10_000)
QUICK = (200,)


def main(arguments: Sequence[str]) -> None:
    """Measures every size, ours first, then whoever else is installed."""
    chosen = _parser().parse_args(arguments)
    sizes = chosen.articles or (QUICK if chosen.quick else SIZES)
    parts = [] if chosen.quick else _parts()
    _keep("parts", parts)
    results = []
    for size in sizes:
        results.append(_measured(size, chosen.edits))
        _keep(str(size), results[-1])
        (RESULTS / "table.md").write_text(table(results, parts), encoding="utf-8")
    print(table(results, parts))


def _keep(name: str, facts: object) -> None:
    """Each as soon as it is there: what comes after may fail."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def _measured(articles: int, edits: int) -> dict[str, Any]:
    _say(f"{articles} articles: Kentongan")
    generators = {"Kentongan": measure_kentongan(WORK / f"kentongan-{articles}", articles, edits)}
    for peer in PEERS:
        if peer.is_there():
            _say(f"{articles} articles: {peer.name}")
            try:
                generators[peer.name] = measure_peer(peer, WORK / f"{peer.name.lower()}-{articles}", articles, edits)
            except RuntimeError as error:  # a table with a gap is better than an hour for nothing
                _say(f"{peer.name}: {error}")
        else:
            _say(f"{peer.name} is not installed below bench/peers: left out")
    return {"articles": articles, "generators": generators}


def _parts() -> list[dict[str, Any]]:
    """Rows of the benchmarks of single parts."""
    rows: list[dict[str, Any]] = []
    for name in ("feeds", "schedule", "search", "comments"):
        _say(f"part: {name}")
        rows += import_module(f"bench.{name}").rows()
    return rows


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="What builds cost, beside other generators.")
    parser.add_argument("--articles", type=int, nargs="+", metavar="N", help=f"sizes of offices {SIZES}")
    parser.add_argument("--quick", action="store_true", help=f"only {QUICK[0]} articles, to see that all of it works")
    parser.add_argument("--edits", type=int, default=20, metavar="N", help="edits seen through a running server (20)")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
