"""``python -m bench [--articles N ...]``: what builds cost, beside other generators.

Writes ``results/<articles>.json`` and ``results/table.md``, and prints the table. All generators of one size are
measured in one run, so that ratios compare what ran on the same machine in the same hour.
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
    if chosen.quick:
        print(table([_measured(size, chosen) for size in QUICK]))
        return
    if not chosen.brief:
        _keep("parts", _parts())
    for size in chosen.articles or SIZES:
        _keep(str(size), _measured(size, chosen))
    told = table(_kept(), json.loads((RESULTS / "parts.json").read_text(encoding="utf-8")))
    (RESULTS / "table.md").write_text(told, encoding="utf-8")
    print(told)


def _keep(name: str, facts: object) -> None:
    """Each as soon as it is there: what comes after may fail."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def _kept() -> list[dict[str, Any]]:
    """The last figures of every size that was ever measured here, from small to large."""
    sizes = sorted(int(file.stem) for file in RESULTS.glob("*.json") if file.stem.isdigit())
    return [json.loads((RESULTS / f"{size}.json").read_text(encoding="utf-8")) for size in sizes]


def _measured(articles: int, chosen: argparse.Namespace) -> dict[str, Any]:
    _say(f"{articles} articles: Kentongan")
    edits, folder = chosen.edits, WORK / f"kentongan-{articles}"
    generators = {"Kentongan": measure_kentongan(folder, articles, edits, brief=chosen.brief)}
    for peer in PEERS:
        if chosen.peers and peer.name not in chosen.peers:
            continue
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
    parser.add_argument("--brief", action="store_true", help="of our builds only a cold one and one of no change")
    parser.add_argument("--peers", nargs="+", metavar="NAME", help="whom to compare with (all that are installed)")
    parser.add_argument("--edits", type=int, default=20, metavar="N", help="edits seen through a running server (20)")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
