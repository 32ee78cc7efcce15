"""Serves a built site as a web server would: right types, HEAD and byte ranges, its own 404 page."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kentongan.serving.policy import ASK_EACH_TIME, cache_control, media_type, particular_headers

_NOWHERE = "-/-"
"""No file is called that, so that the 404 page answers."""

_MEDIA = "media/"
_READ_AT_ONCE = 2_000_000
"""Bytes of a file that is sent in one piece; larger ones are media, which are never changed in place."""


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
        response = self._whole(full_path, stat_result, scope, status_code)
        path = scope["path"].lstrip("/")
        response.headers["content-type"] = media_type(os.fspath(full_path))
        response.headers["cache-control"] = cache_control(path) if status_code == 200 else ASK_EACH_TIME
        response.headers.update(particular_headers(path))
        return response

    def _whole(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int
    ) -> Response:
        """A page is read by whoever finds it: one that is replaced in between would be sent with another's length."""
        if stat_result.st_size > _READ_AT_ONCE or scope["method"] != "GET" or _has_range(scope):
            return super().file_response(full_path, stat_result, scope, status_code)
        try:
            with Path(full_path).open("rb") as file:
                found, data = os.fstat(file.fileno()), file.read()
        except FileNotFoundError as error:
            raise HTTPException(404) from error  # it was taken away just now
        response = super().file_response(full_path, found, scope, status_code)
        if not isinstance(response, FileResponse):
            return response  # the reader has it already
        return Response(data, status_code, dict(response.headers) | {"content-length": str(len(data))})


def _has_range(scope: Scope) -> bool:
    return any(name == b"range" for name, _ in scope["headers"])
