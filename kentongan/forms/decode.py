"""What was answered in a form -> the keys of the record that change, so that all others keep every byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

from kentongan.forms.encode import WAS, Values, encoded
from kentongan.forms.field import Field, Widget
from kentongan.forms.rules import rule_of

_OVERNIGHT = timedelta(hours=8)
"""An end before its start is the next morning's where that makes no more than this; else it is a slip."""


def changes(fields: tuple[Field, ...], base: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """The keys of *fields* that *values* answer otherwise than *base* does, with their new trees (``None``: none)."""
    asked = tuple(field for field in fields if field.widget is not Widget.BODY)
    shown = encoded(asked, base)
    return {
        field.key: _answer(field, base.get(field.key), _below(values, field.key), _started(base, values)) or None
        if field.widget is not Widget.FLAG
        else _flag(values.get(field.key), field)
        for field in asked
        if _below(values, field.key) != _below(shown, field.key)
    }


def _started(base: Mapping[str, Any], values: Values) -> str:
    return values.get("start") or str(base.get("start") or "")


def _below(values: Values, name: str) -> dict[str, str]:
    """The answers of one field, by what stands behind its name; nothing is the same as no answer."""
    return {
        key.removeprefix(name): value.strip().replace("\r\n", "\n")
        for key, value in values.items()
        if (key == name or key.startswith(f"{name}.")) and value.strip()
    }


def _answer(field: Field, before: Any, below: Mapping[str, str], start: str) -> Any:
    """The tree that the answers *below* make of *field*; *before* is what the file holds there."""
    own = below.get("", "")
    inner = {name.removeprefix("."): value for name, value in below.items()}
    match field.widget:
        case Widget.GROUP:
            return _group(field.fields, before if isinstance(before, Mapping) else {}, inner)
        case Widget.LIST:
            return list(_items(field, before if isinstance(before, list) else [], inner))
        case Widget.RECORDS:
            return _chosen(before, inner)
        case Widget.RULE:
            return rule_of(inner, _parsed(start), str(before or ""))
        case Widget.LINES:
            return [line.strip() for line in own.splitlines() if line.strip()]
        case Widget.MOMENT:
            return own.replace("T", " ")
        case Widget.END:
            return _end(own, start)
    return own


def _chosen(before: Any, inner: Mapping[str, str]) -> list[str]:
    """The chosen ids; those that were chosen before keep their order."""
    kept = [id_ for id_ in (before if isinstance(before, list) else [before]) if id_ in inner]
    return kept + [id_ for id_ in inner if id_ not in kept]


def _group(fields: tuple[Field, ...], before: Mapping[str, Any], values: Values) -> dict[str, Any]:
    changed = changes(fields, before, values)
    return {key: value for key, value in {**before, **changed}.items() if value not in (None, "", [], {})}


def placed(fields: tuple[Field, ...], base: Mapping[str, Any], values: Values, name: str) -> str:
    """The field that *name*, a fault's place in the record that *values* make of *base*, is called in the form.

    Items of a list that were taken away or left empty are not in the record; later ones have other numbers there.
    """
    match = re.match(r"(\w+)\.(\d+)(.*)", name)
    field = next((one for one in fields if match and one.key == match[1] and one.widget is Widget.LIST), None)
    if match is None or field is None:
        return name
    inner = {key.removeprefix("."): value for key, value in _below(values, field.key).items()}
    before = base.get(field.key)
    places = [place for place, _ in _filled(field, before if isinstance(before, list) else [], inner)]
    number = int(match[2])
    return f"{field.key}.{places[number]}{match[3]}" if number < len(places) else name


def _items(field: Field, before: list[Any], inner: Values) -> Iterator[dict[str, Any]]:
    marks: set[str] = {str(item.get("id")) for item in before if isinstance(item, Mapping)}
    yield from (_marked(field, item, marks) for _, item in _filled(field, before, inner))


def _filled(field: Field, before: list[Any], inner: Values) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each item that is not empty, and its place in the form."""
    for place in sorted({int(match[1]) for name in inner if (match := re.match(r"(\d{1,4})\.", name))}):
        values = {name.removeprefix(f"{place}."): value for name, value in inner.items()}
        values = {name: value for name, value in values.items() if f"{place}.{name}" in inner}
        was = values.pop(WAS, "")
        kept = before[int(was)] if was.isdecimal() and int(was) < len(before) else {}
        if item := _group(field.fields, kept if isinstance(kept, Mapping) else {}, values):
            yield place, item


def _marked(field: Field, item: dict[str, Any], marks: set[str]) -> dict[str, Any]:
    """*item* with the mark by which calendars know it, given once and never changed."""
    if "id" in item or not any(one.key == "id" for one in field.fields):
        return item
    stem = {"broadcasts": "siaran", "slots": "jam-siar"}.get(field.key, field.key)
    free = (name for number in count(1) if (name := stem if number == 1 else f"{stem}-{number}") not in marks)
    item = {"id": next(free), **item}
    marks.add(item["id"])
    return item


def _flag(value: str | None, field: Field) -> str | None:
    """What is as usual needs no line in the file."""
    answer = "on" if value else ""
    return None if answer == field.default else ("yes" if answer else "no")


def _end(text: str, start: str) -> str:
    """The moment of an end that is told as a time of day."""
    if not (begins := _parsed(start)) or not re.fullmatch(r"[012]\d:[0-5]\d", text):
        return text.replace("T", " ")
    ends = datetime.combine(begins.date(), time.fromisoformat(text))
    if ends <= begins and ends + timedelta(days=1) - begins <= _OVERNIGHT:
        ends += timedelta(days=1)
    return f"{ends:%Y-%m-%d %H:%M}"


def _parsed(start: str) -> datetime | None:
    try:
        return datetime.fromisoformat(start.replace(" ", "T"))
    except ValueError:
        return None
