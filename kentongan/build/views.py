"""Makes the views of artifacts on one Site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kentongan.build.artifact import Artifact, Recipe, View
from kentongan.build.identity import Print
from kentongan.site import Site
from kentongan.site.memory import Memory
from kentongan.site.watched import Reads


class Views:
    """Makes each view when it is asked for, and keeps none but the last: a build never holds all its pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._last: tuple[Artifact, View] | None = None

    def print_of(self, artifact: Artifact) -> Print:
        """What *artifact* is to show, as a fingerprint."""
        return Print.of(self.view(artifact))

    def view(self, artifact: Artifact) -> View:
        """What *artifact* is to show."""
        if self._last is None or self._last[0] is not artifact:
            self._last = (artifact, artifact.view(self._site))
        return self._last[1]

    def known(self, _artifact: Artifact) -> Print | None:
        """The print of an artifact, where it need not be made."""
        return None

    def reads_of(self, _artifact: Artifact) -> Reads | None:
        """What a print was made from, if that is wanted."""
        return None

    def learn(self, artifact: Artifact, print_: Print, reads: Reads) -> None:
        """Is told what another process has found out."""


@dataclass(slots=True)
class _Made:
    """A print, and the view that it is of until somebody wants to render it: no more than the last is held."""

    print: Print
    view: View | None = field(default=None, compare=False, repr=False)


class KeptViews(Views):
    """Prints that are kept in *memory*, and made again only when something they were made from has changed."""

    def __init__(self, site: Site, memory: Memory) -> None:
        super().__init__(site)
        self._memory = memory

    def print_of(self, artifact: Artifact) -> Print:
        if not isinstance(artifact.source, Recipe):
            return super().print_of(artifact)
        source = artifact.source
        made: _Made = self._memory.made(artifact.path, _made, (source.make, *source.args))
        if made.view is not None:
            self._last, made.view = (artifact, made.view), None
        return made.print

    def known(self, artifact: Artifact) -> Print | None:
        if not isinstance(artifact.source, Recipe):
            return super().print_of(artifact)
        source = artifact.source
        made: _Made | None = self._memory.known(artifact.path, _made, (source.make, *source.args))
        return made.print if made else None

    def reads_of(self, artifact: Artifact) -> Reads | None:
        return self._memory.reads_of(artifact.path) if isinstance(artifact.source, Recipe) else None

    def learn(self, artifact: Artifact, print_: Print, reads: Reads) -> None:
        if isinstance(artifact.source, Recipe):
            source = artifact.source
            self._memory.learn(artifact.path, _made, (source.make, *source.args), _Made(print_), reads)


def _made(site: Site, make: Callable[..., View], *args: Any) -> _Made:
    view = make(site, *args)
    return _Made(Print.of(view), view)
