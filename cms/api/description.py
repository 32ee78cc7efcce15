"""What the API answers and takes, as OpenAPI 3.1, made from the model that the records are made of."""

from __future__ import annotations

from functools import cache
from typing import Any

from kentongan.actions.save import WORKFLOW
from kentongan.build.openapi import answers_of, schemas_of
from kentongan.model import RECORD_TYPES, Kind, Status
from kentongan.model.fields import SLUG
from kentongan.repository import Trouble
from kentongan.webhooks import EVENTS

from .problems import MEDIA_TYPE
from .reading import ALWAYS, INCLUDES, MOST, USUAL

ROOT = "/api/v1"
_SCHEMAS = "#/components/schemas/"
_TEXT = {"type": "string"}
_MOMENT = {"type": "string", "format": "date-time"}
_SENT = "Sent"
"""Ends the names of types as they are sent."""
_BLOB = {"type": "string", "pattern": "^[0-9a-f]{40}$", "description": "What git calls the bytes of the file."}


@cache
def description() -> dict[str, Any]:
    """The whole of it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kentongan",
            "version": "1",
            "description": "Records of one office. What is public is read without a token; keys that hold nothing are "
            "left out of answers. Cookies are never looked at.",
        },
        "servers": [{"url": ROOT}],
        "security": [{}, {"token": []}],
        "paths": {path: item for kind in RECORD_TYPES for path, item in _paths(kind).items()}
        | _hook_paths()
        | _EXCHANGE_PATHS,
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "Scopes: read, write, publish."}
            },
            "schemas": _schemas(),
        },
    }


def _paths(kind: Kind) -> dict[str, Any]:
    type_ = RECORD_TYPES[kind]
    name, root = type_.__name__, f"/{type_.folder}"
    sent = {"$ref": f"{_SCHEMAS}{name}{_SENT}"}
    one = _data({"$ref": f"{_SCHEMAS}{name}"})
    page = {
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {"type": "array", "items": {"$ref": f"{_SCHEMAS}{name}"}},
            "next": {**_TEXT, "description": "The “cursor” of the next page; left out on the last."},
            "included": {"$ref": f"{_SCHEMAS}Included"},
        },
    }
    shown = {**one, "properties": {**one["properties"], "included": {"$ref": f"{_SCHEMAS}Included"}}}
    record = f"{root}/{{id}}"
    return {
        root: {
            "get": _operation(f"list_{type_.folder}", {200: page}, parameters=_filters()),
            "post": _operation(f"create_{kind.value}", {201: one}, body=sent),
        },
        record: {
            "parameters": [_ID],
            "get": _operation(f"get_{kind.value}", {200: shown, 304: None}, parameters=[*_PARTS, _IF_NONE_MATCH]),
            "patch": _operation(
                f"change_{kind.value}", {200: one, 204: None}, body=sent, parameters=[_IF_MATCH], merge=True
            ),
            "delete": _operation(f"discard_{kind.value}", {204: None}),
        },
        f"{record}/history": {
            "parameters": [_ID],
            "get": _operation(f"history_of_{kind.value}", {200: _data({"$ref": f"{_SCHEMAS}History"})}),
        },
        **{
            f"{record}/{name}": {
                "parameters": [_ID],
                "post": _operation(f"{name.replace('-', '_')}_{kind.value}", {200: one, 204: None}, body=body),
            }
            for name, body in _ACTIONS.items()
        },
    }


def _hook_paths() -> dict[str, Any]:
    hook = {"$ref": f"{_SCHEMAS}Webhook"}
    events = {"type": "array", "items": {"enum": sorted(set(EVENTS.values()))}, "minItems": 1}
    body = _object({"url": {**_TEXT, "format": "uri", "pattern": "^https://"}, "events": events}, "url")
    every = {"type": "array", "items": hook}
    return {
        "/webhooks": {
            "get": _operation("list_webhooks", {200: _data(every)}),
            "post": _operation("create_webhook", {201: _data(hook)}, body=body),
        },
        "/webhooks/{id}": {
            "parameters": [{**_ID, "schema": {"type": "integer"}}],
            "get": _operation("get_webhook", {200: _data(hook)}),
            "delete": _operation("remove_webhook", {204: None}),
        },
    }


def _operation(
    name: str,
    answers: dict[int, dict[str, Any] | None],
    *,
    body: dict[str, Any] | None = None,
    parameters: list[dict[str, Any]] | None = None,
    merge: bool = False,
) -> dict[str, Any]:
    told: dict[str, Any] = {"operationId": name}
    if parameters:
        told["parameters"] = parameters
    if body:
        type_ = "application/merge-patch+json" if merge else "application/json"
        told["requestBody"] = {"content": {type_: {"schema": body}}}
    problem = {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}}
    told["responses"] = {str(status): _response(schema) for status, schema in answers.items()}
    told["responses"]["4XX"] = {"description": "Refused (RFC 9457).", "content": problem}
    return told


def _response(schema: dict[str, Any] | None) -> dict[str, Any]:
    return {"description": "Done."} | ({"content": {"application/json": {"schema": schema}}} if schema else {})


def _schemas() -> dict[str, Any]:
    answers, sent = answers_of(), _sent()
    records = {type_.__name__: _entry(kind, answers[type_.__name__]) for kind, type_ in RECORD_TYPES.items()}
    included = [{"$ref": f"{_SCHEMAS}{RECORD_TYPES[kind].__name__}"} for kind in INCLUDES.values()]
    return {**answers, **records, **sent, **_OTHERS, "Included": {"type": "array", "items": {"anyOf": included}}}


def _entry(kind: Kind, schema: dict[str, Any]) -> dict[str, Any]:
    """A record as it is answered: of its keys those that were asked for and hold something."""
    fields = {name: field for name, field in schema["properties"].items() if name != "id"}
    always = {"type": {"const": kind.value}, "id": {**_TEXT, "pattern": SLUG}, "etag": _BLOB}
    pasted = {"announcement": _TEXT} if "announcement" in RECORD_TYPES[kind].model_fields else {}
    return {**schema, "properties": {**always, **fields, **pasted}, "required": list(ALWAYS)}


def _sent() -> dict[str, Any]:
    """All types as they may be sent; of a record each key by itself, and ``null`` takes it away."""
    types = {type_.__name__ for type_ in RECORD_TYPES.values()}
    schemas = {f"{name}{_SENT}": _renamed(schema) for name, schema in schemas_of("validation").items()}
    for name in types:
        schema = schemas[f"{name}{_SENT}"]
        kept = {key: field for key, field in schema["properties"].items() if key not in (*WORKFLOW, "extras")}
        schema["properties"] = {key: _or_null(field) for key, field in kept.items()}
        schema.pop("required", None)
    return schemas


def _renamed(schema: Any) -> Any:
    """*schema*, with references to types as they are sent."""
    if isinstance(schema, dict):
        return {key: f"{value}{_SENT}" if key == "$ref" else _renamed(value) for key, value in schema.items()}
    return [_renamed(item) for item in schema] if isinstance(schema, list) else schema


def _or_null(field: dict[str, Any]) -> dict[str, Any]:
    choices = field.get("anyOf", ())
    return field if {"type": "null"} in choices else {"anyOf": [field, {"type": "null"}]}


def _data(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": ["data"], "properties": {"data": schema}}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _parameter(name: str, schema: dict[str, Any], about: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": about}


def _filters() -> list[dict[str, Any]]:
    return [
        _parameter("status", {"enum": [status.value for status in Status]}, "Other than published: with a token."),
        _parameter("program", _TEXT, "Talks of this program, by its id."),
        _parameter("since", _TEXT, "Dated then or later, like 2020-07-22."),
        _parameter("until", _TEXT, "Dated before that."),
        _parameter("q", _TEXT, "Words that are all in the title, the summary or the text."),
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}, "Records on a page."),
        _parameter("cursor", _TEXT, "The “next” of the page before."),
        *_PARTS,
    ]


_PARTS = [
    _parameter("fields", _TEXT, "Only these keys, with commas between."),
    _parameter("include", _TEXT, f"Records that are named, too: {', '.join(INCLUDES)}, with commas between."),
]
_ID = {"name": "id", "in": "path", "required": True, "schema": {**_TEXT, "pattern": SLUG, "maxLength": 100}}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": _TEXT,
    "description": "The ETag that came with the record. With an older one, what others changed elsewhere is kept.",
}
_IF_NONE_MATCH = {"name": "If-None-Match", "in": "header", "schema": _TEXT}
_ACTIONS: dict[str, dict[str, Any] | None] = {
    "publish": _object({"at": {**_TEXT, "description": "Local to the office, like 2020-07-22T10:00."}}),
    "take-down": None,
    "ask-for-review": None,
    "restore": _object({"commit": {**_TEXT, "pattern": "^[0-9a-f]{7,64}$"}}, "commit"),
}
_EXCHANGE_PATHS = {"/exchange": {"get": _operation("get_exchange", {200: _data({"$ref": f"{_SCHEMAS}Exchange"})})}}
_ERROR = _object({"field": _TEXT, "message": _TEXT, "mend": _TEXT}, "field", "message")
_CLASH = _object({"field": _TEXT, "base": {}, "mine": {}, "theirs": {}}, "field", "base", "mine", "theirs")
_SPLIT = _object(
    {
        "path": _TEXT,
        "fields": {"type": "array", "items": _TEXT, "description": "What is to be chosen; none: the whole file."},
        "commit": {**_TEXT, "description": "Where the other side has its version."},
        "who": _TEXT,
        "when": _TEXT,
    },
    "path",
    "fields",
    "commit",
    "who",
    "when",
)
_REMOTE = _object(
    {
        "place": _TEXT,
        "waiting": {"type": "integer", "description": "Commits that are not there yet."},
        "at": {**_MOMENT, "description": "The last round."},
        "again": {**_MOMENT, "description": "The next one."},
        "trouble": {"enum": [trouble.value for trouble in Trouble]},
        "said": {**_TEXT, "description": "Git's own words, for owners."},
    },
    "place",
    "waiting",
)
_OTHERS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": {**_TEXT, "description": "In the language of Accept-Language, id or en."},
            "errors": {"type": "array", "items": _ERROR},
            "clashes": {"type": "array", "items": _CLASH, "description": "What two people changed, both sides."},
        },
    },
    "History": {
        "type": "array",
        "items": _object(
            {
                "commit": _TEXT,
                "who": _TEXT,
                "when": _MOMENT,
                "what": _TEXT,
                "changed": {"type": "array", "items": _TEXT},
            },
            "commit",
            "who",
            "when",
            "what",
            "changed",
        ),
    },
    "Exchange": _object(
        {
            "uncommitted": {"type": "integer", "description": "Changes that are in the files and not yet in git."},
            "splits": {"type": "array", "items": _SPLIT},
            "remote": _REMOTE,
        },
        "uncommitted",
        "splits",
    ),
    "Webhook": _object(
        {
            "id": {"type": "integer"},
            "url": _TEXT,
            "events": {"type": "array", "items": {"enum": sorted(set(EVENTS.values()))}},
            "made": _MOMENT,
            "secret": {**_TEXT, "description": "Told once, when it is made."},
            "waiting": {
                "type": "array",
                "items": _object(
                    {"message": _TEXT, "attempts": {"type": "integer"}, "trouble": _TEXT, "due": _MOMENT},
                    "message",
                    "attempts",
                    "trouble",
                ),
            },
        },
        "id",
        "url",
        "events",
        "made",
    ),
}
