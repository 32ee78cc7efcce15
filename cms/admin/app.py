"""The admin's application: its entrance, its first page, and who may work here."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Route

from kentongan.database import Database

from ..comments import Room
from ..status import BuildStatus
from ..uploads import Uploads
from .comments import CommentDesk
from .desk import Desk
from .entrance import Entrance
from .history import History
from .home import Home
from .passkeys import PasskeyPages
from .paste import Paste
from .people import People
from .pictures import Pictures
from .preview import Preview
from .recordings import Recordings
from .records import Records
from .releases import ReleasePages
from .second_key import SecondKey
from .sending import SendingPages
from .splits import SplitPages
from .tus import Tus
from .workshop import Workshop


def admin_app(status: BuildStatus, database: Database, room: Room, shop: Workshop | None = None) -> Starlette:
    """The admin of the site whose builds *status* tells of; *database* holds the accounts, *room* the comments.

    *shop* is what its records are changed with; without it there are accounts and comments alone.
    """
    desk = Desk(status, database)

    return Starlette(
        routes=[
            *Home(desk, shop, room).routes(),
            desk.assets.route(),
            *Entrance(desk).routes(),
            *People(desk).routes(),
            *SecondKey(desk).routes(),
            *PasskeyPages(desk).routes(),
            *CommentDesk(desk, room).routes(),
            *(_writing(desk, shop) if shop else ()),
        ]
    )


def _writing(desk: Desk, shop: Workshop) -> list[Route]:
    """The pages on which records are written; the longer addresses come first."""
    preview, uploads = Preview(desk, shop), Uploads(shop.room.writer.state)
    return [
        *preview.routes(),
        *History(desk, shop, preview).routes(),
        *SplitPages(desk, shop, preview).routes(),
        *SendingPages(desk, shop).routes(),
        *ReleasePages(desk, shop).routes(),
        *Paste(desk, shop).routes(),
        *Pictures(desk, shop, uploads).routes(),
        *Recordings(desk, shop, uploads).routes(),
        *Tus(desk, uploads).routes(),
        *Records(desk, shop).routes(),
    ]
