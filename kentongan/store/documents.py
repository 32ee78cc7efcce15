"""Files taken apart, and a cache for that: parsing YAML takes longer than everything else that is done to a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kentongan.markup import Cache
from kentongan.markup.cache import key_of
from kentongan.model import Kind
from kentongan.model.messages import Location
from kentongan.store import frontmatter, pelican_metadata
from kentongan.store.frontmatter import Document, FrontMatterError, parse
from kentongan.store.pelican_metadata import has_metadata, parse_metadata

PELICANS = (Kind.ARTICLE, Kind.PAGE)
"""Types that Pelican knows too: their files may begin with its metadata; keys we do not know are kept for themes."""


class Documents:
    """Takes texts apart; those that *known* has from an earlier build are only looked up."""

    def __init__(self, known: Cache | None = None) -> None:
        self._known = known

    def parse(self, texts: Mapping[str, tuple[Kind, str]]) -> dict[str, Document | FrontMatterError]:
        """Each of *texts* (path -> type and text) taken apart, or what is wrong with its front matter."""
        keys = {path: key_of(_version(), str(kind in PELICANS), text) for path, (kind, text) in texts.items()}
        known = self._known.known(keys.values()) if self._known and keys else {}
        documents = {path: _document(texts[path][1], known[key]) for path, key in keys.items() if key in known}
        new = {path: _parsed(*texts[path]) for path in texts if path not in documents}
        if self._known and new:
            self._known.keep({keys[path]: _kept(one) for path, one in new.items() if isinstance(one, Document)})
        return {**documents, **new}


def _parsed(kind: Kind, text: str) -> Document | FrontMatterError:
    try:
        return parse_metadata(text) if kind in PELICANS and has_metadata(text) else parse(text)
    except FrontMatterError as error:
        return error


def _kept(document: Document) -> str:
    """A document as JSON, without its body, which is how its text ends; the lines as JSON in it, seldom wanted."""
    lines = json.dumps([[*location, line] for location, line in document.lines.items()])
    return json.dumps([document.data, lines, document.body_line, len(document.body)])


def _document(text: str, kept: str) -> Document:
    data, lines, body_line, length = json.loads(kept)
    return Document(data, _Lines(lines), text[len(text) - length :], body_line)


class _Lines(Mapping[Location, int]):
    """The lines of a document's keys, unpacked when a finding asks for one."""

    def __init__(self, packed: str) -> None:
        self._packed = packed

    @cached_property
    def _lines(self) -> dict[Location, int]:
        return {tuple(location): line for *location, line in json.loads(self._packed)}

    def __getitem__(self, location: Location) -> int:
        return self._lines[location]

    def __iter__(self) -> Iterator[Location]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@cache
def _version() -> str:
    """A fingerprint of everything between a text and its document."""
    digest = sha256(version("pyyaml").encode())
    modules: tuple[Any, ...] = (frontmatter, pelican_metadata)
    for path in (__file__, *(module.__file__ for module in modules)):
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()
