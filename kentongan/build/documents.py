"""Artifacts that are data for machines: JSON, the site map, robots.txt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar
from xml.sax.saxutils import escape

from kentongan.model.office import Colours


@dataclass(frozen=True, slots=True, repr=False)
class JsonDocument:
    """A JSON text, already in its final form: equal views are equal bytes."""

    media_type: ClassVar[str] = "application/json"

    text: str

    def __repr__(self) -> str:
        """By its digest: it may be as large as all texts of the site together."""
        return f"JsonDocument({sha256(self.text.encode()).hexdigest()})"

    @classmethod
    def of(cls, data: Any) -> JsonDocument:
        """*data* as compact JSON, keys in the order given."""
        return cls(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Every page a search engine may list: absolute address and date of its last change (``None``: unknown)."""

    media_type: ClassVar[str] = "application/xml"

    pages: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Robots:
    """``robots.txt``: everything may be read; *sitemap* is absolute."""

    media_type: ClassVar[str] = "text/plain"

    sitemap: str


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of the theme, put out as it is. ``digest`` is the SHA-256 of its bytes, ``source`` where they are."""

    media_type: ClassVar[str] = "application/octet-stream"

    source: str
    digest: str


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A stylesheet, in its final form."""

    media_type: ClassVar[str] = "text/css"

    text: str

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return sha256(self.text.encode()).hexdigest()


def own_colours(colours: Colours) -> str:
    """CSS that puts an office's colours in place of wood; empty when it has none."""
    light = f":root{{--wood:{colours.light};--beam:{colours.light}}}\n" if colours.light else ""
    dark = f"@media (prefers-color-scheme:dark){{:root{{--wood:{colours.dark}}}}}\n" if colours.dark else ""
    if colours.light and not colours.dark:
        dark = (
            "@media (prefers-color-scheme:dark){:root{--wood:#e3a871}}\n"  # their dark ink would vanish on dark ground
        )
    return light + dark


def render_style_sheet(sheet: StyleSheet) -> bytes:
    return sheet.text.encode()


def render_json(document: JsonDocument) -> bytes:
    return document.text.encode()


def render_site_map(site_map: SiteMap) -> bytes:
    """By the sitemaps.org protocol 0.9."""
    urls = "".join(
        f"<url><loc>{escape(address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n"
        for address, changed in site_map.pages
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n".encode()


def render_robots(robots: Robots) -> bytes:
    return f"User-agent: *\nAllow: /\nSitemap: {robots.sitemap}\n".encode()
