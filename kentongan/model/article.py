"""Articles: news and announcements."""

from __future__ import annotations

from typing import ClassVar

from kentongan.model.base import Kind, Titled
from kentongan.model.fields import LocalTime, Slugs, Text, Texts


class Article(Titled):
    """One piece of news. ``episodes`` and ``consultations`` are those it tells of."""

    kind: ClassVar[Kind] = Kind.ARTICLE
    folder: ClassVar[str] = "articles"

    title: Text
    date: LocalTime
    summary: Text | None = None
    category: Text | None = None
    tags: Texts = ()
    authors: Slugs = ()
    episodes: Slugs = ()
    consultations: Slugs = ()
