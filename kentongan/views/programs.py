"""Programs, their episodes, and the stations that carry them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from babel.numbers import format_decimal
from markupsafe import Markup

from kentongan.language import Moment, moment, translations
from kentongan.model import BroadcastKind, Episode, Frequency, Program, Station, Stream
from kentongan.schedule import Broadcast, broadcasts_of, episodes_on
from kentongan.schedule.wording import person_name
from kentongan.site import Site
from kentongan.views import structured
from kentongan.views.cards import (
    Beats,
    ConsultationCard,
    CreditLine,
    EpisodeCard,
    ProgramCard,
    SlotLine,
    beats_of_broadcasts,
    consultation_card,
    credit_lines,
    episode_card,
    listed_state,
    program_beats,
    program_card,
    program_days,
    program_link,
    recording_length,
    slot_lines,
    station_link,
)
from kentongan.views.coming import status_address
from kentongan.views.comments import Discussion, discussion, feed_links
from kentongan.views.page import FeedLink, Head, Link, Page, frame, link_to, opening
from kentongan.views.picture import Picture, picture
from kentongan.views.share import Share, share


@dataclass(frozen=True, slots=True)
class ProgramsPage(Page):
    """Every program."""

    template: ClassVar[str] = "programs"

    programs: tuple[ProgramCard, ...]


@dataclass(frozen=True, slots=True)
class ProgramPage(Page):
    """A program: what it is, how to follow it, its episodes. ``*_url`` open a podcast app or a calendar."""

    template: ClassVar[str] = "program"

    title: str
    summary: str | None
    body: Markup
    beats: Beats
    days: str
    """The days of ``beats`` in words."""
    slots: tuple[SlotLine, ...]
    artwork: Picture | None
    stations: tuple[Link, ...]
    hosts: tuple[CreditLine, ...]
    coming: tuple[EpisodeCard, ...]
    past: tuple[EpisodeCard, ...]
    feed: str
    podcast_url: str
    coming_feed: str
    calendar: str
    calendar_url: str
    qr: str


@dataclass(frozen=True, slots=True)
class Airing:
    """One broadcast on an episode's page. ``end`` is the clock alone; ``None``: not announced.

    ``moved_to`` and ``moved_from`` say in a sentence where it went or came from; ``reason`` why.
    """

    start: Moment
    end: str | None
    station: Link
    repeat: bool
    moved_to: str | None
    moved_from: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of a recording: ``clock`` is like ``06.12``, ``seconds`` where it starts."""

    clock: str
    seconds: int
    title: str


@dataclass(frozen=True, slots=True)
class Smaller:
    """A recording in less data. ``size`` in kilobytes."""

    url: str
    size: int


@dataclass(frozen=True, slots=True)
class Recording:
    """What can be heard again. ``size`` in kilobytes."""

    url: str
    media_type: str
    size: int
    length: str | None
    """In words: ``46 menit``."""
    smaller: tuple[Smaller, ...]
    """The same in less data, the smallest last."""
    parts: tuple[Part, ...]
    artwork: str | None
    """What a lock screen shows: the talk's own picture, else its program's."""
    player: str
    """The script that makes the browser's player better."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of a transcript: when, who (where that is said), what. ``start`` and ``end`` are in seconds."""

    clock: str
    start: float
    end: float
    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True)
class EpisodePage(Page):
    """One talk, at every step of its life. ``state`` is a :class:`~kentongan.schedule.State` value, never live."""

    template: ClassVar[str] = "episode"

    title: str
    summary: str | None
    program: Link
    beats: Beats
    number: int | None
    state: str
    cancelled: str | None
    airings: tuple[Airing, ...]
    recording: Recording | None
    transcript: tuple[Cue, ...]
    repeats: Link | None
    """The episode that is heard again in this one."""
    picture: Picture | None
    credits: tuple[CreditLine, ...]
    body: Markup
    consultations: tuple[ConsultationCard, ...]
    event: str | None
    """The calendar file, once there is a date to put in a calendar."""
    share: Share
    discussion: Discussion | None


@dataclass(frozen=True, slots=True)
class StationPage(Page):
    """A station: where on the dial, which programs, which talks."""

    template: ClassVar[str] = "station"

    name: str
    callsign: str | None
    city: str | None
    zone: str
    frequencies: tuple[str, ...]
    streams: tuple[Link, ...]
    body: Markup
    programs: tuple[ProgramCard, ...]
    episodes: tuple[EpisodeCard, ...]


def programs_page(site: Site) -> ProgramsPage:
    _ = translations(site.language).gettext
    words = site.addresses.segments
    return ProgramsPage(
        frame=frame(site, words.programs),
        head=Head(
            title=_("Radio programs"),
            description=_("Radio programs of {name}.").format(name=site.office.name),
            canonical=site.addresses.absolute(f"{words.programs}/"),
            kind="website",
        ),
        programs=tuple(program_card(site, program) for program in site.programs),
    )


def program_page(site: Site, program: Program) -> ProgramPage:
    address = site.addresses
    cards = [episode_card(site, episode) for episode in site.episodes_of(program)]
    feed, calendar = address.program_feed(program.id), address.calendar(program.id)
    return ProgramPage(
        frame=frame(site, address.segments.programs),
        head=Head(
            title=program.title,
            description=program.summary or program.title,
            canonical=address.absolute(site.path(program)),
            kind="website",
            feeds=(program_feed_link(site, program),),
            data=structured.program(site, program),
        ),
        title=program.title,
        summary=program.summary,
        body=site.body(program),
        beats=program_beats(site, program),
        days=program_days(site, program),
        slots=slot_lines(site, program),
        artwork=picture(site, program.artwork),
        stations=tuple(station_link(site, id_) for id_ in program.stations),
        hosts=credit_lines(site, program.hosts),
        coming=tuple(card for card in reversed(cards) if card.state == "announced"),
        past=tuple(card for card in cards if card.state != "announced"),
        feed=address.link(feed),
        podcast_url=opening("podcast", address.absolute(feed)),
        coming_feed=address.link(address.coming_feed(program.id)),
        calendar=address.link(calendar),
        calendar_url=opening("webcal", address.absolute(calendar)),
        qr=address.link(address.qr(program)),
    )


def program_feed_link(site: Site, program: Program) -> FeedLink:
    """A program's podcast feed as a page announces it."""
    url = site.addresses.link(site.addresses.program_feed(program.id))
    return FeedLink(program.title, url, "application/rss+xml")


def episode_page(site: Site, episode: Episode) -> EpisodePage:
    dated = broadcasts_of(site, episode)
    program = site.program(episode.program)
    return EpisodePage(
        frame=frame(site, site.addresses.segments.programs),
        head=Head(
            title=episode.title,
            description=episode.summary or episode.title,
            canonical=site.addresses.absolute(site.path(episode)),
            kind="article",
            feeds=(*((program_feed_link(site, program),) if program else ()), *feed_links(site, episode)),
            data=structured.episode(site, episode, dated),
        ),
        title=episode.title,
        summary=episode.summary,
        program=program_link(site, episode.program),
        beats=beats_of_broadcasts(dated),
        number=episode.number,
        state=listed_state(site, episode, dated),
        cancelled=episode.cancelled,
        airings=tuple(_airing(site, one) for one in dated),
        recording=_recording(site, episode),
        transcript=_transcript(site, episode),
        repeats=_repeated(site, episode),
        picture=picture(site, episode.image),
        credits=credit_lines(site, (*(program.hosts if program else ()), *episode.credits)),
        body=site.body(episode),
        consultations=tuple(consultation_card(site, one) for one in site.consultations_on(episode)),
        event=site.addresses.link(site.addresses.event(episode)) if dated else None,
        share=_share(site, episode, dated),
        discussion=discussion(site, episode),
    )


def station_page(site: Site, station: Station) -> StationPage:
    return StationPage(
        frame=frame(site, site.addresses.segments.programs),
        head=Head(
            title=station.name,
            description=station.name,
            canonical=site.addresses.absolute(site.path(station)),
            kind="website",
            data=structured.station(site, station),
        ),
        name=station.name,
        callsign=station.callsign,
        city=station.city,
        zone=station.zone,
        frequencies=tuple(frequency_words(one, site.language) for one in station.frequencies),
        streams=tuple(_stream(one) for one in station.streams),
        body=site.body(station),
        programs=tuple(program_card(site, one) for one in site.programs if station.id in one.stations),
        episodes=tuple(episode_card(site, episode) for episode in episodes_on(site, station)),
    )


def frequency_words(one: Frequency, language: str) -> str:
    """``97,5 MHz FM, Sleman``."""
    area = f", {one.area}" if one.area else ""
    return f"{format_decimal(one.mhz, locale=language)} MHz {one.band}{area}"


def _stream(one: Stream) -> Link:
    """A stream by its server and, where it is known, how many kilobits a second it takes."""
    rate = f", {one.bitrate} kbit/s" if one.bitrate else ""
    return Link(f"{urlsplit(one.url).netloc}{rate}", one.url)


def _repeated(site: Site, episode: Episode) -> Link | None:
    original = site.episode(episode.repeat_of) if episode.repeat_of else None
    return link_to(site, original) if original else None


def _share(site: Site, episode: Episode, dated: tuple[Broadcast, ...]) -> Share:
    _ = translations(site.language).gettext
    facts = [
        moment(dated[0].start, site.language).sentence if dated else None,
        ", ".join(dict.fromkeys(station_link(site, one.station).label for one in dated)),
        _("With {names}").format(names="; ".join(person_name(site, one) for one in episode.credits))
        if episode.credits
        else None,
        _("Cancelled: {reason}").format(reason=episode.cancelled) if episode.cancelled else None,
    ]
    kind = program_link(site, episode.program).label
    address = site.addresses
    return share(
        kind,
        episode.title,
        facts,
        address.absolute(site.path(episode)),
        address.link(address.poster(episode)),
        status_address(site, episode),
    )


def _airing(site: Site, one: Broadcast) -> Airing:
    return Airing(
        start=moment(one.start, site.language),
        end=moment(one.end, site.language).clock if one.end else None,
        station=station_link(site, one.station),
        repeat=one.kind is BroadcastKind.REPEAT,
        moved_to=moment(one.moved_to, site.language).sentence if one.moved_to else None,
        moved_from=moment(one.moved_from, site.language).sentence if one.moved_from else None,
        reason=one.reason,
    )


def _recording(site: Site, episode: Episode) -> Recording | None:
    sound = site.sound(episode.audio)
    if sound is None:
        return None
    return Recording(
        url=site.addresses.own(sound.url),
        media_type=sound.media_type,
        size=max(1, round(sound.bytes / 1000)),
        length=recording_length(site, episode),
        smaller=_smaller(site, episode),
        parts=tuple(Part(_clock(chapter.start), chapter.start, chapter.title) for chapter in episode.chapters),
        artwork=_artwork(site, episode),
        player=site.addresses.link(site.addresses.segments.player),
    )


def _artwork(site: Site, episode: Episode) -> str | None:
    program = site.program(episode.program)
    shown = picture(site, episode.image) or picture(site, program.artwork if program else None)
    return shown.url if shown else None


def _smaller(site: Site, episode: Episode) -> tuple[Smaller, ...]:
    sounds = (site.sound(rendition) for rendition in (episode.audio.renditions if episode.audio else ()))
    sizes = [Smaller(site.addresses.own(sound.url), max(1, round(sound.bytes / 1000))) for sound in sounds if sound]
    return tuple(sorted(sizes, key=lambda one: -one.size))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:02}.{rest:02}"


def _transcript(site: Site, episode: Episode) -> tuple[Cue, ...]:
    return tuple(Cue(_clock(one.start), one.start, one.end, one.speaker, one.text) for one in site.transcript(episode))
