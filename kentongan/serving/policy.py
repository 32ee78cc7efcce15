"""Media types, caching and safety headers of the public files. Every server, our own included, is made from these."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' https: data:; media-src 'self' https: http:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
}
"""What every answer carries."""

HSTS = "max-age=31536000"
"""``Strict-Transport-Security`` (RFC 6797), a year: of this name only, for what an office's other names serve is
not ours to say."""

TYPES: Mapping[str, str] = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "akan-datang.xml": "application/atom+xml; charset=utf-8",
    "coming.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
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
"""Media types by a file's name, else by its ending; the tables of machines and servers differ from place to place."""

OTHER_TYPE = "application/octet-stream"

HASHED_FOLDERS = ("static", "media")
"""Files in them have their content's hash in their name, and so never change."""

FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
"""Kept, but asked for again with its ETag: an answer of 304 costs a few hundred bytes, a stale page a missed talk."""

CMS_PATHS = ("admin", "api", "komentar", "healthz")
"""First segments of the addresses that the CMS answers; everything else is files."""


def media_type(path: str) -> str:
    """The ``Content-Type`` of the file *path*."""
    name = PurePosixPath(path).name
    return TYPES.get(name) or TYPES.get(PurePosixPath(name).suffix.lower(), OTHER_TYPE)


def cache_control(path: str) -> str:
    """The ``Cache-Control`` of the file *path*, which is relative to the site's root."""
    return FOR_EVER if is_hashed(path) else ASK_EACH_TIME


def is_hashed(path: str) -> bool:
    """Whether the file *path*, relative to the site's root, never changes under its name."""
    return path.split("/", 1)[0] in HASHED_FOLDERS
