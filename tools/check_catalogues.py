"""Holds the Indonesian catalogue equal to the texts in code and templates.

Every text is in the catalogue, translated, with the same ``{places}``; nothing else is. ``--update`` writes
what is missing into the catalogue, with an empty translation, and takes out what no source has any more.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "id"
CATALOGUE = ROOT / "kentongan" / "language" / "catalogues" / f"{LANGUAGE}.po"

SOURCES = (
    ("python", "kentongan/**/*.py"),
    ("python", "plugins/**/*.py"),
    ("python", "cms/**/*.py"),
    ("jinja2", "theme/templates/**/*.*"),
    ("jinja2", "cms/**/templates/**/*.*"),
)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "Message": (1,),
}
OPTIONS = {"silent": "false"}  # a template that does not parse stops the check, rather than hiding its texts

# No dates and no version of a tool: the file changes when a text does.
HEADER = r"""msgid ""
msgstr ""
"Language: id\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""

_PLACE = re.compile(r"%\(\w+\)[a-z]|\{\w+[^{}]*\}")


def wanted() -> Catalog:
    """Every text in the sources, with the places it stands in."""
    texts = Catalog()
    for method, pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            with path.open("rb") as source:
                for line, text, _, context in extract(method, source, KEYWORDS, options=OPTIONS):
                    texts.add(text, locations=[(str(path.relative_to(ROOT)), line)], context=context)
    return texts


def kept() -> Catalog:
    """The catalogue as it is; an empty one where there is none."""
    source = CATALOGUE.read_bytes() if CATALOGUE.exists() else HEADER.encode()
    try:
        return read_po(BytesIO(source), locale=LANGUAGE, abort_invalid=True)
    except PoFileError as error:
        sys.exit(f"{CATALOGUE.relative_to(ROOT)} cannot be read: {error}")


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages of *catalog*, without its header."""
    return (message for message in catalog if message.id)


def counterpart(message: Message, catalog: Catalog) -> Message | None:
    """The same message in *catalog*."""
    return catalog.get(message.id, message.context)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """One form for a plain text, one per number for a text that counts."""
    return (text,) if isinstance(text, str) else tuple(text)


def fault(message: Message, translation: Message | None) -> str | None:
    """What is wrong with the *translation* of *message*."""
    if translation is None:
        return "is not in the catalogue"
    if translation.id != message.id:
        return "has another plural in the catalogue"
    if translation.fuzzy:
        return "is marked fuzzy"
    if not translation.string or not all(forms(translation.string)):
        return "is not translated"
    places = set(_PLACE.findall(forms(message.id)[-1]))
    if any(set(_PLACE.findall(form)) != places for form in forms(translation.string)):
        return "has other places in its translation"
    return None


def faults(texts: Catalog, catalog: Catalog) -> Iterator[str]:
    """What keeps the catalogue from being right, one line each."""
    for message in messages(texts):
        if reason := fault(message, counterpart(message, catalog)):
            file, line = message.locations[0]
            yield f"{file}:{line}: “{forms(message.id)[0]}” {reason}"
    dead = [message for message in messages(catalog) if counterpart(message, texts) is None]
    for message in (*dead, *catalog.obsolete.values()):
        yield f"{CATALOGUE.relative_to(ROOT)}: “{forms(message.id)[0]}” stands in no source"


def updated(texts: Catalog, catalog: Catalog) -> bytes:
    """The catalogue with a message for every text and no other; translations stay."""
    fresh = read_po(BytesIO(HEADER.encode()), locale=LANGUAGE)
    for message in messages(texts):
        old = counterpart(message, catalog)
        known = old is not None and old.id == message.id
        fresh[message.id] = old if known else Message(message.id, context=message.context)
    out = BytesIO()
    write_po(out, fresh, width=None, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + out.getvalue()


def main() -> int:
    """Print what is wrong, after mending what ``--update`` can; 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write missing texts, drop dead ones")
    texts = wanted()
    if parser.parse_args().update:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(updated(texts, kept()))
    found = list(faults(texts, kept()))
    print("\n".join(found) or f"Catalogue: {len(texts)} texts, all translated.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
