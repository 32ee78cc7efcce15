"""The schedule as other sites show it inside their own pages: in a frame, or by a script that makes the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from kentongan.schedule import Broadcast
from kentongan.site import Site
from kentongan.views.page import Printed
from kentongan.views.schedule import Airtime, airtime
from kentongan.views.scripts import Script

AIRTIMES = 12
"""How many are in the frame; it shows fewer, and the next ones as these go by."""


@dataclass(frozen=True, slots=True)
class EmbeddedSchedule(Printed):
    """A page of its own, small and without a board around it. ``script`` says what is on, ``resize`` how high it is."""

    media_type: ClassVar[str] = "text/html"
    template: ClassVar[str] = "embedded"
    suffix: ClassVar[str] = ".html"

    language: str
    name: str
    home: str
    schedule: str
    script: str
    resize: str
    airtimes: tuple[Airtime, ...]


@dataclass(frozen=True, slots=True)
class EmbeddingScript(Script):
    """Puts the frame where it is called."""

    template: ClassVar[str] = "embedding"

    name: str


@dataclass(frozen=True, slots=True)
class Embedding:
    """What a webmaster needs to copy: the addresses of frame, script and data, in full."""

    frame: str
    script: str
    data: str


def embedded_schedule(site: Site, broadcasts: Sequence[Broadcast]) -> EmbeddedSchedule:
    link, address = site.addresses.link, site.addresses
    coming = (one for one in broadcasts if one.takes_place and one.counts_until > site.now)
    return EmbeddedSchedule(
        language=site.language,
        name=site.office.name,
        home=link(""),
        schedule=link(f"{address.segments.schedule}/"),
        script=link(address.segments.now),
        resize=link(address.embedding_script()),
        airtimes=tuple(airtime(site, one) for one in islice(coming, AIRTIMES)),
    )


def embedding_script(site: Site) -> EmbeddingScript:
    return EmbeddingScript(site.language, site.office.name)


def embedding(site: Site) -> Embedding:
    address = site.addresses
    return Embedding(
        frame=address.absolute(address.embedded_schedule()),
        script=address.absolute(address.embedding_script()),
        data=address.absolute(address.day_list()),
    )
