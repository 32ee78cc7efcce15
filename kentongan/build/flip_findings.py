"""Episodes that somebody has put on the air and forgotten there, or put there days before."""

from __future__ import annotations

from collections.abc import Iterator

from kentongan.errors import Finding
from kentongan.language import Message
from kentongan.model import Kind
from kentongan.schedule import broadcasts_of
from kentongan.site import Site


def flip_findings(site: Site) -> Iterator[Finding]:
    """A finding for each episode that says “on_air” while no broadcast of it is near."""
    for episode in site.episodes:
        if episode.on_air and not any(one.on_air for one in broadcasts_of(site, episode)):
            yield site.sources[(Kind.EPISODE, episode.id)].finding(
                ("on_air",),
                "on-air-idle",
                Message("It is said to be on the air, but no live broadcast of it is near."),
                Message("Delete “on_air”, and write it when the microphone is open."),
            )
