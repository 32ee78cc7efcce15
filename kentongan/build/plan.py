"""Site -> the artifacts of its public site. This is the whole list of what we publish, and under which address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from kentongan.build.api import api_artifacts
from kentongan.build.artifact import Artifact
from kentongan.build.body_links import without_dead_links
from kentongan.build.clash_findings import clash_findings
from kentongan.build.documents import JsonDocument, Robots, SiteMap, StaticFile, StyleSheet
from kentongan.build.qr import QrCode
from kentongan.build.slot_findings import slot_findings
from kentongan.errors import Finding
from kentongan.feeds import atom, json_feed, news, opml
from kentongan.feeds.all_programs import all_programs_feed
from kentongan.feeds.artwork import artwork_files
from kentongan.feeds.chapters import chapter_list
from kentongan.feeds.coming import coming_feed
from kentongan.feeds.podcast import documents, podcast_feed
from kentongan.feeds.style import feed_style, feed_style_path
from kentongan.model import Article, Record
from kentongan.model import Page as PageRecord
from kentongan.schedule import Broadcast, broadcasts, next_boundary
from kentongan.schedule.calendar import (
    consultation_calendar,
    consultations_calendar,
    episode_calendar,
    program_calendar,
    site_calendar,
)
from kentongan.schedule.consultations import next_meeting
from kentongan.schedule.day_list import day_list
from kentongan.site import Site
from kentongan.site.addresses import ATOM_FEED, JSON_FEED, NEWS_FEED
from kentongan.views.consultations import consultation_page, consultations_page
from kentongan.views.embedded import embedded_schedule, embedding_script
from kentongan.views.home import home_page, not_found_page
from kentongan.views.news import archive_page, article_page, category_pages, news_pages, tag_pages, year_page
from kentongan.views.page import Page
from kentongan.views.pages import moved_page, text_page
from kentongan.views.people import people_page, person_page
from kentongan.views.poster import consultation_poster, episode_poster
from kentongan.views.programs import episode_page, program_page, programs_page, station_page
from kentongan.views.schedule import schedule_page, week_page, weeks_with_pages
from kentongan.views.scripts import now_script, player_script
from kentongan.views.subscribe import subscribe_page

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to put out, in the order in which a change of it goes live without tripping a reader.

    ``next_change`` is the instant (UTC) at which the same content gives another plan.
    """

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    next_change: datetime


def plan(site: Site) -> Plan:
    """The plan of *site*, in whose texts no link to the site itself is dead."""
    first = _planned(site)
    sound = without_dead_links(site, {artifact.path for artifact in first.artifacts})
    return first if sound is site else _planned(sound)


def _planned(site: Site) -> Plan:
    dated = broadcasts(site)
    pages = tuple(_pages(site, dated))
    present = (*_media(site), *_posters(site), *pages, *_data(site, dated, pages))
    return Plan(
        artifacts=(*present, *_moved(site, present)),
        findings=(*site.findings, *clash_findings(site, dated), *slot_findings(site, dated)),
        next_change=_next_change(site, dated),
    )


def plan_of_record(site: Site, record: Record) -> Artifact:
    """The page of one record alone."""
    builders = _record_pages(site)
    return next(Artifact(path, page) for path, page in builders if path == _file(site.path(record)))


def _pages(site: Site, dated: Sequence[Broadcast]) -> Iterator[Artifact]:
    """Pages of records before the lists that lead to them."""
    words = site.addresses.segments
    for path, page in _record_pages(site):
        yield Artifact(path, page)
    for week in weeks_with_pages(site, dated):
        yield Artifact(_file(site.addresses.week(week.name)), week_page(site, dated, week))
    yield Artifact(_file(f"{words.schedule}/"), schedule_page(site, dated))
    yield from _lists(site)
    yield Artifact(_file(f"{words.programs}/"), programs_page(site))
    yield Artifact(_file(f"{words.consultations}/"), consultations_page(site))
    yield Artifact(_file(f"{words.people}/"), people_page(site))
    yield Artifact(_file(f"{words.subscribe}/"), subscribe_page(site))
    yield Artifact("404.html", not_found_page(site))
    yield Artifact("index.html", home_page(site, dated))


def _posters(site: Site) -> Iterator[Artifact]:
    """What is printed and pinned up, and no search engine lists: it is there before the pages that lead to it."""
    address = site.addresses
    for record in (*site.programs, *site.episodes, *site.consultations):
        yield Artifact(address.qr(record), QrCode(address.absolute(site.path(record))))
    for episode in site.episodes:
        yield Artifact(_file(address.poster(episode)), episode_poster(site, episode))
    for consultation in site.consultations:
        yield Artifact(_file(address.poster(consultation)), consultation_poster(site, consultation))


def _lists(site: Site) -> Iterator[Artifact]:
    """News in all its lists: older sheets before newer ones, single years before the archive."""
    for shelf in site.tags:
        yield from _reversed(tag_pages(site, shelf))
    for shelf in site.categories:
        yield from _reversed(category_pages(site, shelf))
    for year in site.years:
        yield Artifact(_file(site.addresses.archive(year)), year_page(site, year))
    yield Artifact(_file(site.addresses.archive()), archive_page(site))
    yield from _reversed(news_pages(site))


def _reversed(pages: Iterator[tuple[str, Page]]) -> Iterator[Artifact]:
    for path, page in reversed(list(pages)):
        yield Artifact(_file(path), page)


def _record_pages(site: Site) -> Iterator[tuple[str, Page]]:
    for person in site.people:
        yield _file(site.path(person)), person_page(site, person)
    for station in site.stations:
        yield _file(site.path(station)), station_page(site, station)
    for consultation in site.consultations:
        yield _file(site.path(consultation)), consultation_page(site, consultation)
    for episode in site.episodes:
        yield _file(site.path(episode)), episode_page(site, episode)
    for article in _all(site, Article):
        yield _file(site.path(article)), article_page(site, article)
    for page in _all(site, PageRecord):
        yield _file(site.path(page)), text_page(site, page)
    for program in site.programs:
        yield _file(site.path(program)), program_page(site, program)


def _all(site: Site, type_: type[R]) -> Iterator[R]:
    """Every public record of a type, translations included, by id."""
    chosen = (record for record in site.records.values() if isinstance(record, type_))
    yield from sorted(chosen, key=lambda record: record.id)


def _data(site: Site, dated: Sequence[Broadcast], pages: Sequence[Artifact]) -> Iterator[Artifact]:
    """Feeds, calendars and data: after the pages they point to."""
    yield from _feeds(site, dated)
    yield from _calendars(site, dated)
    yield Artifact(f"{site.addresses.segments.schedule}.json", day_list(site, dated))
    yield Artifact(site.addresses.segments.now, now_script(site, dated))
    yield Artifact(site.addresses.segments.player, player_script(site, dated))
    yield Artifact(site.addresses.embedding_script(), embedding_script(site))
    yield Artifact(_file(site.addresses.embedded_schedule()), embedded_schedule(site, dated))
    yield from api_artifacts(site)
    yield Artifact("sitemap.xml", _site_map(site, pages))
    yield Artifact("robots.txt", Robots(site.addresses.absolute("sitemap.xml")))
    yield Artifact("version.json", _version(site))


def _media(site: Site) -> Iterator[Artifact]:
    for file in site.media.values():
        yield Artifact(file.public_path, StaticFile(file.source, file.digest))
    yield from (Artifact(path, artwork) for path, artwork in artwork_files(site))
    yield Artifact(feed_style_path(site), StyleSheet(feed_style(site)))


def _moved(site: Site, present: Sequence[Artifact]) -> Iterator[Artifact]:
    """A stub at every former address where nothing is now, and the map that server configurations are made from."""
    taken = {artifact.path for artifact in present}
    moved = {
        former.strip("/"): (site.path(record), record.label)
        for record in site.records.values()
        for former in record.was
        if not {former.strip("/"), _file(f"{former.strip('/')}/")} & taken
    }
    for former, (path, label) in sorted(moved.items()):
        yield Artifact(_file(f"{former}/" if former else ""), moved_page(site, path, label))
    redirects = {
        site.addresses.link(f"{former}/"): site.addresses.link(path) for former, (path, _) in sorted(moved.items())
    }
    yield Artifact("redirects.json", JsonDocument.of(redirects))


def _feeds(site: Site, dated: Sequence[Broadcast]) -> Iterator[Artifact]:
    yield Artifact(NEWS_FEED, news.news_feed(site))
    yield Artifact(ATOM_FEED, atom.atom_feed(site))
    yield Artifact(JSON_FEED, json_feed.json_feed(site))
    yield Artifact(site.addresses.subscriptions(), opml.subscription_list(site))
    for shelf in site.categories:
        yield Artifact(site.addresses.category_feed(shelf.slug), news.category_feed(site, shelf))
    yield from _podcasts(site, dated)
    for program in site.programs:
        yield Artifact(site.addresses.coming_feed(program.id), coming_feed(site, dated, program))


def _podcasts(site: Site, dated: Sequence[Broadcast]) -> Iterator[Artifact]:
    """Chapters before the feeds that name them."""
    for episode in site.episodes:
        if chapters := chapter_list(site, episode):
            yield Artifact(site.addresses.chapters(episode), chapters)
    feeds = [
        (site.addresses.all_programs_feed(), all_programs_feed(site, dated)),
        *((site.addresses.program_feed(one.id), podcast_feed(site, dated, one)) for one in site.programs),
    ]
    for path, feed in feeds:
        yield from (Artifact(*document) for document in documents(site, path, feed))


def _calendars(site: Site, dated: Sequence[Broadcast]) -> Iterator[Artifact]:
    address = site.addresses
    yield Artifact(address.calendar(), site_calendar(site, dated))
    yield Artifact(address.consultations_calendar(), consultations_calendar(site))
    for program in site.programs:
        yield Artifact(address.calendar(program.id), program_calendar(site, dated, program))
    single = [
        *((address.event(episode), episode_calendar(site, episode)) for episode in site.episodes),
        *((address.event(one), consultation_calendar(site, one)) for one in site.consultations),
    ]
    yield from (Artifact(path, calendar) for path, calendar in single if calendar.events)


def _site_map(site: Site, pages: Sequence[Artifact]) -> SiteMap:
    changed = {_file(site.path(record)): _changed(site, record) for record in site.records.values()}
    listed = sorted(page.path for page in pages if page.path != "404.html")
    return SiteMap(
        tuple((site.addresses.absolute(path.removesuffix("index.html")), changed.get(path)) for path in listed)
    )


def _changed(site: Site, record: Record) -> str | None:
    latest = record.updated or record.date
    return site.local(latest).isoformat(timespec="minutes") if latest else None


def _version(site: Site) -> JsonDocument:
    counts: dict[str, int] = {}
    for record in site.records.values():
        counts[record.folder] = counts.get(record.folder, 0) + 1
    built = site.now.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return JsonDocument.of({"commit": site.commit, "built": built, "counts": dict(sorted(counts.items()))})


def _next_change(site: Site, dated: Sequence[Broadcast]) -> datetime:
    """A due record, a broadcast that begins or is over, a consultation that ends, at the latest the next midnight."""
    tomorrow = site.now.astimezone(site.zone).date() + timedelta(days=1)
    ends = [meeting.over for one in site.consultations if (meeting := next_meeting(site, one))]
    instants = [
        datetime.combine(tomorrow, time(), tzinfo=site.zone),
        site.next_change,
        next_boundary(tuple(dated), site.now),
        *ends,
    ]
    return min(instant.astimezone(UTC) for instant in instants if instant)


def _file(path: str) -> str:
    """The output file of a page address."""
    return f"{path}index.html"
