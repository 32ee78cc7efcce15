"""The page of all ways to follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote, urlsplit

from kentongan.language import translations
from kentongan.site import Site
from kentongan.site.addresses import ATOM_FEED, JSON_FEED
from kentongan.views.embedded import Embedding, embedding
from kentongan.views.news import news_feed_link
from kentongan.views.page import Head, Page, frame, whatsapp_to
from kentongan.views.podcast_apps import PodcastLinks, podcast_links
from kentongan.views.subscriptions import CalendarLinks, calendar_links


@dataclass(frozen=True, slots=True)
class Following:
    """One thing to follow, in the ways that there are for it; ``feed`` and ``coming_feed`` are absolute."""

    title: str
    feed: str | None
    podcast: PodcastLinks | None
    coming_feed: str | None
    calendar: CalendarLinks | None


@dataclass(frozen=True, slots=True)
class SubscribePage(Page):
    """Every way to follow, explained for people."""

    template: ClassVar[str] = "subscribe"

    news: Following
    atom: str
    json_feed: str
    subscriptions: str
    """The OPML file with every feed."""
    categories: tuple[Following, ...]
    all_programs: Following
    schedule: Following
    consultations: Following
    programs: tuple[Following, ...]
    whatsapp_url: str | None
    """Opens a chat with the office, with a text that asks to be told."""
    channel: str | None
    """The office's WhatsApp channel, where it names one among its social links."""
    embedding: Embedding


def subscribe_page(site: Site) -> SubscribePage:
    _ = translations(site.language).gettext
    address = site.addresses
    return SubscribePage(
        frame=frame(site, address.segments.subscribe),
        head=Head(
            title=_("Subscribe"),
            description=_("Every way to follow {name}.").format(name=site.office.name),
            canonical=address.absolute(f"{address.segments.subscribe}/"),
            kind="website",
            feeds=(news_feed_link(site),),
        ),
        news=_following(site, _("All news"), feed="feed.xml"),
        atom=address.absolute(ATOM_FEED),
        json_feed=address.absolute(JSON_FEED),
        subscriptions=address.link(address.subscriptions()),
        categories=tuple(
            _following(site, shelf.name, feed=address.category_feed(shelf.slug)) for shelf in site.categories
        ),
        all_programs=_following(site, _("All programs"), podcast=address.all_programs_feed()),
        schedule=_following(site, _("Broadcast schedule"), calendar=address.calendar()),
        consultations=_following(site, _("Consultations"), calendar=address.consultations_calendar()),
        programs=tuple(
            _following(
                site,
                program.title,
                podcast=address.program_feed(program.id),
                coming=address.coming_feed(program.id),
                calendar=address.calendar(program.id),
            )
            for program in site.programs
        ),
        whatsapp_url=_whatsapp(site),
        channel=next((url for url in site.office.social if _is_channel(url)), None),
        embedding=embedding(site),
    )


def _is_channel(url: str) -> bool:
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www.") == "whatsapp.com" and parts.path.startswith("/channel/")


def _whatsapp(site: Site) -> str | None:
    number = site.office.contact.whatsapp
    hello = translations(site.language).gettext("Hello {name}, please keep me posted on talks and consultations.")
    return f"{whatsapp_to(number)}?text={quote(hello.format(name=site.office.name), safe='')}" if number else None


def _following(
    site: Site,
    title: str,
    *,
    feed: str | None = None,
    podcast: str | None = None,
    coming: str | None = None,
    calendar: str | None = None,
) -> Following:
    address = site.addresses
    return Following(
        title=title,
        feed=address.absolute(feed or podcast or "") if feed or podcast else None,
        podcast=podcast_links(site, podcast, title) if podcast else None,
        coming_feed=address.absolute(coming) if coming else None,
        calendar=calendar_links(site, calendar) if calendar else None,
    )
