"""Media types, caching and safety headers of the public files. Every server, our own included, is made from these."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from kentongan.site.addresses import SEGMENTS

_CONTENT = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' https: data:; "
    "media-src 'self' https: http:; frame-src 'self' https://giscus.app; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors "
)
"""A page's own policy, in its head, allows of all inner styles only the one sheet that the page is built with."""

HEADERS: Mapping[str, str] = {
    "content-security-policy": f"{_CONTENT}'none'",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
}
"""What every answer carries."""

SHARED: Mapping[str, str] = {"access-control-allow-origin": "*"}
"""What scripts of other sites may read carries this too."""

EMBEDDED: Mapping[str, str] = {**SHARED, "content-security-policy": f"{_CONTENT}*"}
"""What other sites show inside their own pages carries this, in place of what :data:`HEADERS` says."""

EMBEDDED_FOLDERS = tuple(dict.fromkeys(words.embed for words in SEGMENTS.values()))
SHARED_FILES = tuple(dict.fromkeys(f"{words.schedule}.json" for words in SEGMENTS.values()))

HSTS = "max-age=31536000"
"""``Strict-Transport-Security`` (RFC 6797), a year: of this name only, for what an office's other names serve is
not ours to say."""

TYPES: Mapping[str, str] = {
    "feed.json": "application/feed+json",
    "bab.json": "application/json+chapters",
    "chapters.json": "application/json+chapters",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".m4a": "audio/mp4",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opml": "text/x-opml; charset=utf-8",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".srt": "application/x-subrip; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
"""Media types by a file's name, else by its ending; the tables of machines and servers differ from place to place.

Feeds go as XML: what is called application/rss+xml or application/atom+xml, Chromium shows as bare text.
"""

OTHER_TYPE = "application/octet-stream"

HASHED_FOLDERS = ("static", "media")
"""Files in them have their content's hash in their name, and so never change."""

FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
"""Kept, but asked for again with its ETag: an answer of 304 costs a few hundred bytes, a stale page a missed talk."""

CMS_PATHS = ("admin", "api", "komentar")
"""First segments of the addresses that the CMS answers to readers; everything else is files.

``/healthz`` and ``/metrics`` it answers to its own machine alone.
"""


def media_type(path: str) -> str:
    """The ``Content-Type`` of the file *path*."""
    name = PurePosixPath(path).name
    return TYPES.get(name) or TYPES.get(PurePosixPath(name).suffix.lower(), OTHER_TYPE)


def cache_control(path: str) -> str:
    """The ``Cache-Control`` of the file *path*, which is relative to the site's root."""
    return FOR_EVER if is_hashed(path) else ASK_EACH_TIME


def particular_headers(path: str) -> Mapping[str, str]:
    """What the file *path* carries besides, or instead of, what every answer does."""
    if path.split("/", 1)[0] in EMBEDDED_FOLDERS and "/" in path:
        return EMBEDDED
    return SHARED if path in SHARED_FILES else {}


def is_hashed(path: str) -> bool:
    """Whether the file *path*, relative to the site's root, never changes under its name."""
    return path.split("/", 1)[0] in HASHED_FOLDERS
