"""One big field for an announcement: it is read, what it does not say is asked, and drafts come of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right, may
from kentongan.actions import Create
from kentongan.actions.answering import answers_of
from kentongan.actions.newsroom import path_of
from kentongan.actions.pasting import END, ZONE, Pasted, drafted, proposed_slot, read_pasted
from kentongan.actions.working_copies import forget, keep, kept
from kentongan.errors import KentonganError
from kentongan.forms import Field, troubles
from kentongan.forms.encode import encoded
from kentongan.forms.layout import fields_of
from kentongan.intake import Announcement
from kentongan.model import RECORD_TYPES, Kind

from .desk import Desk, Visit
from .sheets import NEW, TITLES, Sheet, key_of
from .widgets import Widgets
from .workshop import Workshop

KEY = "~tempel"
"""The working copy in which a pasted text is kept."""
_TEXT = "teks"
_FIELDS = {
    "start": "broadcasts",
    "date": "broadcasts",
    "year": "broadcasts",
    "time": "broadcasts",
    "station": "broadcasts",
    "people": "credits",
}
"""Which field of an episode's form shows what was read; others have their own names."""


class Paste:
    """The pages of pasting."""

    def __init__(self, desk: Desk, shop: Workshop) -> None:
        self._desk, self._shop = desk, shop

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/tempel", closed(self.ask), methods=["GET"], name="paste"),
            Route("/tempel", closed(self.submit), methods=["POST"]),
        ]

    def ask(self, visit: Visit, trouble: str = "", text: str = "") -> Response:
        """The field to paste into, with what was pasted last and not used."""
        copy = kept(self._shop.room, self._shop.actor(visit), KEY)
        text = text or (copy.answers.get(_TEXT, "") if copy else "")
        return self._desk.page("paste.html", visit, 422 if trouble else 200, text=text, trouble=trouble)

    def submit(self, visit: Visit) -> Response:
        """Reads the text; or takes the answers to what it did not say."""
        text = visit.form.get(_TEXT, "").replace("\r\n", "\n")
        if not text.strip():
            return self.ask(visit)
        room, actor = self._shop.room, self._shop.actor(visit)
        keep(room, actor, KEY, None, dict(visit.form))
        try:
            pasted = read_pasted(room, text)
            if (slot := proposed_slot(pasted, room)) is not None:
                return self._standing(visit, pasted, slot)
            if not may(visit.me.role, Right.DRAFT, pasted.main.kind):
                return self._desk.page("refused.html", visit, 403)
            do = visit.form.get("do", "")
            if do.startswith(("tambah:", "lepas:")):
                return self._result(visit, pasted, _answers(visit), grown=do)
            if do != "lihat":
                return self._result(visit, pasted, pasted.answers())
            return self._taken(visit, pasted)
        except KentonganError as error:
            return self.ask(visit, self._desk.said(error), text)

    def _taken(self, visit: Visit, pasted: Pasted) -> Response:
        """Makes the drafts, if nothing is missing any more."""
        answers = _answers(visit)
        texts = drafted(pasted, answers)
        language = self._desk.status.language
        wrong = {
            one.name: one.told(language)
            for one in reversed(troubles(pasted.main.kind, pasted.path, texts[pasted.path]))
        }
        if wrong:
            return self._result(visit, pasted, answers, wrong)
        room, actor = self._shop.room, self._shop.actor(visit)
        Create(texts).do(room, actor)
        forget(room, actor, KEY)
        folder = RECORD_TYPES[pasted.main.kind].folder
        return RedirectResponse(f"/admin/isi/{folder}/{pasted.main.id}/lihat", 303)

    def _standing(self, visit: Visit, pasted: Pasted, slot: dict[str, Any]) -> Response:
        """A standing time goes into its program's form, to be looked at there."""
        room, actor = self._shop.room, self._shop.actor(visit)
        if not may(visit.me.role, Right.EDIT, Kind.PROGRAM):
            return self._desk.page("refused.html", visit, 403)
        sheet = self._program(visit, pasted, str(slot["station"]))
        taken = [int(match[1]) for name in sheet.answers if (match := re.match(r"slots\.(\d{1,4})\.", name))]
        field = next(field for field in fields_of(Kind.PROGRAM) if field.key == "slots")
        shown = encoded(field.fields, {key: str(value) for key, value in slot.items() if value and key != "id"})
        added = {f"slots.{max(taken, default=-1) + 1}.{name}": value for name, value in shown.items()}
        keep(room, actor, sheet.place, sheet.base, {**sheet.answers, **added})
        forget(room, actor, KEY)
        return RedirectResponse(sheet.address(), 303)

    def _program(self, visit: Visit, pasted: Pasted, station: str) -> Sheet:
        """The form of the program that is named, with what is typed there already; a new one where nobody knows it."""
        room, known = self._shop.room, pasted.matches.get("program")
        if known is None:
            title = pasted.announcement.program.value if pasted.announcement.program else ""
            answers = {"title": title, f"stations.{station}": "on"}
            return Sheet(Kind.PROGRAM, path_of(Kind.PROGRAM, NEW), None, answers, key_of(Kind.PROGRAM))
        path = path_of(Kind.PROGRAM, known.record.id)
        if copy := kept(room, self._shop.actor(visit), path):
            return Sheet(Kind.PROGRAM, path, copy.base or "", copy.answers)
        text = room.text(path) or ""
        return Sheet(Kind.PROGRAM, path, text, answers_of(path, text))

    def _result(
        self,
        visit: Visit,
        pasted: Pasted,
        answers: dict[str, str],
        wrong: dict[str, str] | None = None,
        grown: str = "",
    ) -> Response:
        language = self._desk.status.language
        if pasted.main.kind is Kind.EPISODE and not any(name.startswith("broadcasts.") for name in answers):
            start = pasted.start
            answers = {**answers, "broadcasts.0.start": f"{start:%Y-%m-%dT%H:%M}" if start else ""}
        widgets = Widgets(self._shop, answers, wrong or {}, language, grown=grown)
        widgets.planned = {
            kind: {draft.id: _name(draft.kind, draft.text) for draft in pasted.drafts if draft.kind is kind}
            for kind in (Kind.PERSON, Kind.STATION, Kind.PROGRAM)
        }
        fields = fields_of(pasted.main.kind)
        asked, doubted, read = _sorted(fields, pasted, widgets)
        said = pasted.announcement
        values: dict[str, Any] = {
            "pasted": pasted,
            "widgets": widgets,
            "asked": asked,
            "doubted": doubted,
            "read": read,
            "hidden": _hidden(answers, {*asked, *doubted, *read}, fields),
            "text": said.text.original,
            "pieces": list(_pieces(said)),
            "end": answers.get(END, ""),
            "zone": answers.get(ZONE, ""),
            "start": f"{pasted.start:%H.%M}" if pasted.start else "",
            "station_zone": self._shop.zone_of(pasted.station.id) if pasted.station else "",
            "together": [
                (self._desk.told(TITLES[draft.kind]), _name(draft.kind, draft.text)) for draft in pasted.drafts
            ],
            "doubts": [doubt.message.told(language) for doubt in said.doubts],
        }
        return self._desk.page("paste_result.html", visit, 422 if wrong else 200, **values)


def _answers(visit: Visit) -> dict[str, str]:
    return {name: value for name, value in visit.form.items() if name not in ("do", _TEXT)}


def _sorted(
    fields: tuple[Field, ...], pasted: Pasted, widgets: Widgets
) -> tuple[dict[str, Field], dict[str, Field], dict[str, Field]]:
    """The fields that are asked, those to be looked at again, and those that were read."""
    own = {field.key: field for field in fields}
    names = {_FIELDS.get(ask, ask) if pasted.main.kind is Kind.EPISODE else ask for ask in pasted.announcement.ask}
    wrong = {name.partition(".")[0] for name in widgets.troubles}
    asked = {
        key: field for key, field in own.items() if key in wrong or (key in names and not widgets.is_filled(field))
    }
    doubts = {doubt.field.partition(".")[0] for doubt in pasted.announcement.doubts}
    doubted = {key: own[key] for key in own if key not in asked and key in {_FIELDS.get(one, one) for one in doubts}}
    rest = {key: own[key] for key in own if key not in asked and key not in doubted and widgets.is_filled(own[key])}
    return asked, doubted, rest


def _hidden(answers: dict[str, str], shown: set[str], fields: tuple[Field, ...]) -> dict[str, str]:
    """Answers that are in no field on the page and must come back with the form."""
    keys = {field.key for field in fields} - shown
    return {name: value for name, value in answers.items() if name.partition(".")[0] in keys}


def _pieces(said: Announcement) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the name of what was read there ("": nothing)."""
    at, text = 0, said.text.original
    for name, (start, end) in sorted(said.spans.items(), key=lambda item: (item[1][0], -item[1][1])):
        if start >= at:
            yield text[at:start], ""
            yield text[start:end], name
            at = end
    yield text[at:], ""


def _name(kind: Kind, text: str) -> str:
    answers = answers_of(path_of(kind, "x"), text)
    return answers.get("title") or answers.get("name") or kind.value
