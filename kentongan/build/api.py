"""``/data/v1/``: every public record as static JSON, with the schema of each type and an OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kentongan.build.artifact import Artifact
from kentongan.build.documents import JsonDocument
from kentongan.model import RECORD_TYPES, Episode, Kind, Record
from kentongan.site import Site
from kentongan.site.site import Sound

ROOT = "data/v1"
_PLURALS = {kind: type_.folder for kind, type_ in RECORD_TYPES.items()}


def api_artifacts(site: Site) -> Iterator[Artifact]:
    """A list and a document per record for each type, the schemas, and ``openapi.json``."""
    for kind, type_ in RECORD_TYPES.items():
        found = [record for record in site.records.values() if record.kind is kind]
        records = sorted(found, key=lambda record: record.id)
        entries = [_public(site, record) for record in records]
        yield _document(f"{_PLURALS[kind]}.json", {"data": entries})
        for record, entry in zip(records, entries, strict=True):
            yield _document(f"{_PLURALS[kind]}/{record.id}.json", {"data": entry | _at_length(site, record)})
        yield _document(f"schema/{kind.value}.json", _schema(type_))
    yield _document("openapi.json", _openapi(site))


def _document(name: str, data: Any) -> Artifact:
    return Artifact(f"{ROOT}/{name}", JsonDocument.of(data))


def _public(site: Site, record: Record) -> dict[str, Any]:
    """A record as its page shows it: keys that hold nothing are left out, the body is HTML."""
    kept = record.model_dump(mode="json", exclude={"body", "status", "comments", "was"}, exclude_none=True)
    body = {"html": site.body(record)} if record.body else {}
    audio = _audio(site, record) if isinstance(record, Episode) else {}
    return {"type": record.kind.value, **kept, **audio, "url": site.addresses.absolute(site.path(record)), **body}


def _audio(site: Site, episode: Episode) -> dict[str, Any]:
    """The recording and its renditions as the world reaches them: absolute addresses, measured sizes."""
    sound = site.sound(episode.audio)
    if episode.audio is None or sound is None:
        return {}
    others = [_sound(found) for one in episode.audio.renditions if (found := site.sound(one))]
    loudness = {"loudness": episode.audio.loudness} if episode.audio.loudness is not None else {}
    return {"audio": {**_sound(sound), **loudness, **({"renditions": others} if others else {})}}


def _sound(sound: Sound) -> dict[str, Any]:
    length = {"duration": sound.seconds} if sound.seconds else {}
    return {"url": sound.url, "bytes": sound.bytes, "type": sound.media_type, **length}


def _at_length(site: Site, record: Record) -> dict[str, Any]:
    """What only a record's own document holds: a talk's words, with the seconds they were spoken in."""
    cues = site.transcript(record) if isinstance(record, Episode) else ()
    return {"transcript": [asdict(cue) for cue in cues]} if cues else {}


def _schema(type_: type[Record]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a type's front matter: its file gives ``id`` and ``body``."""
    schema = type_.model_json_schema()
    for name in ("id", "body"):
        schema["properties"].pop(name, None)
    schema["required"] = [name for name in schema.get("required", ()) if name not in ("id", "body")]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _openapi(site: Site) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for kind in RECORD_TYPES:
        plural, schema = _PLURALS[kind], {"$ref": f"#/components/schemas/{kind.value}"}
        paths[f"/{plural}.json"] = _get(f"list_{plural}", {"type": "array", "items": schema})
        paths[f"/{plural}/{{id}}.json"] = {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            **_get(f"get_{kind.value}", schema),
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": site.office.name, "version": "1"},
        "servers": [{"url": site.addresses.absolute(ROOT)}],
        "paths": paths,
        "components": {"schemas": {kind.value: _entry_schema(kind) for kind in RECORD_TYPES}},
    }


def _get(operation: str, schema: dict[str, Any]) -> dict[str, Any]:
    wrapped = {"type": "object", "required": ["data"], "properties": {"data": schema}}
    answer = {"description": "OK", "content": {"application/json": {"schema": wrapped}}}
    return {"get": {"operationId": operation, "responses": {"200": answer}}}


def _entry_schema(kind: Kind) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "id", "url"],
        "properties": {
            "type": {"const": kind.value},
            "id": {"type": "string"},
            "url": {"type": "string", "format": "uri"},
            "html": {"type": "string"},
        },
    }
