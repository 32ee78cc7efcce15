"""Lists of records, and the form of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right, may
from kentongan.actions import Answer, AskForReview, Create, Discard, Save
from kentongan.actions.answering import carried_over, shown
from kentongan.actions.choosing import set_aside
from kentongan.actions.review import remarks_of
from kentongan.errors import KentonganError
from kentongan.forms import form_of
from kentongan.language.dates import day_name
from kentongan.model import RECORD_TYPES, Status
from kentongan.repository import Conflict
from kentongan.repository.edit import BODY
from kentongan.store.frontmatter import FrontMatterError

from .desk import EDITORS_POLICY, Desk, Visit
from .leftovers import begun
from .sheets import BY_FOLDER, CLASHED, NEW, TITLES, Sheet, Sheets, key_of, taken
from .stranded import Stranded
from .widgets import Widgets
from .workshop import Workshop

_SHOWN = 30
_PICK, _DONE = "gambar:", "selesai:"


class Records:
    """The pages of records of every type."""

    def __init__(self, desk: Desk, shop: Workshop) -> None:
        self._desk, self._shop, self._sheets = desk, shop, Sheets(desk, shop)
        self._stranded = Stranded(shop, self._sheets)

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/isi/{folder}/", closed(self.list), methods=["GET"], name="records"),
            Route("/isi/{folder}/{id}", closed(self.form), methods=["GET"], name="record"),
            Route("/isi/{folder}/{id}", closed(self.submit), methods=["POST"]),
            Route("/isi/{folder}/{id}/simpan", closed(self.keep), methods=["POST"], name="keep"),
        ]

    def list(self, visit: Visit) -> Response:
        """All records of one type."""
        kind = BY_FOLDER.get(visit.request.path_params["folder"])
        if kind is None:
            return self._desk.page("missing.html", visit, 404)
        asked = visit.request.query_params
        search, after = asked.get("cari", "").strip()[:200], asked.get("sesudah")
        page = self._shop.entries(kind, search=search, after=after, limit=_SHOWN)
        values: dict[str, Any] = {
            "kind": kind,
            "page": page,
            "search": search,
            "begins": may(visit.me.role, Right.DRAFT, kind),
            "titles": self.titles(),
            "days": {one.path: self._day(one.date) for one in page.entries if one.date},
        }
        return self._desk.page("records.html", visit, **values)

    def _day(self, date: datetime) -> str:
        return day_name(date.date(), self._desk.status.language)

    def form(self, visit: Visit) -> Response:
        """One record's form, with what was typed and not saved. Each new one has a place of its own to be kept in."""
        kind, asked = BY_FOLDER.get(visit.request.path_params["folder"]), dict(visit.request.query_params)
        if kind and visit.request.path_params["id"] == NEW and "kunci" not in asked:
            asked["kunci"] = key_of(kind).partition("~")[2]
            return RedirectResponse(f"{visit.request.url.path}?{urlencode(asked)}", 303)
        try:
            sheet = self._sheets.opened(visit)
        except FrontMatterError as error:
            return self._unreadable(visit, error)
        if sheet is None:
            return self._desk.page("missing.html", visit, 404)
        if not self._sheets.is_theirs(visit, sheet) and not self._sheets.held(visit, sheet):
            return self._desk.page("refused.html", visit, 403)
        return self._page(visit, self._sheets.with_picture(visit, sheet), before=sheet)

    def _unreadable(self, visit: Visit, error: FrontMatterError) -> Response:
        """A file whose front matter is broken has no form: what is wrong with it, and the way to an older version."""
        told = {"message": self._desk.told(error.message), "mend": self._desk.told(error.mend), "line": error.line}
        address = visit.request.url.path
        return self._desk.page("unreadable.html", visit, 409, told=told, address=address)

    def keep(self, visit: Visit) -> Response:
        """Keeps what is typed, at a pause; answers with the line that says so."""
        sheet = self._sheets.submitted(visit, choosing=False)
        if sheet is None or not self._sheets.keeps(visit, sheet):
            return self._desk.page("refused.html", visit, 403)
        at = self._sheets.keep(visit, sheet).at.astimezone(self._desk.status.zone)
        standing = self._stranded.standing(visit, sheet)
        wrong = self._sheets.troubles(sheet)
        return self._desk.page("kept.html", visit, at=at, wrong=wrong, standing=standing, address=sheet.address())

    def submit(self, visit: Visit) -> Response:
        """Does what the button says with what was answered."""
        sheet = self._sheets.submitted(visit)
        if sheet is None:
            return self._desk.page("missing.html", visit, 404)
        if not self._sheets.keeps(visit, sheet):
            return self._desk.page("refused.html", visit, 403)
        do = visit.form.get("do", "simpan")
        self._set_aside(visit, sheet)
        if do.startswith(("tambah:", "lepas:")):
            return self._page(visit, sheet, grown=do)
        if do.startswith(_DONE):
            return self._answered(visit, sheet, do.removeprefix(_DONE))
        if do == "buang":
            return self._thrown_away(visit, sheet)
        if do.startswith(_PICK):
            return self._picking(visit, sheet, do.removeprefix(_PICK))
        try:
            return self._done(visit, sheet, do)
        except Conflict as conflict:
            if conflict.path != sheet.path:  # a newcomer whom somebody else has noted meanwhile
                return self._page(visit, sheet, trouble=self._desk.said(conflict))
            return self._conflict(visit, sheet, conflict)
        except KentonganError as error:
            return self._page(visit, sheet, trouble=self._desk.said(error))

    def _done(self, visit: Visit, sheet: Sheet, do: str) -> Response:
        """Saves, and goes on to where the button leads; an incomplete form is kept and shown with what is missing."""
        room, actor = self._shop.room, self._shop.actor(visit)
        self._sheets.keep(visit, sheet)
        if self._stranded.standing(visit, sheet):
            return self._stranded.done(visit, sheet, do) or self._page(visit, sheet, status_code=409)
        if self._sheets.troubles(sheet):
            return self._page(visit, sheet, status_code=422, checked=True)
        public = not sheet.is_new and room.status(sheet.path) is Status.PUBLISHED
        if public and do == "lihat":
            self._sheets.texts(sheet, room.text(sheet.path))  # what clashes is chosen here, where both can be seen
            return RedirectResponse(sheet.address("/lihat"), 303)
        saved = self._saved(visit, sheet)
        self._sheets.forget(visit, sheet)
        if do == "periksa":
            AskForReview(saved.path).do(room, actor)
            return RedirectResponse("/admin/", 303)
        return RedirectResponse(saved.address("/lihat" if do == "lihat" else ""), 303)

    def _saved(self, visit: Visit, sheet: Sheet) -> Sheet:
        """*sheet* once it is a file; whom it names for the first time gets one, too."""
        room, actor = self._shop.room, self._shop.actor(visit)
        if sheet.is_new:
            texts = self._sheets.texts(sheet, None)
            Create(texts).do(room, actor)
            return replace(sheet, base=texts[sheet.path], key="")
        own, *newcomers = self._sheets.edits(sheet)
        Save(own, newcomers=newcomers).do(room, actor)
        return sheet

    def _picking(self, visit: Visit, sheet: Sheet, field: str) -> Response:
        """Keeps what is typed and leads to the pictures, which lead back here."""
        self._sheets.keep(visit, sheet)
        return RedirectResponse(f"/admin/gambar/?{urlencode({'untuk': sheet.address(), 'kolom': field})}", 303)

    def _conflict(self, visit: Visit, sheet: Sheet, conflict: Conflict) -> Response:
        """Two people changed one field: both texts stand side by side, all else is carried over."""
        theirs = conflict.theirs or ""
        answers = carried_over(sheet.path, sheet.base or "", sheet.answers, theirs)
        clashes = {
            clash.field: (shown(sheet.path, clash.field, clash.mine), shown(sheet.path, clash.field, clash.theirs))
            for clash in conflict.clashes
        }
        fresh = Sheet(sheet.kind, sheet.path, theirs, answers, sheet.key)
        return self._page(visit, fresh, status_code=409, clashes=clashes, trouble=self._desk.told(CLASHED))

    def _answered(self, visit: Visit, sheet: Sheet, remark: str) -> Response:
        if remark.isascii() and remark.isdecimal() and len(remark) < 10:
            Answer(int(remark)).do(self._shop.room, self._shop.actor(visit))
        return self._page(visit, sheet)

    def _set_aside(self, visit: Visit, sheet: Sheet) -> None:
        """Keeps in the history what was typed where somebody else's text is taken instead; theirs is there already."""
        typed = self._sheets.submitted(visit, choosing=False)
        if typed and (chosen := taken(visit)):
            own, *_ = self._sheets.edits(typed)
            trees = {**own.changes, BODY: own.body}
            texts = {key: shown(sheet.path, key, trees[key]) for key in chosen if trees.get(key) is not None}
            set_aside(self._shop.room, self._shop.actor(visit), sheet.path, texts)

    def _thrown_away(self, visit: Visit, sheet: Sheet) -> Response:
        """Lets go of what was typed; of a draft without that, of the draft."""
        held = self._sheets.held(visit, sheet)
        self._sheets.forget(visit, sheet)
        if self._stranded.standing(visit, sheet):
            return RedirectResponse("/admin/", 303)
        if held is None and not sheet.is_new:
            Discard(sheet.path).do(self._shop.room, self._shop.actor(visit))
            return RedirectResponse(f"/admin/isi/{RECORD_TYPES[sheet.kind].folder}/", 303)
        return RedirectResponse("/admin/" if sheet.is_new else sheet.address(), 303)

    def _page(
        self,
        visit: Visit,
        sheet: Sheet,
        *,
        status_code: int = 200,
        trouble: str = "",
        grown: str = "",
        checked: bool = False,
        clashes: Mapping[str, Any] | None = None,
        before: Sheet | None = None,
    ) -> Response:
        room, desk = self._shop.room, self._desk
        found = self._sheets.troubles(sheet) if checked else {}
        widgets = Widgets(self._shop, sheet.answers, found, desk.status.language, grown)
        values: dict[str, Any] = {
            "sheet": sheet,
            "sections": form_of(sheet.kind),
            "widgets": widgets,
            "trouble": trouble,
            "clashes": clashes or {},
            "remarks": [] if sheet.is_new else remarks_of(room, sheet.path),
            "status": Status.DRAFT.value if sheet.is_new else (room.status(sheet.path) or Status.DRAFT).value,
            "publishes": may(visit.me.role, Right.PUBLISH, sheet.kind),
            "titles": self.titles(),
            "begun": begun(room, self._shop.actor(visit), sheet.kind, sheet.key) if sheet.is_new else [],
            "held": self._sheets.held(visit, sheet) is not None,
            "standing": self._stranded.standing(visit, sheet),
            "unkept": before is not None and before != sheet,
            "told": desk.told,
            "split": room.writer.splits.of(sheet.path),
        }
        code = 422 if trouble and status_code == 200 else status_code
        return desk.page("record.html", visit, code, policy=EDITORS_POLICY, **values)

    def titles(self) -> dict[str, str]:
        """What the types are called."""
        return {kind.value: self._desk.told(words) for kind, words in TITLES.items()}
