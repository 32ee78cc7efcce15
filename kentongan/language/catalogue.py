"""gettext catalogues. Message ids are English; Indonesian is read from its ``.po`` at run time, so no build step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("id", "en")
"""Languages of the interface; the first is the default."""


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of *language*; an unknown language, and English, give the message ids themselves."""
    source = files(__package__) / "catalogues" / f"{language}.po"
    if not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@dataclass(frozen=True, slots=True)
class Message:
    """A text for a person, not yet in a language: an English message id with ``{named}`` places and their values."""

    msgid: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def told(self, language: str) -> str:
        """The text in *language*."""
        return translations(language).gettext(self.msgid).format(**self.values)

    def __hash__(self) -> int:
        return hash((self.msgid, tuple(sorted(self.values.items()))))
