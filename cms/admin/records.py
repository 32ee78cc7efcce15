"""Lists of records, and the form of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right, may
from kentongan.actions import AskForReview, Create, Discard, Save
from kentongan.actions.answering import answers_of, begun, carried_over, edit_of, shown, with_theirs
from kentongan.actions.choosing import SET_ASIDE
from kentongan.actions.newsroom import path_of
from kentongan.actions.review import remarks_of
from kentongan.actions.working_copies import forget, keep, kept
from kentongan.errors import KentonganError
from kentongan.forms import form_of, troubles
from kentongan.language import Message
from kentongan.language.dates import day_name
from kentongan.model import RECORD_TYPES, Kind, Status
from kentongan.repository import Conflict, Edit
from kentongan.repository.edit import merged
from kentongan.site.slugs import slug
from kentongan.store.drafts import free_id
from kentongan.store.frontmatter import FrontMatterError

from .desk import Desk, Visit
from .widgets import Widgets
from .workshop import Workshop

BY_FOLDER = {type_.folder: kind for kind, type_ in RECORD_TYPES.items()}
NEW = "baru"
_SHOWN = 30
_PICK = "gambar:"
_NOT_ANSWERS = ("kunci", "gambar", "kolom")
_SYSTEM = ("do", "base", "key", "theirs")
"""Names in a form that are no answers."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form in somebody's hands: which record, the text they began from, and what they have answered."""

    kind: Kind
    path: str
    base: str | None
    answers: Mapping[str, str]
    key: str = ""

    @property
    def id(self) -> str:
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def is_new(self) -> bool:
        return self.base is None


class Records:
    """The pages of records of every type."""

    def __init__(self, desk: Desk, shop: Workshop) -> None:
        self._desk, self._shop = desk, shop

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
        """One record's form, with what was typed and not saved."""
        try:
            sheet = self._opened(visit)
        except FrontMatterError as error:
            return self._unreadable(visit, error)
        if sheet is None:
            return self._desk.page("missing.html", visit, 404)
        if not self._is_theirs(visit, sheet):
            return self._desk.page("refused.html", visit, 403)
        return self._page(visit, _with_picture(visit, sheet))

    def _unreadable(self, visit: Visit, error: FrontMatterError) -> Response:
        """A file whose front matter is broken has no form: what is wrong with it, and the way to an older version."""
        told = {"message": self._desk.told(error.message), "mend": self._desk.told(error.mend), "line": error.line}
        address = visit.request.url.path
        return self._desk.page("unreadable.html", visit, 409, told=told, address=address)

    def keep(self, visit: Visit) -> Response:
        """Keeps what is typed, at a pause; answers with the line that says so."""
        sheet = self._submitted(visit)
        if sheet is None or not self._is_theirs(visit, sheet):
            return self._desk.page("refused.html", visit, 403)
        copy = keep(self._shop.room, self._shop.actor(visit), sheet.key or sheet.path, sheet.base, sheet.answers)
        at = copy.at.astimezone(self._desk.status.zone)
        return self._desk.page("kept.html", visit, at=at, wrong=self._troubles(sheet))

    def submit(self, visit: Visit) -> Response:
        """Does what the button says with what was answered."""
        sheet = self._submitted(visit)
        if sheet is None:
            return self._desk.page("missing.html", visit, 404)
        if not self._is_theirs(visit, sheet):
            return self._desk.page("refused.html", visit, 403)
        do = visit.form.get("do", "simpan")
        if do.startswith(("tambah:", "lepas:")):
            return self._page(visit, sheet, grown=do)
        if do == "buang":
            return self._thrown_away(visit, sheet)
        if do.startswith(_PICK):
            return self._picking(visit, sheet, do.removeprefix(_PICK))
        try:
            return self._done(visit, sheet, do)
        except Conflict as conflict:
            return self._conflict(visit, sheet, conflict)
        except KentonganError as error:
            return self._page(visit, sheet, trouble=self._desk.said(error))

    def _done(self, visit: Visit, sheet: Sheet, do: str) -> Response:
        """Saves, and goes on to where the button leads; an incomplete form is kept and shown with what is missing."""
        room, actor = self._shop.room, self._shop.actor(visit)
        keep(room, actor, sheet.key or sheet.path, sheet.base, sheet.answers)
        if self._troubles(sheet):
            return self._page(visit, sheet, status_code=422, checked=True)
        public = not sheet.is_new and room.status(sheet.path) is Status.PUBLISHED
        if public and do == "lihat":
            return RedirectResponse(self.address(sheet, "/lihat"), 303)
        if sheet.is_new:
            sheet = self._begun(visit, sheet)
        else:
            Save(edit_of(sheet.path, sheet.base, sheet.answers)).do(room, actor)
        forget(room, actor, sheet.key or sheet.path)
        if do == "periksa":
            AskForReview(sheet.path).do(room, actor)
            return RedirectResponse("/admin/", 303)
        return RedirectResponse(self.address(sheet, "/lihat" if do == "lihat" else ""), 303)

    def _picking(self, visit: Visit, sheet: Sheet, field: str) -> Response:
        """Keeps what is typed and leads to the pictures, which lead back here."""
        keep(self._shop.room, self._shop.actor(visit), sheet.key or sheet.path, sheet.base, sheet.answers)
        return RedirectResponse(f"/admin/gambar/?{urlencode({'untuk': self.address(sheet), 'kolom': field})}", 303)

    def _begun(self, visit: Visit, sheet: Sheet) -> Sheet:
        """A new record gets its name from its title, and its file."""
        text = merged(self._edit(sheet), None)
        Create({sheet.path: text}).do(self._shop.room, self._shop.actor(visit))
        return sheet

    def _conflict(self, visit: Visit, sheet: Sheet, conflict: Conflict) -> Response:
        """Two people changed one field: both texts stand side by side, all else is carried over."""
        theirs = conflict.theirs or ""
        answers = carried_over(sheet.path, sheet.base or "", sheet.answers, theirs)
        clashes = {
            clash.field: (shown(sheet.path, clash.field, clash.mine), shown(sheet.path, clash.field, clash.theirs))
            for clash in conflict.clashes
        }
        for name, (mine, _) in clashes.items():  # whichever is chosen, the other can be found again
            self._shop.room.note(self._shop.actor(visit), SET_ASIDE, sheet.path, f"{name}: {mine}")
        fresh = Sheet(sheet.kind, sheet.path, theirs, answers, sheet.key)
        return self._page(visit, fresh, status_code=409, clashes=clashes, trouble=self._desk.said(conflict))

    def _thrown_away(self, visit: Visit, sheet: Sheet) -> Response:
        """Lets go of what was typed; of a draft without that, of the draft."""
        room, actor = self._shop.room, self._shop.actor(visit)
        held = kept(room, actor, sheet.key or sheet.path)
        forget(room, actor, sheet.key or sheet.path)
        if held is None and not sheet.is_new:
            Discard(sheet.path).do(room, actor)
            return RedirectResponse(f"/admin/isi/{RECORD_TYPES[sheet.kind].folder}/", 303)
        return RedirectResponse(self.address(sheet) if not sheet.is_new else "/admin/", 303)

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
    ) -> Response:
        room, desk = self._shop.room, self._desk
        found = self._troubles(sheet) if checked else {}
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
            "address": self.address(sheet),
            "held": bool(kept(room, self._shop.actor(visit), sheet.key or sheet.path)),
            "told": desk.told,
            "split": room.writer.splits.of(sheet.path),
        }
        return desk.page(
            "record.html", visit, 422 if trouble and status_code == 200 else status_code, inner_styles=True, **values
        )

    def address(self, sheet: Sheet, more: str = "") -> str:
        """Where the form of *sheet* is."""
        name = NEW if sheet.is_new and sheet.key else sheet.id
        query = f"?kunci={sheet.key.partition('~')[2]}" if sheet.is_new and sheet.key else ""
        return f"/admin/isi/{RECORD_TYPES[sheet.kind].folder}/{name}{more}{query}"

    def titles(self) -> dict[str, str]:
        """What the types are called."""
        return {kind.value: self._desk.told(words) for kind, words in TITLES.items()}

    def _opened(self, visit: Visit) -> Sheet | None:
        """The form as *visit* finds it; ``None``: there is no such record."""
        room, (kind, id_) = self._shop.room, _named(visit)
        if kind is None:
            return None
        if id_ == NEW:
            return self._new(visit, kind)
        path = path_of(kind, id_)
        text = room.text(path)
        if text is None:
            return None
        if copy := kept(room, self._shop.actor(visit), path):
            return Sheet(kind, path, copy.base, copy.answers)
        return Sheet(kind, path, text, answers_of(path, text))

    def _new(self, visit: Visit, kind: Kind) -> Sheet:
        key = f"{RECORD_TYPES[kind].folder}/~{_word(visit.request.query_params.get('kunci', 'satu'))}"
        copy = kept(self._shop.room, self._shop.actor(visit), key)
        empty = answers_of(path_of(kind, NEW), "---\nstatus: draft\n---\n")
        now = f"{self._shop.room.now:%Y-%m-%dT%H:%M}"
        dated = {"date": now} if "date" in RECORD_TYPES[kind].model_fields and kind is not Kind.PROGRAM else {}
        asked = {name: value for name, value in visit.request.query_params.items() if name not in _NOT_ANSWERS}
        return Sheet(kind, path_of(kind, NEW), None, copy.answers if copy else {**empty, **dated, **asked}, key)

    def _submitted(self, visit: Visit) -> Sheet | None:
        """The form as it was sent."""
        kind, id_ = _named(visit)
        if kind is None:
            return None
        answers = {name: value for name, value in visit.form.items() if name not in _SYSTEM and not _is_choice(name)}
        if id_ == NEW:
            key = f"{RECORD_TYPES[kind].folder}/~{_word(visit.form.get('key', 'satu').partition('~')[2])}"
            label = answers.get("title") or answers.get("name") or kind.value
            free = free_id(self._shop.room.content, kind, slug(label) or kind.value, {NEW})
            return Sheet(kind, path_of(kind, free), None, answers, key)
        path, base = path_of(kind, id_), visit.form.get("base", "").replace("\r\n", "\n")
        theirs = {name.removeprefix("pilih."): value for name, value in visit.form.items() if _is_choice(name)}
        chosen = {key for key, value in theirs.items() if value == "theirs"}
        return Sheet(kind, path, base, with_theirs(path, answers, base, chosen) if chosen else answers)

    def _troubles(self, sheet: Sheet) -> dict[str, str]:
        """What is wrong, by field."""
        text = merged(self._edit(sheet), sheet.base)
        return {
            one.name: one.told(self._desk.status.language) for one in reversed(troubles(sheet.kind, sheet.path, text))
        }

    def _edit(self, sheet: Sheet) -> Edit:
        """What *sheet* changes; a new record has what no form asks for."""
        edit = edit_of(sheet.path, sheet.base, sheet.answers)
        return begun(edit, sheet.kind) if sheet.is_new else edit

    def _is_theirs(self, visit: Visit, sheet: Sheet) -> bool:
        right = Right.DRAFT if sheet.is_new else Right.EDIT
        return self._shop.room.may(self._shop.actor(visit), right, sheet.path)


TITLES: Mapping[Kind, Message] = {
    Kind.ARTICLE: Message("News"),
    Kind.EPISODE: Message("Talks on air"),
    Kind.CONSULTATION: Message("Consultations"),
    Kind.PERSON: Message("People"),
    Kind.PROGRAM: Message("Programs"),
    Kind.STATION: Message("Radio stations"),
    Kind.PAGE: Message("Pages"),
}


def _named(visit: Visit) -> tuple[Kind | None, str]:
    """Type and id that the address names; an id that could be no file's name is none."""
    params = visit.request.path_params
    id_ = str(params["id"])
    return (BY_FOLDER.get(params["folder"]) if slug(id_) == id_ else None), id_


def _with_picture(visit: Visit, sheet: Sheet) -> Sheet:
    """*sheet* with the picture that was chosen for one of its fields, and the words that are known for it."""
    asked = visit.request.query_params
    field, picture = asked.get("kolom", ""), asked.get("gambar", "")
    if not (field and picture):
        return sheet
    return replace(sheet, answers={**sheet.answers, field: picture})


def _word(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())[:40] or "satu"


def _is_choice(name: str) -> bool:
    return name.startswith("pilih.")
