"""Serves a built site as a web server would: right types, HEAD and byte ranges, its own 404 page."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kentongan.site.addresses import SEGMENTS

from .headers import EMBEDDED

TYPES = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "akan-datang.xml": "application/atom+xml; charset=utf-8",
    "coming.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "bab.json": "application/json+chapters",
    "chapters.json": "application/json+chapters",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".srt": "application/x-subrip; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
"""Media types by a file's name, else by its ending; the machine's own table differs from place to place.

RSS goes as XML: what is called application/rss+xml, Chromium shows as bare text, without its stylesheet.
"""

_NOWHERE = "-/-"
"""No file is called that, so that the 404 page answers."""

_EMBEDDED = tuple(f"/{words.embed}/" for words in SEGMENTS.values())
_SHARED = tuple(f"/{words.schedule}.json" for words in SEGMENTS.values())
"""What scripts of other sites may read."""

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


_MEDIA = "media/"


class SiteFiles(StaticFiles):
    """The files below one output folder, and below ``/media/`` those of the media store that are not in it.

    Names that begin with a dot are never served.
    """

    def __init__(self, folder: Path, media: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._media = StaticFiles(directory=media, check_dir=False)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        found = super().lookup_path(path)
        if found[1] is None and path.startswith(_MEDIA):
            return self._media.lookup_path(path.removeprefix(_MEDIA))
        return found

    async def get_response(self, path: str, scope: Scope) -> Response:
        if "\0" in path or any(part.startswith(".") for part in Path(path).parts):
            path = _NOWHERE
        return await super().get_response(path, scope)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        name = Path(full_path).name
        if media_type := TYPES.get(name, TYPES.get(Path(name).suffix)):
            response.headers["content-type"] = media_type
        hashed = scope["path"].startswith(("/static/", "/media/"))
        response.headers["cache-control"] = _FOR_EVER if hashed and status_code == 200 else _ASK_EACH_TIME
        if scope["path"].startswith(_EMBEDDED):
            response.headers.update(EMBEDDED)
        elif scope["path"] in _SHARED:
            response.headers["access-control-allow-origin"] = "*"
        return response
