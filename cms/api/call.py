"""One request of a program: who asks, by which token, and what it sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

from starlette.requests import Request

from kentongan.accounts import Account, ApiToken, Scope
from kentongan.actions import Actor
from kentongan.forms import Trouble
from kentongan.language import LANGUAGES, Message

from .problems import Problem, invalid

LARGEST_BODY = 1 << 20
_JSON = ("application/json", "application/merge-patch+json")
_CHALLENGE = 'Bearer realm="kentongan"'


@dataclass(frozen=True, slots=True)
class Call:
    """A request with its body, and the token it came with (``None``: none)."""

    request: Request
    token: ApiToken | None
    body: bytes = b""

    @property
    def actor(self) -> Actor | None:
        """For whom the program acts."""
        return Actor(self.token.account) if self.token else None

    def account(self, scope: Scope) -> Account:
        """Whose token this is, if it is for *scope*.

        :raises Problem: when there is no token (401), or it is not for that (403).
        """
        if self.token is None:
            raise unauthorized()
        if scope not in self.token.scopes.split():
            raise Problem(
                403,
                Message("This key is not for that."),
                Message("Make one with “{scope}” on the account page.", {"scope": scope}),
                headers={"www-authenticate": f'{_CHALLENGE}, error="insufficient_scope", scope="{scope}"'},
            )
        return self.token.account

    def may(self, scope: Scope) -> bool:
        """Whether there is a token, and it is for *scope*."""
        return self.token is not None and scope in self.token.scopes.split()

    def query(self, *known: str) -> Mapping[str, str]:
        """The parameters of the address.

        :raises Problem: when one is not *known*, or stands there twice (422).
        """
        given = self.request.query_params
        for name, value in given.items():
            if name not in known:
                raise invalid([unknown(name, known)])
            if len(given.getlist(name)) > 1:
                raise invalid([Trouble(name, Message("“{key}” stands here twice.", {"key": name}))])
            _require_text(name, value)
        return dict(given)

    def json(self, known: tuple[str, ...] | None = None) -> dict[str, Any]:
        """The object that was sent; with *known*, one that holds no other keys. Nothing sent is an empty one.

        :raises Problem: when it is no JSON (400), of another type (415), or has keys we do not know (422).
        """
        if not self.body:
            return {}
        if self.request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _JSON:
            raise Problem(415, Message("Send JSON."), headers={"accept-patch": ", ".join(_JSON)})
        try:
            sent = json.loads(self.body.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise Problem(400, Message("What was sent is no JSON.")) from error
        if not isinstance(sent, dict):
            raise invalid([Trouble("", Message("Send one object."))])
        if known is not None:
            for key in sent:
                if key not in known:
                    raise invalid([unknown(key, known)])
        return sent


def unauthorized(error: str = "") -> Problem:
    """No token, or one that opens nothing (RFC 6750)."""
    return Problem(
        401,
        Message("This needs a key that is valid."),
        Message("Make one on the account page, and send it as “Authorization: Bearer …”."),
        headers={"www-authenticate": f'{_CHALLENGE}, error="{error}"' if error else _CHALLENGE},
    )


def bearer(request: Request) -> str | None:
    """The token that *request* carries; cookies are none.

    :raises Problem: when it names itself in another way (401).
    """
    given = request.headers.get("authorization")
    if given is None:
        return None
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not token.strip().isascii():
        raise unauthorized("invalid_request")
    return token.strip()


def language_of(request: Request, default: str) -> str:
    """The first of our languages that *request* accepts (RFC 9110, 12.5.4), else *default*."""
    accepted = []
    for place, part in enumerate(request.headers.get("accept-language", "").split(",")):
        tag, _, weight = part.partition(";")
        accepted.append((-_weight(weight), place, tag.strip().partition("-")[0].lower()))
    return next((tag for weight, _, tag in sorted(accepted) if weight < 0 and tag in LANGUAGES), default)


def unknown(name: str, known: tuple[str, ...]) -> Trouble:
    """*name* is none of *known*; the nearest of them is named."""
    close = get_close_matches(name.lower(), known, n=1)
    choices = Message("Choose one of: {choices}.", {"choices": ", ".join(known)}) if known else None
    mend = Message("Did you mean “{near}”?", {"near": close[0]}) if close else choices
    return Trouble(name[:100], Message("“{key}” is not a key we know.", {"key": name[:100]}), mend)


def _weight(text: str) -> float:
    name, _, number = text.strip().partition("=")
    try:
        return float(number) if name == "q" else 1.0
    except ValueError:
        return 0.0


def _require_text(name: str, value: str) -> None:
    if "\0" in value:
        told = Message("“{text}” holds characters that cannot be printed.", {"text": value.replace("\0", "�")[:60]})
        raise invalid([Trouble(name, told)])
    if len(value) > 500:
        raise invalid([Trouble(name, Message("“{key}” is too long.", {"key": name}), Message("Shorten it."))])


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
