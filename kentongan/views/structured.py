"""JSON-LD (schema.org) for search engines, one builder per type of page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from markupsafe import Markup

from kentongan.model import Article, BroadcastKind, Consultation, Credit, Episode, Mode, Person, Program, Role, Station
from kentongan.schedule import Broadcast
from kentongan.schedule.wording import person_name
from kentongan.site import Site
from kentongan.views.comments import structured_comments

_CONTEXT = {"@context": "https://schema.org"}


def article(site: Site, record: Article) -> Markup:
    """A schema.org NewsArticle."""
    return _dump(
        {
            "@type": "NewsArticle",
            "headline": record.title,
            "description": record.summary,
            "datePublished": _day(site, record.date),
            "dateModified": _day(site, record.updated) if record.updated else None,
            "inLanguage": site.language,
            "mainEntityOfPage": site.addresses.absolute(site.path(record)),
            "author": [_person(site, found) for name in record.authors if (found := site.author(name))] or None,
            "publisher": _office(site),
            **structured_comments(site, record),
        }
    )


def episode(site: Site, record: Episode, dated: Iterable[Broadcast]) -> Markup:
    """A RadioEpisode with a BroadcastEvent for each dated broadcast."""
    program = site.program(record.program)
    return _dump(
        {
            "@type": "RadioEpisode",
            "name": record.title,
            "description": record.summary,
            "identifier": record.guid,
            "url": site.addresses.absolute(site.path(record)),
            "episodeNumber": record.number,
            "partOfSeries": _series(site, program) if program else None,
            "actor": [_credited(site, credit) for credit in record.credits if credit.role is not Role.HOST] or None,
            "audio": _audio(site, record),
            "publication": [_broadcast(site, one, _said_live(record, one)) for one in dated] or None,
            **structured_comments(site, record),
        }
    )


def program(site: Site, record: Program) -> Markup:
    """A RadioSeries."""
    return _dump({**_series(site, record), "description": record.summary, "inLanguage": record.language})


def consultation(site: Site, record: Consultation, start: datetime | None, end: datetime | None) -> Markup:
    """An Event from *start* to *end*; on air its place is the station, by the episode's broadcast."""
    held = site.episode(record.episode) if record.episode else None
    is_cancelled = bool(record.cancelled or (held and held.cancelled))
    return _dump(
        {
            "@type": "Event",
            "name": record.title,
            "description": record.summary,
            "url": site.addresses.absolute(site.path(record)),
            "startDate": start.isoformat(timespec="minutes") if start else None,
            "endDate": end.isoformat(timespec="minutes") if end else None,
            "eventStatus": "https://schema.org/EventCancelled" if is_cancelled else None,
            "eventAttendanceMode": _attendance(record),
            "location": _location(site, record),
            "performer": [_credited(site, credit) for credit in site.consultants(record)] or None,
            "organizer": _office(site),
        }
    )


def person(site: Site, record: Person) -> Markup:
    """A Person."""
    return _dump(_person(site, record))


def station(site: Site, record: Station) -> Markup:
    """A RadioStation."""
    return _dump(
        {
            "@type": "RadioStation",
            "name": record.name,
            "url": site.addresses.absolute(site.path(record)),
            "areaServed": record.city,
            "sameAs": list(record.links) or None,
        }
    )


def home(site: Site) -> Markup:
    """The WebSite itself."""
    return _dump({"@type": "WebSite", "name": site.office.name, "url": site.addresses.absolute("")})


def _dump(data: dict[str, Any]) -> Markup:
    """JSON that cannot end its ``<script>`` element, without the keys that have no value."""
    kept = {key: value for key, value in data.items() if value is not None}
    text = json.dumps(_CONTEXT | kept, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _day(site: Site, moment: datetime) -> str:
    return site.local(moment).isoformat(timespec="minutes")


def _office(site: Site) -> dict[str, Any]:
    return {"@type": "Organization", "name": site.office.name, "url": site.addresses.absolute("")}


def _series(site: Site, record: Program) -> dict[str, Any]:
    return {"@type": "RadioSeries", "name": record.title, "url": site.addresses.absolute(site.path(record))}


def _person(site: Site, record: Person | None) -> dict[str, Any]:
    if record is None:
        return {"@type": "Person"}
    data = {
        "@type": "Person",
        "name": record.name,
        "honorificPrefix": record.prefix,
        "honorificSuffix": record.suffix,
        "jobTitle": record.role,
        "affiliation": {"@type": "Organization", "name": record.organisation} if record.organisation else None,
        "url": site.addresses.absolute(site.path(record)),
        "sameAs": list(record.links) or None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _credited(site: Site, credit: Credit) -> dict[str, Any]:
    """The person as then stated: a later post must not rewrite what was announced."""
    found = site.person(credit.person)
    data = {
        "@type": "Person",
        "name": person_name(site, credit),
        "jobTitle": credit.stated,
        "url": site.addresses.absolute(site.path(found)) if found else None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _said_live(record: Episode, one: Broadcast) -> bool | None:
    """Whether the record says that *one* is live, by its kind or by a person's flip; ``None``: it does not say."""
    stated = {f"{record.guid}-{its.id}" for its in record.broadcasts if "kind" in its.model_fields_set}
    if one.kind is BroadcastKind.REPEAT:
        return False
    return True if one.on_air or one.uid in stated else None


def _broadcast(site: Site, one: Broadcast, is_live: bool | None) -> dict[str, Any]:
    found = site.station(one.station)
    status = "EventCancelled" if one.cancelled else "EventRescheduled" if one.moved_from else "EventScheduled"
    data = {
        "@type": "BroadcastEvent",
        "identifier": one.uid,
        "startDate": one.start.isoformat(timespec="minutes"),
        "endDate": one.end.isoformat(timespec="minutes") if one.end else None,
        "previousStartDate": one.moved_from.isoformat(timespec="minutes") if one.moved_from else None,
        "isLiveBroadcast": is_live,
        "eventStatus": f"https://schema.org/{status}",
        "publishedOn": {"@type": "BroadcastService", "name": found.name} if found else None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _audio(site: Site, record: Episode) -> dict[str, Any] | None:
    sound = site.sound(record.audio)
    if sound is None:
        return None
    duration = f"PT{sound.seconds}S" if sound.seconds else None
    data = {"@type": "AudioObject", "contentUrl": sound.url, "encodingFormat": sound.media_type}
    return data | ({"duration": duration} if duration else {})


def _attendance(record: Consultation) -> str | None:
    """On the radio nobody attends."""
    words = {Mode.OFFICE: "OfflineEventAttendanceMode", Mode.ONLINE: "OnlineEventAttendanceMode"}
    return f"https://schema.org/{words[record.mode]}" if record.mode in words else None


def _location(site: Site, record: Consultation) -> dict[str, Any] | None:
    if record.mode is Mode.OFFICE:
        return {"@type": "Place", "name": record.venue} if record.venue else None
    url = record.channel or site.addresses.absolute(site.path(record))
    return {"@type": "VirtualLocation", "url": url}
