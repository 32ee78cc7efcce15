"""Offices as folders: the seed's, or one in a few strings, for tests that go through files, processes and servers."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kentongan.store.frontmatter import splice
from kentongan.store.git import git_environment
from tests.fork_server import PATIENCE, forked

ROOT = Path(__file__).parent.parent
MORNING = "2020-07-22T08:00+07:00"
"""Two hours before the seed's talk."""

EPISODE = "koperasi-tangguh-di-era-adaptasi-kebiasaan-baru"
SEED = (
    "articles/koperasi-tangguh-di-masa-kebiasaan-baru.md",
    f"consultations/{EPISODE}.md",
    f"episodes/{EPISODE}.md",
    "people/agus-prasetya.md",
    "people/j-rahmat-sudrajat.md",
    "people/wulan-anggraeny-s.md",
    "programs/warung-sebelah.md",
    "stations/radio-trijaya-fm.md",
)
"""The one real announcement, as records of the sample office."""

ADDED = ("artwork", "hosts", "overrides", "slots", "updated")
"""What the sample office adds to the seed's records, to stay alive."""

SITE = """name: Kentongan
tagline: Kabar koperasi Sleman
description: Berita koperasi, obrolan radio, dan konsultasi bersama PLUT.
"""
CONF = "from kentongan_plugins.settings import *\n"

EPISODE_FILE = f"content/episodes/{EPISODE}.md"
EPISODE_PAGE = f"program/warung-sebelah/{EPISODE}/index.html"


def seed(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """An office in *folder* that holds the seed's records and nothing else, with *files* (path -> text) on top."""
    for name in SEED:
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / "content" / name).read_text(encoding="utf-8")
        path.write_text(splice(text, dict.fromkeys(ADDED)), encoding="utf-8")
    return write(folder, {"content/site.yml": SITE, "pelicanconf.py": CONF, **(files or {})})


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """*folder*, with *files* (path -> text) in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replaces *old*, which must be there, in the file *path*."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def commit(folder: Path, message: str = "Change") -> None:
    """Commits everything in *folder*, which becomes a git repository if it is none."""
    author = ["-c", "user.name=Officer", "-c", "user.email=officer@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "-A"], [*author, "commit", "-q", "-m", message]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=git_environment())


def kentongan(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in *folder*, as a person would, but forked from a process that has imported everything.

    Use :func:`run` with ``-m kentongan`` where a test is about how the process itself starts and ends.
    """
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        code = forked(folder, arguments, _environment(environment), out, err)
        told = (path.read_text(encoding="utf-8") for path in (out, err))
        return subprocess.CompletedProcess(arguments, code, *told)


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs this Python with *arguments* in *folder*, in an environment without our own variables but those given."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=_environment(environment),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KENTONGAN_", "SITEURL"))}
    return {**clean, **given}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below *folder*: path -> bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
