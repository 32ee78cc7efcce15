"""The ASGI application: ``/healthz``, the admin, and the site's files for everything else."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from kentongan.database import Database

from .admin import admin_app
from .headers import SafeHeaders
from .site_files import SiteFiles
from .status import BuildStatus


def create_app(output: Path, media: Path, status: BuildStatus, database: Database) -> Starlette:
    """The server of the site in the folder *output*, with recordings from the folder *media* of the media store.

    *status* is what the builds say of themselves; *database* holds the accounts.
    """

    async def healthz(_request: Request) -> Response:
        """Well (200) once a build has succeeded and no later one failed, else 503."""
        return JSONResponse(status.health(), status_code=200 if status.is_well else 503)

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/admin", lambda _: RedirectResponse("/admin/")),
            Mount("/admin", app=admin_app(status, database)),
            Mount("/", app=SiteFiles(output, media)),
        ],
        middleware=[Middleware(SafeHeaders)],
    )
