"""A record's front matter -> what its form shows: text by the names of its fields, like ``broadcasts.0.start``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kentongan.forms.field import Field, Widget
from kentongan.forms.rules import rule_values
from kentongan.model.fields import ZONES

Values = Mapping[str, str]
"""A form's answers by the names of its fields. What is not answered is not there."""

WAS = "was"
"""In each group of a list: its place in the file, so that what the form does not show is kept."""

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2})[:.](\d{2})(?::\d{2})?)?$")
_NO = {"", "false", "no", "off", "0", "tidak"}
_SHORT_ZONES = {name: short for short, name in ZONES.items()}


def encoded(fields: tuple[Field, ...], data: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """What the form *fields* shows of *data*, a tree of text as the codec reads it."""
    return {name: value for field in fields for name, value in _field(field, data, prefix) if value != ""}


def _field(field: Field, data: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    name, value = f"{prefix}{field.key}", data.get(field.key)
    match field.widget:
        case Widget.GROUP:
            group = value if isinstance(value, Mapping) else {}
            yield from encoded(field.fields, group, f"{name}.").items()
        case Widget.LIST:
            for place, item in enumerate(value if isinstance(value, list) else []):
                group = item if isinstance(item, Mapping) else {}
                yield f"{name}.{place}.{WAS}", str(place)
                yield from encoded(field.fields, group, f"{name}.{place}.").items()
        case Widget.RECORDS:
            yield from ((f"{name}.{id_}", "on") for id_ in _many(value))
        case Widget.RULE:
            yield from ((f"{name}.{part}", answer) for part, answer in rule_values(_text(value)).items())
        case Widget.END:
            yield name, _end(_text(value), _text(data.get("start")))
        case _:
            yield name, _plain(field, value)


def _plain(field: Field, value: Any) -> str:
    if value is None:
        return field.default
    if field.widget is Widget.LINES:
        return "\n".join(_many(value))
    text = _text(value)
    match field.widget:
        case Widget.MOMENT | Widget.DAY:
            return _moment(text, field.widget is Widget.DAY)
        case Widget.FLAG:
            return "" if text.lower() in _NO else "on"
        case Widget.ZONE:
            return _SHORT_ZONES.get(text, text)
        case Widget.CHOICE:
            return text.lower()
    return text


def _end(end: str, start: str) -> str:
    """``HH:MM``, where the end is known to be less than a day after the start; else the whole of it."""
    moment = _moment(end, day=False)
    day, _, time = moment.partition("T")
    return time if time and day == _moment(start, day=True) else moment


def _moment(text: str, day: bool) -> str:
    """As browsers write it; what is no date stays as it is, so that a person sees what they wrote."""
    if not (match := _MOMENT.match(text)):
        return text
    return match[1] if day else f"{match[1]}T{int(match[2] or 0):02}:{match[3] or '00'}"


def _many(value: Any) -> list[str]:
    return [] if value is None else [_text(item) for item in (value if isinstance(value, list) else [value])]


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, Mapping | list) else str(value)
