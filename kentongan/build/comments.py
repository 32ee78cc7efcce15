"""What is put out of comments besides pages: feeds, JSON, the list of threads that the CMS asks, a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kentongan.build.artifact import Artifact
from kentongan.build.documents import JsonDocument
from kentongan.comments.snapshot import PublicComment
from kentongan.comments.text import html
from kentongan.comments.threads import DOCUMENT
from kentongan.feeds.comments import Told, comments_feed, record_comments_feed
from kentongan.model import RECORD_TYPES, Record
from kentongan.site import Site
from kentongan.site.site import Batch
from kentongan.views.comments import DISCUSSED, asks, closes, comments_on, is_open, thread_name
from kentongan.views.scripts import comments_script


def has_comments(site: Site) -> bool:
    """Whether there is a comment system whose comments the site itself shows."""
    is_shown = site.office.comments.system in ("kentongan", "isso")
    return is_shown and (site.comment_form is not None or bool(site.comments))


def comment_artifacts(site: Site) -> Iterator[Artifact]:
    """Nothing where there is no comment system."""
    if not has_comments(site):
        return
    told: list[Told] = []
    for record in (record for batch in _batches(site) for record in site.batches[batch]):
        comments = comments_on(site, record)
        told += ((record, one) for one in comments)
        if comments:  # a feed for each page that nobody has written on would be one file in four
            yield Artifact.later(site.addresses.comments_feed(record), record_comments_feed, record, comments)
            path = f"{DOCUMENT.removesuffix('.json')}/{thread_name(record)}.json"
            yield Artifact.later(path, _thread_document, record, comments)
    yield Artifact.later(site.addresses.comments_feed(), comments_feed, tuple(told))
    yield Artifact.later(site.addresses.comments_script(), comments_script)
    yield Artifact.later(DOCUMENT, _threads_document)


def _threads_document(site: Site) -> JsonDocument:
    entries = ",".join(site.once(_entries, batch) for batch in _batches(site))
    office = JsonDocument.of({"name": site.office.name, "url": site.addresses.absolute("")}).text.strip()
    return JsonDocument(f'{{"site":{office},"data":[{entries}]}}\n')


def _batches(site: Site) -> Iterator[Batch]:
    """Those of all records that can be written about, by folder."""
    discussed = [type_ for type_ in RECORD_TYPES.values() if issubclass(type_, DISCUSSED)]
    for type_ in sorted(discussed, key=lambda type_: type_.folder):
        yield from site.batches_of(type_.kind)


def _entries(site: Site, batch: Batch) -> str:
    return ",".join(_entry(site, record) for record in site.batches[batch])


def _entry(site: Site, record: Record) -> str:
    ends = closes(site, record)
    told = {
        "thread": thread_name(record),
        "title": record.label,
        "url": site.addresses.absolute(site.path(record)),
        "open": site.office.comments.system == "kentongan" and is_open(site, record),
        "closes": ends.isoformat() if ends else None,
        "asks": asks(site, record),
        "count": len(comments_on(site, record)),
    }
    return JsonDocument.of(told).text.strip()


def _thread_document(site: Site, record: Record, comments: tuple[PublicComment, ...]) -> JsonDocument:
    return JsonDocument.of({"data": [_public(site, record, one) for one in comments]})


def _public(site: Site, record: Record, one: PublicComment) -> dict[str, Any]:
    page = site.addresses.absolute(site.path(record))
    told = {"html": html(one.text), "url": f"{page}#{site.addresses.segments.comments}-{one.id}"}
    return {key: value for key, value in one.to_json().items() if key != "text"} | told
