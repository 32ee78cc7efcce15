"""The dialect: Python-Markdown with the extensions that Pelican's ``MARKDOWN`` setting names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from markdown import Markdown

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.markup import policy


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
        parts = (self.extensions, version("markdown"), version("nh3"), policy.VERSION)
        return sha256("\n".join(parts).encode()).hexdigest()

    def converter(self) -> Markdown:
        """A Python-Markdown instance that speaks this dialect."""
        chosen = json.loads(self.extensions)
        return Markdown(
            extensions=[name for name, _ in chosen],
            extension_configs={name: settings for name, settings in chosen if settings},
            output_format="html",
        )


PLAIN = Dialect.of({"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.sane_lists": {}}})
"""What is spoken where nobody says otherwise."""
