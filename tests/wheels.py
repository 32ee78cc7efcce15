"""The engine as a wheel, built from this clone: what a registry would give an office."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from kentongan import __version__
from tests.offices import ROOT, edit

_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
_NAMES_ITS_VERSION = ("pyproject.toml", "kentongan/__init__.py")


def build(folder: Path, version: str = __version__) -> Path:
    """A wheel of what git tracks here, in *folder*, called *version*."""
    source = folder / f"source-{version}"
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    for name in _NAMES_ITS_VERSION:
        edit(source / name, f'= "{__version__}"\n', f'= "{version}"\n')
    built = folder / version
    _run([*_PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(built), str(source)])
    shutil.rmtree(source)
    return next(built.glob("*.whl"))


def unpack(wheel: Path, target: Path) -> Path:
    """Installs *wheel*, without what it depends on, into the folder *target*."""
    _run([*_PIP, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)])
    return target


def libraries(folder: Path) -> Path:
    """A folder that holds what the engine depends on and not the engine: for ``PYTHONPATH``, where pip finds it too."""
    folder.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "kentongan" not in path.name and path.name not in ("pip", "setuptools"):
            (folder / path.name).symlink_to(path)
    return folder


def _run(arguments: list[str]) -> None:
    subprocess.run(arguments, check=True, capture_output=True, env=os.environ)
