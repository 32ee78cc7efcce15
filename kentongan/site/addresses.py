"""Where everything lives on the public site. Paths are below the site's root, without a leading slash."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from kentongan.model import Episode, Kind, Record, Translated

NEWS_FEED, ATOM_FEED, JSON_FEED = "feed.xml", "atom.xml", "feed.json"
"""The paths of the site's own feeds."""


@dataclass(frozen=True, slots=True)
class Segments:
    """The words in addresses, in the language of the site."""

    news: str
    programs: str
    stations: str
    schedule: str
    consultations: str
    people: str
    subscribe: str
    embed: str
    """Below it stands what other sites show inside their own pages."""
    now: str
    live: str
    player: str
    coming: str
    event: str
    category: str
    tag: str
    archive: str
    chapters: str
    cover: str
    """What the file of a podcast's picture is called, before its hash."""
    comments: str
    """What feeds of comments are called, without their ending, and what stands before a comment's number."""
    sheet: str
    """What stands before the number of a sheet of a long list: ``/berita/hal/3/``."""


SEGMENTS = {
    "id": Segments(
        news="berita",
        programs="program",
        stations="stasiun",
        schedule="jadwal",
        consultations="konsultasi",
        people="narasumber",
        subscribe="langganan",
        embed="sematan",
        now="kini.js",
        live="langsung.js",
        player="pemutar.js",
        coming="akan-datang.xml",
        event="acara.ics",
        category="kategori",
        tag="tag",
        archive="arsip",
        chapters="bab.json",
        cover="sampul",
        comments="komentar",
        sheet="hal",
    ),
    "en": Segments(
        news="news",
        programs="program",
        stations="station",
        schedule="schedule",
        consultations="consultation",
        people="people",
        subscribe="subscribe",
        embed="embed",
        now="now.js",
        live="live.js",
        player="player.js",
        coming="coming.xml",
        event="event.ics",
        category="category",
        tag="tag",
        archive="archive",
        chapters="chapters.json",
        cover="cover",
        comments="comment",
        sheet="page",
    ),
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of one site at *siteurl* (no trailing slash), in the words of *segments*."""

    siteurl: str
    segments: Segments

    @classmethod
    def of(cls, siteurl: str, language: str) -> Addresses:
        """The addresses of a site in *language* that is served at *siteurl*."""
        return cls(siteurl.rstrip("/"), SEGMENTS[language])

    def link(self, path: str) -> str:
        """*path* as pages of this site write it: from the root, below the path that *siteurl* may have."""
        return f"{urlsplit(self.siteurl).path}/{path}"

    def absolute(self, path: str) -> str:
        """*path* as the world writes it."""
        return f"{self.siteurl}/{path}"

    def own(self, url: str) -> str:
        """*url* as pages of this site write it: from the root if it leads to this site, as it is if elsewhere."""
        return self.link(url.removeprefix(f"{self.siteurl}/")) if url.startswith(f"{self.siteurl}/") else url

    def record(self, record: Record) -> str:
        """The path of a record's page, ending in a slash."""
        if isinstance(record, Episode):
            return f"{self.segments.programs}/{record.program}/{record.id}/"
        if isinstance(record, Translated) and record.translates:
            words = SEGMENTS.get(str(record.lang), self.segments)
            return f"{record.lang}/{_below(words, record.kind)}{record.id}/"
        return f"{_below(self.segments, record.kind)}{record.id}/"

    def category(self, slug: str) -> str:
        """The path of a category's page."""
        return f"{self.segments.category}/{slug}/"

    def tag(self, slug: str) -> str:
        """The path of a tag's page."""
        return f"{self.segments.tag}/{slug}/"

    def archive(self, year: int | None = None) -> str:
        """The path of the archive, or of one year in it."""
        return f"{self.segments.archive}/{year}/" if year else f"{self.segments.archive}/"

    def sheet(self, path: str, number: int) -> str:
        """The path of sheet *number* of the long list at *path*."""
        return f"{path}{self.segments.sheet}/{number}/"

    def reserved(self) -> frozenset[str]:
        """First parts of addresses that a page cannot have as its name."""
        words = self.segments
        lists = (words.news, words.programs, words.stations, words.schedule, words.consultations, words.people)
        return frozenset({*lists, words.subscribe, words.embed, words.category, words.tag, words.archive, *_RESERVED})

    def week(self, name: str) -> str:
        """The path of a week's page; *name* is its ISO name, ``2020-W30``."""
        return f"{self.segments.schedule}/{name}/"

    def day_list(self) -> str:
        """The path of the schedule as data."""
        return f"{self.segments.schedule}.json"

    def embedded_schedule(self) -> str:
        """The path of the schedule that other sites frame."""
        return f"{self.segments.embed}/{self.segments.schedule}/"

    def embedding_script(self) -> str:
        """The path of the script that puts that frame where it is called."""
        return f"{self.segments.embed}/{self.segments.schedule}.js"

    def category_feed(self, slug: str) -> str:
        """The path of a category's RSS."""
        return f"{self.category(slug)}{NEWS_FEED}"

    def all_programs_feed(self) -> str:
        """The path of the podcast of all programs."""
        return f"{self.segments.programs}/feed.xml"

    def subscriptions(self) -> str:
        """The path of the OPML file with every feed."""
        return f"{self.segments.subscribe}.opml"

    def program_feed(self, program: str) -> str:
        """The path of a program's podcast feed."""
        return f"{self.segments.programs}/{program}/feed.xml"

    def feed_archive(self, feed: str, number: int) -> str:
        """The path of archive *number* of the podcast at the path *feed*; 1 is the oldest."""
        return f"{feed.removesuffix('feed.xml')}{self.segments.archive}/{number}.xml"

    def chapters(self, episode: Episode) -> str:
        """The path of the chapters of an episode's recording."""
        return f"{self.record(episode)}{self.segments.chapters}"

    def cover(self, below: str, digest: str) -> str:
        """The path of a picture for podcast apps, *below* a page; it is kept by them for ever."""
        return f"{below}{self.segments.cover}.{digest}.jpg"

    def coming_feed(self, program: str) -> str:
        """The path of the Atom feed of what is coming in a program."""
        return f"{self.segments.programs}/{program}/{self.segments.coming}"

    def calendar(self, program: str | None = None) -> str:
        """The path of a program's calendar, or of everything that is on air."""
        below = f"{self.segments.programs}/{program}/" if program else ""
        return f"{below}{self.segments.schedule}.ics"

    def consultations_calendar(self) -> str:
        """The path of the calendar of all consultations."""
        return f"{self.segments.consultations}.ics"

    def event(self, record: Record) -> str:
        """The path of the calendar file of one episode or consultation."""
        return f"{self.record(record)}{self.segments.event}"

    def poster(self, record: Record) -> str:
        """The path of the poster of an episode or a consultation."""
        return f"{self.record(record)}poster/"

    def status(self, record: Record) -> str:
        """The path of the picture for a WhatsApp status."""
        return f"{self.record(record)}status.jpg"

    def comments_feed(self, record: Record | None = None) -> str:
        """The path of the RSS of comments on a record, or on everything."""
        return f"{self.record(record) if record else ''}{self.segments.comments}.xml"

    def comments_script(self) -> str:
        """The path of the script that looks for newer comments."""
        return f"{self.segments.comments}.js"

    def qr(self, record: Record) -> str:
        """The path of the QR code that leads to a record's page."""
        return f"{self.record(record)}qr.svg"


_RESERVED = {
    "404",
    "admin",
    "api",
    "cari",
    "data",
    "en",
    "healthz",
    "id",
    "komentar",
    "media",
    "metrics",
    "search",
    "static",
}


def _below(words: Segments, kind: Kind) -> str:
    """The folder of a type's pages, with its slash; pages live at the root."""
    folders = {
        Kind.ARTICLE: words.news,
        Kind.PROGRAM: words.programs,
        Kind.CONSULTATION: words.consultations,
        Kind.PERSON: words.people,
        Kind.STATION: words.stations,
    }
    return f"{folders[kind]}/" if kind in folders else ""
