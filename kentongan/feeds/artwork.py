"""Which square pictures podcast apps are shown: cut out of what the office uploaded, else drawn from a name.

Apple and PSP-1 want JPEG or PNG with sides of 1400 to 3000 pixels. What a program has is cut to a square round its
focus; it is never made larger than it is, but for one that comes close to 1400.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from kentongan.feeds.podcast_namespace import Art
from kentongan.model import Episode, Image, Program
from kentongan.model.podcast import LARGEST_ARTWORK, SMALLEST_ARTWORK
from kentongan.schedule.rhythm import rhythm_of
from kentongan.schedule.wording import label, office_name
from kentongan.site import Site
from kentongan.store.media import MediaFile

RASTER = ("image/jpeg", "image/png", "image/webp")
"""What a square can be cut from."""

_MUST_HAVE = SMALLEST_ARTWORK // 2
"""A picture with fewer pixels across looks worse enlarged than one that is drawn."""

_CENTRE = (50, 50)


@dataclass(frozen=True, slots=True)
class CutArtwork:
    """The file *source* cut to a square with *side* pixels round *focus* (percent from left and top)."""

    media_type: ClassVar[str] = "image/jpeg"

    source: str
    digest: str
    focus: tuple[int, int]
    side: int

    @property
    def name(self) -> str:
        """A hash of what is seen, wherever the file lies."""
        return _hashed("cut", self.digest, self.focus, self.side)


@dataclass(frozen=True, slots=True)
class DrawnArtwork:
    """*title* over the strokes of a week, of which those of *beats* (Monday first) are tall, and *office* below.

    ``colour`` is that of the ground.
    """

    media_type: ClassVar[str] = "image/jpeg"

    title: str
    office: str
    colour: str
    beats: tuple[bool, ...]
    side: int

    @property
    def name(self) -> str:
        """A hash of what is seen."""
        return _hashed("drawn", self.title, self.office, self.colour, self.beats, self.side)


Artwork = CutArtwork | DrawnArtwork


def program_artwork(site: Site, program: Program) -> tuple[Artwork, ...]:
    """The pictures of a program's podcast, largest first: there always is one."""
    return _cut(site, program.artwork, _MUST_HAVE) or tuple(
        DrawnArtwork(label(program), office_name(site), _ground(site), _beats(program), side)
        for side in (LARGEST_ARTWORK, SMALLEST_ARTWORK)
    )


def office_artwork(site: Site) -> tuple[Artwork, ...]:
    """The pictures of the podcast of all programs."""
    beats = [_beats(program) for program in site.programs]
    week = tuple(any(days) for days in zip(*beats, strict=True)) if beats else (False,) * 7
    return tuple(
        DrawnArtwork(office_name(site), "", _ground(site), week, side) for side in (LARGEST_ARTWORK, SMALLEST_ARTWORK)
    )


def episode_artwork(site: Site, episode: Episode) -> tuple[Artwork, ...]:
    """The picture of an episode in apps, where it has one that is large enough."""
    return _cut(site, episode.image, SMALLEST_ARTWORK)[:1]


def described(site: Site, below: str, artwork: tuple[Artwork, ...]) -> tuple[Art, ...]:
    """*artwork* as feeds name it, at its addresses *below* a page."""
    return tuple(Art(site.addresses.absolute(site.addresses.cover(below, one.name)), one.side) for one in artwork)


def artwork_files(site: Site) -> Iterator[tuple[str, Artwork]]:
    """Every picture with its path."""
    found = [
        (f"{site.addresses.segments.programs}/", office_artwork(site)),
        *((site.path(program), program_artwork(site, program)) for program in site.programs),
        *((site.path(episode), episode_artwork(site, episode)) for episode in site.episodes),
    ]
    for below, artwork in found:
        yield from ((site.addresses.cover(below, one.name), one) for one in artwork)


def _cut(site: Site, image: Image | None, at_least: int) -> tuple[CutArtwork, ...]:
    file = site.media.get(image.src) if image else None
    if image is None or file is None or (shorter := shorter_side(file)) is None or shorter < at_least:
        return ()
    largest = max(SMALLEST_ARTWORK, min(shorter, LARGEST_ARTWORK))
    sides = dict.fromkeys((largest, SMALLEST_ARTWORK))
    return tuple(CutArtwork(file.source, file.digest, _focus(image), side) for side in sides)


def shorter_side(file: MediaFile) -> int | None:
    """The side of the largest square in a picture, in pixels; ``None``: it is none that can be cut."""
    return min(file.size) if file.size and file.media_type in RASTER else None


def _focus(image: Image) -> tuple[int, int]:
    if not image.focus:
        return _CENTRE
    left, top = (int(part.removesuffix("%")) for part in image.focus.split())
    return left, top


def _ground(site: Site) -> str:
    return site.office.colours.light or "#7a3f1d"


def _beats(program: Program) -> tuple[bool, ...]:
    """The days of its slots, over or not: a picture that changed with the calendar would be fetched again by all."""
    rhythms = (rhythm_of(slot.rule, slot.start) for slot in program.slots)
    days = frozenset[int]().union(*(rhythm.beats for rhythm in rhythms if rhythm))
    return tuple(day in days for day in range(7))


def _hashed(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:10]
