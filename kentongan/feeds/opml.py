"""Every feed of the site in one file, for a reader's app to take over: a subscription list by OPML 2.0 (opml.org)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import ClassVar

from lxml import etree

from kentongan.feeds import news
from kentongan.feeds.office import about_office, all_programs_description, all_programs_title
from kentongan.language import translations
from kentongan.model import Program
from kentongan.schedule.identity import newest_change
from kentongan.schedule.wording import label, office_name, one_line
from kentongan.site import Site
from kentongan.site.addresses import NEWS_FEED
from kentongan.site.site import Shelf

DOCS = "http://opml.org/spec2.opml"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed at ``url``; ``page`` is its side for people."""

    title: str
    description: str
    language: str
    page: str
    url: str


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """All feeds. ``changed``: when the list last did, as far as its records are dated (``None``: none of them is)."""

    media_type: ClassVar[str] = "text/x-opml"

    title: str
    owner: str
    changed: datetime | None
    subscriptions: tuple[Subscription, ...]


def subscription_list(site: Site) -> SubscriptionList:
    """The list at :func:`path`.

    Atom and JSON Feed are left out: they say again what the RSS says, and who takes over the list would get it thrice.
    """
    first_articles = (shelf.articles[-1] for shelf in site.categories)
    return SubscriptionList(
        title=translations(site.language).gettext("Feeds of {office}").format(office=office_name(site)),
        owner=office_name(site),
        changed=newest_change(site, (*site.programs, *first_articles)),
        subscriptions=tuple(_subscriptions(site)),
    )


def _subscriptions(site: Site) -> Iterator[Subscription]:
    address = site.addresses
    yield _of_office(site, office_name(site), about_office(site), "", NEWS_FEED)
    for shelf in site.categories:
        yield _category(site, shelf)
    title, about = all_programs_title(site), all_programs_description(site)
    yield _of_office(site, title, about, f"{address.segments.programs}/", address.all_programs_feed())
    for program in site.programs:
        yield _podcast(site, program)
        yield _coming(site, program)


def _of_office(site: Site, title: str, description: str, page: str, feed: str) -> Subscription:
    absolute = site.addresses.absolute
    return Subscription(title, one_line(description), site.language, absolute(page), absolute(feed))


def _category(site: Site, shelf: Shelf) -> Subscription:
    page, feed = site.addresses.category(shelf.slug), site.addresses.category_feed(shelf.slug)
    return _of_office(site, news.category_title(site, shelf), news.category_description(site, shelf), page, feed)


def _podcast(site: Site, program: Program) -> Subscription:
    absolute = site.addresses.absolute
    feed = absolute(site.addresses.program_feed(program.id))
    return Subscription(label(program), _about(program), program.language, absolute(site.path(program)), feed)


def _coming(site: Site, program: Program) -> Subscription:
    title = translations(site.language).gettext("Coming up on {program}").format(program=label(program))
    return _of_office(site, title, _about(program), site.path(program), site.addresses.coming_feed(program.id))


def _about(program: Program) -> str:
    return one_line(program.summary or "") or label(program)


def render_opml(view: SubscriptionList) -> bytes:
    """*view* as OPML 2.0 in UTF-8."""
    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = view.title
    if view.changed:
        etree.SubElement(head, "dateModified").text = format_datetime(view.changed)
    etree.SubElement(head, "ownerName").text = view.owner
    etree.SubElement(head, "docs").text = DOCS
    for one in view.subscriptions:
        etree.SubElement(body, "outline", _attributes(one))
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _attributes(one: Subscription) -> dict[str, str]:
    """By "Subscription lists"; ``type`` is rss for Atom too, which apps tell apart by themselves."""
    return {
        "type": "rss",
        "text": one.title,
        "title": one.title,
        "description": one.description,
        "language": one.language,
        "xmlUrl": one.url,
        "htmlUrl": one.page,
    }
