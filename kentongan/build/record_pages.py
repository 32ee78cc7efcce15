"""The page of each record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kentongan.build.artifact import Artifact, Recipe
from kentongan.model import Article, Consultation, Episode, Page, Person, Program, Record, Station
from kentongan.site import Site
from kentongan.views.consultations import consultation_page
from kentongan.views.news import article_page
from kentongan.views.page import Page as PageView
from kentongan.views.pages import text_page
from kentongan.views.people import person_page
from kentongan.views.programs import episode_page, program_page, station_page

_PAGES: dict[type[Record], Callable[[Site, Any], PageView]] = {
    Person: person_page,
    Station: station_page,
    Consultation: consultation_page,
    Episode: episode_page,
    Article: article_page,
    Page: text_page,
    Program: program_page,
}
"""What others lead to stands before what leads there."""


def page_file(path: str) -> str:
    """The output file of a page address."""
    return f"{path}index.html"


def record_page(site: Site, record: Record) -> Artifact:
    """The page of one record."""
    return Artifact(page_file(site.path(record)), Recipe(_PAGES[type(record)], (record,)))


def record_pages(site: Site) -> Iterator[Artifact]:
    """Those of all public records, translations included."""
    by_type: dict[type[Record], list[Record]] = {type_: [] for type_ in _PAGES}
    for record in site.records.values():
        by_type[type(record)].append(record)
    for records in by_type.values():
        yield from (record_page(site, record) for record in sorted(records, key=lambda one: one.id))
