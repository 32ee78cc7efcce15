"""Serves a built site as a web server would: right types, HEAD and byte ranges, its own 404 page."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kentongan.serving import cache_control, media_type
from kentongan.serving.policy import ASK_EACH_TIME

_NOWHERE = "-/-"
"""No file is called that, so that the 404 page answers."""


class SiteFiles(StaticFiles):
    """The files below one output folder. Names that begin with a dot are never served."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)

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
        response.headers["content-type"] = media_type(os.fspath(full_path))
        asked = cache_control(scope["path"].lstrip("/"))
        response.headers["cache-control"] = asked if status_code == 200 else ASK_EACH_TIME
        return response
