"""``python -m proof [NAME ...]``: runs every proof, or those named, and writes what each found to ``results/``."""

from __future__ import annotations

import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import proof

RESULTS = Path(__file__).parent / "results"


def run(name: str) -> None:
    """Runs one proof and keeps its facts.

    :raises AssertionError: when it does not hold; the facts of an earlier run stay.
    """
    print(f"{name} …", file=sys.stderr, flush=True)
    facts = import_module(f"proof.{name}").prove()
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    print(f"{name}: {facts}", file=sys.stderr)


if __name__ == "__main__":
    known = [module.name for module in pkgutil.iter_modules(proof.__path__) if not module.name.startswith("_")]
    for chosen in sys.argv[1:] or known:
        run(chosen)
