"""The ASGI application: the site's files for everybody; health, figures and the admin for this machine."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from kentongan.database import Database
from kentongan.serving import CMS_PATHS

from .admin import Workshop, admin_app
from .api import api_mount
from .comments import Room, comment_routes
from .comments.room import PATH
from .headers import SafeHeaders
from .metrics import Metrics
from .near import NearOnly
from .site_files import SiteFiles
from .status import BuildStatus

WATCHED = ("healthz", "metrics")
"""First segments of what is told to this machine alone."""
_HIDDEN = {*WATCHED, *CMS_PATHS} - {PATH.strip("/")}
"""Comments come from anywhere, whoever may reach the admin."""


def create_app(
    output: Path,
    media: Path,
    status: BuildStatus,
    database: Database,
    *,
    opened: bool = False,
    shop: Workshop | None = None,
) -> Starlette:
    """The server of the site in the folder *output*, with recordings from the folder *media* of the media store.

    *status* is what the builds say of themselves; *database* holds the accounts. *opened*: the CMS answers other
    machines too. *shop* is what admin and API change records with.
    """
    metrics, files = Metrics(output, status), SiteFiles(output, media)
    room = Room(database, output, status)

    async def healthz(_request: Request) -> Response:
        """Well (200) once a build has succeeded, no later one failed, and the builder is there; else 503."""
        return JSONResponse(status.health(output), status_code=200 if status.is_well else 503)

    async def figures(_request: Request) -> Response:
        return Response(metrics.text(), media_type=metrics.media_type)

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/metrics", figures),
            Route("/admin", lambda _: RedirectResponse("/admin/")),
            Mount("/admin", app=admin_app(status, database, room, shop)),
            *([api_mount(status, shop)] if shop else ()),
            *comment_routes(room),
            Mount("/", app=files),
        ],
        middleware=[
            Middleware(metrics.counting),
            Middleware(SafeHeaders),
            Middleware(NearOnly, segments=WATCHED if opened else _HIDDEN, otherwise=files),
        ],
    )
