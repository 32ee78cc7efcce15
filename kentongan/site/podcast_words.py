"""What podcasts ask of words: findings about titles, descriptions and names, by PSP-1, Apple and Podcasting 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kentongan.language import Message
from kentongan.model import LicenseTerms, Place
from kentongan.model.messages import Fault, Location

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_NAME = 255, 4000, 128
"""How long a title (PSP-1, characters), a description (PSP-1, bytes) and a name (Podcasting 2.0) may be."""

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);")


def check_title(title: str) -> Iterator[Fault]:
    """What is wrong with the *title* of a podcast or an episode."""
    if _MARKUP.search(title):
        yield (
            ("title",),
            "podcast-html",
            Message("The title holds HTML; Apple and PSP-1 take plain text, and apps show it as it is written."),
            Message("Write plain text."),
        )


def check_summary(summary: str | None) -> Iterator[Fault]:
    """What is wrong with a *summary*, which podcasts tell as their description."""
    if summary and len(summary.encode()) > LONGEST_SUMMARY:
        yield (
            ("summary",),
            "podcast-too-long",
            Message("“summary” is longer than the {limit} bytes that PSP-1 allows.", {"limit": LONGEST_SUMMARY}),
            Message("Shorten it, and write the rest as the text below the front matter."),
        )
    if summary and _MARKUP.search(summary):
        yield (
            ("summary",),
            "podcast-html",
            Message("The summary holds HTML; PSP-1 keeps that for the text, and apps show it as it is written."),
            Message("Write plain text here, and the rest as the text below the front matter."),
        )


def check_name(location: Location, name: str) -> Iterator[Fault]:
    """What is wrong with a *name*: of a person, a season, a place, a license."""
    if len(name) > LONGEST_NAME:
        told: dict[str, str | int] = {"key": str(location[-1]), "limit": LONGEST_NAME, "rules": "Podcasting 2.0"}
        yield (
            location,
            "podcast-too-long",
            Message("“{key}” is longer than the {limit} characters that {rules} allows.", told),
            Message("Shorten it."),
        )


def check_terms_and_place(license_: LicenseTerms | None, place: Place | None) -> Iterator[Fault]:
    """What is wrong with the license and the place of a podcast or an episode."""
    if license_:
        yield from check_name(("license",), license_.name)
    if license_ and license_.address is None:
        yield (
            ("license",),
            "podcast-license",
            Message("Podcasting 2.0 does not know what the license “{name}” says.", {"name": license_.name}),
            Message("Write one like CC-BY-SA-4.0, or “name” and “url” below “license:”."),
        )
    if place:
        yield from check_name(("location",), place.name)
