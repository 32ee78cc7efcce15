"""How far the office is in step with its repository elsewhere, and what waits for a person to choose; to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from kentongan.accounts import Right, Scope, may
from kentongan.actions import Actor
from kentongan.actions.choosing import may_choose
from kentongan.repository import OpenSplit, Step

from ..admin import Workshop
from .call import Call


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """Answers about the exchange."""

    shop: Workshop

    def read(self, call: Call) -> Response:
        """The last round, and the splits that whoever asks may settle."""
        actor, writer = Actor(call.account(Scope.READ)), self.shop.room.writer
        call.query()
        splits = [_split(one) for one in writer.splits.all() if may_choose(self.shop.room, actor, one)]
        told = {"uncommitted": writer.uncommitted, "splits": splits, **self._remote(actor)}
        return JSONResponse({"data": told}, headers={"cache-control": "no-store"})

    def _remote(self, actor: Actor) -> dict[str, Any]:
        """Nothing where the office exchanges with nobody; in git's words to owners alone."""
        exchange = self.shop.publication.exchange if self.shop.publication else None
        if exchange is None:
            return {}
        told = self._step(step := exchange.step)
        said = {"said": step.said} if step.said and may(actor.account.role, Right.OFFICE) else {}
        return {"remote": told | said}

    def _step(self, step: Step) -> dict[str, Any]:
        told: dict[str, Any] = {"place": step.place, "waiting": step.waiting}
        moments = {"at": step.at, "again": step.again}
        told |= {name: self._moment(seconds) for name, seconds in moments.items() if seconds}
        return told | ({"trouble": step.trouble.value} if step.trouble else {})

    def _moment(self, seconds: float) -> str:
        return datetime.fromtimestamp(seconds, self.shop.room.now.tzinfo).isoformat(timespec="seconds")


def _split(one: OpenSplit) -> dict[str, Any]:
    """``fields`` that are to be chosen; none: the whole file."""
    return {"path": one.path, "fields": list(one.fields), "commit": one.commit, "who": one.who, "when": one.when}
