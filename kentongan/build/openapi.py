"""What ``/data/v1/`` answers, described by OpenAPI 3.1 field by field, from the model that the records are made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

from pydantic.json_schema import models_json_schema

from kentongan.model import RECORD_TYPES, Kind, Record

HIDDEN = ("body", "status", "comments", "was")
"""Fields of a record that are no answer: the text is told as HTML, the rest is the office's own business."""

Mode = Literal["validation", "serialization"]
_PLACE = "#/components/schemas/"
_ADDED = {
    "url": {"type": "string", "format": "uri", "description": "The record's page."},
    "html": {"type": "string", "description": "The record's text as its page shows it; left out where there is none."},
}


def _object(fields: Mapping[str, Any], **optional: Any) -> dict[str, Any]:
    """The schema of an object that always has *fields*, and may have *optional* ones."""
    return {"type": "object", "properties": {**fields, **optional}, "required": list(fields)}


_CUE = {
    "start": {"type": "number", "description": "In seconds."},
    "end": {"type": "number", "description": "In seconds."},
    "speaker": {"type": ["string", "null"]},
    "text": {"type": "string"},
}
_ADDED_TO: dict[Kind, dict[str, Any]] = {
    Kind.EPISODE: {
        "transcript": {
            "type": "array",
            "description": "What was said; in the document of one episode, and left out where there is none.",
            "items": _object(_CUE),
        }
    }
}


_TEXT: dict[str, Any] = {"type": "string"}
_WHEN = {"type": "string", "format": "date-time"}
_PAGE = {"type": "string", "format": "uri"}
_COMMENTS: dict[str, Any] = {
    "Thread": _object(
        {
            "thread": {"type": "string", "description": "The record: folder and id."},
            "title": _TEXT,
            "url": _PAGE,
            "open": {"type": "boolean", "description": "Whether readers may write there."},
            "closes": {"anyOf": [_WHEN, {"type": "null"}]},
            "asks": {"type": "boolean", "description": "What is written is a question for those who will speak."},
            "count": {"type": "integer", "minimum": 0},
        }
    ),
    "Comment": _object(
        {
            "id": {"type": "integer"},
            "name": {"type": "string", "description": "Empty, as the text, where it was taken back."},
            "html": _TEXT,
            "made": _WHEN,
            "url": {"type": "string", "format": "uri", "description": "Its place on the page."},
        },
        parent={"type": "integer", "description": "The comment that it answers."},
        edited={"const": True, "description": "The office shortened or corrected it."},
        office={"const": True, "description": "The office wrote it."},
        asks={"const": True, "description": "It is a question for the speakers."},
        origin={"type": "string", "format": "uri", "description": "The page elsewhere that mentions ours."},
    ),
}


def openapi(title: str, server: str, discussed: Collection[str] = ()) -> dict[str, Any]:
    """The description of all documents below *server*; *title* is the office's name.

    *discussed* are the folders of records that have comments.
    """
    paths: dict[str, Any] = {}
    for kind, type_ in RECORD_TYPES.items():
        schema = {"$ref": f"{_PLACE}{type_.__name__}"}
        paths[f"/{type_.folder}.json"] = _get(f"list_{type_.folder}", {"type": "array", "items": schema})
        paths[f"/{type_.folder}/{{id}}.json"] = {"parameters": [_ID], **_get(f"get_{kind.value}", schema)}
    for folder in discussed:
        comments = _get(f"list_comments_on_{folder}", {"type": "array", "items": {"$ref": f"{_PLACE}Comment"}})
        paths[f"/comments/{folder}/{{id}}.json"] = {"parameters": [_ID], **comments}
        paths["/comments.json"] = _get("list_threads", {"type": "array", "items": {"$ref": f"{_PLACE}Thread"}})
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": "Keys that hold nothing are left out."},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": _schemas() | (_COMMENTS if discussed else {})},
    }


_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def _get(operation: str, schema: dict[str, Any]) -> dict[str, Any]:
    wrapped = {"type": "object", "required": ["data"], "properties": {"data": schema}}
    answer = {"description": "OK", "content": {"application/json": {"schema": wrapped}}}
    return {"get": {"operationId": operation, "responses": {"200": answer}}}


def schemas_of(mode: Mode) -> dict[str, Any]:
    """Every type that records are made of, by name, as it is written, or as it may be sent ("validation")."""
    wanted: list[tuple[type[Record], Mode]] = [(type_, mode) for type_ in RECORD_TYPES.values()]
    return dict(sorted(models_json_schema(wanted, ref_template=f"{_PLACE}{{model}}")[1]["$defs"].items()))


def answers_of() -> dict[str, Any]:
    """Every type that an answer holds, by name, without what is null."""
    return {name: _answer(schema) for name, schema in schemas_of("serialization").items()}


def _schemas() -> dict[str, Any]:
    answers = answers_of()
    return answers | {type_.__name__: _entry(kind, answers[type_.__name__]) for kind, type_ in RECORD_TYPES.items()}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    """A type without its empty fields: an answer leaves out what is null, so the rest is always there."""
    if "properties" not in schema:
        return schema
    fields = {name: _filled(field) for name, field in schema["properties"].items()}
    always = [name for name, field in schema["properties"].items() if not _may_be_null(field)]
    return {**schema, "properties": fields, "required": always}


def _may_be_null(field: dict[str, Any]) -> bool:
    return {"type": "null"} in field.get("anyOf", ())


def _filled(field: dict[str, Any]) -> dict[str, Any]:
    """A field's schema when it holds something, without the defaults and titles that only a form needs."""
    kept = {key: value for key, value in field.items() if key not in ("default", "title", "anyOf")}
    choices = [choice for choice in field.get("anyOf", ()) if choice != {"type": "null"}]
    return kept | (choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {})


def _entry(kind: Kind, schema: dict[str, Any]) -> dict[str, Any]:
    """A record's answer: its shown fields, its type, its page, and what else is told of its kind."""
    fields = {name: field for name, field in schema["properties"].items() if name not in HIDDEN}
    required = [name for name in schema["required"] if name not in HIDDEN]
    return {
        **schema,
        "properties": {"type": {"const": kind.value}, **fields, **_ADDED, **_ADDED_TO.get(kind, {})},
        "required": ["type", *required, "url"],
    }
