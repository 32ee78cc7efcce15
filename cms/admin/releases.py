"""The releases that are kept, and the way back to one of them, for an owner."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Accounts, Right
from kentongan.build.release import Release
from kentongan.errors import KentonganError
from kentongan.language import moment
from kentongan.store.git import asked

from .desk import Desk, Visit
from .preview import again
from .workshop import Workshop


class ReleasePages:
    """The page of releases."""

    def __init__(self, desk: Desk, shop: Workshop) -> None:
        self._desk, self._shop = desk, shop

    def routes(self) -> list[Route]:
        """Its address."""
        closed = self._desk.closed
        return [
            Route("/rilis/", closed(self.show, Right.OFFICE), methods=["GET"], name="releases"),
            Route("/rilis/", closed(self.change, Right.OFFICE), methods=["POST"]),
        ]

    def show(self, visit: Visit, trouble: str = "") -> Response:
        """What is kept, newest first."""
        publication = self._shop.publication
        kept = publication.releases.all() if publication else []
        told: dict[str, Any] = {
            "rows": [self._row(one) for one in reversed(kept)],
            "rolled_back": bool(publication and publication.is_rolled_back),
            "busy": bool(publication and publication.is_releasing),
            "way": self._shop.way.value,
            "trouble": trouble,
        }
        page = self._desk.page("releases.html", visit, 422 if trouble else 200, **told)
        return again(page, 5) if told["busy"] else page

    def change(self, visit: Visit) -> Response:
        """Goes back to a release, or cuts a new one."""
        publication, name = self._shop.publication, visit.form.get("rilis", "")
        if publication and visit.form.get("do") == "baru":
            publication.release()
            self._note(visit, "release", "")
        elif publication:
            try:
                self._note(visit, "rollback", publication.releases.rollback(name or None))
            except KentonganError as error:
                return self.show(visit, self._desk.said(error))
        return RedirectResponse("/admin/rilis/", 303)

    def _note(self, visit: Visit, action: str, name: str) -> None:
        Accounts(self._shop.room.database).note(visit.me.login, action, name)

    def _row(self, one: Release) -> dict[str, Any]:
        language = self._desk.status.language
        return {
            "name": one.name,
            "current": one.current,
            "pages": one.pages,
            "when": moment(self._shop.instant(one.built), language).sentence if one.built else one.name,
            "what": self._words(one.commit) if one.commit else "",
        }

    def _words(self, commit: str) -> str:
        """What whoever made *commit* did."""
        if not commit.isalnum():
            return ""
        told = asked(self._shop.room.content, "log", "-1", "--format=%an: %s", "--end-of-options", commit)
        return (told or b"").decode("utf-8", "replace").strip()
