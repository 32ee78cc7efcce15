"""What went wrong, as ``application/problem+json`` (RFC 9457), in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

from kentongan.errors import KentonganError
from kentongan.forms import Trouble
from kentongan.language import Message

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer that is an error. ``members`` are added to the document, ``headers`` to the answer."""

    def __init__(
        self,
        status: int,
        detail: Message | None = None,
        mend: Message | None = None,
        *,
        troubles: Iterable[Trouble] = (),
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        self.status, self.detail, self.mend = status, detail, mend
        self.troubles, self.headers, self.members = tuple(troubles), dict(headers or {}), members
        super().__init__(detail.told("en") if detail else HTTPStatus(status).phrase)

    @classmethod
    def of(cls, error: KentonganError, status: int, **members: Any) -> Problem:
        """*error* as the answer *status*."""
        return cls(status, error.message, error.mend, **members)

    def response(self, language: str) -> JSONResponse:
        """The answer, told in *language*."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
        }
        if said := " ".join(part.told(language) for part in (self.detail, self.mend) if part):
            document["detail"] = said
        if self.troubles:
            document["errors"] = [_error(trouble, language) for trouble in self.troubles]
        headers = {"content-language": language, "cache-control": "no-store", "vary": "Authorization", **self.headers}
        return JSONResponse(document | self.members, self.status, headers=headers, media_type=MEDIA_TYPE)


def invalid(troubles: Iterable[Trouble]) -> Problem:
    """What was sent is understood, and cannot be done."""
    return Problem(422, Message("This cannot be done as it was sent."), troubles=troubles)


def _error(trouble: Trouble, language: str) -> dict[str, str]:
    told = {"field": trouble.name, "message": trouble.message.told(language)}
    return told | ({"mend": trouble.mend.told(language)} if trouble.mend else {})
