"""Parts that several pages show: a talk in a list, a person with a role, the seven beats of a week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kentongan.language import Moment, moment, translations
from kentongan.language.dates import day_name, duration_words, weekday_names
from kentongan.model import Article, BroadcastKind, Consultation, Credit, Episode, Mode, Person, Program, Role
from kentongan.schedule import Broadcast, State, broadcasts_of, state_of
from kentongan.schedule.consultations import Meeting, is_over, last_meeting, next_meeting
from kentongan.schedule.habits import current_slots, slot_weekdays
from kentongan.schedule.rule_words import consultation_words, slot_words
from kentongan.schedule.wording import person_name
from kentongan.site import Site
from kentongan.views.page import Link, link_to
from kentongan.views.picture import Picture, picture

Beats = tuple[bool, ...]
"""Seven, Monday first; true: a day with a broadcast."""


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A person in a role, in the words of that day. ``role`` is a taxonomy role; ``stated`` what was announced."""

    name: Link
    initials: str
    role: str
    stated: str | None
    photo: Picture | None


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list. ``day`` is ``Rabu, 22 Juli 2020``, ``iso`` the date for machines."""

    link: Link
    summary: str | None
    category: str | None
    day: str
    iso: str
    language: str | None
    """Its language, where that is not the site's."""
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class EpisodeCard:
    """An episode in a list. ``state`` is a :class:`~kentongan.schedule.State` value; ``start`` its first broadcast."""

    link: Link
    program: Link
    beats: Beats
    state: str
    start: Moment | None
    stations: tuple[str, ...]
    people: tuple[str, ...]
    length: str | None
    """How long the recording is, in words: ``46 menit``."""
    cancelled: str | None
    stated: str | None = None
    """On a person's page: the role as stated that day."""
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ConsultationCard:
    """A consultation in a list. ``mode`` is radio, office or online; ``place`` in words where that is known."""

    link: Link
    mode: str
    start: Moment | None
    rhythm: str | None
    """How it comes round, in words: ``Setiap Selasa pukul 13.00 WIB``."""
    over: bool
    cancelled: str | None
    place: str | None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class SlotLine:
    """A standing slot: ``Setiap Rabu pukul 10.00 WIB``, on which station, and whether it is a repeat."""

    words: str
    station: Link
    repeat: bool


@dataclass(frozen=True, slots=True)
class ProgramCard:
    """A program in a list."""

    link: Link
    summary: str | None
    beats: Beats
    days: str
    """The days of ``beats`` in words."""
    slots: tuple[SlotLine, ...]
    stations: tuple[Link, ...]


def article_card(site: Site, article: Article) -> ArticleCard:
    return site.once(_article_card, article)


def _article_card(site: Site, article: Article) -> ArticleCard:
    return ArticleCard(
        link=link_to(site, article),
        summary=article.summary,
        category=article.category,
        day=day_name(article.date.date(), site.language),
        iso=article.date.date().isoformat(),
        language=article.lang if article.lang != site.language else None,
        picture=picture(site, article.image),
    )


def episode_card(site: Site, episode: Episode, credit: Credit | None = None) -> EpisodeCard:
    """*credit*: whose page the card is for."""
    card = site.once(_episode_card, episode)
    return replace(card, stated=credit.stated, role=credit.role.value) if credit else card


def _episode_card(site: Site, episode: Episode) -> EpisodeCard:
    dated = broadcasts_of(site, episode)
    return EpisodeCard(
        link=link_to(site, episode),
        program=program_link(site, episode.program),
        beats=beats_of_broadcasts(dated),
        state=listed_state(site, episode, dated),
        start=moment(dated[0].start, site.language) if dated else None,
        stations=tuple(dict.fromkeys(station_link(site, one.station).label for one in dated)),
        people=tuple(person_name(site, one) for one in episode.credits),
        length=recording_length(site, episode),
        cancelled=episode.cancelled,
        stated=None,
        role=None,
    )


def consultation_card(site: Site, consultation: Consultation, credit: Credit | None = None) -> ConsultationCard:
    """*credit*: whose page the card is for."""
    card = site.once(_consultation_card, consultation)
    return replace(card, stated=credit.stated) if credit else card


def _consultation_card(site: Site, consultation: Consultation) -> ConsultationCard:
    meeting = meeting_shown(site, consultation)
    episode = site.episode(consultation.episode) if consultation.episode else None
    return ConsultationCard(
        link=link_to(site, consultation),
        mode=consultation.mode.value,
        start=moment(meeting.start, site.language) if meeting else None,
        rhythm=consultation_words(site, consultation),
        over=is_over(site, consultation),
        cancelled=consultation.cancelled or (episode.cancelled if episode else None),
        place=_place(site, consultation),
        stated=None,
    )


def program_card(site: Site, program: Program) -> ProgramCard:
    return site.once(_program_card, program)


def _program_card(site: Site, program: Program) -> ProgramCard:
    return ProgramCard(
        link=link_to(site, program),
        summary=program.summary,
        beats=program_beats(site, program),
        days=program_days(site, program),
        slots=slot_lines(site, program),
        stations=tuple(station_link(site, station) for station in program.stations),
    )


def slot_lines(site: Site, program: Program) -> tuple[SlotLine, ...]:
    """The standing slots of a program that hold now or will, as people say them."""
    _ = translations(site.language).gettext
    return tuple(
        SlotLine(
            slot_words(site, slot) or _("See the schedule"),
            station_link(site, station),
            slot.kind is BroadcastKind.REPEAT,
        )
        for slot in current_slots(site, program)
        for station in slot.stations
    )


def soonest(cards: Iterable[ConsultationCard]) -> tuple[ConsultationCard, ...]:
    """Those still to come, the next one first; without a date last."""
    coming = [card for card in cards if not card.over]
    return tuple(sorted(coming, key=lambda card: (card.start is None, _instant(card.start), card.link.label)))


def _instant(start: Moment | None) -> datetime:
    return datetime.fromisoformat(start.iso) if start else datetime.max.replace(tzinfo=UTC)


def meeting_shown(site: Site, consultation: Consultation) -> Meeting | None:
    """The date a consultation is shown with: the next one, else the last there was."""
    return next_meeting(site, consultation) or last_meeting(site, consultation)


def credit_lines(site: Site, given: Iterable[Credit]) -> tuple[CreditLine, ...]:
    """Hosts first, then the others in the order they were announced; nobody twice."""
    once: dict[str, Credit] = {}
    for credit in given:
        person = site.person(credit.person)
        once.setdefault(person.id if person else credit.person, credit)
    ordered = sorted(once.values(), key=lambda credit: credit.role is not Role.HOST)
    return tuple(_credit_line(site, credit) for credit in ordered)


def _credit_line(site: Site, credit: Credit) -> CreditLine:
    person = site.person(credit.person)
    name = person_name(site, credit)
    return CreditLine(
        name=Link(name, site.addresses.link(site.path(person)) if person else None),
        initials=person.initials if person else name[:1].upper(),
        role=credit.role.value,
        stated=credit.stated or (person.role if person else None),
        photo=portrait(site, person) if person else None,
    )


def portrait(site: Site, person: Person) -> Picture | None:
    """A person's photo, if it may be shown."""
    return picture(site, person.photo) if person.photo and person.photo.consent else None


def program_link(site: Site, id_: str) -> Link:
    program = site.program(id_)
    return link_to(site, program) if program else Link(id_)


def station_link(site: Site, id_: str) -> Link:
    """A station by name; one we have no record of is shown as text."""
    station = site.station(id_)
    return link_to(site, station) if station else Link(id_)


def listed_state(site: Site, episode: Episode, dated: tuple[Broadcast, ...]) -> str:
    """The state a page may say. Nothing live is baked into one: until its end a broadcast is announced."""
    state = state_of(episode, dated, site.now)
    return (State.ANNOUNCED if state is State.LIVE else state).value


def recording_length(site: Site, episode: Episode) -> str | None:
    """How long the recording is, in words, where that is known."""
    sound = site.sound(episode.audio)
    return duration_words(sound.seconds, site.language) if sound and sound.seconds else None


def program_beats(site: Site, program: Program) -> Beats:
    """The days of its standing slots: one talk long ago does not make a rhythm."""
    return site.once(slot_weekdays, program)


def program_days(site: Site, program: Program) -> str:
    """The days of a program's beats in words."""
    return weekday_names((day for day, on in enumerate(program_beats(site, program)) if on), site.language)


def beats_of_broadcasts(dated: Iterable[Broadcast]) -> Beats:
    """On which weekdays *dated* fall."""
    days = {one.start.weekday() for one in dated}
    return tuple(day in days for day in range(7))


def _place(site: Site, consultation: Consultation) -> str | None:
    if consultation.mode is not Mode.RADIO:
        return consultation.venue
    episode = site.episode(consultation.episode) if consultation.episode else None
    return program_link(site, episode.program).label if episode else None
