"""The history of one record in words, and going back in it."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right
from kentongan.actions import Restore
from kentongan.actions.choosing import asides
from kentongan.actions.newsroom import path_of
from kentongan.actions.restore import text_at, versions_of
from kentongan.errors import KentonganError
from kentongan.forms.layout import fields_of
from kentongan.language import moment
from kentongan.model import Kind

from .desk import Desk, Visit
from .preview import Preview
from .sheets import BY_FOLDER
from .workshop import Workshop


class History:
    """The pages of a record's versions."""

    def __init__(self, desk: Desk, shop: Workshop, preview: Preview) -> None:
        self._desk, self._shop, self._preview = desk, shop, preview

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/isi/{folder}/{id}/riwayat", closed(self.show), methods=["GET"], name="history"),
            Route("/isi/{folder}/{id}/riwayat", closed(self.restore), methods=["POST"]),
            Route("/isi/{folder}/{id}/riwayat/{commit}", closed(self.page), methods=["GET"], name="version"),
        ]

    def show(self, visit: Visit, trouble: str = "") -> Response:
        """Who changed what, when."""
        path = self._path(visit)
        versions = versions_of(self._shop.room, path) if path else []
        if path is None or not (versions or self._shop.room.text(path) is not None):
            return self._desk.page("missing.html", visit, 404)
        room, language = self._shop.room, self._desk.status.language
        labels = {field.key: self._desk.told(field.label) for field in fields_of(_kind(visit))}
        names = {account.login: account.name for account in self._desk.accounts.all()}
        rows = [
            {
                "commit": version.commit,
                "who": version.who,
                "when": moment(version.when.astimezone(room.now.tzinfo), language).sentence,
                "what": version.what,
                "changed": [labels[key] for key in version.changed if key in labels],
            }
            for version in versions
        ]
        label = self._shop.label(path)
        address = visit.request.url.path.removesuffix("/riwayat")
        aside = [
            {
                "who": names.get(one.who, one.who),
                "when": moment(one.at.astimezone(room.now.tzinfo), language).sentence,
                "field": labels.get(one.key, one.key),
                "text": one.text,
            }
            for one in asides(room, path)
        ]
        told: dict[str, Any] = {"rows": rows, "aside": aside, "label": label, "address": address}
        return self._desk.page("history.html", visit, 422 if trouble else 200, trouble=trouble, **told)

    def page(self, visit: Visit) -> Response:
        """The page as it was in one version."""
        path = self._path(visit)
        text = text_at(self._shop.room, path, visit.request.path_params["commit"]) if path else None
        if path is None or text is None:
            return self._desk.page("missing.html", visit, 404)
        return self._preview.drawn(visit, {path: text})

    def restore(self, visit: Visit) -> Response:
        """Makes the record as it was."""
        path = self._path(visit)
        if path is None:
            return self._desk.page("missing.html", visit, 404)
        try:
            done = Restore(path, visit.form.get("commit", "")).do(self._shop.room, self._shop.actor(visit))
        except KentonganError as error:
            return self.show(visit, self._desk.said(error))
        self._preview.rebuild(done.written.texts)
        self._shop.send(path, done.written.commit)
        return RedirectResponse(visit.request.url.path.removesuffix("/riwayat"), 303)

    def _path(self, visit: Visit) -> str | None:
        kind = BY_FOLDER.get(visit.request.path_params["folder"])
        if kind is None:
            return None
        path = path_of(kind, visit.request.path_params["id"])
        return path if self._shop.room.may(self._shop.actor(visit), Right.EDIT, path) else None


def _kind(visit: Visit) -> Kind:
    return BY_FOLDER[visit.request.path_params["folder"]]
