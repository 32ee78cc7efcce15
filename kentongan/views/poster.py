"""Posters: a talk or a consultation on one sheet of A4, for the office's wall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from kentongan.language import Moment, moment, translations
from kentongan.model import Consultation, Credit, Episode, Record, Station
from kentongan.schedule import Broadcast, State, broadcasts_of
from kentongan.schedule.consultations import is_over
from kentongan.schedule.rule_words import consultation_words
from kentongan.schedule.wording import person_name
from kentongan.site import Site
from kentongan.views.cards import listed_state, meeting_shown, program_link
from kentongan.views.page import Head, Page, frame, readable
from kentongan.views.programs import frequency_words

_PEOPLE, _AIRINGS = 5, 3
"""As many as a sheet has room for."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """Where on the dial: a station's name, and its frequencies in words."""

    station: str
    dial: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is there, in which role as stated that day."""

    name: str
    stated: str | None


@dataclass(frozen=True, slots=True)
class Asking:
    """How to put a question, until when, what it costs, for whom; numbers as people read them aloud."""

    whatsapp: str | None
    phone: str | None
    deadline: str | None
    cost: str | None
    audience: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """The page that the poster is of, the drawing of its QR code, and the site as one would type it."""

    url: str
    qr: str
    site: str


@dataclass(frozen=True, slots=True)
class PosterPage(Page):
    """What a passer-by has to know. ``end`` is the clock alone."""

    template: ClassVar[str] = "poster"

    kind: str
    title: str
    summary: str | None
    cancelled: str | None
    over: bool
    recorded: bool
    rhythm: str | None
    start: Moment | None
    end: str | None
    again: tuple[str, ...]
    """Further broadcasts, each in a sentence."""
    hearings: tuple[Hearing, ...]
    venue: str | None
    people: tuple[Speaker, ...]
    ask: Asking | None
    target: Target


def episode_poster(site: Site, episode: Episode) -> PosterPage:
    dated = tuple(one for one in broadcasts_of(site, episode) if one.takes_place or episode.cancelled)
    first = dated[0] if dated else None
    state = listed_state(site, episode, dated)
    held = next(iter(site.consultations_on(episode)), None)
    return PosterPage(
        frame=frame(site, site.addresses.segments.programs),
        head=_head(site, episode),
        kind=program_link(site, episode.program).label,
        title=episode.title,
        summary=episode.summary,
        cancelled=episode.cancelled,
        over=state in (State.AIRED, State.RECORDED),
        recorded=state == State.RECORDED,
        rhythm=None,
        start=moment(first.start, site.language) if first else None,
        end=moment(first.end, site.language).clock if first and first.end else None,
        again=tuple(_again(site, one) for one in dated[1 : _AIRINGS + 1]),
        hearings=hearings(site, dated),
        venue=None,
        people=_speakers(site, episode.credits),
        ask=_asking(site, held) if held else None,
        target=_target(site, episode),
    )


def consultation_poster(site: Site, consultation: Consultation) -> PosterPage:
    _ = translations(site.language).gettext
    meeting = meeting_shown(site, consultation)
    episode = site.episode(consultation.episode) if consultation.episode else None
    kinds = {
        "radio": _("Consultation on the air"),
        "office": _("Consultation face to face"),
        "online": _("Consultation online"),
    }
    return PosterPage(
        frame=frame(site, site.addresses.segments.consultations),
        head=_head(site, consultation),
        kind=kinds[consultation.mode.value],
        title=consultation.title,
        summary=consultation.summary,
        cancelled=consultation.cancelled or (episode.cancelled if episode else None),
        over=is_over(site, consultation),
        recorded=False,
        rhythm=consultation_words(site, consultation),
        start=moment(meeting.start, site.language) if meeting else None,
        end=moment(meeting.end, site.language).clock if meeting and meeting.end else None,
        again=(),
        hearings=hearings(site, broadcasts_of(site, episode) if episode else ()),
        venue=consultation.venue or consultation.channel,
        people=_speakers(site, site.consultants(consultation)),
        ask=_asking(site, consultation),
        target=_target(site, consultation),
    )


def _head(site: Site, record: Record) -> Head:
    """To whoever asks, a poster is its page in another dress."""
    title = translations(site.language).gettext("Poster: {title}").format(title=record.label)
    return Head(title, title, site.addresses.absolute(site.path(record)), "website")


def _again(site: Site, one: Broadcast) -> str:
    station = site.station(one.station)
    return f"{moment(one.start, site.language).sentence}, {station.name if station else one.station}"


def hearings(site: Site, dated: Iterable[Broadcast]) -> tuple[Hearing, ...]:
    """The stations of *dated*, each once."""
    names = dict.fromkeys(one.station for one in dated)
    return tuple(_hearing(site, site.station(id_), id_) for id_ in names)


def _hearing(site: Site, station: Station | None, id_: str) -> Hearing:
    if station is None:
        return Hearing(id_, "")
    return Hearing(station.name, "; ".join(frequency_words(one, site.language) for one in station.frequencies))


def _speakers(site: Site, credited: Iterable[Credit]) -> tuple[Speaker, ...]:
    lines = [Speaker(person_name(site, one), one.stated) for one in credited]
    return tuple(lines[:_PEOPLE])


def _asking(site: Site, held: Consultation) -> Asking:
    ask = held.ask
    return Asking(
        whatsapp=readable(ask.whatsapp) if ask else None,
        phone=readable(ask.phone) if ask else None,
        deadline=moment(site.local(held.deadline), site.language).sentence if held.deadline else None,
        cost=held.cost,
        audience=held.audience,
    )


def _target(site: Site, record: Record) -> Target:
    address = site.addresses
    typed = address.siteurl.partition("://")[2]
    return Target(address.link(site.path(record)), address.link(address.qr(record)), typed)
