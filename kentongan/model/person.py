"""People: speakers, hosts, consultants, authors."""

from __future__ import annotations

from typing import ClassVar

from kentongan.model.base import Kind, Record
from kentongan.model.fields import Flag, Line, Texts, WebAddress
from kentongan.model.image import Image


class Photo(Image):
    """A portrait. It is shown only with the person's ``consent``."""

    consent: Flag = False


class Person(Record):
    """A person's name without degrees; the degrees stand apart, before and after it."""

    kind: ClassVar[Kind] = Kind.PERSON
    folder: ClassVar[str] = "people"

    name: Line
    prefix: Line | None = None
    suffix: Line | None = None
    role: Line | None = None
    organisation: Line | None = None
    photo: Photo | None = None
    links: tuple[WebAddress, ...] = ()
    aliases: Texts = ()

    @property
    def full_name(self) -> str:
        """The name as it is printed, with degrees: ``J. Rahmat Sudrajat, S.Pt``."""
        before = f"{self.prefix} " if self.prefix else ""
        after = f", {self.suffix}" if self.suffix else ""
        return f"{before}{self.name}{after}"

    @property
    def initials(self) -> str:
        """At most two letters, passing over a leading initial: ``RS`` of J. Rahmat Sudrajat."""
        words = [word for word in self.name.split() if not word.endswith(".")] or self.name.split()
        return "".join(word[0].upper() for word in words[:2])

    @property
    def label(self) -> str:
        return self.full_name
