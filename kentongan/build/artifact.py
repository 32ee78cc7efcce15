"""One file of the public site: where it goes and the view it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol


class View(Protocol):
    """A small frozen value that holds exactly what one artifact prints."""

    media_type: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Artifact:
    """``path`` is below the output folder; what renders it follows from the type of ``view``."""

    path: str
    view: View
