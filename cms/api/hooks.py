"""Whom to tell of changes, for owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from kentongan.accounts import Accounts, Right, Scope, may
from kentongan.actions.newsroom import Newsroom
from kentongan.errors import KentonganError
from kentongan.forms import Trouble
from kentongan.language import Message
from kentongan.webhooks import EVENTS, Delivery, Webhook, Webhooks

from .call import Call
from .problems import Problem, invalid

_HEADERS = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class Hooks:
    """Answers about webhooks."""

    room: Newsroom

    def all(self, call: Call) -> Response:
        """All webhooks, without their secrets."""
        self._owner(call)
        call.query()
        return JSONResponse({"data": [_entry(one) for one in self._hooks.all()]}, headers=_HEADERS)

    def add(self, call: Call) -> Response:
        """A new one; its secret is told this once."""
        owner = self._owner(call)
        sent = call.json(("url", "events"))
        url, events = sent.get("url"), sent.get("events", sorted(set(EVENTS.values())))
        if not isinstance(url, str):
            raise invalid([Trouble("url", Message("Please fill this in."))])
        if not (isinstance(events, list) and all(isinstance(one, str) for one in events)):
            raise invalid([Trouble("events", Message("“{key}” should be a list.", {"key": "events"}))])
        try:
            webhook = self._hooks.add(url, events, self.room.now)
        except KentonganError as error:
            raise invalid([Trouble("", error.message, error.mend)]) from error
        Accounts(self.room.database).note(owner, "make-webhook", url[:200])
        headers = {**_HEADERS, "location": f"/api/v1/webhooks/{webhook.id}"}
        return JSONResponse({"data": {**_entry(webhook), "secret": webhook.secret}}, 201, headers=headers)

    def one(self, call: Call) -> Response:
        """One webhook, and what it has not been told yet."""
        self._owner(call)
        call.query()
        webhook = self._found(call)
        waiting = [_waits(one) for one in self._hooks.waiting(webhook.id)]
        return JSONResponse({"data": {**_entry(webhook), "waiting": waiting}}, headers=_HEADERS)

    def remove(self, call: Call) -> Response:
        """Forgets it."""
        owner = self._owner(call)
        webhook = self._found(call)
        self._hooks.remove(webhook.id)
        Accounts(self.room.database).note(owner, "end-webhook", webhook.url[:200])
        return Response(status_code=204)

    @property
    def _hooks(self) -> Webhooks:
        return Webhooks(self.room.database)

    def _owner(self, call: Call) -> str:
        account = call.account(Scope.PUBLISH)
        if not may(account.role, Right.OFFICE):
            raise Problem(403, Message("This is not yours to change."), Message("Ask the owner of this office."))
        return account.login

    def _found(self, call: Call) -> Webhook:
        id_ = str(call.request.path_params["id"])
        webhook = self._hooks.get(int(id_)) if id_.isascii() and id_.isdecimal() and len(id_) < 10 else None
        if webhook is None:
            raise Problem(404, Message("There is no such webhook."))
        return webhook


def _entry(webhook: Webhook) -> dict[str, Any]:
    return {"id": webhook.id, "url": webhook.url, "events": webhook.events, "made": _told(webhook.made)}


def _waits(delivery: Delivery) -> dict[str, Any]:
    """``due`` is left out where no attempt follows any more."""
    told = {"message": delivery.message, "attempts": delivery.attempts, "trouble": delivery.trouble}
    return told | ({"due": _told(delivery.due)} if delivery.due else {})


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
