"""Site -> the artifacts of its public site. This is the whole list of what we publish, and under which address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from kentongan.build.api import api_artifacts
from kentongan.build.artifact import Artifact, Recipe
from kentongan.build.body_links import without_dead_links
from kentongan.build.clash_findings import clash_findings
from kentongan.build.comments import comment_artifacts
from kentongan.build.copies import small_copies
from kentongan.build.documents import JsonDocument, Robots, SiteMap, StaticFile, StyleSheet
from kentongan.build.flip_findings import flip_findings
from kentongan.build.lists import news_lists
from kentongan.build.qr import QrCode
from kentongan.build.record_pages import page_file, record_pages
from kentongan.build.slot_findings import slot_findings
from kentongan.due import VERSION
from kentongan.errors import Finding
from kentongan.feeds import atom, json_feed, news, opml
from kentongan.feeds.all_programs import all_programs_feed
from kentongan.feeds.artwork import Artwork, artwork_files
from kentongan.feeds.chapters import chapter_list
from kentongan.feeds.coming import coming_feed
from kentongan.feeds.podcast import PodcastFeed, documents, podcast_feed
from kentongan.feeds.style import feed_style, feed_style_path
from kentongan.model import Record
from kentongan.schedule import Broadcast, broadcasts, broadcasts_of, next_boundary
from kentongan.schedule.broadcasts import FLIP_AHEAD
from kentongan.schedule.calendar import (
    consultation_calendar,
    consultations_calendar,
    episode_calendar,
    program_calendar,
    site_calendar,
)
from kentongan.schedule.consultations import first_meeting, next_meeting
from kentongan.schedule.day_list import day_list
from kentongan.site import Site
from kentongan.site.addresses import ATOM_FEED, JSON_FEED, NEWS_FEED
from kentongan.site.site import Batch
from kentongan.views.coming import is_coming
from kentongan.views.consultations import consultations_page
from kentongan.views.embedded import embedded_schedule, embedding_script
from kentongan.views.home import home_page, not_found_page
from kentongan.views.pages import moved_page
from kentongan.views.people import people_page
from kentongan.views.poster import consultation_poster, episode_poster
from kentongan.views.programs import programs_page
from kentongan.views.schedule import schedule_page, week_page, weeks_with_pages
from kentongan.views.scripts import live_script, now_script, player_script
from kentongan.views.status import consultation_status, episode_status
from kentongan.views.subscribe import subscribe_page


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to put out, in the order in which a change of it goes live without tripping a reader.

    ``next_change`` is the instant (UTC) at which the same content gives another plan.
    """

    site: Site
    """The one that the artifacts are made on: without links that lead nowhere."""
    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    next_change: datetime


def plan(site: Site, watch: Callable[[Site], Site] = lambda site: site) -> Plan:
    """The plan of *site*, in whose texts no link to the site itself is dead.

    *watch* gives what things are made of in the place of a Site: a resident builder notes what is read of it.
    """
    first = _planned(site, watch(site))
    sound = without_dead_links(site, {artifact.path for artifact in first.artifacts})
    return first if sound is site else _planned(sound, watch(sound))


def _planned(site: Site, watched: Site) -> Plan:
    """The plan of *site*, whose artifacts are made of *watched*."""
    dated = site.once(broadcasts)
    pages = tuple(_pages(site, dated))
    present = (*_media(site), *_posters(site), *pages, *_data(site, dated, pages))
    return Plan(
        site=watched,
        artifacts=(*present, *_moved(site, present)),
        findings=(*site.findings, *clash_findings(site, dated), *slot_findings(site, dated), *flip_findings(site)),
        next_change=_next_change(site, dated),
    )


def _pages(site: Site, dated: Sequence[Broadcast]) -> Iterator[Artifact]:
    """Pages of records before the lists that lead to them."""
    words = site.addresses.segments
    yield from record_pages(site)
    for week in weeks_with_pages(site, dated):
        yield Artifact.later(page_file(site.addresses.week(week.name)), week_page, dated, week)
    yield Artifact.later(page_file(f"{words.schedule}/"), schedule_page, dated)
    yield from news_lists(site)
    yield Artifact.later(page_file(f"{words.programs}/"), programs_page)
    yield Artifact.later(page_file(f"{words.consultations}/"), consultations_page)
    yield Artifact.later(page_file(f"{words.people}/"), people_page)
    yield Artifact.later(page_file(f"{words.subscribe}/"), subscribe_page)
    yield Artifact.later("404.html", not_found_page)
    yield Artifact.later("index.html", home_page, dated)


def _posters(site: Site) -> Iterator[Artifact]:
    """What is pinned up or passed on, and no search engine lists: it is there before the pages that lead to it."""
    address = site.addresses
    for record in (*site.programs, *site.episodes, *site.consultations):
        yield Artifact(address.qr(record), QrCode(address.absolute(site.path(record))))
    for episode in site.episodes:
        yield Artifact.later(page_file(address.poster(episode)), episode_poster, episode)
        if is_coming(site, episode):
            yield Artifact.later(address.status(episode), episode_status, episode)
    for consultation in site.consultations:
        yield Artifact.later(page_file(address.poster(consultation)), consultation_poster, consultation)
        if is_coming(site, consultation):
            yield Artifact.later(address.status(consultation), consultation_status, consultation)


def _data(site: Site, dated: Sequence[Broadcast], pages: Sequence[Artifact]) -> Iterator[Artifact]:
    """Feeds, calendars and data: after the pages they point to."""
    yield from _feeds(site, dated)
    yield from _calendars(site, dated)
    words, address = site.addresses.segments, site.addresses
    yield Artifact.later(address.day_list(), day_list, dated)
    yield Artifact.later(words.live, live_script)
    yield Artifact.later(words.now, now_script, dated)
    yield Artifact.later(words.player, player_script, dated)
    yield Artifact.later(address.embedding_script(), embedding_script)
    yield Artifact.later(page_file(address.embedded_schedule()), embedded_schedule, dated)
    yield from api_artifacts(site)
    yield from comment_artifacts(site)
    yield Artifact.later("sitemap.xml", _site_map, tuple(page.path for page in pages))
    yield Artifact("robots.txt", Robots(site.addresses.absolute("sitemap.xml")))
    yield Artifact.later(VERSION, _version, _next_change(site, dated))


def _media(site: Site) -> Iterator[Artifact]:
    for file in site.media.values():
        yield Artifact(file.public_path, StaticFile(file.source, file.digest))
        yield from (Artifact(path, copy) for path, copy in small_copies(file))
    yield from (Artifact(path, artwork) for path, artwork in site.once(_artwork))
    yield Artifact(feed_style_path(site), StyleSheet(feed_style(site)))


def _artwork(site: Site) -> tuple[tuple[str, Artwork], ...]:
    return tuple(artwork_files(site))


def _moved(site: Site, present: Sequence[Artifact]) -> Iterator[Artifact]:
    """A stub at every former address where nothing is now, and the map that server configurations are made from."""
    taken = {artifact.path for artifact in present}
    moved = {
        former.strip("/"): (site.path(record), record.label)
        for record in site.records.values()
        for former in record.was
        if not {former.strip("/"), page_file(f"{former.strip('/')}/")} & taken
    }
    for former, (path, label) in sorted(moved.items()):
        yield Artifact.later(page_file(f"{former}/" if former else ""), moved_page, path, label)
    redirects = {
        site.addresses.link(f"{former}/"): site.addresses.link(path) for former, (path, _) in sorted(moved.items())
    }
    yield Artifact("redirects.json", JsonDocument.of(redirects))


def _feeds(site: Site, dated: Sequence[Broadcast]) -> Iterator[Artifact]:
    yield Artifact.later(NEWS_FEED, news.news_feed)
    yield Artifact.later(ATOM_FEED, atom.atom_feed)
    yield Artifact.later(JSON_FEED, json_feed.json_feed)
    yield Artifact.later(site.addresses.subscriptions(), opml.subscription_list)
    for shelf in site.categories:
        yield Artifact.later(site.addresses.category_feed(shelf.slug), news.category_feed, shelf)
    yield from _podcasts(site, dated)
    for program in site.programs:
        yield Artifact.later(site.addresses.coming_feed(program.id), coming_feed, dated, program)


def _podcasts(site: Site, dated: Sequence[Broadcast]) -> Iterator[Artifact]:
    """Chapters before the feeds that name them."""
    for episode in site.episodes:
        if chapters := site.once(chapter_list, episode):
            yield Artifact(site.addresses.chapters(episode), chapters)
    yield from _podcast(site, site.addresses.all_programs_feed(), all_programs_feed, dated)
    for program in site.programs:
        yield from _podcast(site, site.addresses.program_feed(program.id), podcast_feed, dated, program)


def _podcast(site: Site, path: str, make: Callable[..., PodcastFeed], *args: Any) -> Iterator[Artifact]:
    for name in site.once(_podcast_documents, path, make, *args):
        yield Artifact(name, Recipe(_podcast_document, (name, path, make, *args)))


def _podcast_document(site: Site, name: str, path: str, make: Callable[..., PodcastFeed], *args: Any) -> PodcastFeed:
    return site.once(_podcast_documents, path, make, *args)[name]


def _podcast_documents(site: Site, path: str, make: Callable[..., PodcastFeed], *args: Any) -> dict[str, PodcastFeed]:
    return dict(documents(site, path, make(site, *args)))


def _calendars(site: Site, dated: Sequence[Broadcast]) -> Iterator[Artifact]:
    address = site.addresses
    yield Artifact.later(address.calendar(), site_calendar, dated)
    yield Artifact.later(address.consultations_calendar(), consultations_calendar)
    for program in site.programs:
        yield Artifact.later(address.calendar(program.id), program_calendar, dated, program)
    for episode in site.episodes:
        if broadcasts_of(site, episode):
            yield Artifact.later(address.event(episode), episode_calendar, episode)
    for one in site.consultations:
        if site.once(first_meeting, one):
            yield Artifact.later(address.event(one), consultation_calendar, one)


def _site_map(site: Site, pages: Sequence[str]) -> SiteMap:
    changed = {path: instant for batch in site.batches for path, instant in site.once(_changed_pages, batch)}
    listed = sorted(path for path in pages if path != "404.html")
    return SiteMap(
        tuple((site.addresses.absolute(path.removesuffix("index.html")), changed.get(path)) for path in listed)
    )


def _changed_pages(site: Site, batch: Batch) -> tuple[tuple[str, str | None], ...]:
    return tuple((page_file(site.path(record)), _changed(site, record)) for record in site.batches[batch])


def _changed(site: Site, record: Record) -> str | None:
    latest = record.updated or record.date
    return site.local(latest).isoformat(timespec="minutes") if latest else None


def _version(site: Site, next_change: datetime) -> JsonDocument:
    counts: dict[str, int] = {}
    for record in site.records.values():
        counts[record.folder] = counts.get(record.folder, 0) + 1
    return JsonDocument.of(
        {
            "commit": site.commit,
            "built": _utc(site.now),
            "validUntil": _utc(next_change),
            "counts": dict(sorted(counts.items())),
        }
    )


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _next_change(site: Site, dated: Sequence[Broadcast]) -> datetime:
    """A due record, a broadcast that begins or is over, a consultation that ends, at the latest the next midnight."""
    tomorrow = site.now.astimezone(site.zone).date() + timedelta(days=1)
    ends = [meeting.over for one in site.consultations if (meeting := site.once(next_meeting, one))]
    instants = [
        datetime.combine(tomorrow, time(), tzinfo=site.zone),
        site.next_change,
        next_boundary(tuple(dated), site.now),
        *_flips(site),
        *ends,
    ]
    return min(instant.astimezone(UTC) for instant in instants if instant)


def _flips(site: Site) -> Iterator[datetime]:
    """From when on what people have put on the air counts as live."""
    own = (one for episode in site.episodes if episode.on_air for one in broadcasts_of(site, episode))
    yield from (begins for one in own if (begins := one.start - FLIP_AHEAD) > site.now)
