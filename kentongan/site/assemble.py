"""Contents -> :class:`Site`: what is public at an instant, references resolved, what does not fit together named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from kentongan.comments.snapshot import Snapshot
from kentongan.errors import Finding
from kentongan.model import Article, Kind, Page, Record, Station, Status
from kentongan.site import links
from kentongan.site.addresses import Addresses
from kentongan.site.checks import check, lost_link, name_is_taken
from kentongan.site.references import shown_media
from kentongan.site.site import Site
from kentongan.site.slugs import slug
from kentongan.store.contents import Contents, Key
from kentongan.store.media import MediaFile


def assemble(
    contents: Contents,
    siteurl: str,
    now: datetime,
    *,
    comments: Snapshot | None = None,
    drafted: Collection[Key] = (),
) -> Site:
    """The Site that *contents* make at *now* (aware), served at *siteurl*, with the public *comments*.

    *drafted* names records to be shown whatever their status and date: those that somebody is previewing.
    """
    addresses = Addresses.of(siteurl, contents.office.language)
    zone = ZoneInfo(contents.office.zone)
    taken = {
        key: name_is_taken(contents, key) for key in contents.records if is_reserved(addresses, contents.records[key])
    }
    dates = {
        key: due(record, zone)
        for key, record in contents.records.items()
        if record.status is Status.PUBLISHED and key not in taken
    }
    public = {key: contents.records[key] for key, instant in dates.items() if instant is None or instant <= now}
    public |= {key: contents.records[key] for key in drafted}
    public = _with_parents(public)
    targets = Targets(contents, public, addresses)
    bodies, lost = _bodies(contents, public, targets)
    return Site(
        office=contents.office,
        addresses=addresses,
        now=now,
        records=public,
        bodies=bodies,
        media=_shown(contents, public, targets),
        sources=contents.sources,
        zones={id_: station.zone for (_, id_), station in contents.records.items() if isinstance(station, Station)},
        findings=(*contents.findings, *taken.values(), *check(contents), *lost),
        commit=contents.commit,
        comments=comments.threads if comments else {},
        comment_form=comments.post if comments else None,
        next_change=min((instant for instant in dates.values() if instant and instant > now), default=None),
    )


def is_reserved(addresses: Addresses, record: Record) -> bool:
    """Whether *record* would have the address of something else of the site."""
    return isinstance(record, Page) and not record.translates and record.id in addresses.reserved()


def due(record: Record, zone: ZoneInfo) -> datetime | None:
    """From when on *record* may be public, by the office's *zone*; ``None``: at any time."""
    return record.date.replace(tzinfo=zone) if record.date else None


def _with_parents(public: Mapping[Key, Record]) -> dict[Key, Record]:
    """Without what has no address or no meaning while what it belongs to is not public."""
    placed = {key: record for key, record in public.items() if record.parent is None}
    for kind in (Kind.EPISODE, Kind.CONSULTATION, Kind.ARTICLE, Kind.PAGE):
        placed |= {key: record for key, record in public.items() if key[0] is kind and record.parent in placed}
    return {key: record for key, record in public.items() if key in placed}


def _shown(contents: Contents, public: Mapping[Key, Record], targets: Targets) -> dict[str, MediaFile]:
    """The files that something public names. A draft's, and a portrait without consent, stay inside."""
    named = {path for record in public.values() for _, path in shown_media(record)}
    named |= targets.linked_media | {contents.office.logo or ""}
    return {path: file for path, file in contents.media.items() if path in named}


def _bodies(contents: Contents, public: Mapping[Key, Record], targets: Targets) -> tuple[dict[Key, str], list[Finding]]:
    """The texts of public records with their links resolved, and the links that lead nowhere."""
    bodies: dict[Key, str] = {}
    lost: list[Finding] = []
    for key, record in public.items():
        source = contents.sources[key]
        bodies[key], nowhere = links.resolve(contents.bodies[key], source.path, targets.find, targets.addresses.link)
        lost.extend(lost_link(source, record, value) for value in nowhere)
    return bodies, lost


class Targets:
    """Where the links that Pelican knows lead."""

    def __init__(self, contents: Contents, public: Mapping[Key, Record], addresses: Addresses) -> None:
        self.media, self.addresses = contents.media, addresses
        self._contents, self._public = contents, public
        self.linked_media: set[str] = set()

    @cached_property
    def pages(self) -> dict[str, str]:
        sources = self._contents.sources
        return {sources[key].path: self.addresses.record(record) for key, record in self._public.items()}

    @cached_property
    def categories(self) -> set[str]:
        return {slug(one.category) for one in self._public.values() if isinstance(one, Article) and one.category}

    @cached_property
    def tags(self) -> set[str]:
        return {slug(tag) for one in self._public.values() if isinstance(one, Article) for tag in one.tags}

    @cached_property
    def people(self) -> set[str]:
        return {id_ for kind, id_ in self._public if kind is Kind.PERSON}

    def find(self, what: str, target: str) -> str | None:
        """The path that ``{what}target`` leads to."""
        match what:
            case "filename" | "static" | "attach":
                return self.pages.get(target) or self._media(target)
            case "category":
                return self.addresses.category(slug(target)) if slug(target) in self.categories else None
            case "tag":
                return self.addresses.tag(slug(target)) if slug(target) in self.tags else None
            case "author" if slug(target) in self.people:
                return f"{self.addresses.segments.people}/{slug(target)}/"
            case "index":
                return ""
        return None

    def _media(self, target: str) -> str | None:
        file = self.media.get(target.removeprefix("media/")) if target.startswith("media/") else None
        if file is None:
            return None
        self.linked_media.add(file.path)
        return file.public_path
