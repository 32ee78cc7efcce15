"""Logging in and out, and the one-time links by which accounts are made."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Account
from kentongan.accounts.factors import wrong_code
from kentongan.accounts.passwords import SHORTEST
from kentongan.errors import KentonganError
from kentongan.language import Message

from .desk import LOGIN, Desk, Visit

_WRONG = Message("The name or the password does not fit yet. Type it once more, slowly.")
_HEARD = Message("Without HTTPS everybody on the way could read your password. Open this page by https://.")


def entrance(desk: Desk) -> list[Route]:
    """The routes of the entrance."""

    def form(visit: Visit, trouble: str = "") -> Response:
        to = visit.request.query_params.get("ke", "")
        return desk.page("login.html", visit, 422 if trouble else 200, trouble=trouble, back=bool(to))

    def log_in(visit: Visit) -> Response:
        if not visit.is_private:
            return form(visit, desk.told(_HEARD))
        if visit.request.method != "POST":
            return RedirectResponse("/admin/", 303) if visit.account else form(visit)
        try:
            account = desk.accounts.log_in(visit.form.get("name", ""), visit.form.get("password", ""), visit.address)
        except KentonganError as error:
            return form(visit, error.told(desk.status.language))
        if account is None:
            return form(visit, desk.told(_WRONG))
        return enter(visit, account, visit.request.query_params.get("ke", "/admin/"))

    def enter(visit: Visit, account: Account, to: str) -> Response:
        return (desk.ask_for_key if desk.factors.has(account) else desk.log_in)(visit, account, to)

    def code(visit: Visit) -> Response:
        account = desk.waiting(visit)
        if account is None:
            return RedirectResponse(LOGIN, 303)
        trouble = ""
        if visit.request.method == "POST":
            try:
                if desk.factors.opens(account, visit.form.get("code", ""), visit.address):
                    return desk.log_in(visit, account, visit.request.query_params.get("ke", "/admin/"))
                trouble = wrong_code().told(desk.status.language)
            except KentonganError as error:
                trouble = error.told(desk.status.language)
        return desk.page("code.html", visit, 422 if trouble else 200, trouble=trouble)

    def link(visit: Visit) -> Response:
        token = visit.request.path_params["token"]
        try:
            what = desk.accounts.link(token)
        except KentonganError as error:
            return desk.page("link_over.html", visit, 410, trouble=error.told(desk.status.language))
        if visit.request.method != "POST":
            return desk.page("link.html", visit, link=what, trouble="", shortest=SHORTEST)
        given = visit.form
        try:
            account = desk.accounts.accept(
                token, given.get("login", ""), given.get("name", ""), given.get("password", "")
            )
        except KentonganError as error:
            trouble = error.told(desk.status.language)
            return desk.page("link.html", visit, 422, link=what, trouble=trouble, shortest=SHORTEST)
        return enter(visit, account, "/admin/")

    return [
        Route("/masuk", desk.open(log_in), methods=["GET", "POST"], name="login"),
        Route("/kode", desk.open(code), methods=["GET", "POST"], name="code"),
        Route("/keluar", desk.open(desk.log_out), methods=["POST"], name="logout"),
        Route("/tautan/{token}", desk.open(link), methods=["GET", "POST"], name="link"),
    ]
