"""The admin's application: its entrance, its first page, and who may work here."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kentongan.database import Database

from ..comments import Room
from ..status import BuildStatus
from .comments import CommentDesk
from .desk import Desk, Visit
from .entrance import Entrance
from .history import History
from .paste import Paste
from .people import People
from .preview import Preview
from .records import Records
from .second_key import SecondKey
from .workshop import Workshop

_STYLE = Path(__file__).parent / "static/admin.css"


def admin_app(status: BuildStatus, database: Database, room: Room, shop: Workshop | None = None) -> Starlette:
    """The admin of the site whose builds *status* tells of; *database* holds the accounts, *room* the comments.

    *shop* is what its records are changed with; without it there are accounts and comments alone.
    """
    desk = Desk(status, database)

    def home(visit: Visit) -> Response:
        """What the last build found, in words, with file, line and mend."""
        findings = [finding.told(status.language) for finding in status.report.findings] if status.report else []
        error = status.error.told(status.language) if status.error else None
        return desk.page("home.html", visit, findings=findings, error=error)

    async def style(_request: Request) -> Response:
        return FileResponse(_STYLE, headers={"cache-control": "no-cache"})

    return Starlette(
        routes=[
            Route("/", desk.closed(home), name="home"),
            Route("/admin.css", style, name="style"),
            *Entrance(desk).routes(),
            *People(desk).routes(),
            *SecondKey(desk).routes(),
            *CommentDesk(desk, room).routes(),
            *(_writing(desk, shop) if shop else ()),
        ]
    )


def _writing(desk: Desk, shop: Workshop) -> list[Route]:
    """The pages on which records are written; the longer addresses come first."""
    preview = Preview(desk, shop)
    return [
        *preview.routes(),
        *History(desk, shop, preview).routes(),
        *Paste(desk, shop).routes(),
        *Records(desk, shop).routes(),
    ]
