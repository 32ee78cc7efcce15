"""``/data/v1/``: every public record as static JSON, with the schema of each type's file and an OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kentongan.build.artifact import Artifact
from kentongan.build.documents import JsonDocument
from kentongan.build.openapi import HIDDEN, openapi
from kentongan.model import RECORD_TYPES, Audio, Episode, Record, Rendition
from kentongan.site import Site

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
    yield _document("openapi.json", openapi(site.office.name, site.addresses.absolute(ROOT)))


def _document(name: str, data: Any) -> Artifact:
    return Artifact(f"{ROOT}/{name}", JsonDocument.of(data))


def _public(site: Site, record: Record) -> dict[str, Any]:
    """A record as its page shows it: keys that hold nothing are left out, the body is HTML."""
    kept = record.model_dump(mode="json", exclude=set(HIDDEN), exclude_none=True)
    body = {"html": site.body(record)} if record.body else {}
    audio = {"audio": _recording(site, record.audio)} if isinstance(record, Episode) and record.audio else {}
    return {"type": record.kind.value, **kept, **audio, "url": site.addresses.absolute(site.path(record)), **body}


def _recording(site: Site, audio: Audio) -> dict[str, Any]:
    """A recording in all its sizes, as the world reaches it."""
    return _sound(site, audio) | {"renditions": [_sound(site, one) for one in audio.renditions]}


def _sound(site: Site, audio: Audio | Rendition) -> dict[str, Any]:
    """Its absolute address; what is measured of a file of ours counts more than what is written."""
    kept = audio.model_dump(mode="json", exclude={"renditions"}, exclude_none=True)
    sound = site.sound(audio)
    if sound is None:
        return kept
    length = {"duration": sound.seconds} if isinstance(audio, Audio) and sound.seconds else {}
    kept.pop("file", None)
    return {**kept, "url": sound.url, "bytes": sound.bytes, "type": sound.media_type, **length}


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
