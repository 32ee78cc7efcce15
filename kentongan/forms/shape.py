"""Annotation of a model's field -> widget."""

from __future__ import annotations

import types
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, StringConstraints
from pydantic_core import PydanticUndefined

from kentongan.forms.field import Field, Widget
from kentongan.forms.words import HELPS, LONG, REFERENCES, choice_words, label_of
from kentongan.model import fields
from kentongan.model.image import MediaPath
from kentongan.model.recurrence import Recurrence

_WIDGETS: dict[Any, Widget] = {
    fields.Line: Widget.LINE,
    fields.Sentence: Widget.LINE,
    fields.Text: Widget.LINE,
    fields.Guid: Widget.LINE,
    fields.LanguageCode: Widget.LINE,
    fields.LocalTime: Widget.MOMENT,
    fields.Day: Widget.DAY,
    fields.ClockTime: Widget.CLOCK,
    fields.Flag: Widget.FLAG,
    fields.Zone: Widget.ZONE,
    fields.WebAddress: Widget.ADDRESS,
    fields.Phone: Widget.PHONE,
    fields.Texts: Widget.LINES,
    fields.Days: Widget.LINES,
    fields.LocalTimes: Widget.LINES,
    fields.Slugs: Widget.RECORDS,
    fields.Slug: Widget.RECORD,
    Recurrence: Widget.RULE,
    MediaPath: Widget.MEDIA,
}

_FIRST = {"Credit": ("person", "name", "stated")}


@cache
def field_of(model: type[BaseModel], key: str) -> Field:
    """The form's field for *key* of *model*."""
    annotation = _without_none(_hints(model)[key])
    info = model.model_fields[key]
    widget = _widget(model, key, annotation)
    inner = _model_of(annotation)
    return Field(
        key=key,
        widget=widget,
        label=label_of(model, key),
        help=HELPS.get((model.__name__, key)) or HELPS.get(key),
        required=info.is_required(),
        most=_most(annotation),
        default=_default(info.default, widget),
        choices=_choices(annotation),
        of=REFERENCES.get(key),
        fields=tuple(field_of(inner, name) for name in _order(inner)) if inner else (),
    )


def _order(model: type[BaseModel]) -> list[str]:
    """The keys of *model*, those that are asked first before the others."""
    return list(dict.fromkeys((*_FIRST.get(model.__name__, ()), *model.model_fields)))


def _widget(model: type[BaseModel], key: str, annotation: Any) -> Widget:
    if key == "end" and "start" in model.model_fields:
        return Widget.END
    known = _WIDGETS.get(annotation)
    if known is Widget.LINE and key in LONG:
        return Widget.LONG
    if known is Widget.RECORD and key not in REFERENCES:
        return Widget.LINE
    return known or _by_type(annotation)


def _by_type(annotation: Any) -> Widget:
    plain = _without_annotations(annotation)
    if get_origin(plain) is tuple:
        return Widget.LIST if _model_of(plain) else Widget.LINES
    if isinstance(plain, type):
        if issubclass(plain, BaseModel):
            return Widget.GROUP
        if issubclass(plain, StrEnum):
            return Widget.CHOICE
        if issubclass(plain, int | float):
            return Widget.NUMBER
    return Widget.LINE


@cache
def _hints(model: type[BaseModel]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _without_annotations(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """The model of a group, or of each group in a list."""
    return next(_models(annotation), None)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    plain = _without_annotations(annotation)
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        yield plain
    elif get_origin(plain) is tuple:
        yield from _models(get_args(plain)[0])


def _most(annotation: Any) -> int:
    """How many characters a text may have."""
    limits = (part.max_length for part in get_args(annotation)[1:] if isinstance(part, StringConstraints))
    return next((most for most in limits if most), 0)


def _choices(annotation: Any) -> tuple[tuple[str, Any], ...]:
    plain = _without_annotations(annotation)
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return tuple((choice.value, choice_words(choice)) for choice in plain)
    return ()


def _default(default: Any, widget: Widget) -> str:
    if default in (None, PydanticUndefined, ()) or widget is Widget.GROUP:
        return ""
    if widget is Widget.FLAG:
        return "on" if default else ""
    return str(default)
