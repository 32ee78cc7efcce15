"""Generators: the one that puts out our artifacts, and Pelican's own two, kept from writing what we write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

if TYPE_CHECKING:
    from .engine import Engine
    from .writer import OutputWriter


class SiteGenerator(Generator):
    """Puts out everything that follows from the Site."""

    engine: Engine

    def generate_output(self, writer: OutputWriter) -> None:
        """Called by Pelican when every content object is ready."""
        self.engine.put_out(self.env, writer)


class SilentArticles(ArticlesGenerator):
    """Articles as content objects for plugins that listen, without output: the Site's pages are written instead."""

    engine: Engine

    def generate_context(self) -> None:
        if self.engine.has_listeners:
            super().generate_context()
        else:
            self.articles = list(self.engine.site.articles)

    def generate_output(self, writer: OutputWriter) -> None:
        """Nothing: see :class:`SiteGenerator`."""

    def refresh_metadata_intersite_links(self) -> None:
        if self.engine.has_listeners:
            super().refresh_metadata_intersite_links()

    def content_objects(self) -> list[Any]:
        """Pelican's article objects, after all signals."""
        return [*self.articles, *self.translations] if self.engine.has_listeners else []


class SilentPages(PagesGenerator):
    """Pages, likewise."""

    engine: Engine

    def generate_context(self) -> None:
        if self.engine.has_listeners:
            super().generate_context()

    def generate_output(self, writer: OutputWriter) -> None:
        """Nothing: see :class:`SiteGenerator`."""
