"""What readers look at first after a change: the page of what was changed, then the lists and feeds that show it.

A resident builder puts these live before it settles the rest of the site; they are the same artifacts that are in its
plan, made by the same recipes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kentongan.build.artifact import Artifact
from kentongan.build.lists import categories_of, lists_of
from kentongan.build.record_pages import page_file, record_page
from kentongan.feeds import atom, json_feed, news
from kentongan.feeds.coming import coming_feed
from kentongan.model import Article, Consultation, Episode, Person, Program, Record
from kentongan.schedule import broadcasts
from kentongan.schedule.calendar import consultations_calendar, program_calendar, site_calendar
from kentongan.schedule.day_list import day_list
from kentongan.site import Site
from kentongan.site.addresses import ATOM_FEED, JSON_FEED, NEWS_FEED
from kentongan.views.consultations import consultations_page
from kentongan.views.home import home_page
from kentongan.views.people import people_page
from kentongan.views.programs import program_page, programs_page
from kentongan.views.schedule import schedule_page


def first_artifacts(site: Site, records: Collection[Record]) -> Iterator[Artifact]:
    """Of *records*, in the order in which they go live: a page before the list that leads to it, feeds last."""
    yield from (record_page(site, record) for record in records)
    kinds = {type(record) for record in records}
    articles = [record for record in records if isinstance(record, Article)]
    if articles:
        yield from lists_of(site, articles)
    if kinds & {Episode, Program}:
        yield from _programs(site, records)
    if Consultation in kinds:
        yield Artifact.later(page_file(f"{site.addresses.segments.consultations}/"), consultations_page)
    if Person in kinds:
        yield Artifact.later(page_file(f"{site.addresses.segments.people}/"), people_page)
    yield Artifact.later("index.html", home_page, site.once(broadcasts))
    if articles:
        yield from _feeds(site, articles)
    if kinds & {Episode, Program}:
        yield from _schedules(site, records)
    if Consultation in kinds:
        yield Artifact.later(site.addresses.consultations_calendar(), consultations_calendar)


def _programs(site: Site, records: Collection[Record]) -> Iterator[Artifact]:
    named = {
        one.program if isinstance(one, Episode) else one.id for one in records if isinstance(one, Episode | Program)
    }
    words = site.addresses.segments
    for program in site.programs:
        if program.id in named:
            yield Artifact.later(page_file(site.path(program)), program_page, program)
    yield Artifact.later(page_file(f"{words.schedule}/"), schedule_page, site.once(broadcasts))
    yield Artifact.later(page_file(f"{words.programs}/"), programs_page)


def _schedules(site: Site, records: Collection[Record]) -> Iterator[Artifact]:
    """What is followed of broadcasts: those to come, the days' list, the calendars."""
    dated, address = site.once(broadcasts), site.addresses
    for program in _named(site, records):
        yield Artifact.later(address.coming_feed(program.id), coming_feed, dated, program)
    yield Artifact.later(address.day_list(), day_list, dated)
    yield Artifact.later(address.calendar(), site_calendar, dated)
    for program in _named(site, records):
        yield Artifact.later(address.calendar(program.id), program_calendar, dated, program)


def _named(site: Site, records: Collection[Record]) -> tuple[Program, ...]:
    """The programs that are among *records*, or that one of them belongs to."""
    ids = {one.program for one in records if isinstance(one, Episode)}
    ids |= {one.id for one in records if isinstance(one, Program)}
    return tuple(program for program in site.programs if program.id in ids)


def _feeds(site: Site, articles: Collection[Article]) -> Iterator[Artifact]:
    yield Artifact.later(NEWS_FEED, news.news_feed)
    yield Artifact.later(ATOM_FEED, atom.atom_feed)
    yield Artifact.later(JSON_FEED, json_feed.json_feed)
    for shelf in site.categories:
        if shelf.slug in categories_of(articles):
            yield Artifact.later(site.addresses.category_feed(shelf.slug), news.category_feed, shelf)
