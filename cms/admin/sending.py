"""What is said of the exchange with the repository elsewhere: nothing as long as all is well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Accounts, Right
from kentongan.repository import Exchange, Step, Trouble
from kentongan.repository.remote import WHY

from .desk import Desk, Visit
from .workshop import Workshop

_PATIENCE = 60.0
"""Seconds for which a change may wait before anybody is told."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What a person is told: how many changes are not sent to *place*, why, in git's words, and when it is tried
    *again*; ``mends``: an owner can have both histories brought together."""

    place: str
    count: int
    why: str
    said: str
    again: datetime | None
    mends: bool


def sending(desk: Desk, shop: Workshop) -> Sending | None:
    """What is to be told of the exchange; ``None``: nothing."""
    exchange = shop.publication.exchange if shop.publication else None
    if exchange is None:
        return None
    step = exchange.step
    if not step.trouble and not (step.waiting and _is_late(exchange, step)):
        return None
    again = datetime.fromtimestamp(step.again, shop.room.now.tzinfo) if step.again else None
    why = desk.told(WHY[step.trouble]) if step.trouble else ""
    return Sending(step.place, step.waiting, why, step.said, again, step.trouble is Trouble.REWRITTEN)


def _is_late(exchange: Exchange, step: Step) -> bool:
    return exchange.clock() - step.at > _PATIENCE


class SendingPages:
    """The buttons below that."""

    def __init__(self, desk: Desk, shop: Workshop) -> None:
        self._desk, self._shop = desk, shop

    def routes(self) -> list[Route]:
        """Their address."""
        return [Route("/kirim", self._desk.closed(self.send, Right.OFFICE), methods=["POST"], name="send")]

    def send(self, visit: Visit) -> Response:
        """Tries again at once, or has two histories brought together."""
        exchange = self._shop.publication.exchange if self._shop.publication else None
        if exchange and visit.form.get("do") == "gabung":
            exchange.accept()
            Accounts(self._shop.room.database).note(visit.me.login, "accept-history", exchange.step.place)
        elif exchange:
            exchange.wake()
        return RedirectResponse("/admin/", 303)
