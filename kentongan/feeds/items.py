"""Recorded episodes as items of a podcast: RSS 2.0 by PSP-1 (podstandards.org) and Apple's rules.

An episode is an item once there is audio, and never before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from kentongan.feeds.artwork import described, episode_artwork
from kentongan.feeds.body import feed_body
from kentongan.feeds.chapters import chapter_list
from kentongan.feeds.credits import credited, persons
from kentongan.feeds.live_items import Dated
from kentongan.feeds.podcast_namespace import Item, License, Location, Rendition, Trailer, Transcript
from kentongan.language import translations
from kentongan.model import Episode, EpisodeType, LicenseTerms, Place, Program
from kentongan.model import Transcript as TranscriptFile
from kentongan.model.audio import TRANSCRIPT_TYPES
from kentongan.schedule import Broadcast, State, state_of
from kentongan.schedule.wording import clean, label, one_line
from kentongan.site import Site
from kentongan.site.podcast_words import LONGEST_SUMMARY
from kentongan.site.site import Sound


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The recording: ``length`` in bytes, ``duration`` in seconds."""

    url: str
    length: int
    media_type: str
    duration: int | None


@dataclass(frozen=True, slots=True)
class PodcastItem:
    """One recorded episode. ``content`` is HTML with absolute addresses; ``published`` when it was first heard."""

    title: str
    url: str
    guid: str
    published: datetime
    summary: str | None
    content: str | None
    episode_type: str
    enclosure: Enclosure
    more: Item

    @property
    def trailer(self) -> Trailer:
        """The recording as a trailer of the whole podcast, or of its season."""
        sound = self.enclosure
        return Trailer(self.title, sound.url, self.published, sound.length, sound.media_type, self.more.season)


def items(site: Site, program: Program, dated: tuple[Dated, ...]) -> Iterator[PodcastItem]:
    """The episodes of *program* that can be heard again, in the order of *dated*."""
    for episode, own in dated:
        sound = site.sound(episode.audio)
        if sound and state_of(episode, own, site.now) is State.RECORDED:
            yield _item(site, program, episode, own, sound)


def trailers(told: tuple[PodcastItem, ...]) -> tuple[Trailer, ...]:
    """Those of *told* that are trailers."""
    return tuple(item.trailer for item in told if item.episode_type == EpisodeType.TRAILER)


def in_bytes(text: str, limit: int = LONGEST_SUMMARY) -> str:
    """*text*, with ``…`` for what is beyond *limit* bytes of UTF-8."""
    if len(text.encode()) <= limit:
        return text
    return text.encode()[: limit - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def license_of(terms: LicenseTerms | None) -> License | None:
    """*terms* where it is known what they say: a podcast names no others (``podcast:license``)."""
    if terms is None or terms.address is None:
        return None
    return License(one_line(terms.name) if terms.url else terms.name.lower(), clean(terms.address))


def location_of(place: Place | None) -> Location | None:
    """*place* as a podcast names it."""
    name = one_line(place.name) if place else ""
    return Location(name, place.rel, place.geo, place.osm, place.country) if place and name else None


def _item(site: Site, program: Program, episode: Episode, own: tuple[Broadcast, ...], sound: Sound) -> PodcastItem:
    url = site.addresses.absolute(site.path(episode))
    summary = clean(episode.summary)
    return PodcastItem(
        title=label(episode),
        url=url,
        guid=one_line(episode.guid),
        published=own[0].start if own else site.local(episode.date),
        summary=in_bytes(summary) if summary else None,
        content=feed_body(site.body(episode), url),
        episode_type=episode.episode_type.value,
        enclosure=Enclosure(clean(sound.url), sound.bytes, one_line(sound.media_type), sound.seconds),
        more=_more(site, program, episode, sound),
    )


def _more(site: Site, program: Program, episode: Episode, sound: Sound) -> Item:
    names = {season.number: one_line(season.name) for season in program.seasons}
    chapters = site.addresses.absolute(site.addresses.chapters(episode)) if chapter_list(site, episode) else None
    return Item(
        season=episode.season,
        season_name=names.get(episode.season) if episode.season else None,
        episode=episode.number,
        explicit=program.explicit if episode.explicit is None else episode.explicit,
        persons=persons(site, credited(program, episode)),
        artwork=described(site, site.path(episode), episode_artwork(site, episode)),
        transcripts=tuple(chain.from_iterable(_transcript(site, one) for one in episode.transcripts)),
        chapters=chapters,
        renditions=_renditions(site, episode, sound),
        license=license_of(episode.license),
        location=location_of(episode.location),
    )


def _transcript(site: Site, transcript: TranscriptFile) -> Iterator[Transcript]:
    """*transcript*, if its file is there and of a type that podcasts know."""
    file = site.media.get(transcript.file or "")
    url = transcript.url or (site.addresses.absolute(file.public_path) if file else None)
    media_type = transcript.media_type(file.media_type if file else None)
    if url and media_type in TRANSCRIPT_TYPES:
        yield Transcript(clean(url), media_type, transcript.language)


def _renditions(site: Site, episode: Episode, sound: Sound) -> tuple[Rendition, ...]:
    """The recording and its smaller versions, where it has any."""
    smaller = [
        (one, there) for one in (episode.audio.renditions if episode.audio else ()) if (there := site.sound(one))
    ]
    if not smaller:
        return ()
    title = translations(site.language).gettext("Less data")
    return (
        Rendition(clean(sound.url), one_line(sound.media_type), None, sound.bytes, default=True),
        *(
            Rendition(
                url=clean(there.url),
                media_type=one_line(there.media_type),
                bitrate=one.bitrate * 1000 if one.bitrate else None,
                length=there.bytes,
                title=title,
            )
            for one, there in smaller
        ),
    )
