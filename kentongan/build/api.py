"""``/data/v1/``: every public record as static JSON, with the schema of each type's file and an OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kentongan.build.artifact import Artifact
from kentongan.build.comments import has_comments
from kentongan.build.documents import JsonDocument
from kentongan.build.openapi import HIDDEN, openapi
from kentongan.model import RECORD_TYPES, Audio, Episode, Kind, Record, Rendition
from kentongan.site import Site
from kentongan.site.site import Batch
from kentongan.views.comments import DISCUSSED

ROOT = "data/v1"
_PLURALS = {kind: type_.folder for kind, type_ in RECORD_TYPES.items()}


def api_artifacts(site: Site) -> Iterator[Artifact]:
    """A list and a document per record for each type, the schemas, and ``openapi.json``."""
    for kind, type_ in RECORD_TYPES.items():
        yield Artifact.later(f"{ROOT}/{_PLURALS[kind]}.json", _list_document, kind)
        for record in (record for batch in site.batches_of(kind) for record in site.batches[batch]):
            yield Artifact.later(f"{ROOT}/{_PLURALS[kind]}/{record.id}.json", _record_document, record)
        yield Artifact.later(f"{ROOT}/schema/{kind.value}.json", _schema_document, type_)
    yield Artifact.later(f"{ROOT}/openapi.json", _openapi_document)


def _list_document(site: Site, kind: Kind) -> JsonDocument:
    entries = ",".join(site.once(_entries, batch) for batch in site.batches_of(kind))
    return JsonDocument(f'{{"data":[{entries}]}}\n')


def _entries(site: Site, batch: Batch) -> str:
    """Some entries of a list as JSON: when a record changes those around it are written anew, the others stay."""
    return ",".join(JsonDocument.of(_public(site, record)).text.removesuffix("\n") for record in site.batches[batch])


def _record_document(site: Site, record: Record) -> JsonDocument:
    return JsonDocument.of({"data": _public(site, record) | _at_length(site, record)})


def _schema_document(_site: Site, type_: type[Record]) -> JsonDocument:
    return JsonDocument.of(_schema(type_))


def _openapi_document(site: Site) -> JsonDocument:
    discussed = [type_.folder for type_ in DISCUSSED] if has_comments(site) else []
    return JsonDocument.of(openapi(site.office.name, site.addresses.absolute(ROOT), discussed))


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
