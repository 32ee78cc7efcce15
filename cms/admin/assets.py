"""What the admin's pages load: under addresses that change with their content, so that a browser asks once for each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kentongan.serving.policy import ASK_EACH_TIME, FOR_EVER, media_type

from ..compression import BEST, encoded, encoding_for, headers_of

HOME = "/admin/static/"


class Assets:
    """The files below *folder*, and *others* by their names."""

    def __init__(self, folder: Path, others: Mapping[str, Path]) -> None:
        own = {path.relative_to(folder).as_posix(): path for path in folder.rglob("[!.]*") if path.is_file()}
        self._data = {name: path.read_bytes() for name, path in {**own, **others}.items()}
        self._digests = {name: sha256(data).hexdigest()[:10] for name, data in self._data.items()}
        self._encoded = cache(lambda name, encoding: encoded(self._data[name], encoding, BEST))

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def address(self, name: str) -> str:
        """Where the file *name* is, as it is now.

        :raises KeyError: when there is none.
        """
        return f"{HOME}{self._digests[name]}/{name}"

    def route(self) -> Route:
        """Their addresses; without a digest, or with an older one, it is the file of that name as it is now."""
        return Route("/static/{path:path}", self._answer, methods=["GET"], name="static")

    async def _answer(self, request: Request) -> Response:
        path = request.path_params["path"]
        digest, _, rest = path.partition("/")
        name = path if path in self._data else rest
        if name not in self._data:
            return Response(status_code=404)
        encoding = encoding_for(request.headers.get("accept-encoding", ""))
        age = FOR_EVER if digest == self._digests[name] else ASK_EACH_TIME
        headers = {"cache-control": age, **headers_of(encoding)}
        return Response(self._encoded(name, encoding), media_type=media_type(name), headers=headers)
