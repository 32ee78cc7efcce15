"""The real page before it is public; from there it goes out, waits for its hour, or is checked by somebody first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import unquote

from sqlalchemy import delete
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right, may
from kentongan.accounts.tokens import kept as hashed
from kentongan.accounts.tokens import new_token
from kentongan.actions import AskForReview, Done, GiveBack, Publish, TakeDown, companions
from kentongan.actions.newsroom import label_of
from kentongan.actions.tables import PreviewLink
from kentongan.actions.working_copies import forget
from kentongan.errors import KentonganError
from kentongan.forms import record_of
from kentongan.language import Message, moment
from kentongan.model import RECORD_TYPES, Kind, Status
from kentongan.repository import Conflict, Edit
from kentongan.site.addresses import Addresses
from kentongan.store.frontmatter import FrontMatterError, parse

from ..near import own_address
from ..publication import Stage
from .desk import FRAMED_POLICY, Desk, Visit, written
from .sheets import BY_FOLDER, CLASHED, TITLES, Sheet, Sheets
from .workshop import Workshop

_LASTS = timedelta(days=7)
_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; media-src 'self'; {sandbox}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
SANDBOX = {
    "cache-control": "no-store",
    "content-security-policy": _POLICY.format(sandbox="sandbox"),
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}
"""What is shown was written by somebody who may not be trusted with the admin: it runs nothing and sends nothing.

Of inner styles the page's own policy, in its head, allows the one sheet that it is built with."""

_BESIDE = SANDBOX | {"content-security-policy": _POLICY.format(sandbox="sandbox allow-same-origin")}
"""Beside its form it is of the form's origin, so that the form can leave it scrolled where it was; it runs nothing."""


class Preview:
    """The pages around the preview of one record."""

    def __init__(self, desk: Desk, shop: Workshop) -> None:
        self._desk, self._shop, self._sheets = desk, shop, Sheets(desk, shop)

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/isi/{folder}/{id}/lihat", closed(self.show), methods=["GET"], name="preview"),
            Route("/isi/{folder}/{id}/lihat", closed(self.decide), methods=["POST"]),
            Route("/isi/{folder}/{id}/halaman", closed(self.frame), methods=["GET"], name="page"),
            Route("/isi/{folder}/{id}/tayang", closed(self.live), methods=["GET"], name="live"),
            Route("/pratinjau/{token}", self._desk.open(self.shared), methods=["GET"], name="shared"),
        ]

    def show(self, visit: Visit, trouble: str = "", link: str = "") -> Response:
        """The page in a frame, and what goes out with it."""
        path = self._path(visit)
        if path is None or not self._may_see(visit, path):
            return self._desk.page("missing.html", visit, 404)
        room, kind = self._shop.room, _kind(visit)
        together = [self._named(other) for other in companions(room, path)]
        together += [(self._desk.told(TITLES[Kind.PERSON]), one.changes["name"]) for one in self._typed(visit)[1:]]
        values: dict[str, Any] = {
            "address": _address(visit),
            "label": label_of((room.document(path) or parse("")).data, path),
            "together": together,
            "status": (room.status(path) or Status.DRAFT).value,
            "publishes": may(visit.me.role, Right.PUBLISH, kind),
            "now": room.now,
            "seen": self._print(visit),
            "link": link,
            "trouble": trouble,
        }
        return self._desk.page("preview.html", visit, 422 if trouble else 200, **values)

    def frame(self, visit: Visit) -> Response:
        """The page itself, as readers will see it."""
        try:
            sheet = self._sheets.opened(visit)
        except FrontMatterError:
            sheet = None
        if sheet is None or not self._sheets.keeps(visit, sheet):
            return self._desk.page("missing.html", visit, 404)
        try:
            return self.drawn(visit, self._texts(sheet), _BESIDE)
        except KentonganError as error:
            return self._undrawn(visit, error)

    def shared(self, visit: Visit) -> Response:
        """The page for whoever was sent a link to it, until the link ends."""
        with self._shop.room.database.reading() as session:
            link = session.get(PreviewLink, hashed(visit.request.path_params["token"]))
        if link is None or link.ends < self._shop.room.now:
            return self._desk.page("missing.html", visit, 404)
        return self.drawn(visit, {link.path: link.texts[link.path]} | link.texts)

    def decide(self, visit: Visit) -> Response:
        """Does what the button says."""
        path = self._path(visit)
        if path is None:
            return self._desk.page("missing.html", visit, 404)
        try:
            return self._decided(visit, path, visit.form.get("do", ""))
        except KentonganError as error:
            return self.show(visit, self._told(error))

    def _decided(self, visit: Visit, path: str, do: str) -> Response:
        room, actor = self._shop.room, self._shop.actor(visit)
        match do:
            case "terbit" | "nanti":
                self._require_seen(visit)
                at = _hour(visit.form.get("at", "")) if do == "nanti" else None
                done = Publish(path, at, self._typed(visit)).do(room, actor)
                forget(room, actor, path)
                self._go_out(path, done)
                return RedirectResponse(f"{_address(visit)}/tayang", 303)
            case "periksa":
                AskForReview(path).do(room, actor)
            case "kembalikan":
                GiveBack(path, {"": visit.form.get("catatan", "")}).do(room, actor)
            case "turunkan":
                self._go_out(path, TakeDown(path).do(room, actor))
            case "tautan":
                return self.show(visit, link=self._link(visit, path))
        return RedirectResponse("/admin/", 303)

    def live(self, visit: Visit) -> Response:
        """Whether readers see it by now, and the message to pass on."""
        path = self._path(visit)
        if path is None or not self._may_see(visit, path):
            return self._desk.page("missing.html", visit, 404)
        room = self._shop.room
        text = room.text(path) or ""
        record = record_of(_kind(visit), path, text)
        address = "/" + Addresses.of("https://office.invalid", room.office.language).record(record)
        built = self._shop.page_at(address)
        date = record.date.replace(tzinfo=room.now.tzinfo) if record.date else None
        waits = moment(date, room.language).sentence if date and date > room.now else ""
        page = built.read_text("utf-8") if built and built.is_file() else ""
        going = self._shop.going(path)
        off = room.status(path) is not Status.PUBLISHED
        live = (off or bool(page)) and going.stage is Stage.LIVE
        values: dict[str, Any] = {
            "label": record.label,
            "public": self._shop.public(address),
            "is_live": live and not waits,
            "waits": waits,
            "message": _message(page),
            "at": self._shop.live_since(path),
            "address": _address(visit),
            "error": self._desk.told(going.why.message) if going.why else "",
            "mend": self._desk.told(going.why.mend) if going.why and going.why.mend else "",
            "way": self._shop.way.value,
            "off": off,
        }
        response = self._desk.page("live.html", visit, **values)
        return response if live or waits else again(response, 15 if going.why else 3)

    def _go_out(self, path: str, done: Done) -> None:
        """Builds what was done, and sends it on its way to readers."""
        self.rebuild(done.written.texts)
        self._shop.send(path, done.written.commit)

    def rebuild(self, texts: Mapping[str, str | None]) -> None:
        """Live at once on this machine; where the builder fails the watcher tries again, and the page says so."""
        try:
            self._shop.bring_live(texts)
        except KentonganError as error:
            self._desk.status.failed(error)

    def _typed(self, visit: Visit) -> list[Edit]:
        """What is typed and not saved: it goes out with what is saved, and with whom it names for the first time."""
        sheet = self._sheets.opened(visit)
        return self._sheets.edits(sheet) if sheet and self._sheets.held(visit, sheet) else []

    def _texts(self, sheet: Sheet) -> dict[str, str]:
        """The record as it would be, and the drafts that go out with it.

        :raises Conflict: when somebody else has changed what is typed here.
        """
        room = self._shop.room
        together = [] if sheet.is_new else companions(room, sheet.path)
        return self._sheets.texts(sheet, room.text(sheet.path)) | {other: room.text(other) or "" for other in together}

    def _print(self, visit: Visit) -> str:
        """A fingerprint of all that is shown here, and would go out."""
        try:
            sheet = self._sheets.opened(visit)
            texts = self._texts(sheet) if sheet else {}
        except KentonganError:
            return ""
        return sha256(repr(sorted(texts.items())).encode("utf-8", "surrogatepass")).hexdigest()

    def _require_seen(self, visit: Visit) -> None:
        """Nobody publishes what somebody else has written since they looked."""
        if (seen := visit.form.get("seen")) and seen != self._print(visit):
            raise KentonganError(
                Message("Somebody has changed this since you looked."),
                Message("Read it again below; then publish it, or give it back."),
            )

    def drawn(self, visit: Visit, texts: Mapping[str, str], headers: Mapping[str, str] = SANDBOX) -> Response:
        """The page of the first of *texts*, in a frame that nothing gets out of."""
        try:
            return written(visit.request, self._shop.builder.preview(texts), 200, headers)
        except KentonganError as error:
            return self._undrawn(visit, error)

    def _undrawn(self, visit: Visit, error: KentonganError) -> Response:
        return self._desk.page("undrawn.html", visit, 422, policy=FRAMED_POLICY, trouble=self._told(error))

    def _told(self, error: KentonganError) -> str:
        return self._desk.told(CLASHED) if isinstance(error, Conflict) else self._desk.said(error)

    def _link(self, visit: Visit, path: str) -> str:
        token, room, sheet = new_token(), self._shop.room, self._sheets.opened(visit)
        texts = self._texts(sheet) if sheet else {}
        with room.database.session() as session:
            session.execute(delete(PreviewLink).where(PreviewLink.ends < room.now))
            session.add(PreviewLink(token=hashed(token), path=path, texts=texts, ends=room.now + _LASTS))
        return f"{own_address(visit.request)}/admin/pratinjau/{token}"

    def _named(self, path: str) -> tuple[str, str]:
        """Type and name of a record."""
        document = self._shop.room.document(path)
        folder = path.partition("/")[0]
        return self._desk.told(TITLES[BY_FOLDER[folder]]), label_of(document.data if document else {}, path)

    def _may_see(self, visit: Visit, path: str) -> bool:
        return self._shop.room.may(self._shop.actor(visit), Right.EDIT, path)

    def _path(self, visit: Visit) -> str | None:
        """The file of the record that the address names, if it is there and can be read."""
        kind = BY_FOLDER.get(visit.request.path_params["folder"])
        entry = self._shop.entry(kind, visit.request.path_params["id"]) if kind else None
        return entry.path if entry and not entry.broken else None


def again(response: Response, seconds: int) -> Response:
    """*response*, for which the browser asks again after so many seconds, also without script."""
    response.headers["refresh"] = str(seconds)
    return response


def _kind(visit: Visit) -> Kind:
    return BY_FOLDER[visit.request.path_params["folder"]]


def _address(visit: Visit) -> str:
    params = visit.request.path_params
    return f"/admin/isi/{RECORD_TYPES[_kind(visit)].folder}/{params['id']}"


def _hour(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise KentonganError(Message("Choose the day and the hour at which it appears.")) from error


def _message(page: str) -> str:
    """The announcement to be passed on, as the public page offers it to WhatsApp."""
    found = re.search(r'href="https://wa\.me/\?text=([^"]+)"', page)
    return unquote(unescape(found[1])) if found else ""
