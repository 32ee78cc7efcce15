"""Articles: news and announcements."""

from __future__ import annotations

from typing import ClassVar

from kentongan.model.announced import Announced
from kentongan.model.base import Kind, Translated
from kentongan.model.fields import Line, LocalTime, Slugs, Text, Texts
from kentongan.model.image import Image


class Article(Announced, Translated):
    """One piece of news. ``episodes`` and ``consultations`` are those it tells of."""

    kind: ClassVar[Kind] = Kind.ARTICLE
    folder: ClassVar[str] = "articles"

    title: Line
    date: LocalTime
    summary: Text | None = None
    category: Line | None = None
    tags: Texts = ()
    authors: Texts = ()
    """People by id, name or alias."""
    image: Image | None = None
    episodes: Slugs = ()
    consultations: Slugs = ()
