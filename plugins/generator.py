"""Generators: the one that puts out our artifacts, and Pelican's own two, kept from writing what we write."""

from __future__ import annotations

from typing import Any, Protocol

from jinja2 import Environment
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from kentongan.site import Site

from .writer import OutputWriter


class SiteSource(Protocol):
    """What our generators ask of the engine that made them."""

    site: Site
    is_watched: bool

    @property
    def has_listeners(self) -> bool:
        """Whether content objects are wanted at all."""

    def put_out(self, environment: Environment, writer: OutputWriter) -> None:
        """Writes the artifacts of the Site."""


class SiteGenerator(Generator):
    """Puts out everything that follows from the Site."""

    engine: SiteSource

    def generate_output(self, writer: OutputWriter) -> None:
        """Called by Pelican when every content object is ready."""
        self.engine.put_out(self.env, writer)


class SilentArticles(ArticlesGenerator):
    """Articles as content objects for plugins that listen, without output: the Site's pages are written instead."""

    engine: SiteSource

    def generate_context(self) -> None:
        if self.engine.has_listeners:
            super().generate_context()
        else:
            self.articles = list(self.engine.site.articles)

    def generate_output(self, writer: OutputWriter) -> None:
        """Nothing: see :class:`SiteGenerator`."""

    def check_disabled_readers(self) -> None:
        """Walks through all files; where one that changes is told, once has to be enough."""
        if not self.engine.is_watched:
            super().check_disabled_readers()

    def refresh_metadata_intersite_links(self) -> None:
        if self.engine.has_listeners:
            super().refresh_metadata_intersite_links()

    def content_objects(self) -> list[Any]:
        """Pelican's article objects, after all signals."""
        return [*self.articles, *self.translations] if self.engine.has_listeners else []


class SilentPages(PagesGenerator):
    """Pages, likewise."""

    engine: SiteSource

    def check_disabled_readers(self) -> None:
        if not self.engine.is_watched:
            super().check_disabled_readers()

    def generate_context(self) -> None:
        if self.engine.has_listeners:
            super().generate_context()

    def generate_output(self, writer: OutputWriter) -> None:
        """Nothing: see :class:`SiteGenerator`."""

    def content_objects(self) -> list[Any]:
        """Pelican's page objects, after all signals."""
        return [*self.pages, *self.translations] if self.engine.has_listeners else []
