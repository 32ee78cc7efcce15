"""Radio stations. A station's zone is the zone of every broadcast on it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from kentongan.model.base import Kind, Model, Record
from kentongan.model.fields import Line, Phone, Sentence, Texts, WebAddress, Zone
from kentongan.model.image import Image


class Frequency(Model):
    """Where on the dial, in MHz."""

    mhz: Annotated[float, Field(gt=0, lt=300)]
    band: Line = "FM"
    area: Sentence | None = None


class Stream(Model):
    """A live stream for listeners on the internet; ``bitrate`` in kbit/s."""

    url: WebAddress
    type: Line = "audio/mpeg"
    bitrate: Annotated[int, Field(gt=0, lt=2000)] | None = None


class Station(Record):
    """A radio station."""

    kind: ClassVar[Kind] = Kind.STATION
    folder: ClassVar[str] = "stations"

    name: Line
    zone: Zone
    callsign: Line | None = None
    city: Line | None = None
    frequencies: tuple[Frequency, ...] = ()
    streams: tuple[Stream, ...] = ()
    phone: Phone | None = None
    whatsapp: Phone | None = None
    logo: Image | None = None
    links: tuple[WebAddress, ...] = ()
    aliases: Texts = ()

    @property
    def label(self) -> str:
        return self.name
