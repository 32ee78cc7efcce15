"""What an artifact is made of, as a fingerprint: equal identity, equal bytes; nothing to render, nothing to write."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import kentongan
from kentongan.build.artifact import Artifact

_RENDERED_BY = (
    "jinja2",
    "markupsafe",
    "markdown",
    "nh3",
    "feedgen",
    "lxml",
    "icalendar",
    "pillow",
    "babel",
    "pydantic",
    "segno",
    "tzdata",
)


def identity(artifact: Artifact, renderer: str) -> str:
    """The fingerprint of *artifact*: its view, our own code, the libraries, and *renderer* (its template's version)."""
    view = f"{type(artifact.view).__qualname__} {artifact.view!r}"
    return sha256(f"{renderer} {code_version()} {view}".encode()).hexdigest()


@cache
def code_version() -> str:
    """A fingerprint of the domain's source, its catalogues, and the libraries that make bytes."""
    digest = sha256()
    root = Path(kentongan.__file__).parent
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.po"))):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _RENDERED_BY:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()
