"""What a podcast says of itself besides its words: categories, licenses, places, seasons (Apple, Podcasting 2.0)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.fields import Line, WebAddress, fault

SMALLEST_ARTWORK, LARGEST_ARTWORK = 1400, 3000
"""Apple's and PSP-1's limits for the side of a podcast's square picture, in pixels."""

APPLE_CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
        "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
        "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
        "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
        "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
        "Government": (),
        "Health & Fitness": (
            "Alternative Health",
            "Fitness",
            "Medicine",
            "Mental Health",
            "Nutrition",
            "Sexuality",
        ),
        "History": (),
        "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
        "Leisure": (
            "Animation & Manga",
            "Automotive",
            "Aviation",
            "Crafts",
            "Games",
            "Hobbies",
            "Home & Garden",
            "Video Games",
        ),
        "Music": ("Music Commentary", "Music History", "Music Interviews"),
        "News": (
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
            "Tech News",
        ),
        "Religion & Spirituality": (
            "Buddhism",
            "Christianity",
            "Hinduism",
            "Islam",
            "Judaism",
            "Religion",
            "Spirituality",
        ),
        "Science": (
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
            "Physics",
            "Social Sciences",
        ),
        "Society & Culture": (
            "Documentary",
            "Personal Journals",
            "Philosophy",
            "Places & Travel",
            "Relationships",
        ),
        "Sports": (
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
            "Soccer",
            "Swimming",
            "Tennis",
            "Volleyball",
            "Wilderness",
            "Wrestling",
        ),
        "Technology": (),
        "True Crime": (),
        "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
    }
)
"""Apple Podcasts' categories, each with its subcategories (podcasters.apple.com/support/1691)."""

_PLACES = {
    name.casefold(): place
    for main, below in APPLE_CATEGORIES.items()
    for name, place in ((main, (main,)), *((one, (main, one)) for one in below))
}


def apple_category(name: str) -> tuple[str, ...] | None:
    """Where Apple keeps the category *name*: alone, or below its category; ``None``: it has no such category."""
    return _PLACES.get(name.casefold())


_CREATIVE_COMMONS = "https://creativecommons.org"
LICENSES: Mapping[str, str] = MappingProxyType(
    {
        "arr": "https://en.wikipedia.org/wiki/All_rights_reserved",
        "cc0-1.0": f"{_CREATIVE_COMMONS}/publicdomain/zero/1.0/",
        **{
            f"cc-{terms}-4.0": f"{_CREATIVE_COMMONS}/licenses/{terms}/4.0/"
            for terms in ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")
        },
    }
)
"""Licenses known by name, in the small letters that ``podcast:license`` asks for, and where each is written."""


def _named(key: str) -> Any:
    """Reads one text as a group that says nothing else."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class LicenseTerms(Model):
    """On what terms a recording may be used: a license of :data:`LICENSES`, or one's own at ``url``."""

    name: Line
    url: WebAddress | None = None

    @property
    def address(self) -> str | None:
        """Where it is written."""
        return self.url or LICENSES.get(self.name.lower())


License = Annotated[LicenseTerms, _named("name")]
"""``CC-BY-4.0``, or a group with ``name`` and ``url``."""


def _matching(pattern: str, rule: str, message: Message, mend: Message) -> AfterValidator:
    def check(value: str) -> str:
        if re.fullmatch(pattern, value):
            return value
        raise fault(rule, Message(message.msgid, {"text": value}), mend)

    return AfterValidator(check)


_DEGREES = r"-?\d{1,3}(?:\.\d+)?"
Geo = Annotated[
    Line,
    _matching(
        rf"geo:{_DEGREES},{_DEGREES}(?:,-?\d+(?:\.\d+)?)?(?:;u=\d+(?:\.\d+)?)?",
        "geo",
        Message("“{text}” is no place on the map (RFC 5870)."),
        Message("Write latitude and longitude like geo:-7.7165,110.3552."),
    ),
]
Osm = Annotated[
    Line,
    _matching(
        r"[NWR]\d+(?:#\d+)?",
        "osm",
        Message("“{text}” is nothing that OpenStreetMap knows."),
        Message("Write N, W or R and the number of the place, like R123456."),
    ),
]
Country = Annotated[
    Line,
    _matching(
        "[A-Z]{2}",
        "country",
        Message("“{text}” is no country code (ISO 3166-1)."),
        Message("Write two capital letters, like ID."),
    ),
]


class Place(Model):
    """A ``podcast:location``: where a podcast is made (``creator``), or what place it is about (``subject``)."""

    name: Line
    rel: Literal["creator", "subject"] = "creator"
    geo: Geo | None = None
    osm: Osm | None = None
    country: Country | None = None


Location = Annotated[Place, _named("name")]
"""``Sleman``, or a group with ``name``, ``rel``, ``geo``, ``osm`` and ``country``."""


class Season(Model):
    """What a season of a program is called, by its number."""

    number: Annotated[int, Field(gt=0)]
    name: Line
