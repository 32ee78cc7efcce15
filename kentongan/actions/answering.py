"""A form's answers -> the edit that they make of a record; and answers carried over to what others saved meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from kentongan.actions.newsroom import kind_of
from kentongan.forms import Field, Values, changes, encoded, placed
from kentongan.forms.layout import fields_of
from kentongan.model import RECORD_TYPES, Kind, Status
from kentongan.repository import Edit
from kentongan.repository.edit import same_text, tree, with_front_matter
from kentongan.store.frontmatter import Document, parse

BODY = "body"


def answers_of(path: str, text: str) -> dict[str, str]:
    """What the form of the record *path* shows when the file holds *text*."""
    document = parse(with_front_matter(text))
    shown = encoded(_asked(path), document.data)
    return shown | ({BODY: document.body.strip("\n")} if document.body.strip() else {})


def edit_of(path: str, base: str | None, answers: Values) -> Edit:
    """The change that *answers* make of *base* (``None``: a new record). What nobody touched is not in it."""
    document = parse(with_front_matter(base)) if base is not None else Document({}, {}, "")
    body = answers.get(BODY, "")
    touched = not same_text(body, document.body)
    asked = changes(_asked(path), document.data, answers)
    changed = {key: value for key, value in asked.items() if tree(value) != document.data.get(key)}
    return Edit(path, base, changed, body if touched else None)


def place_of(path: str, base: str | None, answers: Values, name: str) -> str:
    """What the form calls the place *name* of a fault in the record that *answers* make of *base*."""
    data = parse(with_front_matter(base)).data if base is not None else {}
    return placed(_asked(path), data, answers, name)


def carried_over(path: str, base: str, answers: Values, theirs: str) -> dict[str, str]:
    """*answers*, given to *base*, as answers to *theirs*: what they left alone says what *theirs* says."""
    mine = edit_of(path, base, answers)
    touched = set(mine.changes) | ({BODY} if mine.body is not None else set())
    new = {name: value for name, value in answers_of(path, theirs).items() if _key(name) not in touched}
    return new | {name: value for name, value in answers.items() if _key(name) in touched}


def with_theirs(path: str, answers: Values, theirs: str, keys: set[str]) -> dict[str, str]:
    """*answers*, but for *keys* those of *theirs*."""
    kept = {name: value for name, value in answers.items() if _key(name) not in keys}
    return kept | {name: value for name, value in answers_of(path, theirs).items() if _key(name) in keys}


def shown(path: str, key: str, tree: Any) -> str:
    """One side of a clash in words: the answers it stands for, a line each."""
    if key == BODY:
        return str(tree or "")
    field = tuple(field for field in _asked(path) if field.key == key)
    values: Mapping[str, str] = encoded(field, {key: tree})
    return "\n".join(value for name, value in values.items() if value and not name.endswith(".was"))


def _asked(path: str) -> tuple[Field, ...]:
    return tuple(field for field in fields_of(kind_of(path)) if field.key != BODY)


def _key(name: str) -> str:
    return name.partition(".")[0]


def begun(edit: Edit, kind: Kind) -> Edit:
    """*edit*, of a new record, with what no form asks for: that it is a draft, and its guid where it has one."""
    given: dict[str, Any] = {"status": Status.DRAFT.value}
    if "guid" in RECORD_TYPES[kind].model_fields:
        given["guid"] = str(uuid.uuid4())
    return Edit(edit.path, None, {**edit.changes, **given}, edit.body)
