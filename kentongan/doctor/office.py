"""What the office has written: content that loads, and recordings that are there."""

from __future__ import annotations

from collections.abc import Iterator

from kentongan.doctor.check import Check, ok, warn
from kentongan.language import Message
from kentongan.model import Episode
from kentongan.model.audio import is_stored
from kentongan.site import Site
from kentongan.sound.media_store import MediaStore


def content(site: Site) -> Check:
    """How many records there are, and how many findings."""
    count = {"records": len(site.records), "findings": len(site.findings)}
    if site.findings:
        return warn(
            "content",
            Message("{records} records are public, and there are {findings} findings.", count),
            Message("Run “kentongan check”, which names each with its mend."),
        )
    return ok("content", Message("{records} records are public, without any finding.", count))


def recordings(site: Site, store: MediaStore) -> Check:
    """Whether what public episodes name is in the media store."""
    named = {url for episode in site.episodes for url in _addresses(episode)}
    lacking = sorted(url for url in named if store.find(url) is None)
    if lacking:
        return warn(
            "recordings",
            Message(
                "{count} recordings are not in the media store, like {url}.", {"count": len(lacking), "url": lacking[0]}
            ),
            Message("Copy the media store here, or name its folder in KENTONGAN_MEDIA."),
        )
    return ok("recordings", Message("All {count} recordings of the media store are there.", {"count": len(named)}))


def _addresses(episode: Episode) -> Iterator[str]:
    if episode.audio:
        for url in (episode.audio.url, *(one.url for one in episode.audio.renditions)):
            if url and is_stored(url):
                yield url
