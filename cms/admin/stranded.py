"""What was typed into a form whose record somebody else has thrown away or published meanwhile: it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from starlette.responses import RedirectResponse, Response

from kentongan.actions import BringBack, Propose
from kentongan.actions.answering import shown
from kentongan.repository.edit import BODY

from .desk import Visit
from .sheets import Sheet, Sheets, key_of
from .workshop import Workshop


class Standing(StrEnum):
    """How a record stands to whoever has its form open."""

    OPEN = ""
    GONE = "gone"
    """Somebody has thrown it away."""
    TAKEN = "taken"
    """It is not theirs to change any more, since it is published."""


class Stranded:
    """Does with such a form what its buttons say."""

    def __init__(self, shop: Workshop, sheets: Sheets) -> None:
        self._shop, self._sheets = shop, sheets

    def standing(self, visit: Visit, sheet: Sheet) -> Standing:
        """How the record of *sheet* stands to *visit*."""
        if not sheet.is_new and self._shop.room.text(sheet.path) is None:
            return Standing.GONE
        return Standing.OPEN if self._sheets.is_theirs(visit, sheet) else Standing.TAKEN

    def done(self, visit: Visit, sheet: Sheet, do: str) -> Response | None:
        """Does it; ``None``: what the button says cannot be done to such a record.

        :raises KentonganError: when it is refused; what was typed is kept.
        """
        match self.standing(visit, sheet), do:
            case Standing.GONE, "salin":
                return self._copied(visit, sheet)
            case Standing.GONE, "kembalikan":
                return self._brought_back(visit, sheet)
            case Standing.TAKEN, "usul":
                return self._proposed(visit, sheet)
        return None

    def _copied(self, visit: Visit, sheet: Sheet) -> Response:
        fresh = replace(sheet, base=None, key=key_of(sheet.kind))
        self._sheets.keep(visit, fresh)
        self._sheets.forget(visit, sheet)
        return RedirectResponse(fresh.address(), 303)

    def _brought_back(self, visit: Visit, sheet: Sheet) -> Response:
        own, *newcomers = self._sheets.edits(sheet)
        BringBack(own, newcomers).do(self._shop.room, self._shop.actor(visit))
        self._sheets.forget(visit, sheet)
        return RedirectResponse(sheet.address(), 303)

    def _proposed(self, visit: Visit, sheet: Sheet) -> Response:
        Propose(sheet.path, self._changed(sheet)).do(self._shop.room, self._shop.actor(visit))
        self._sheets.forget(visit, sheet)
        return RedirectResponse("/admin/", 303)

    def _changed(self, sheet: Sheet) -> Mapping[str, str]:
        """What was typed in the place of something else, in words, by key."""
        own, *_ = self._sheets.edits(sheet)
        body = {BODY: own.body} if own.body is not None else {}
        return {key: shown(sheet.path, key, tree) for key, tree in {**own.changes, **body}.items()}
