"""The front-matter codec. Scalars stay text (YAML would read ``10:00`` as 600 and ``off`` as false); types come later.

Only plain YAML is taken: no tags, anchors, aliases or unbounded depth. Writing splices the changed keys; every other
byte stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from kentongan.language import Message
from kentongan.model.messages import Location

MAX_DEPTH = 12
_FENCE = "---"
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONFLICT = ("<<<<<<< ", ">>>>>>> ")


class FrontMatterError(Exception):
    """Front matter that cannot be read: on which line of the file, which rule, what is wrong, how to mend it."""

    def __init__(self, line: int | None, rule: str, message: Message, mend: Message) -> None:
        self.line, self.rule, self.message, self.mend = line, rule, message, mend
        super().__init__(message.told("en"))


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart: ``data`` as a tree of text, ``lines`` of its keys (from 1), and the Markdown ``body``, which
    begins in ``body_line``."""

    data: dict[str, Any]
    lines: Mapping[Location, int]
    body: str
    body_line: int = 1


def parse(text: str) -> Document:
    """Takes a Markdown file with front matter apart.

    :raises FrontMatterError: when it has none, or one that cannot be read.
    """
    _refuse_conflict(text)
    lines = text.splitlines(keepends=True)
    end = _closing_fence(lines)
    data, where = parse_yaml("".join(lines[1:end]), first_line=2)
    written = "".join(lines[end + 1 :])
    body = written.lstrip("\n")
    return Document(data, where, body, end + 2 + len(written) - len(body))


def parse_yaml(text: str, first_line: int = 1) -> tuple[dict[str, Any], dict[Location, int]]:
    """A YAML mapping as a tree of text, and the line of every key and item. Keys without a value are left out.

    :raises FrontMatterError: when it is not one plain mapping.
    """
    builder = _TreeBuilder(first_line)
    try:
        tree = builder.build(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _unreadable(first_line + mark.line if mark else None) from error
    if not isinstance(tree, dict):
        raise _unreadable(first_line)
    return tree, builder.lines


def splice(text: str, changes: Mapping[str, Any]) -> str:
    """*text* with the top-level keys of *changes* set (``None`` deletes one); every other byte as it was.

    :raises FrontMatterError: when *text* has no readable front matter.
    """
    lines = text.splitlines(keepends=True)
    where = parse(text).lines
    end = _closing_fence(lines)
    starts = sorted(line - 1 for location, line in where.items() if len(location) == 1)
    for key, value in changes.items():
        block = [] if value is None else [dump(key, value)]
        start = where[(key,)] - 1 if (key,) in where else None
        if start is None:
            lines[end] = "".join(block) + lines[end]
            continue
        stop = _block_end(lines, start, next((s for s in starts if s > start), end))
        lines[start:stop] = block + [""] * (stop - start - len(block))
    return "".join(lines)


def dump(key: str, value: Any) -> str:
    """One top-level key as it is written in front matter."""
    return yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=10_000)


def _block_end(lines: list[str], start: int, limit: int) -> int:
    """Where the block from *start* ends: blank lines and comments before *limit* belong to what follows."""
    while limit > start + 1 and (not lines[limit - 1].strip() or lines[limit - 1].startswith("#")):
        limit -= 1
    return limit


def _closing_fence(lines: list[str]) -> int:
    if not lines or lines[0].rstrip() != _FENCE:
        raise FrontMatterError(
            1,
            "front-matter",
            Message("The file does not begin with front matter."),
            Message("Begin it with a line “---”, then “title: …”, then another line “---”."),
        )
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return number
    raise FrontMatterError(
        1,
        "front-matter-open",
        Message("The front matter is never closed."),
        Message("Put a line “---” between the front matter and the text."),
    )


def _refuse_conflict(text: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(_CONFLICT):
            raise FrontMatterError(
                number,
                "merge-conflict",
                Message("Two versions of this file were never merged."),
                Message("Keep the lines you want, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."),
            )


def _unreadable(line: int | None) -> FrontMatterError:
    return FrontMatterError(
        line,
        "front-matter-syntax",
        Message("The front matter cannot be read here."),
        Message(
            "Write “key: value”, with a space after the colon, and quotation marks around a value that has “: ” in it."
        ),
    )


class _TreeBuilder:
    """Builds the tree straight from the parser's events, where tags and aliases can still be seen and refused."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.lines: dict[Location, int] = {}

    def build(self, events: Iterator[yaml.Event]) -> Any:
        self.events = events
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                tree = self._node(event, ())
                self._refuse_second_document()
                return tree
        return {}

    def _refuse_second_document(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                raise _unreadable(self._line(event))

    def _line(self, event: yaml.Event) -> int:
        mark = event.start_mark
        return self.first_line + (mark.line if mark else 0)

    def _node(self, event: yaml.Event, location: Location) -> Any:
        self._refuse_magic(event, location)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(location)
        return str(getattr(event, "value", ""))

    def _refuse_magic(self, event: yaml.Event, location: Location) -> None:
        tagged = getattr(event, "tag", None) not in (None, "!")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or tagged or len(location) > MAX_DEPTH:
            raise FrontMatterError(
                self._line(event),
                "front-matter-magic",
                Message("Front matter takes no anchors, aliases, tags or endless nesting."),
                Message("Write each value out; put quotation marks around one that begins with &, * or !."),
            )

    def _mapping(self, location: Location) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, tree)
            self.lines[(*location, key)] = self._line(event)
            value = self._node(next(self.events), (*location, key))
            if value != "":
                tree[key] = value
        return tree

    def _key(self, event: yaml.Event, tree: Mapping[str, Any]) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor:
            raise _unreadable(self._line(event))
        if event.value in tree:
            raise FrontMatterError(
                self._line(event),
                "front-matter-twice",
                Message("“{key}” stands here twice.", {"key": event.value}),
                Message("Keep one of the two lines."),
            )
        return str(event.value)

    def _sequence(self, location: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*location, len(items))
            self.lines[here] = self._line(event)
            items.append(self._node(event, here))
        return items
