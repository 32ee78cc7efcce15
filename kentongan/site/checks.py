"""What does not fit together although each record is valid by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from kentongan.errors import Finding
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Article, Episode, Kind, Person, Program, Record, Translated
from kentongan.model.messages import Location, unknown_key
from kentongan.site.people import People
from kentongan.site.podcast_checks import check_podcasts
from kentongan.site.references import Reference, media_references, references
from kentongan.site.slugs import slug
from kentongan.store.contents import Contents, Key, Source
from kentongan.store.transcript import CAPTION_TYPES, MAX_BYTES, read_cues

_DEGREE = re.compile(r"^(?:Prof|Drs?|Dra|Ir|drg?)\.?\s|,", re.UNICODE)
"""Degrees before a name, and the comma before those after it. ``H.`` may be an initial."""


def check(contents: Contents) -> Iterator[Finding]:
    """Every finding about records taken together."""
    names = _Names()
    guids: dict[str, str] = {}
    people = People(record for record in contents.records.values() if isinstance(record, Person))
    for record, source in map(contents.written, contents.records):
        for reference in references(record):
            if (reference[1], reference[2]) not in contents.records and not _is_called(people, reference):
                yield _no_such(contents, source, reference)
        for location, path in media_references(record):
            if path not in contents.media:
                yield _no_media(contents, source, location, path)
        if isinstance(record, Episode):
            yield from _unreadable_transcripts(contents, source, record)
        if isinstance(record, Episode | Program):
            first = guids.setdefault(record.guid, source.path)
            if first != source.path:
                yield _same_guid(source, first)
        if isinstance(record, Article):
            yield from names.clashes(source, record)
        if isinstance(record, Person) and _DEGREE.search(record.name):
            yield _degree(source, record)
        if isinstance(record, Translated):
            for key_ in record.extras:
                yield source.finding((key_,), "unknown-key", *unknown_key(key_, type(record)))
    yield from check_podcasts(contents)


def _degree(source: Source, person: Person) -> Finding:
    return source.finding(
        ("name",),
        "degree",
        Message("“{name}” holds a degree; people are listed by their names without one.", {"name": person.name}),
        Message("Write degrees into “prefix” (before the name) and “suffix” (after it)."),
    )


def _is_called(people: People, reference: Reference) -> bool:
    """People may be named by name or alias: authors as in Pelican's metadata, and others as an announcement had it."""
    _location, kind, name = reference
    return kind is Kind.PERSON and people.called(name) is not None


def _same_guid(source: Source, first: str) -> Finding:
    return source.finding(
        ("guid",),
        "same-guid",
        Message("{path} has the same guid.", {"path": first}),
        Message("Delete the guid here, and run “kentongan fix --write”; a copied file needs one of its own."),
    )


def name_is_taken(contents: Contents, key: Key) -> Finding:
    """A page whose name is an address of ours."""
    return contents.sources[key].finding(
        (),
        "reserved-name",
        Message("“{name}” is an address of this site already.", {"name": key[1]}),
        Message("Rename the file."),
    )


def lost_link(source: Source, record: Record, link: str) -> Finding:
    """A link in a text that leads nowhere; its words are shown without it."""
    return source.finding_in_body(
        record.body,
        link,
        "dead-link",
        Message("The link {link} leads nowhere.", {"link": link}),
        Message("Correct it, or write what it should lead to."),
    )


def _no_such(contents: Contents, source: Source, reference: Reference) -> Finding:
    location, kind, id_ = reference
    path = f"{RECORD_TYPES[kind].folder}/{slug(id_) or id_}.md"
    mend = _nearest(id_, [other for kind_, other in contents.records if kind_ is kind]) or Message(
        "Correct the name, or write the file {path}.", {"path": path}
    )
    return source.finding(location, "dangling", Message("There is no {path}.", {"path": path}), mend)


def _no_media(contents: Contents, source: Source, location: Location, path: str) -> Finding:
    mend = _nearest(path, list(contents.media)) or Message("Correct the name, or put the file into content/media.")
    return source.finding(location, "no-media", Message("There is no file media/{path}.", {"path": path}), mend)


def _unreadable_transcripts(contents: Contents, source: Source, episode: Episode) -> Iterator[Finding]:
    for place, transcript in enumerate(episode.transcripts):
        file = contents.media.get(transcript.file or "")
        if file and file.media_type in CAPTION_TYPES and not read_cues(file):
            yield source.finding(
                ("transcripts", place),
                "no-captions",
                Message("No words can be read in media/{path}.", {"path": file.path}),
                Message(
                    "Save it again as WebVTT or SubRip in UTF-8, below {limit} MB.", {"limit": MAX_BYTES // 1_000_000}
                ),
            )


def _nearest(name: str, known: list[str]) -> Message | None:
    close = get_close_matches(name, known, n=1)
    return Message("Did you mean “{near}”?", {"near": close[0]}) if close else None


class _Names:
    """Names of categories and tags by their slug: two names with one slug would share an address."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], str] = {}

    def clashes(self, source: Source, article: Article) -> Iterator[Finding]:
        """Names of *article* that differ from an earlier name of the same address."""
        named = [(("category",), article.category)] if article.category else []
        for location, name in [*named, *((("tags", place), tag) for place, tag in enumerate(article.tags))]:
            first = self._seen.setdefault((str(location[0]), slug(name)), name)
            if first != name:
                yield source.finding(
                    location,
                    "same-slug",
                    Message("“{name}” and “{first}” have the same address.", {"name": name, "first": first}),
                    Message("Write it like the other one: {first}.", {"first": first}),
                )
