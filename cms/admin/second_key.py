"""Adding a second key to one's account: a QR code for an app, and codes for paper."""

from __future__ import annotations

import segno
from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from kentongan.errors import KentonganError
from kentongan.language import Message

from .desk import Desk, Visit

_WRONG_PASSWORD = Message("The password does not fit yet.")


def second_key(desk: Desk) -> list[Route]:
    """The route of the second key."""

    def offer(visit: Visit, trouble: str = "") -> Response:
        host = visit.request.url.hostname or "Kentongan"
        secret, address = desk.factors.proposal(visit.me, host, visit.form.get("secret", ""))
        code = Markup(segno.make(address, error="m").svg_inline(scale=5, border=2, svgclass="code", lineclass=None))  # noqa: S704
        words = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        status = 422 if trouble else 200
        return desk.page("second_key.html", visit, status, secret=secret, words=words, code=code, trouble=trouble)

    def begin(visit: Visit) -> Response:
        try:
            if desk.accounts.log_in(visit.me.login, visit.form.get("password", ""), visit.address) is None:
                raise KentonganError(_WRONG_PASSWORD)
            codes = desk.factors.begin(visit.me, visit.form.get("secret", ""), visit.form.get("code", ""))
        except KentonganError as error:
            return offer(visit, error.told(desk.status.language))
        return desk.page("paper_codes.html", visit, codes=[f"{code[:5]} {code[5:]}" for code in codes])

    return [
        Route("/akun/kunci/", desk.closed(offer, keyless=True), methods=["GET"], name="second_key"),
        Route("/akun/kunci/", desk.closed(begin, keyless=True), methods=["POST"]),
    ]
