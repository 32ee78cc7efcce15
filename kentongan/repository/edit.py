"""What a person changed of one record, and its merge, field by field, with what others changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store.drafts import draft_text, printable
from kentongan.store.frontmatter import Document, dump, parse, parse_yaml, splice
from kentongan.store.pelican_metadata import has_metadata, parse_metadata

BODY = "body"
"""How a clash in the text below the front matter is named; no key of a record is called that."""

_LATER = "updated"
"""The key that every change of a public record sets: of two, the later one stands, and nobody is asked."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the file *path* (relative to the content folder).

    *base* is the text that the person began from (``None``: there was no such record), *changes* the top-level keys
    they set (``None`` deletes one), *body* the Markdown they wrote (``None``: they left it alone).
    """

    path: str
    base: str | None
    changes: Mapping[str, Any] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed, each in their way: trees of text, or ``None`` where it was deleted."""

    field: str
    base: Any
    mine: Any
    theirs: Any


class Conflict(KentonganError):
    """Two people changed the same fields of one record. Nothing was written; the clashes hold both."""

    def __init__(self, path: str, theirs: str | None, clashes: tuple[Clash, ...]) -> None:
        self.path, self.theirs, self.clashes = path, theirs, clashes
        super().__init__(
            Message("Somebody else changed the same part of {path} meanwhile.", {"path": path}),
            Message("Compare both versions and choose; neither is lost."),
        )


def merged(edit: Edit, current: str | None) -> str:
    """The text of the record with *edit* made to *current*, what is in the file now (``None``: no file).

    Keys nobody touched, and a body nobody touched, keep every byte.

    :raises Conflict: when a field that *edit* sets was changed since its base, to something else.
    :raises FrontMatterError: when *current* cannot be read.
    """
    if current is None:
        return _created(edit)
    opened = with_front_matter(current)
    base, now = _based(edit), parse(opened)
    clashes = tuple(_clashes(edit, base, now))
    if clashes:
        raise Conflict(edit.path, current, clashes)
    text = splice(opened, {key: value for key, value in edit.changes.items() if _is_news(key, tree(value), base, now)})
    if edit.body is None or same_text(edit.body, base.body) or same_text(edit.body, now.body):
        return text
    return with_body(text, edit.body)


def united(path: str, base: str | None, ours: str, theirs: str) -> tuple[str, tuple[str, ...]]:
    """*ours* with what *theirs* changed since *base*, and the fields in which both did, which stay as in *ours*.

    :raises FrontMatterError: when one of them cannot be read.
    """
    edit = edit_between(path, base, theirs)
    try:
        return merged(edit, ours), ()
    except Conflict as conflict:
        apart = tuple(clash.field for clash in conflict.clashes)
    rest = {key: value for key, value in edit.changes.items() if key not in apart}
    return merged(replace(edit, changes=rest, body=None if BODY in apart else edit.body), ours), apart


def edit_between(path: str, base: str | None, text: str) -> Edit:
    """The change that makes *text* of *base* (``None``: of nothing)."""
    old = parse(with_front_matter(base)) if base is not None else Document({}, {}, "")
    new = parse(with_front_matter(text))
    keys = [*new.data, *(key for key in old.data if key not in new.data)]
    changes = {key: new.data.get(key) for key in keys if new.data.get(key) != old.data.get(key)}
    return Edit(path, base, changes, None if same_text(new.body, old.body) else new.body)


def tree(value: Any) -> Any:
    """*value* as the codec would read it back: a tree of text, ``None`` for nothing."""
    return None if value is None else parse_yaml(dump("value", value))[0].get("value")


def same_text(one: str, other: str) -> bool:
    """Whether two bodies differ in nothing but line ends, which browsers change, and blank lines around."""
    return printable(one).strip("\n") == printable(other).strip("\n")


def with_body(text: str, body: str) -> str:
    """*text* with *body* below its front matter, which keeps every byte."""
    old = parse(text).body
    head = text[: len(text) - len(old)] if old else text
    kept = head if head.endswith("\n\n") or not head else f"{head.rstrip(chr(10))}\n\n"
    written = printable(body).strip("\n")
    return f"{kept}{written}\n" if written else kept


def with_front_matter(text: str) -> str:
    """*text*, with Pelican's metadata lines, where it has those, turned into front matter."""
    if not has_metadata(text):
        return text
    document = parse_metadata(text)
    return draft_text(document.data, document.body)


def _created(edit: Edit) -> str:
    if edit.base is not None:
        raise Conflict(edit.path, None, (Clash(BODY, edit.base, edit.body, None),))
    return draft_text(dict(edit.changes), _ended(edit.body or ""))


def _ended(body: str) -> str:
    return f"{body.strip(chr(10))}\n" if body.strip() else ""


def _based(edit: Edit) -> Document:
    return parse(with_front_matter(edit.base)) if edit.base is not None else Document({}, {}, "")


def _is_news(key: str, mine: Any, base: Document, now: Document) -> bool:
    """Whether *mine* is to be written: it was changed, and is not older than what is there."""
    return mine != base.data.get(key) and not (key == _LATER and str(now.data.get(key, "")) > str(mine))


def _clashes(edit: Edit, base: Document, now: Document) -> list[Clash]:
    found = []
    for key, value in edit.changes.items():
        before, mine, theirs = base.data.get(key), tree(value), now.data.get(key)
        if key != _LATER and mine not in (before, theirs) and theirs != before:
            found.append(Clash(key, before, mine, theirs))
    if edit.body is not None and _apart(base.body, edit.body, now.body):
        found.append(Clash(BODY, base.body, edit.body, now.body))
    return found


def _apart(before: str, mine: str, theirs: str) -> bool:
    """Whether both changed the body, and not to the same words."""
    return not (same_text(mine, before) or same_text(mine, theirs) or same_text(theirs, before))
