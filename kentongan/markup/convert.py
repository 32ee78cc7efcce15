"""The dialect: Python-Markdown with the extensions that Pelican's ``MARKDOWN`` setting names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from markdown import Markdown

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.markup.guards import Guards


@dataclass(frozen=True, slots=True)
class Dialect:
    """Which extensions, how set up; as JSON, so that a worker process can be told it and a cache can be keyed by it."""

    extensions: str
    """JSON of ``[[name, {setting: value}], …]``."""

    @classmethod
    def of(cls, markdown_setting: Mapping[str, Any]) -> Dialect:
        """The dialect of Pelican's ``MARKDOWN`` setting; front matter is ours, so the ``meta`` extension is left out.

        :raises KentonganError: when an extension is given as an object instead of by its dotted name.
        """
        configs = markdown_setting.get("extension_configs", {})
        names = dict.fromkeys([*configs, *markdown_setting.get("extensions", ())])
        chosen = [[name, configs.get(name, {})] for name in names if name != "markdown.extensions.meta"]
        try:
            return cls(json.dumps(chosen, sort_keys=True))
        except TypeError as error:
            raise KentonganError(
                Message("The setting MARKDOWN holds an object."),
                Message("Name each extension by its dotted name, with plain settings."),
            ) from error

    @property
    def version(self) -> str:
        """Changes whenever the same text may give other HTML."""
        names = tuple(name for name, _ in json.loads(self.extensions))
        return sha256(f"{self.extensions}\n{_code_version(names)}".encode()).hexdigest()

    def converter(self) -> Markdown:
        """A Python-Markdown instance that speaks this dialect."""
        chosen = json.loads(self.extensions)
        return Markdown(
            extensions=[*(name for name, _ in chosen), Guards()],
            extension_configs={name: settings for name, settings in chosen if settings},
            output_format="html",
        )


@cache
def _code_version(extensions: tuple[str, ...]) -> str:
    """A fingerprint of all code between a text and its HTML: the libraries, ours, and that of *extensions*."""
    digest = sha256(f"{version('markdown')} {version('nh3')}".encode())
    for path in (*sorted(Path(__file__).parent.glob("*.py")), *chain.from_iterable(map(_sources, extensions))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(extension: str) -> list[Path]:
    """The source files of the package that an extension by its dotted name comes from."""
    top = extension.split(":", maxsplit=1)[0].split(".", maxsplit=1)[0]
    try:
        found = find_spec(top) if top != "markdown" else None
    except (ImportError, ValueError):
        return []
    folders = found.submodule_search_locations if found else None
    if folders is None:
        return [Path(found.origin)] if found and found.origin and found.has_location else []
    return sorted(path for folder in folders for path in Path(folder).rglob("*.py"))


PLAIN = Dialect.of({"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.sane_lists": {}}})
"""What is spoken where nobody says otherwise."""
