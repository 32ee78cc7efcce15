"""One's own account, and for owners everybody's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Account, ApiToken, Right, Role, Scope
from kentongan.errors import KentonganError
from kentongan.language import Message, Moment, moment

from ..near import own_address
from .desk import Desk, Visit

ROLES = {
    Role.CONTRIBUTOR: Message("Contributor: writes drafts, others publish them"),
    Role.EDITOR: Message("Editor: checks and publishes news, talks and consultations"),
    Role.BROADCASTER: Message("Broadcaster: programs, airtimes, talks and consultations"),
    Role.MODERATOR: Message("Moderator: reads and answers comments"),
    Role.OWNER: Message("Owner: everything, and who may log in"),
}
KEYS = {
    Scope.READ: Message("Read, also what is not published yet"),
    Scope.WRITE: Message("Read, and write drafts"),
    Scope.PUBLISH: Message("Read, write and publish"),
}
"""What a key for an app is for, by the last of its scopes: each has those before it."""
_LASTS = (30, 90, 365)
"""Days that a key may last."""
_SHOWN = 16
"""Digits by which a list names a session; too few to log in with, for they are of its hash."""


class People:
    """The pages of accounts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/akun/", closed(self.mine), methods=["GET"], name="account"),
            Route("/akun/", closed(self.change), methods=["POST"]),
            Route("/orang/", closed(self.everybody, Right.PEOPLE), methods=["GET"], name="people"),
            Route("/orang/", closed(self.manage, Right.PEOPLE), methods=["POST"]),
        ]

    def mine(self, visit: Visit, trouble: str = "", key_trouble: str = "", made: str = "") -> Response:
        """One's own account: where one is logged in, the second key, the password, keys for apps.

        *made* is a key that was just made: it is shown this once.
        """
        desk = self._desk
        sessions = [
            {"name": one.token[:_SHOWN], "device": one.device, "seen": self._moment(one.seen)}
            for one in desk.sessions.of(visit.me)
        ]
        told: dict[str, Any] = {
            "sessions": sessions,
            "has_app": desk.factors.has_app(visit.me),
            "passkeys": len(desk.passkeys.of(visit.me)),
            "roles": self._roles(),
            "made": made,
            "key_trouble": key_trouble,
            "keys": [self._key(one) for one in desk.tokens.of(visit.me)],
            "purposes": {scope.value: desk.told(words) for scope, words in KEYS.items()},
            "lasts": _LASTS,
        }
        return desk.page("account.html", visit, 422 if trouble or key_trouble else 200, trouble=trouble, **told)

    def change(self, visit: Visit) -> Response:
        """Ends a session elsewhere, makes or ends a key for an app, or takes another password."""
        if visit.form.get("do") in ("make-key", "end-key"):
            return self._change_keys(visit)
        if visit.form.get("do") == "end":
            self._desk.sessions.end_other(visit.me, visit.form.get("session") or "-")
            return RedirectResponse("/admin/akun/", 303)
        try:
            self._desk.accounts.change_password(visit.me.login, visit.form.get("old", ""), visit.form.get("new", ""))
        except KentonganError as error:
            return self.mine(visit, self._desk.said(error))
        return self._desk.log_in(visit, visit.me, "/admin/akun/")

    def _change_keys(self, visit: Visit) -> Response:
        form, tokens = visit.form, self._desk.tokens
        if form.get("do") == "end-key":
            id_ = form.get("key", "")
            tokens.end(visit.me, int(id_) if id_.isascii() and id_.isdecimal() and len(id_) < 10 else 0)
            return RedirectResponse("/admin/akun/", 303)
        scopes, days = list(KEYS), {str(days): days for days in _LASTS}
        chosen = scopes[: scopes.index(form["for"]) + 1] if form.get("for") in scopes else []  # type: ignore[arg-type]
        lasts = timedelta(days=days.get(form.get("lasts", ""), 0))
        try:
            return self.mine(visit, made=tokens.make(visit.me, form.get("name", ""), chosen, lasts))
        except KentonganError as error:
            return self.mine(visit, key_trouble=self._desk.said(error))

    def _key(self, token: ApiToken) -> dict[str, Any]:
        """A key as the list shows it."""
        last = Scope(token.scopes.split()[-1])
        used = self._moment(token.used) if token.used else None
        return {
            "id": token.id,
            "name": token.name,
            "for": self._desk.told(KEYS[last]),
            "ends": self._moment(token.ends),
            "used": used,
        }

    def everybody(
        self, visit: Visit, trouble: str = "", link: str = "", for_whom: str = "", *, resets: bool = False
    ) -> Response:
        """Who may log in, and as what."""
        told: dict[str, Any] = {
            "accounts": [(one, self._ways_in(one)) for one in self._desk.accounts.all()],
            "roles": self._roles(),
            "link": link,
            "for_whom": for_whom,
            "resets": resets,
        }
        return self._desk.page("people.html", visit, 422 if trouble else 200, trouble=trouble, **told)

    def _ways_in(self, account: Account) -> dict[str, int]:
        """How many sessions, keys for apps and passkeys *account* has."""
        desk = self._desk
        return {
            "sessions": len(desk.sessions.of(account)),
            "keys": len(desk.tokens.of(account)),
            "passkeys": len(desk.passkeys.of(account)),
        }

    def manage(self, visit: Visit) -> Response:
        """Does to an account what its owner's button says."""
        do, who = visit.form.get("do", ""), visit.form.get("who", "")
        try:
            if do in ("invite", "reset"):
                address = f"{own_address(visit.request)}/admin/tautan/{self._token(visit, do, who)}"
                return self.everybody(visit, link=address, for_whom=visit.form.get("name") or who, resets=do == "reset")
            self._apply(visit, do, who)
        except KentonganError as error:
            return self.everybody(visit, self._desk.said(error))
        return RedirectResponse("/admin/orang/", 303)

    def _token(self, visit: Visit, do: str, who: str) -> str:
        accounts, by = self._desk.accounts, visit.me.login
        if do == "reset":
            return accounts.reset(who, by)
        if not visit.form.get("name", "").strip():
            raise KentonganError(Message("Write the name of whom you invite."))
        return accounts.invite(visit.form["name"], _role(visit.form.get("role", "")), by)

    def _apply(self, visit: Visit, do: str, who: str) -> None:
        accounts, by = self._desk.accounts, visit.me.login
        if do == "disable":
            accounts.disable(who, by)
        elif do == "enable":
            accounts.enable(who, by)
        elif do == "end":
            accounts.end_ways_in(who, by)
        elif do == "key":
            self._desk.factors.end(who, by)
        elif do == "role":
            accounts.change_role(who, _role(visit.form.get("role", "")), by)

    def _roles(self) -> dict[str, str]:
        return {role.value: self._desk.told(words) for role, words in ROLES.items()}

    def _moment(self, instant: datetime) -> Moment:
        return moment(instant.astimezone(self._desk.status.zone), self._desk.status.language)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise KentonganError(Message("Choose what this person is here for.")) from error
