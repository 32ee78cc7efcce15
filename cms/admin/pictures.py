"""The office's pictures: looking one up, adding one, and one picture's own page. A form can send here to choose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right
from kentongan.actions.pictures import (
    FOCUSES,
    AddPicture,
    BadWords,
    DeletePicture,
    DescribePicture,
    ReplacePicture,
    may_any,
)
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.pictures.shelf import Kept, picture, pictures, shown_by
from kentongan.pictures.thumbnails import thumbnail
from kentongan.serving.policy import media_type

from ..uploads import Upload, Uploads
from .desk import Desk, Visit, local
from .sheets import BY_FOLDER
from .workshop import Workshop

HOME = "/admin/gambar/"
_PER_PAGE = 24
_PICTURES = {
    "cache-control": "private, max-age=86400",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "cross-origin-resource-policy": "same-origin",
}
"""A picture is only looked at: not even a drawing opened by itself may run or load anything."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Who sent somebody here to choose a picture: the admin's page ``to``, for its field ``field``. Or nobody."""

    to: str = ""
    field: str = ""

    @classmethod
    def of(cls, visit: Visit) -> Errand:
        """What the address of *visit* says."""
        asked = visit.request.query_params
        return cls(local(asked["untuk"]), asked.get("kolom", "")) if asked.get("untuk") else cls()

    @property
    def query(self) -> str:
        """What keeps the errand in an address."""
        return urlencode({"untuk": self.to, "kolom": self.field}) if self.to else ""

    def with_picture(self, path: str) -> str:
        """Where whoever chooses the picture *path* goes: back, or to the picture's own page."""
        if not self.to:
            return f"{HOME}satu/{quote(path)}"
        sign = "&" if urlsplit(self.to).query else "?"
        return f"{self.to}{sign}{urlencode({'gambar': path, 'kolom': self.field})}"


class Pictures:
    """The pages of pictures."""

    def __init__(self, desk: Desk, shop: Workshop, uploads: Uploads) -> None:
        self._desk, self._shop, self._uploads = desk, shop, uploads
        self._content = shop.room.content

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/gambar/", closed(self.list), methods=["GET"], name="pictures"),
            Route("/gambar/", closed(self.add), methods=["POST"]),
            Route("/gambar/kecil/{digest}/{path:path}", closed(self.small), methods=["GET"], name="small"),
            Route("/gambar/utuh/{digest}/{path:path}", closed(self.whole), methods=["GET"], name="whole"),
            Route("/gambar/satu/{path:path}", closed(self.one), methods=["GET"], name="picture"),
            Route("/gambar/satu/{path:path}", closed(self.change), methods=["POST"]),
        ]

    def list(self, visit: Visit, trouble: str = "", field: str = "") -> Response:
        """Pictures, newest first, or those that were looked for."""
        if not self._may(visit, Right.DRAFT):
            return self._desk.page("refused.html", visit, 403)
        words = visit.request.query_params.get("cari", "").strip()
        found = [one for one in pictures(self._content) if one.matches(words)]
        page, pages = _page_of(visit, len(found))
        shown = found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
        told: dict[str, Any] = {
            "errand": Errand.of(visit),
            "words": words,
            "page_number": page,
            "pages": pages,
            "total": len(found),
        }
        uses = shown_by(self._content, [one.path for one in shown])
        status = 422 if trouble else 200
        return self._desk.page(
            "pictures.html", visit, status, found=shown, uses=uses, trouble=trouble, wrong=field, **told
        )

    def add(self, visit: Visit) -> Response:
        """Takes in what was sent, and goes on with it."""
        try:
            action = AddPicture(self._sent(visit), visit.form.get("alt", ""), visit.form.get("pusat", ""))
            added = action.do(self._shop.room, self._shop.actor(visit))
        except KentonganError as error:
            if _wants_json(visit):
                return JSONResponse({"trouble": self._desk.said(error)}, 422)
            return self.list(visit, self._desk.said(error), "alt" if isinstance(error, BadWords) else "berkas")
        self._forget_sent(visit)
        if _wants_json(visit):
            found = picture(self._content, added.path)
            return JSONResponse({"markdown": found.markdown if found else ""})
        errand = Errand.of(visit)
        return RedirectResponse(errand.with_picture(added.path) + ("" if errand.to else _flag(added.was_there)), 303)

    def one(self, visit: Visit, trouble: str = "") -> Response:
        """One picture: what was said of it, and where it is shown."""
        if not self._may(visit, Right.DRAFT):
            return self._desk.page("refused.html", visit, 403)
        found = self._asked(visit)
        if found is None:
            return self._desk.page("missing.html", visit, 404)
        uses = [self._use(path) for path in shown_by(self._content, [found.path])[found.path]]
        told: dict[str, Any] = {"focuses": FOCUSES, "uses": uses, "edits": self._may(visit, Right.EDIT)}
        was_there = visit.request.query_params.get("kata") == "sudah-ada"
        return self._desk.page(
            "picture.html", visit, 422 if trouble else 200, one=found, trouble=trouble, was_there=was_there, **told
        )

    def change(self, visit: Visit) -> Response:
        """Does to a picture what the button says."""
        path, do = visit.request.path_params["path"], visit.form.get("do", "")
        room, actor = self._shop.room, self._shop.actor(visit)
        try:
            if do == "hapus":
                DeletePicture(path).do(room, actor)
                return RedirectResponse(HOME, 303)
            if do == "ganti":
                ReplacePicture(path, self._sent(visit)).do(room, actor)
                self._forget_sent(visit)
            else:
                DescribePicture(path, visit.form.get("alt", ""), visit.form.get("pusat", "")).do(room, actor)
        except KentonganError as error:
            return self.one(visit, self._desk.said(error))
        return RedirectResponse(f"{HOME}satu/{quote(path)}", 303)

    def small(self, visit: Visit) -> Response:
        """A picture as lists show it."""
        found = self._asked(visit)
        if found is None or not self._may(visit, Right.DRAFT):
            return self._desk.page("missing.html", visit, 404)
        return _file(thumbnail(found.file, self._shop.room.writer.state))

    def whole(self, visit: Visit) -> Response:
        """A picture as it is kept."""
        found = self._asked(visit)
        if found is None or not self._may(visit, Right.DRAFT):
            return self._desk.page("missing.html", visit, 404)
        return _file(Path(found.file.source))

    def _sent(self, visit: Visit) -> bytes:
        """The bytes that came with the form, or piece by piece before it."""
        upload = self._upload(visit)
        whole = self._uploads.finished(upload) if upload and upload.kind == "picture" else None
        return whole.read_bytes() if whole else visit.files.get("berkas", b"")

    def _forget_sent(self, visit: Visit) -> None:
        if upload := self._upload(visit):
            self._uploads.end(upload)

    def _upload(self, visit: Visit) -> Upload | None:
        return self._uploads.find(visit.form.get("unggahan", ""), visit.me.login)

    def _asked(self, visit: Visit) -> Kept | None:
        return picture(self._content, visit.request.path_params["path"])

    def _may(self, visit: Visit, right: Right) -> bool:
        return may_any(self._shop.actor(visit), right)

    def _use(self, path: str) -> tuple[str, str]:
        """A record that shows the picture: its form's address, and what it is called."""
        folder, _, name = path.partition("/")
        if folder not in BY_FOLDER:
            return "", self._desk.told(Message("The office's settings"))
        id_ = name.removesuffix(".md")
        labels = self._shop.labels(BY_FOLDER[folder])
        return f"/admin/isi/{folder}/{quote(id_)}", labels.get(id_, path)


def _wants_json(visit: Visit) -> bool:
    """Whether the editor of a text asks, which puts the picture there itself."""
    return "application/json" in visit.request.headers.get("accept", "")


def _file(path: Path) -> Response:
    return FileResponse(path, media_type=media_type(path.name), headers=_PICTURES)


def _flag(was_there: bool) -> str:
    return "?kata=sudah-ada" if was_there else ""


def _page_of(visit: Visit, total: int) -> tuple[int, int]:
    """Which page is asked for, of how many."""
    pages = max(1, -(-total // _PER_PAGE))
    asked = visit.request.query_params.get("hal", "1")
    return min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), pages), pages
