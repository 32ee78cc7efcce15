"""One's own account, and for owners everybody's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right, Role
from kentongan.errors import KentonganError
from kentongan.language import Message, Moment, moment

from .desk import Desk, Visit

ROLES = {
    Role.CONTRIBUTOR: Message("Contributor: writes drafts, others publish them"),
    Role.EDITOR: Message("Editor: checks and publishes news, talks and consultations"),
    Role.BROADCASTER: Message("Broadcaster: programs, airtimes, talks and consultations"),
    Role.MODERATOR: Message("Moderator: reads and answers comments"),
    Role.OWNER: Message("Owner: everything, and who may log in"),
}
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

    def mine(self, visit: Visit, trouble: str = "") -> Response:
        """One's own account: where one is logged in, the second key, the password."""
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
        }
        return desk.page("account.html", visit, 422 if trouble else 200, trouble=trouble, **told)

    def change(self, visit: Visit) -> Response:
        """Ends a session elsewhere, or takes another password."""
        if visit.form.get("do") == "end":
            self._desk.sessions.end_other(visit.me, visit.form.get("session") or "-")
            return RedirectResponse("/admin/akun/", 303)
        try:
            self._desk.accounts.change_password(visit.me.login, visit.form.get("old", ""), visit.form.get("new", ""))
        except KentonganError as error:
            return self.mine(visit, self._desk.said(error))
        return self._desk.log_in(visit, visit.me, "/admin/akun/")

    def everybody(self, visit: Visit, trouble: str = "", link: str = "", for_whom: str = "") -> Response:
        """Who may log in, and as what."""
        told: dict[str, Any] = {
            "accounts": self._desk.accounts.all(),
            "roles": self._roles(),
            "link": link,
            "for_whom": for_whom,
        }
        return self._desk.page("people.html", visit, 422 if trouble else 200, trouble=trouble, **told)

    def manage(self, visit: Visit) -> Response:
        """Does to an account what its owner's button says."""
        do, who = visit.form.get("do", ""), visit.form.get("who", "")
        try:
            if do in ("invite", "reset"):
                address = str(visit.request.url_for("link", token=self._token(visit, do, who)))
                return self.everybody(visit, link=address, for_whom=visit.form.get("name") or who)
            self._apply(visit, do, who)
        except KentonganError as error:
            return self.everybody(visit, self._desk.said(error))
        return RedirectResponse("/admin/orang/", 303)

    def _token(self, visit: Visit, do: str, who: str) -> str:
        accounts, by = self._desk.accounts, visit.me.login
        if do == "reset":
            return accounts.reset(who, by)
        return accounts.invite(visit.form.get("name", ""), _role(visit.form.get("role", "")), by)

    def _apply(self, visit: Visit, do: str, who: str) -> None:
        accounts, by = self._desk.accounts, visit.me.login
        if do == "disable":
            accounts.disable(who, by)
        elif do == "enable":
            accounts.enable(who, by)
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
