"""The recording of an episode: sending it, and how far it is on its way into the media store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right
from kentongan.actions import AttachAudio, Refusal
from kentongan.actions.newsroom import label_of, path_of
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.language.dates import duration_words
from kentongan.model import Kind
from kentongan.sound.media_store import MediaStore

from ..jobs import Jobs, Progress
from ..uploads import Upload, Uploads
from .desk import Desk, Visit
from .workshop import Workshop

_WAIT = "4"
"""Seconds until the page of a job looks again by itself, with or without script."""


class Recordings:
    """The pages of recordings."""

    def __init__(self, desk: Desk, shop: Workshop, uploads: Uploads) -> None:
        self._desk, self._shop, self._uploads = desk, shop, uploads
        state = shop.room.writer.state
        self._jobs, self._store = Jobs(state), MediaStore.of(state)

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/suara/{id}", closed(self.show), methods=["GET"], name="recording"),
            Route("/suara/{id}", closed(self.attach), methods=["POST"]),
        ]

    def show(self, visit: Visit, trouble: str = "") -> Response:
        """What the episode has, how far a new recording is, and a place to send one."""
        path = _path(visit)
        document = self._shop.room.document(path)
        if document is None:
            return self._desk.page("missing.html", visit, 404)
        if not self._may(visit):
            return self._desk.page("refused.html", visit, 403)
        job, busy = self._jobs.state(path), self._jobs.is_busy(path)
        told: dict[str, Any] = {"job": job, "busy": busy, "label": label_of(document.data, path)}
        told |= {"id": visit.request.path_params["id"], "here": self._told(document.data)}
        told["trouble"] = trouble or (job.trouble if job and not busy else "")
        page = self._desk.page("recording.html", visit, 422 if trouble else 200, **told)
        if busy:
            page.headers["refresh"] = _WAIT
        return page

    def attach(self, visit: Visit) -> Response:
        """Begins to take in what was sent."""
        if not self._may(visit):
            return self._desk.page("refused.html", visit, 403)
        upload = self._sent(visit)
        whole = self._uploads.finished(upload) if upload else None
        if upload is None or whole is None or upload.length == 0:
            return self.show(visit, self._desk.told(Message("The recording is not here yet. Choose it once more.")))
        self._begin(visit, upload, whole)
        return RedirectResponse(visit.request.url.path, 303)

    def _begin(self, visit: Visit, upload: Upload, whole: Path) -> None:
        path, room, actor = _path(visit), self._shop.room, self._shop.actor(visit)

        def work(progress: Progress) -> None:
            AttachAudio(path, whole, self._store, progress).do(room, actor)
            self._uploads.end(upload)
            self._shop.bring_live([path])

        def told(error: KentonganError) -> str:
            """In words, with the name that the file has on the person's phone and not its place here."""
            return self._desk.said(error).replace(str(whole), upload.name or self._desk.told(Message("The file")))

        self._jobs.start(path, work, told)

    def _may(self, visit: Visit) -> bool:
        try:
            self._shop.room.require(self._shop.actor(visit), Right.EDIT, _path(visit))
        except Refusal:
            return False
        return True

    def _sent(self, visit: Visit) -> Upload | None:
        """What came piece by piece before the form; else what came with it, kept in the same way."""
        upload = self._uploads.find(visit.form.get("unggahan", ""), visit.me.login)
        if upload and upload.kind == "recording":
            return upload
        return self._uploads.keep(visit.me.login, "recording", visit.files.get("rekaman", b""))

    def _told(self, data: Mapping[str, Any]) -> str:
        """The recording that the episode has, in words."""
        audio = data.get("audio")
        seconds = str(audio.get("duration") or "") if isinstance(audio, dict) else ""
        if not audio:
            return ""
        language = self._desk.status.language
        return duration_words(int(seconds), language) if seconds.isdigit() else self._desk.told(Message("a recording"))


def _path(visit: Visit) -> str:
    return path_of(Kind.EPISODE, visit.request.path_params["id"])
