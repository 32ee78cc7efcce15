"""One file of the public site: where it goes and the view it is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self, TypeVarTuple, Unpack

from kentongan.site import Site

A = TypeVarTuple("A")


class View(Protocol):
    """A small frozen value that holds exactly what one artifact prints."""

    media_type: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a view is made: by ``make(site, *args)``, once somebody needs it."""

    make: Callable[..., View]
    args: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Artifact:
    """``path`` is below the output folder; what renders it follows from the type of its view."""

    path: str
    source: View | Recipe

    @classmethod
    def later(cls, path: str, make: Callable[[Site, Unpack[A]], View], *args: *A) -> Self:
        """The artifact at *path* whose view is ``make(site, *args)``."""
        return cls(path, Recipe(make, args))

    def view(self, site: Site) -> View:
        """What it prints, on *site*."""
        source = self.source
        return source.make(site, *source.args) if isinstance(source, Recipe) else source
