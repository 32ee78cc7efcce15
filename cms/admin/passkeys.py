"""Passkeys: adding and removing them, and logging in with one."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import RelyingParty
from kentongan.errors import KentonganError
from kentongan.language import Message, Moment, moment

from .desk import NO_STORE, Desk, Visit

_HERE = "/admin/akun/kunci-sandi/"


class PasskeyPages:
    """The page of one's passkeys, and what the page for logging in asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their addresses. What a script asks for is posted, since asking leaves a challenge behind."""
        desk = self._desk
        return [
            Route("/masuk/kunci-sandi", desk.open(self.log_in), methods=["POST"]),
            Route("/masuk/kunci-sandi/tanya", desk.open(self.question), methods=["POST"]),
            Route("/akun/kunci-sandi/", desk.closed(self.mine, keyless=True), methods=["GET"], name="passkeys"),
            Route("/akun/kunci-sandi/", desk.closed(self.change, keyless=True), methods=["POST"]),
            Route("/akun/kunci-sandi/mulai", desk.closed(self.proposal, keyless=True), methods=["POST"]),
        ]

    def question(self, visit: Visit) -> Response:
        """What the browser has to ask a passkey."""
        return self._told_a_script(lambda: self._desk.passkeys.question(party(visit)))

    def log_in(self, visit: Visit) -> Response:
        """Begins a session for whoever's passkey has answered: it is both keys in one."""
        desk = self._desk
        try:
            account = desk.passkeys.opens(party(visit), visit.form.get("credential", ""), visit.address)
        except KentonganError as error:
            return desk.page("login.html", visit, 422, trouble="", passkey_trouble=desk.said(error), back=False)
        return desk.log_in(visit, account, visit.aim)

    def mine(self, visit: Visit, trouble: str = "") -> Response:
        """One's passkeys, and a form for another one."""
        told: dict[str, Any] = {
            "passkeys": self._desk.passkeys.of(visit.me),
            "moment": self._moment,
            "device": visit.device,
        }
        return self._desk.page("passkeys.html", visit, 422 if trouble else 200, trouble=trouble, **told)

    def proposal(self, visit: Visit) -> Response:
        """What the browser needs to make a passkey, for who has typed their password once more."""

        def proposed() -> str:
            self._ask_again(visit)
            return self._desk.passkeys.proposal(visit.me, party(visit))

        return self._told_a_script(proposed)

    def change(self, visit: Visit) -> Response:
        """Adds what was proposed and made, or takes a passkey off."""
        given, passkeys = visit.form, self._desk.passkeys
        try:
            if given.get("do") == "remove":
                self._ask_again(visit)
                passkeys.remove(visit.me, given.get("passkey", ""))
            else:
                passkeys.add(visit.me, party(visit), given.get("credential", ""), given.get("name", ""))
        except KentonganError as error:
            return self.mine(visit, self._desk.said(error))
        return RedirectResponse(_HERE, 303)

    def _ask_again(self, visit: Visit) -> None:
        """:raises KentonganError: when the password does not come with the form, for a phone may lie open."""
        if self._desk.accounts.log_in(visit.me.login, visit.form.get("password", ""), visit.address) is None:
            raise KentonganError(Message("The password does not fit yet."))

    def _told_a_script(self, ask: Callable[[], str]) -> Response:
        try:
            return Response(ask(), media_type="application/json", headers=NO_STORE)
        except KentonganError as error:
            return JSONResponse({"trouble": self._desk.said(error)}, 422, headers=NO_STORE)

    def _moment(self, instant: datetime) -> Moment:
        return moment(instant.astimezone(self._desk.status.zone), self._desk.status.language)


def party(visit: Visit) -> RelyingParty:
    """The domain at which *visit* came, which passkeys are bound to: ``localhost``, or the office's where it is known.

    :raises KentonganError: when it has none, as at a bare address, or is a strange one.
    """
    url = visit.request.url
    domain = url.hostname or ""
    if domain != "localhost" and not (url.scheme == "https" and _is_ours(domain)):
        raise KentonganError(
            Message("Passkeys do not work at this address."),
            Message("Open this page at the address of your office that begins with https://."),
        )
    return RelyingParty(domain, f"{url.scheme}://{visit.request.headers.get('host', '')}", domain)


def _is_ours(domain: str) -> bool:
    """Whether *domain* is that of ``SITEURL`` or one below it; any, but no number, where the site is not public yet."""
    office = urlsplit(os.environ.get("SITEURL", "")).hostname or "localhost"
    return not _is_number(domain) and (office in ("localhost", domain) or domain.endswith(f".{office}"))


def _is_number(domain: str) -> bool:
    try:
        ip_address(domain)
    except ValueError:
        return False
    return True
