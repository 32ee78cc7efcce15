"""Forms in somebody's hands: which record, the text they began from, what they have answered, and what it makes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kentongan.accounts import Right, may
from kentongan.actions.answering import BODY, answers_of, begun, edit_of, place_of, with_theirs
from kentongan.actions.newcomers import Named, named_in
from kentongan.actions.newsroom import path_of
from kentongan.actions.tables import WorkingCopy
from kentongan.actions.working_copies import forget, keep, kept
from kentongan.forms import troubles
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind
from kentongan.pictures.shelf import Kept, picture
from kentongan.repository import Edit
from kentongan.repository.edit import merged
from kentongan.site.slugs import slug
from kentongan.store.drafts import free_id

from .desk import Desk, Visit
from .workshop import Workshop

BY_FOLDER = {type_.folder: kind for kind, type_ in RECORD_TYPES.items()}
NEW = "baru"

TITLES: Mapping[Kind, Message] = {
    Kind.ARTICLE: Message("News"),
    Kind.EPISODE: Message("Talks on air"),
    Kind.CONSULTATION: Message("Consultations"),
    Kind.PERSON: Message("People"),
    Kind.PROGRAM: Message("Programs"),
    Kind.STATION: Message("Radio stations"),
    Kind.PAGE: Message("Pages"),
}

CLASHED = Message("Somebody else changed the same part meanwhile. Compare both texts and choose; neither is lost.")

_NOT_ANSWERS = ("kunci", "gambar", "kolom")
_SYSTEM = ("do", "base", "key", "theirs")
"""Names in a form that are no answers."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form in somebody's hands. *base*: the text they began from (``None``: a new record, kept under *key*)."""

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

    @property
    def place(self) -> str:
        """Where what is typed and not saved is kept."""
        return self.key or self.path

    def address(self, more: str = "") -> str:
        """Where its form is, or what lies below that."""
        name = NEW if self.is_new and self.key else self.id
        query = f"?kunci={self.key.partition('~')[2]}" if self.is_new and self.key else ""
        return f"/admin/isi/{RECORD_TYPES[self.kind].folder}/{name}{more}{query}"


class Sheets:
    """Opens forms, takes them as they are sent, and says what would become of them."""

    def __init__(self, desk: Desk, shop: Workshop) -> None:
        self._desk, self._shop, self._room = desk, shop, shop.room

    def opened(self, visit: Visit) -> Sheet | None:
        """The form as *visit* finds it, with what they had typed; ``None``: there is no such record."""
        kind, id_ = _addressed(visit)
        if kind is None:
            return None
        if id_ == NEW:
            return self._new(visit, kind)
        path = path_of(kind, id_)
        text = self._room.text(path)
        if copy := kept(self._room, self._shop.actor(visit), path):
            return Sheet(kind, path, copy.base or "", copy.answers)
        return None if text is None else Sheet(kind, path, text, answers_of(path, text))

    def _new(self, visit: Visit, kind: Kind) -> Sheet:
        key = key_of(kind, visit.request.query_params.get("kunci", ""))
        copy = kept(self._room, self._shop.actor(visit), key)
        empty = answers_of(path_of(kind, NEW), "---\nstatus: draft\n---\n")
        now = f"{self._room.now:%Y-%m-%dT%H:%M}"
        dated = {"date": now} if "date" in RECORD_TYPES[kind].model_fields and kind is not Kind.PROGRAM else {}
        asked = {name: value for name, value in visit.request.query_params.items() if name not in _NOT_ANSWERS}
        answers = copy.answers if copy else {**empty, **dated, **asked}
        return Sheet(kind, self._free(kind, answers), None, answers, key)

    def submitted(self, visit: Visit, *, choosing: bool = True) -> Sheet | None:
        """The form as it was sent; ``None``: there are no such records.

        *choosing*: of two texts the one that is marked is taken; else what was typed stays, whatever is marked.
        """
        kind, id_ = _addressed(visit)
        if kind is None:
            return None
        answers = {name: value for name, value in visit.form.items() if name not in _SYSTEM and not _is_choice(name)}
        if id_ == NEW:
            key = key_of(kind, visit.form.get("key", "").partition("~")[2])
            return Sheet(kind, self._free(kind, answers), None, answers, key)
        path, base = path_of(kind, id_), visit.form.get("base", "").replace("\r\n", "\n")
        chosen = taken(visit) if choosing else set()
        return Sheet(kind, path, base, with_theirs(path, answers, base, chosen) if chosen else answers)

    def _free(self, kind: Kind, answers: Mapping[str, str]) -> str:
        """The file that a new record gets, after its title."""
        label = answers.get("title") or answers.get("name") or kind.value
        return path_of(kind, free_id(self._room.content, kind, slug(label) or kind.value, {NEW}))

    def with_picture(self, visit: Visit, sheet: Sheet) -> Sheet:
        """*sheet* with the picture that was chosen for one of its fields, and what was said of it.

        Words for the picture that stood there before say nothing of this one.
        """
        asked = visit.request.query_params
        found, field = picture(self._room.content, asked.get("gambar", "")), asked.get("kolom", "")
        if not (found and field):
            return sheet
        own, _, place = field.partition("@")
        added = _in_text(sheet.answers, found, place) if own == BODY else _in_field(sheet.answers, found, field)
        return replace(sheet, answers={**sheet.answers, **added})

    def keep(self, visit: Visit, sheet: Sheet) -> WorkingCopy:
        """Keeps what is typed, so that it is found again from any device."""
        return keep(self._room, self._shop.actor(visit), sheet.place, sheet.base, sheet.answers)

    def forget(self, visit: Visit, sheet: Sheet) -> None:
        """Lets go of what was typed."""
        forget(self._room, self._shop.actor(visit), sheet.place)

    def held(self, visit: Visit, sheet: Sheet) -> WorkingCopy | None:
        """What is typed and not saved."""
        return kept(self._room, self._shop.actor(visit), sheet.place)

    def edits(self, sheet: Sheet) -> list[Edit]:
        """What *sheet* changes, its own record first, then the people whom it names for the first time."""
        named = self._named(sheet)
        return [_own(sheet, named), *named.newcomers]

    def texts(self, sheet: Sheet, current: str | None) -> dict[str, str]:
        """What the files would hold, its own first, made to *current*.

        :raises Conflict: when *current* has other words where *sheet* changed some.
        """
        own, *others = self.edits(sheet)
        text = merged(own, sheet.base if current is None else current)
        return {own.path: text} | {other.path: merged(other, None) for other in others}

    def troubles(self, sheet: Sheet) -> dict[str, str]:
        """What is wrong, by field."""
        named, language = self._named(sheet), self._desk.status.language
        text = merged(_own(sheet, named), sheet.base)
        found = {
            place_of(sheet.path, sheet.base, named.answers, one.name): one.told(language)
            for one in reversed(troubles(sheet.kind, sheet.path, text))
        }
        return found | {name: doubt.told(language) for name, doubt in named.doubts.items()}

    def _named(self, sheet: Sheet) -> Named:
        return named_in(self._room, sheet.kind, sheet.answers)

    def keeps(self, visit: Visit, sheet: Sheet) -> bool:
        """Whether what *visit* types into it is kept: also where somebody was quicker, so that it is theirs no more."""
        if self.is_theirs(visit, sheet):
            return True
        begun = self._room.is_begun_by(self._shop.actor(visit), sheet.path)
        return may(visit.me.role, Right.DRAFT, sheet.kind) and (begun or self.held(visit, sheet) is not None)

    def is_theirs(self, visit: Visit, sheet: Sheet) -> bool:
        """Whether *visit* may change it."""
        right = Right.DRAFT if sheet.is_new else Right.EDIT
        return self._room.may(self._shop.actor(visit), right, sheet.path)


def _own(sheet: Sheet, named: Named) -> Edit:
    """What changes of its own record; a new one has what no form asks for."""
    edit = edit_of(sheet.path, sheet.base, named.answers)
    return begun(edit, sheet.kind) if sheet.is_new else edit


def _in_field(answers: Mapping[str, str], found: Kept, field: str) -> dict[str, str]:
    group = field.removesuffix("src")
    if group == field or answers.get(field) == found.path:
        return {field: found.path}
    return {field: found.path, f"{group}alt": found.alt, f"{group}focus": found.focus}


def _in_text(answers: Mapping[str, str], found: Kept, place: str) -> dict[str, str]:
    """The body with the picture before its *place*-th letter, else at its end."""
    body = answers.get(BODY, "").replace("\r\n", "\n")
    at = min(int(place), len(body)) if place.isdecimal() and len(place) < 9 else len(body)
    before, after = body[:at].rstrip("\n"), body[at:].lstrip("\n")
    return {BODY: "\n\n".join(part for part in (before, found.markdown, after) if part)}


def _addressed(visit: Visit) -> tuple[Kind | None, str]:
    """Type and id that the address names; an id that could be no file's name is none."""
    params = visit.request.path_params
    id_ = str(params["id"])
    return (BY_FOLDER.get(params["folder"]) if slug(id_) == id_ else None), id_


def key_of(kind: Kind, word: str = "") -> str:
    """The place where a new record of *kind* is kept; without a *word* one that no other form has."""
    plain = "".join(letter for letter in word if letter.isalnum())[:40]
    return f"{RECORD_TYPES[kind].folder}/~{plain or secrets.token_hex(4)}"


def taken(visit: Visit) -> set[str]:
    """The fields in which somebody else's text is taken instead of what was typed."""
    return {name.removeprefix("pilih.") for name, side in visit.form.items() if _is_choice(name) and side == "theirs"}


def _is_choice(name: str) -> bool:
    return name.startswith("pilih.")
