"""What an artifact is made of, as a fingerprint: equal identity, equal bytes; nothing to render, nothing to write."""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import kentongan
from kentongan.build.artifact import View

_RENDERED_BY = (
    "jinja2",
    "markupsafe",
    "markdown",
    "markdown-it-py",
    "nh3",
    "feedgen",
    "lxml",
    "icalendar",
    "pillow",
    "babel",
    "pydantic",
    "pelican",
    "segno",
    "tzdata",
)


class Print(NamedTuple):
    """A view by its type and the SHA-256 of what it holds."""

    type: type[View]
    digest: str

    @classmethod
    def of(cls, view: View) -> Print:
        """The print of *view*; its ``repr`` holds all it has."""
        return cls(type(view), sha256(repr(view).encode("utf-8", "surrogatepass")).hexdigest())


def identity(print_: Print, renderer: str) -> str:
    """The fingerprint of an artifact: its view, our code, the libraries, and *renderer* (its template's version)."""
    return f"{_maker(print_.type, renderer)}-{print_.digest}"


@lru_cache(maxsize=1000)
def _maker(type_: type[View], renderer: str) -> str:
    return sha256(f"{renderer} {code_version()} {type_.__qualname__}".encode()).hexdigest()[:32]


@cache
def code_version() -> str:
    """A fingerprint of the domain's source, its catalogues, and the libraries that make bytes."""
    root = Path(kentongan.__file__).parent
    digest = sha256(source_version(*root.rglob("*.py"), *root.rglob("*.po")).encode())
    for name in _RENDERED_BY:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


def source_version(*paths: Path) -> str:
    """A fingerprint of the bytes of source files, wherever they are installed."""
    digest = sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
