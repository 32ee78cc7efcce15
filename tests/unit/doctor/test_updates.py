"""What is told after an update."""

import pytest

from kentongan import __version__
from kentongan.build import engine
from kentongan.doctor import updates
from tests.offices import write

CHANGES = """# Changelog

## [Unreleased]

- Not yet.

## [0.10.0] - 2027-02-01

- Ten.

## [0.9.1] - 2027-01-01

- Nine.

## [0.9.0]

- Old.
"""


def test_the_sections_since_then_are_told_newest_first():
    told = updates.news(CHANGES, "0.9.0", "0.10.0")
    assert told.startswith("## [0.10.0]")
    assert "Nine." in told
    assert not {"Old.", "Not yet."} & set(told.replace("- ", "").splitlines())
    assert updates.news(CHANGES, "0.9.0", "0.9.1").startswith("## [0.9.1]")


@pytest.mark.parametrize(
    ("former", "installed", "verdict", "says"),
    [
        ("0.9.0\n", "0.9.0", "ok", "0.9.0"),
        ("0.9.0\n", "0.10.0", "warn", "newer"),
        ("0.10.0\n", "0.9.1", "warn", "older"),
        ("", "0.9.0", "ok", "0.9.0"),
    ],
)
def test_versions_are_compared_as_numbers(tmp_path, monkeypatch, former, installed, verdict, says):
    monkeypatch.setattr(updates, "changelog", lambda: CHANGES)
    check = updates.update(write(tmp_path, {"engine": former}), installed)
    assert (check.verdict.value, says in check.message.told("en")) == (verdict, True)
    assert ("Ten." in (check.details or "")) == (says == "newer")


def test_what_made_a_release_is_remembered(tmp_path):
    assert updates.update(tmp_path).verdict.value == "ok"
    engine.remember(tmp_path)
    assert engine.remembered(tmp_path) == __version__


def test_the_changelog_is_there_without_a_network():
    assert "Unreleased" in updates.changelog()
