"""One's own account, and for owners everybody's."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right, Role
from kentongan.errors import KentonganError
from kentongan.language import Message, moment

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


def people(desk: Desk) -> list[Route]:
    """The routes of accounts."""

    def mine(visit: Visit, trouble: str = "") -> Response:
        sessions = [
            {
                "name": one.token[:_SHOWN],
                "device": one.device,
                "seen": moment(one.seen.astimezone(desk.status.zone), desk.status.language),
            }
            for one in desk.sessions.of(visit.me)
        ]
        return desk.page(
            "account.html",
            visit,
            422 if trouble else 200,
            sessions=sessions,
            trouble=trouble,
            has_key=desk.factors.has(visit.me),
            roles=_told(),
        )

    def change(visit: Visit) -> Response:
        if visit.form.get("do") == "end":
            desk.sessions.end_other(visit.me, visit.form.get("session", "-") or "-")
            return RedirectResponse("/admin/akun/", 303)
        old, new = visit.form.get("old", ""), visit.form.get("new", "")
        try:
            desk.accounts.change_password(visit.me.login, old, new)
        except KentonganError as error:
            return mine(visit, error.told(desk.status.language))
        return desk.log_in(visit, visit.me, "/admin/akun/")

    def everybody(visit: Visit, trouble: str = "", link: str = "", for_whom: str = "") -> Response:
        return desk.page(
            "people.html",
            visit,
            422 if trouble else 200,
            accounts=desk.accounts.all(),
            roles=_told(),
            trouble=trouble,
            link=link,
            for_whom=for_whom,
        )

    def manage(visit: Visit) -> Response:
        given, by = visit.form, visit.me.login
        who, do = given.get("who", ""), given.get("do", "")
        try:
            if do in ("invite", "reset"):
                token = _token(desk, do, given, by)
                address = str(visit.request.url_for("link", token=token))
                return everybody(visit, link=address, for_whom=given.get("name") or who)
            _apply(desk, do, who, given, by)
        except KentonganError as error:
            return everybody(visit, error.told(desk.status.language))
        return RedirectResponse("/admin/orang/", 303)

    def _told() -> dict[str, str]:
        return {role.value: desk.told(words) for role, words in ROLES.items()}

    return [
        Route("/akun/", desk.closed(mine), methods=["GET"], name="account"),
        Route("/akun/", desk.closed(change), methods=["POST"]),
        Route("/orang/", desk.closed(everybody, Right.PEOPLE), methods=["GET"], name="people"),
        Route("/orang/", desk.closed(manage, Right.PEOPLE), methods=["POST"]),
    ]


def _token(desk: Desk, do: str, form: Mapping[str, str], by: str) -> str:
    if do == "reset":
        return desk.accounts.reset(form.get("who", ""), by)
    return desk.accounts.invite(form.get("name", ""), _role(form.get("role", "")), by)


def _apply(desk: Desk, do: str, who: str, form: Mapping[str, str], by: str) -> None:
    if do == "disable":
        desk.accounts.disable(who, by)
    elif do == "enable":
        desk.accounts.enable(who, by)
    elif do == "key":
        desk.factors.end(who, by)
    elif do == "role":
        desk.accounts.change_role(who, _role(form.get("role", "")), by)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise KentonganError(Message("Choose what this person is here for.")) from error
