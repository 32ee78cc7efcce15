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


class Entrance:
    """What is open to those who are not logged in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Its addresses."""
        both, open_ = ["GET", "POST"], self._desk.open
        return [
            Route("/masuk", open_(self.log_in), methods=both, name="login"),
            Route("/kode", open_(self.code), methods=both, name="code"),
            Route("/keluar", open_(self._desk.log_out), methods=["POST"], name="logout"),
            Route("/tautan/{token}", open_(self.link), methods=both, name="link"),
        ]

    def log_in(self, visit: Visit) -> Response:
        """Name and password."""
        if not visit.is_private:
            return self._login_form(visit, self._desk.told(_HEARD))
        if visit.request.method != "POST":
            return RedirectResponse("/admin/", 303) if visit.account else self._login_form(visit)
        try:
            account = self._desk.accounts.log_in(
                visit.form.get("name", ""), visit.form.get("password", ""), visit.address
            )
        except KentonganError as error:
            return self._login_form(visit, self._desk.said(error))
        if account is None:
            return self._login_form(visit, self._desk.told(_WRONG))
        return self._enter(visit, account)

    def code(self, visit: Visit) -> Response:
        """The second key, from whoever has shown a password."""
        account = self._desk.waiting(visit)
        if account is None:
            return RedirectResponse(LOGIN, 303)
        if visit.request.method != "POST":
            return self._desk.page("code.html", visit, trouble="")
        try:
            if not self._desk.factors.opens(account, visit.form.get("code", ""), visit.address):
                raise wrong_code()
        except KentonganError as error:
            return self._desk.page("code.html", visit, 422, trouble=self._desk.said(error))
        return self._desk.log_in(visit, account, visit.aim)

    def link(self, visit: Visit) -> Response:
        """A one-time link: a new account, or a new password for one."""
        token, given = visit.request.path_params["token"], visit.form
        try:
            what = self._desk.accounts.link(token)
        except KentonganError as error:
            return self._desk.page("link_over.html", visit, 410, trouble=self._desk.said(error))
        if visit.request.method != "POST":
            return self._desk.page("link.html", visit, link=what, trouble="", shortest=SHORTEST)
        try:
            account = self._desk.accounts.accept(
                token, given.get("login", ""), given.get("name", ""), given.get("password", "")
            )
        except KentonganError as error:
            return self._desk.page(
                "link.html", visit, 422, link=what, trouble=self._desk.said(error), shortest=SHORTEST
            )
        return self._enter(visit, account)

    def _login_form(self, visit: Visit, trouble: str = "") -> Response:
        back = "ke" in visit.request.query_params
        return self._desk.page(
            "login.html", visit, 422 if trouble else 200, trouble=trouble, passkey_trouble="", back=back
        )

    def _enter(self, visit: Visit, account: Account) -> Response:
        """Begins a session, or asks for the second key first."""
        lets_in = self._desk.ask_for_key if self._desk.factors.has(account) else self._desk.log_in
        return lets_in(visit, account, visit.aim)
