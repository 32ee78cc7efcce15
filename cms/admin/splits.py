"""Two versions that came from two places: both side by side, and a person chooses."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.actions import Choose
from kentongan.actions.answering import shown
from kentongan.actions.choosing import decoded, is_outside, is_record, may_choose, their_document
from kentongan.actions.newsroom import kind_of, label_of
from kentongan.errors import KentonganError
from kentongan.forms.layout import fields_of
from kentongan.language import Message, moment
from kentongan.repository import OpenSplit
from kentongan.repository.edit import BODY
from kentongan.store.frontmatter import Document, FrontMatterError

from .desk import Desk, Visit
from .preview import SANDBOX, Preview
from .workshop import Workshop

HOME = "/admin/pilih/"
_PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
_MOST = 4000
"""Characters of a whole file that are shown."""
_STATES = {
    "draft": Message("Draft"),
    "review": Message("Being checked"),
    "published": Message("On the site"),
    "archived": Message("Taken off"),
}


def address_of(split: OpenSplit) -> str:
    """Where a person chooses."""
    return f"{HOME}?berkas={quote(split.path)}"


def name_of(shop: Workshop, split: OpenSplit) -> str:
    """What a person calls it."""
    if not is_record(split.path):
        return split.path
    return label_of(_our_document(shop, split).data or their_document(shop.room, split).data, split.path)


def _our_document(shop: Workshop, split: OpenSplit) -> Document:
    try:
        return shop.room.document(split.path) or Document({}, {}, "")
    except FrontMatterError:
        return Document({}, {}, "")


class SplitPages:
    """The pages of what two sides changed in two ways."""

    def __init__(self, desk: Desk, shop: Workshop, preview: Preview) -> None:
        self._desk, self._shop, self._preview = desk, shop, preview

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/pilih/", closed(self.show), methods=["GET"], name="choose"),
            Route("/pilih/", closed(self.choose), methods=["POST"]),
            Route("/pilih/gambar", closed(self.picture), methods=["GET"], name="choose-picture"),
        ]

    def show(self, visit: Visit, trouble: str = "") -> Response:
        """Both versions."""
        split = self._split(visit)
        if split is None:
            return self._desk.page("missing.html", visit, 404)
        if not may_choose(self._shop.room, self._shop.actor(visit), split):
            return self._desk.page("refused.html", visit, 403)
        values: dict[str, Any] = {
            "split": split,
            "label": name_of(self._shop, split),
            "address": f"/admin/isi/{split.path.removesuffix('.md')}" if is_record(split.path) else "",
            "when": moment(self._shop.instant(split.when), self._desk.status.language).sentence if split.when else "",
            "sides": self._sides(split) if split.fields else [],
            "whole": None if split.fields else self._whole(split),
            "outside": is_outside(split),
            "trouble": trouble,
        }
        return self._desk.page("choose.html", visit, 422 if trouble else 200, **values)

    def choose(self, visit: Visit) -> Response:
        """Does as was chosen."""
        split = self._split(visit)
        if split is None:
            return RedirectResponse("/admin/", 303)
        chosen = {name.removeprefix("pilih.") for name, value in visit.form.items() if value == "theirs"}
        try:
            Choose(split.path, chosen & set(split.fields), "" in chosen).do(self._shop.room, self._shop.actor(visit))
        except KentonganError as error:
            return self.show(visit, self._desk.said(error))
        if not is_outside(split):
            self._preview.rebuild({split.path: None})
        return RedirectResponse("/admin/", 303)

    def picture(self, visit: Visit) -> Response:
        """One side's picture, as it is."""
        split = self._split(visit)
        type_ = _PICTURES.get(PurePosixPath(split.path).suffix.lower()) if split else None
        if split is None or type_ is None or not may_choose(self._shop.room, self._shop.actor(visit), split):
            return self._desk.page("missing.html", visit, 404)
        theirs = visit.request.query_params.get("sisi") == "sana"
        data = self._shop.room.writer.splits.theirs(split) if theirs else self._ours(split)
        headers = {**SANDBOX, "x-content-type-options": "nosniff"}
        return Response(data or b"", media_type=type_, headers=headers)

    def _sides(self, split: OpenSplit) -> list[tuple[str, str, str, str]]:
        """Of each field its key, its name, and both texts."""
        here, there = _our_document(self._shop, split), their_document(self._shop.room, split)
        labels = {field.key: self._desk.told(field.label) for field in fields_of(kind_of(split.path))}
        return [
            (key, labels.get(key, key), self._text(split.path, key, here), self._text(split.path, key, there))
            for key in split.fields
        ]

    def _text(self, path: str, key: str, document: Document) -> str:
        value: Any = document.body if key == BODY else document.data.get(key)
        if key == "status":
            return self._desk.told(_STATES.get(str(value or "published"), Message("Draft")))
        return shown(path, key, value) or ("" if value is None else str(value))

    def _whole(self, split: OpenSplit) -> dict[str, Any]:
        """Both files: whether they are there, whether they are pictures, and their text."""
        ours, theirs = self._ours(split), self._shop.room.writer.splits.theirs(split)
        picture = PurePosixPath(split.path).suffix.lower() in _PICTURES
        return {
            "picture": picture,
            "source": f"{HOME}gambar?berkas={quote(split.path)}&sisi=",
            "ours": _told(ours, picture),
            "theirs": _told(theirs, picture),
        }

    def _ours(self, split: OpenSplit) -> bytes | None:
        place = self._shop.room.content / split.path
        return place.read_bytes() if place.is_file() and not place.is_symlink() else None

    def _split(self, visit: Visit) -> OpenSplit | None:
        return self._shop.room.writer.splits.of(visit.request.query_params.get("berkas", ""))


def _told(data: bytes | None, picture: bool) -> dict[str, Any]:
    """One side of a whole file: whether it is there at all, and its words."""
    return {"there": data is not None, "text": "" if data is None or picture else _words(data)}


def _words(data: bytes) -> str:
    try:
        text = decoded(data)
    except KentonganError:
        return ""
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
