"""Pydantic's errors, told to somebody who has never heard of Pydantic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kentongan.language import Message

Location = tuple[str | int, ...]
Fault = tuple[Location, str, Message, Message]
"""Where in the front matter, which rule, what is wrong, how to mend it."""

_SHAPES: dict[str, tuple[Message, Message]] = {
    "string_type": (Message("“{key}” should be plain text."), Message("Write one text after “{key}:”.")),
    "string_too_short": (Message("“{key}” is empty."), Message("Write it, or delete the line.")),
    "tuple_type": (Message("“{key}” should be a list."), Message("Write each item on a line of its own, after “- ”.")),
    "model_type": (
        Message("“{key}” should be a group of keys."),
        Message("Write its keys below it, each indented by two spaces."),
    ),
    "model_attributes_type": (
        Message("“{key}” should be a group of keys."),
        Message("Write its keys below it, each indented by two spaces."),
    ),
}
FEW = 8
"""Up to so many choices are all named to whoever chose wrong."""

_NUMBER = (Message("“{key}” should be a number that makes sense here."), Message("Write digits only."))


def faults(error: ValidationError, type_: type[BaseModel]) -> Iterator[Fault]:
    """Each thing wrong in *error*, raised when *type_* was validated."""
    for detail in error.errors(include_url=False):
        yield (detail["loc"], *_tell(detail, type_))


def _tell(detail: ErrorDetails, type_: type[BaseModel]) -> tuple[str, Message, Message]:
    location = detail["loc"]
    key = str(next((part for part in reversed(location) if isinstance(part, str)), ""))
    match detail["type"]:
        case "fault":
            context = detail["ctx"]
            return context["rule"], context["message"], context["mend"]
        case "missing":
            return (
                "missing",
                Message("“{key}” is missing.", {"key": key}),
                Message("Add a line “{key}: …”.", {"key": key}),
            )
        case "extra_forbidden":
            return "unknown-key", *unknown_key(key, _model_at(type_, location))
        case "enum" | "literal_error":
            return "choice", *_choice(key, detail)
        case "string_pattern_mismatch":
            return (
                "slug",
                Message("“{text}” cannot be part of an address.", {"text": str(detail["input"])}),
                Message("Use small letters, digits and single hyphens, like warung-sebelah."),
            )
        case "string_too_long":
            told = {"key": key, "most": detail["ctx"]["max_length"]}
            return "too-long", Message("“{key}” is longer than {most} characters.", told), Message("Shorten it.")
        case "too_long":
            told = {"key": key, "most": detail["ctx"]["max_length"]}
            return (
                "too-many",
                Message("“{key}” has more than {most} entries.", told),
                Message("Keep the important ones."),
            )
        case other:
            message, mend = _SHAPES.get(other, _NUMBER)
            return other, Message(message.msgid, {"key": key}), Message(mend.msgid, {"key": key})


def _choice(key: str, detail: ErrorDetails) -> tuple[Message, Message]:
    expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    choices = expected.split(", ")
    close = get_close_matches(str(detail["input"]), choices, n=1) if len(choices) > FEW else []
    return (
        Message("“{text}” is not a choice for “{key}”.", {"text": str(detail["input"]), "key": key}),
        Message("Did you mean “{near}”?", {"near": close[0]})
        if close
        else Message("Choose one of: {choices}.", {"choices": expected}),
    )


def unknown_key(key: str, type_: type[BaseModel] | None) -> tuple[Message, Message]:
    """What is wrong with *key*, which *type_* does not have, and the nearest key that it has."""
    known = [name for name in (type_.model_fields if type_ else ()) if name not in ("id", "body", "extras")]
    close = get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    mend = (
        Message("Did you mean “{near}”?", {"near": close[0]})
        if close
        else Message("Delete it, or use one of: {known}.", {"known": ", ".join(known)})
    )
    return Message("“{key}” is not a key we know.", {"key": key}), mend


def _model_at(type_: type[BaseModel], location: Location) -> type[BaseModel] | None:
    """The model whose key stands at the end of *location*."""
    current: Any = type_
    for part in location[:-1]:
        if isinstance(part, str):
            current = _inner(current.model_fields[part].annotation)
            if current is None:
                return None
    return current  # type: ignore[no-any-return]


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in getattr(annotation, "__args__", ()) if (found := _inner(arg))), None)


def line_of(location: Location, lines: Mapping[Location, int]) -> int | None:
    """The line of *location*, or of the nearest thing around it that has one."""
    for length in range(len(location), 0, -1):
        if (line := lines.get(location[:length])) is not None:
            return line
    return None
