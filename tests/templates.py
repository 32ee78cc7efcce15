"""Templates compiled once for all builds of a test run: that is half of the work of building a small office."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment

from kentongan_plugins import pages


def share(folder: Path) -> None:
    """From now on this process, and those forked from it, keep in *folder* what templates compile to."""
    compiled, referenced = Environment.compile, pages._referenced

    def compile_(self: Environment, source: str, name: str, filename: str) -> Any:
        manner = (self.trim_blocks, self.lstrip_blocks, self.autoescape, sorted(self.extensions))
        return _kept(folder, (source, name, filename, *manner), lambda: compiled(self, source, name, filename))

    def referenced_(environment: Environment, source: str, name: str) -> Any:
        return _kept(folder, (source, name), lambda: referenced(environment, source, name))

    Environment.compile = compile_  # type: ignore[assignment,method-assign]
    pages._referenced = referenced_  # type: ignore[assignment]


def _kept(folder: Path, key: object, make: Callable[[], Any]) -> Any:
    path = folder / sha256(repr(key).encode()).hexdigest()
    if path.exists():
        return marshal.loads(path.read_bytes())
    made = make()
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(marshal.dumps(made))
    part.rename(path)
    return made
