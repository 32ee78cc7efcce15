"""Offices that are published again and again, and what their releases must be."""

from __future__ import annotations

from pathlib import Path

from tests.offices import kentongan

ADDRESS = {"SITEURL": "https://kantor.example"}


def publish(office: Path, *arguments: str) -> None:
    """Publishes the office in that folder, which must succeed."""
    done = kentongan(office, "publish", *arguments, **ADDRESS)
    assert done.returncode == 0, done.stderr


def is_whole(release: Path) -> bool:
    """Whether it has every file that an undisturbed release has, none of them empty."""
    files = [path for path in release.rglob("*") if path.is_file()]
    twins = {path.with_suffix("") for path in files if path.suffix == ".br"}
    long = {path for path in files if path.suffix == ".html" and path.stat().st_size > 1024}
    return (release / "version.json").is_file() and all(path.stat().st_size for path in files) and long <= twins
