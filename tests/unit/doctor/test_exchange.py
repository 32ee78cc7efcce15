"""What is told of the exchange with the repository elsewhere, and of what waits for a person."""

import json
from dataclasses import asdict

from kentongan.doctor import exchange
from kentongan.repository import OpenSplit, Step, Trouble
from kentongan.repository.splits import Splits

SPLIT = OpenSplit("articles/pasar.md", "content/articles/pasar.md", "x", "0" * 40, ("title",), "Budi", "2026-11-24")


def told(tmp_path, step=None, splits=()):
    if step:
        (tmp_path / "exchange.json").write_text(json.dumps(asdict(step)))
    Splits(tmp_path, tmp_path).keep(splits)
    return {one.name: (one.verdict.value, one.message.told("en")) for one in exchange.checks(tmp_path, tmp_path)}


def test_nothing_is_told_where_nothing_was_exchanged(tmp_path):
    assert told(tmp_path) == {}


def test_an_office_in_step(tmp_path):
    assert told(tmp_path, Step("contoh.id")) == {"exchange": ("ok", "The office is in step with contoh.id.")}


def test_what_keeps_it_from_that_and_what_waits_for_a_choice(tmp_path):
    found = told(tmp_path, Step("contoh.id", trouble=Trouble.DENIED, said="access denied"), [SPLIT])
    assert [verdict for verdict, _ in found.values()] == ["warn", "warn"]
    assert "access denied" in found["exchange"][1]
    assert "articles/pasar.md" in found["splits"][1]
