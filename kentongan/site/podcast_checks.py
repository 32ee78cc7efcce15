"""What Apple, PSP-1 and Podcasting 2.0 would say of a program's podcast: findings about valid records.

None of them holds a record back, for a listener should not lose a program over them; feeds tell what is wrong in a
form that is allowed, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from uuid import UUID

from babel import Locale

from kentongan.errors import Finding
from kentongan.language import Message
from kentongan.model import Episode, Program
from kentongan.model.messages import Fault
from kentongan.model.podcast import APPLE_CATEGORIES, SMALLEST_ARTWORK, apple_category
from kentongan.site.podcast_words import check_name, check_summary, check_terms_and_place, check_title
from kentongan.site.recording_checks import check_recordings
from kentongan.store.contents import Contents
from kentongan.store.media import MediaFile

_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\".]+(?:\.[^@\s<>\".]+)+")


def is_email(text: str) -> bool:
    """Whether *text* can be an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def check_podcasts(contents: Contents) -> Iterator[Finding]:
    """Every finding about the podcasts of *contents*."""
    recorded = {one.program for one in contents.records.values() if isinstance(one, Episode) and one.audio}
    for key, record in contents.records.items():
        source = contents.sources[key]
        if isinstance(record, Program):
            for fault in _program(contents, record, record.id in recorded):
                yield source.finding(*fault)
    yield from check_recordings(contents)


def _program(contents: Contents, program: Program, has_recordings: bool) -> Iterator[Fault]:
    yield from check_title(program.title)
    yield from check_summary(program.summary)
    yield from _category(program)
    yield from _language(program)
    yield from _identity(program)
    yield from _owner(program)
    if has_recordings:
        yield from _artwork(program, contents.media.get(program.artwork.src) if program.artwork else None)
    for place, season in enumerate(program.seasons):
        yield from check_name(("seasons", place, "name"), season.name)
    yield from check_terms_and_place(program.license, program.location)


def _category(program: Program) -> Iterator[Fault]:
    if apple_category(program.category):
        return
    names = [name for main, below in APPLE_CATEGORIES.items() for name in (main, *below)]
    close = get_close_matches(program.category.title(), names, n=1)
    yield (
        ("category",),
        "podcast-category",
        Message("Apple Podcasts has no category “{name}”.", {"name": program.category}),
        Message("Did you mean “{near}”?", {"near": close[0]})
        if close
        else Message("Choose one of: {choices}.", {"choices": ", ".join(APPLE_CATEGORIES)}),
    )


def _language(program: Program) -> Iterator[Fault]:
    if program.language.partition("-")[0] not in Locale("en").languages:
        yield (
            ("language",),
            "podcast-language",
            Message("“{text}” is no language of ISO 639, which PSP-1 asks for.", {"text": program.language}),
            Message("Write it like id, en, jv or su."),
        )


def _identity(program: Program) -> Iterator[Fault]:
    try:
        UUID(program.guid)
    except ValueError:
        yield (
            ("guid",),
            "podcast-guid",
            Message("The guid is no UUID, as Podcasting 2.0 asks of a podcast's."),
            Message("Delete the line, and run “kentongan fix --write”."),
        )


def _owner(program: Program) -> Iterator[Fault]:
    if program.owner is None:
        return
    email = program.owner.email
    if email is None:
        yield (
            ("owner",),
            "podcast-owner",
            Message("The owner has no e-mail address, so nobody can prove to Apple and to other hosts whose it is."),
            Message("Add “email: …” below “owner”."),
        )
    elif not is_email(email):
        yield (
            ("owner", "email"),
            "podcast-email",
            Message("“{text}” is no e-mail address; Apple and “podcast:locked” need one.", {"text": email}),
            Message("Write it like radio@koperasi.example."),
        )


def _artwork(program: Program, file: MediaFile | None) -> Iterator[Fault]:
    if program.artwork is None:
        yield (
            (),
            "podcast-artwork",
            Message("The podcast has no picture, which Apple and PSP-1 ask for; one is drawn from its name."),
            Message("Put a square picture into content/media, and write it after “artwork:”."),
        )
    elif file and not (file.size and file.media_type in ("image/jpeg", "image/png", "image/webp")):
        yield (
            ("artwork", "src"),
            "podcast-artwork-type",
            Message("Podcast apps cannot show this kind of picture: Apple and PSP-1 take JPEG and PNG only."),
            Message("Save it as JPEG or PNG, with at least {side} pixels on each side.", {"side": SMALLEST_ARTWORK}),
        )
    elif file and file.size and min(file.size) < SMALLEST_ARTWORK:
        yield (
            ("artwork", "src"),
            "podcast-artwork-size",
            Message(
                "The picture is {width} × {height} pixels; Apple and PSP-1 ask for at least {side} on each side.",
                {"width": file.size[0], "height": file.size[1], "side": SMALLEST_ARTWORK},
            ),
            Message("Put a larger picture in its place."),
        )
