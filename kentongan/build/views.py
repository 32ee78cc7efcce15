"""Makes the views of artifacts on one Site."""

from __future__ import annotations

from kentongan.build.artifact import Artifact, View
from kentongan.build.identity import Print
from kentongan.site import Site


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
