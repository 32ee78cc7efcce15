"""The graph of all public records at one instant."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar, TypeVarTuple, Unpack
from zlib import crc32
from zoneinfo import ZoneInfo

from markupsafe import Markup

from kentongan.comments.snapshot import PublicComment
from kentongan.errors import Finding
from kentongan.model import (
    Article,
    Audio,
    Consultation,
    Credit,
    Episode,
    Kind,
    Office,
    Page,
    Person,
    Program,
    Record,
    Rendition,
    Station,
    Translated,
)
from kentongan.site.addresses import Addresses
from kentongan.site.people import People
from kentongan.site.slugs import slug
from kentongan.store.contents import Key, Source
from kentongan.store.media import MediaFile
from kentongan.store.transcript import Caption, read_cues

R = TypeVar("R", bound=Record)
T = TypeVar("T")
A = TypeVarTuple("A")


Batch = Key
"""What names some dozens of records of a type: its first one."""

_BATCH = 40
"""How many records a batch has on average."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category or a tag, with its articles, newest first."""

    name: str
    slug: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording at an absolute address; ``bytes`` its size, ``seconds`` its length where that is known."""

    url: str
    bytes: int
    media_type: str
    seconds: int | None


@dataclass(frozen=True)
class Site:
    """Everything the public may see at *now*, and nothing else. Lists are in the order they are shown in.

    ``bodies`` is each record's text as clean HTML, its links resolved; ``sources`` are the files of all records, for
    findings; ``next_change`` is the first later instant at which a date alone
    makes another record public (``None``: none will).
    """

    office: Office
    addresses: Addresses
    now: datetime
    records: Mapping[Key, Record]
    bodies: Mapping[Key, str]
    media: Mapping[str, MediaFile]
    sources: Mapping[Key, Source]
    zones: Mapping[str, str]
    """The zone of every station there is, also of one that is not public."""
    findings: tuple[Finding, ...]
    commit: str | None
    next_change: datetime | None
    comments: Mapping[str, tuple[PublicComment, ...]] = field(default_factory=dict)
    """What readers have written about a record, by its folder and id."""
    comment_form: str | None = None
    """Where forms send comments to; ``None``: nowhere."""
    comment_letters: bool = False
    """Who writes can be told of answers by mail."""

    @property
    def language(self) -> str:
        return self.office.language

    @cached_property
    def batches(self) -> Mapping[Batch, tuple[Record, ...]]:
        """All records by type and id, some dozens at a time, so that what is made of many can be kept in parts.

        Where one begins is up to its first record alone: one that is added or taken away changes its own batch only.
        """
        batches: dict[Batch, list[Record]] = {}
        held: list[Record] = []
        for kind, id_ in sorted(self.records):
            if not held or held[0].kind is not kind or crc32(id_.encode()) % _BATCH == 0:
                held = batches.setdefault((kind, id_), [])
            held.append(self.records[(kind, id_)])
        return {batch: tuple(records) for batch, records in batches.items()}

    def batches_of(self, kind: Kind) -> tuple[Batch, ...]:
        """The names of the batches that hold the records of *kind*, by id."""
        return tuple(batch for batch in self.batches if batch[0] is kind)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's own zone."""
        return ZoneInfo(self.office.zone)

    @cached_property
    def today(self) -> date:
        """The day that it is by the office's clock."""
        return self.now.astimezone(self.zone).date()

    def once(self, make: Callable[[Site, Unpack[A]], T], *args: *A) -> T:
        """``make(site, *args)``, made once for this Site. *args* are records and hashable values."""
        key = (make, *map(name_of, args))
        if key not in self._made:
            self._made[key] = make(self, *args)
        found: T = self._made[key]
        return found

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def local(self, moment: datetime) -> datetime:
        """A record's date, which is written in the office's zone, as an instant."""
        return moment.replace(tzinfo=self.zone)

    def path(self, record: Record) -> str:
        """The path of a record's page."""
        return self.addresses.record(record)

    def sound(self, audio: Audio | Rendition | None) -> Sound | None:
        """A recording as the world reaches it; ``None`` when there is none, or its file is not there."""
        if audio is None:
            return None
        seconds = audio.duration if isinstance(audio, Audio) else None
        if audio.url:
            url = self.addresses.absolute(audio.url[1:]) if audio.url.startswith("/") else audio.url
            return Sound(url, audio.bytes or 0, audio.type, seconds)
        file = self.media.get(audio.file or "")
        if file is None:
            return None
        url = self.addresses.absolute(file.public_path)
        return Sound(url, file.bytes, file.media_type, seconds or file.seconds)

    def transcript(self, episode: Episode) -> tuple[Caption, ...]:
        """What was said, from the first transcript that is a file of ours and can be read."""
        files = (self.media.get(transcript.file or "") for transcript in episode.transcripts)
        return next((cues for file in files if file and (cues := read_cues(file))), ())

    def body(self, record: Record) -> Markup:
        """A record's text as HTML that a page may print as it is."""
        return Markup(self.bodies[record.key])  # noqa: S704 - kentongan.markup has cleaned it

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Newest first, without translations."""
        newest = self._sorted(Article, lambda article: (article.date, article.id), newest_first=True)
        return tuple(article for article in newest if not article.translates)

    @cached_property
    def categories(self) -> tuple[Shelf, ...]:
        """Categories that have an article, by name."""
        return _shelves((article.category, article) for article in self.articles if article.category)

    @cached_property
    def tags(self) -> tuple[Shelf, ...]:
        """Tags that an article has, by name."""
        return _shelves((tag, article) for article in self.articles for tag in article.tags)

    @cached_property
    def years(self) -> Mapping[int, tuple[Article, ...]]:
        """Articles by the year of their date, newest year and article first."""
        years: dict[int, list[Article]] = {}
        for article in self.articles:
            years.setdefault(article.date.year, []).append(article)
        return {year: tuple(articles) for year, articles in years.items()}

    def neighbours(self, year: int) -> tuple[int | None, int | None]:
        """The years that have an article before and after *year*."""
        return self._neighbours[year]

    @cached_property
    def _neighbours(self) -> Mapping[int, tuple[int | None, int | None]]:
        years = [None, *self.years, None]
        return {year: (before, after) for after, year, before in zip(years, years[1:], years[2:], strict=False) if year}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """In the order of their places in the menu, without translations."""
        ordered = self._sorted(Page, lambda page: (page.menu is None, page.menu or 0, page.title.casefold(), page.id))
        return tuple(page for page in ordered if not page.translates)

    def versions(self, record: Translated) -> tuple[Translated, ...]:
        """*record* in all its languages: the original first, then its translations; alone when it has none."""
        return self._versions.get((record.kind, record.translates or record.id), (record,))

    @cached_property
    def _versions(self) -> Mapping[Key, tuple[Translated, ...]]:
        groups: dict[Key, list[Translated]] = {}
        for record in self.records.values():
            if isinstance(record, Translated):
                groups.setdefault((record.kind, record.translates or record.id), []).append(record)
        ordered = {
            key: sorted(group, key=lambda one: (one.translates is not None, one.lang or ""))
            for key, group in groups.items()
        }
        return {key: tuple(group) for key, group in ordered.items() if len(group) > 1}

    def language_of(self, record: Record) -> str:
        """The language that a record is written in."""
        return (record.lang if isinstance(record, Translated) else None) or self.language

    @cached_property
    def translations(self) -> tuple[Translated, ...]:
        """Every translation that is public."""
        return tuple(one for one in self.records.values() if isinstance(one, Translated) and one.translates)

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        return self._sorted(Program, lambda program: (program.title.casefold(), program.id))

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        return self._sorted(Station, lambda station: (station.name.casefold(), station.id))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return self._sorted(Person, lambda person: (person.name.casefold(), person.id))

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """Newest first, by first broadcast, else by announcement."""
        return self._sorted(Episode, self._episode_order, newest_first=True)

    @cached_property
    def consultations(self) -> tuple[Consultation, ...]:
        """Latest first."""
        return self._sorted(Consultation, self._consultation_order, newest_first=True)

    def program(self, id_: str) -> Program | None:
        return self._find(Program, id_)

    def station(self, id_: str) -> Station | None:
        return self._find(Station, id_)

    def person(self, id_: str) -> Person | None:
        """A person by id, or by an alias in the form of one: ``pak-agus``."""
        return self._find(Person, id_) or self._people.called(id_)

    def author(self, name: str) -> Person | None:
        """A person by id, name or alias."""
        return self._people.called(name)

    @cached_property
    def _people(self) -> People:
        return People(self.people)

    def episode(self, id_: str) -> Episode | None:
        return self._find(Episode, id_)

    def consultation(self, id_: str) -> Consultation | None:
        return self._find(Consultation, id_)

    def episodes_of(self, program: Program) -> tuple[Episode, ...]:
        """Newest first."""
        return self._episodes_of.get(program.id, ())

    @cached_property
    def _episodes_of(self) -> Mapping[str, tuple[Episode, ...]]:
        return _grouped((episode.program, episode) for episode in self.episodes)

    def consultations_on(self, episode: Episode) -> tuple[Consultation, ...]:
        """Consultations held in *episode*."""
        return self._consultations_on.get(episode.id, ())

    @cached_property
    def _consultations_on(self) -> Mapping[str, tuple[Consultation, ...]]:
        return _grouped((one.episode, one) for one in self.consultations if one.episode)

    def articles_by(self, person: Person) -> tuple[Article, ...]:
        """What *person* wrote, newest first."""
        return self._articles_by.get(person.id, ())

    @cached_property
    def _articles_by(self) -> Mapping[str, tuple[Article, ...]]:
        return _grouped((id_, article) for article in self.articles for id_ in self._writers(article))

    def _writers(self, article: Article) -> Iterable[str]:
        found = (self.author(name) for name in article.authors)
        return dict.fromkeys(person.id for person in found if person)

    def episodes_with(self, person: Person) -> tuple[tuple[Episode, Credit], ...]:
        """Episodes that credit *person*, newest first, each with the first credit that does."""
        return self._episodes_with.get(person.id, ())

    @cached_property
    def _episodes_with(self) -> Mapping[str, tuple[tuple[Episode, Credit], ...]]:
        credited = ((episode, episode.credits) for episode in self.episodes)
        return _grouped((id_, (episode, one)) for episode, given in credited for id_, one in self._firsts(given))

    def consultations_with(self, person: Person) -> tuple[tuple[Consultation, Credit], ...]:
        """Consultations in which *person* answers, latest first, each with the first credit that says so."""
        return self._consultations_with.get(person.id, ())

    @cached_property
    def _consultations_with(self) -> Mapping[str, tuple[tuple[Consultation, Credit], ...]]:
        credited = ((held, self.consultants(held)) for held in self.consultations)
        return _grouped((id_, (held, one)) for held, given in credited for id_, one in self._firsts(given))

    def _firsts(self, given: Iterable[Credit]) -> Iterable[tuple[str, Credit]]:
        """The people credited, by id, each with the first credit that speaks of them."""
        firsts: dict[str, Credit] = {}
        for credit in given:
            if person := self.person(credit.person):
                firsts.setdefault(person.id, credit)
        return firsts.items()

    def consultants(self, consultation: Consultation) -> tuple[Credit, ...]:
        """Who answers: on air the guests of its episode."""
        episode = self.episode(consultation.episode) if consultation.episode else None
        return episode.credits if episode else consultation.credits

    def consultation_start(self, consultation: Consultation) -> datetime | None:
        """When it begins; on air, with its episode's first broadcast (``None`` while that has none)."""
        episode = self.episode(consultation.episode) if consultation.episode else None
        if episode:
            return self.first_heard(episode)
        return self._in_own_zone(consultation, consultation.start)

    def first_heard(self, episode: Episode) -> datetime | None:
        """When an episode's first broadcast begins, in its station's zone."""
        return min(
            (one.start.replace(tzinfo=self.station_zone(one.station)) for one in episode.broadcasts), default=None
        )

    def consultation_end(self, consultation: Consultation) -> datetime | None:
        """When a consultation that is not on air ends, where that is known."""
        return self._in_own_zone(consultation, consultation.end)

    def station_zone(self, id_: str) -> ZoneInfo:
        """The zone of a station's broadcasts, public or not; of a station we do not have, the office's."""
        return ZoneInfo(self.zones.get(id_, self.office.zone))

    def _in_own_zone(self, consultation: Consultation, moment: datetime | None) -> datetime | None:
        zone = ZoneInfo(consultation.zone) if consultation.zone else self.zone
        return moment.replace(tzinfo=zone) if moment else None

    def _episode_order(self, episode: Episode) -> tuple[datetime, str]:
        return (self.first_heard(episode) or self.local(episode.date), episode.id)

    def _consultation_order(self, consultation: Consultation) -> tuple[datetime, str]:
        start = self.consultation_start(consultation)
        return (start or self.local(consultation.date), consultation.id)

    def _find(self, type_: type[R], id_: str) -> R | None:
        found = self.records.get((type_.kind, id_))
        return found if isinstance(found, type_) else None

    def _sorted(self, type_: type[R], order: object, *, newest_first: bool = False) -> tuple[R, ...]:
        chosen = [record for record in self.records.values() if isinstance(record, type_)]
        return tuple(sorted(chosen, key=order, reverse=newest_first))  # type: ignore[call-overload]


def name_of(value: object) -> Hashable:
    """What a record is known by among those of its Site; every other value is its own name."""
    return value.key if isinstance(value, Record) else value


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return {name: tuple(group) for name, group in groups.items()}


def _shelves(named: Iterable[tuple[str, Article]]) -> tuple[Shelf, ...]:
    """Articles by the slug of a name; of two names with one slug the first one met is shown."""
    names: dict[str, str] = {}
    articles: dict[str, dict[str, Article]] = {}
    for name, article in named:
        address = slug(name)
        if address:
            names.setdefault(address, name)
            articles.setdefault(address, {}).setdefault(article.id, article)
    shelves = (Shelf(names[address], address, tuple(held.values())) for address, held in articles.items())
    return tuple(sorted(shelves, key=lambda shelf: (shelf.name.casefold(), shelf.slug)))
