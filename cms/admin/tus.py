"""Resumable uploads by the tus protocol, 1.0.0: core, creation, expiration, checksum and termination."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from email.utils import formatdate

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from kentongan.accounts import Right, may
from kentongan.model import Kind

from ..uploads import CHECKSUMS, LIMITS, Upload, UploadError, Uploads
from .desk import Desk, Visit

HOME = "/admin/unggah/"
VERSION = "1.0.0"
_HEADERS = {"tus-resumable": VERSION, "cache-control": "no-store"}
_TOLD = {
    "tus-version": VERSION,
    "tus-extension": "creation,expiration,checksum,termination",
    "tus-max-size": str(max(LIMITS.values())),
    "tus-checksum-algorithm": ",".join(CHECKSUMS),
}


class Tus:
    """The addresses of uploads."""

    def __init__(self, desk: Desk, uploads: Uploads) -> None:
        self._desk, self._uploads = desk, uploads

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/unggah/", closed(self.create), methods=["POST"]),
            Route("/unggah/", closed(self.options), methods=["OPTIONS"]),
            Route("/unggah/{id}", closed(self.one), methods=["HEAD", "PATCH", "DELETE"], name="upload"),
        ]

    def options(self, _visit: Visit) -> Response:
        """What is understood here."""
        return Response(status_code=204, headers=_HEADERS | _TOLD)

    def create(self, visit: Visit) -> Response:
        """Makes room for an upload."""
        if not any(may(visit.me.role, Right.DRAFT, kind) for kind in Kind):
            return _refused(UploadError(403, "not yours"))
        try:
            _check_version(visit.request)
            length = _number(visit.request, "upload-length")
            told = _metadata(visit.request.headers.get("upload-metadata", ""))
            upload = self._uploads.create(visit.me.login, told.get("kind", ""), length, told.get("filename", "")[:200])
        except UploadError as error:
            return _refused(error)
        return self._said(upload, 201, {"location": f"{HOME}{upload.id}"})

    def one(self, visit: Visit) -> Response:
        """Tells how far an upload is, goes on with it, or throws it away."""
        request = visit.request
        upload = self._uploads.find(request.path_params["id"], visit.me.login)
        if upload is None:
            return _refused(UploadError(404, "no such upload"))
        try:
            _check_version(request)
            if request.method == "PATCH":
                return self._received(request, upload)
        except UploadError as error:
            return _refused(error)
        if request.method == "DELETE":
            self._uploads.end(upload)
            return Response(status_code=204, headers=_HEADERS)
        return self._said(upload, 200, {"upload-length": str(upload.length)})

    def _received(self, request: Request, upload: Upload) -> Response:
        if request.headers.get("content-type") != "application/offset+octet-stream":
            raise UploadError(415, "wrong content type")
        offset, checksum = _number(request, "upload-offset"), _checksum(request)

        async def receive_all() -> Response:
            try:
                await self._uploads.append(upload, offset, request.stream(), checksum)
            except UploadError as error:
                return _refused(error)
            return self._said(upload, 204, {})

        return _Later(receive_all)

    def _said(self, upload: Upload, status: int, headers: dict[str, str]) -> Response:
        expires = formatdate(self._uploads.expires(upload), usegmt=True)
        state = {"upload-offset": str(self._uploads.offset(upload)), "upload-expires": expires}
        return Response(status_code=status, headers=_HEADERS | state | headers)


class _Later(Response):
    """An answer that is known only when the whole body has come: it comes slowly, and no thread waits for it."""

    def __init__(self, make: Callable[[], Awaitable[Response]]) -> None:
        super().__init__()
        self._make = make

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._make()
        except ClientDisconnect:
            return
        await response(scope, receive, send)


def _refused(error: UploadError) -> Response:
    told = _TOLD if error.status == 412 else {}
    return Response(str(error), error.status, headers=_HEADERS | told, media_type="text/plain")


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise UploadError(412, "another version of tus")


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise UploadError(400, f"{header} is missing")
    return int(text)


def _checksum(request: Request) -> tuple[str, bytes] | None:
    header = request.headers.get("upload-checksum")
    if header is None:
        return None
    name, _, digest = header.partition(" ")
    if name not in CHECKSUMS:
        raise UploadError(400, "unknown checksum")
    return name, _decoded(digest)


def _metadata(header: str) -> dict[str, str]:
    """``filename d29ybGQ=,kind cGljdHVyZQ==`` -> what it says."""
    pairs = (pair.strip().partition(" ") for pair in header.split(",") if pair.strip())
    return {key: _decoded(value).decode("utf-8", "replace") for key, _, value in pairs}


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UploadError(400, "no base 64") from error
