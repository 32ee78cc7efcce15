"""The moderators' pages: what waits, what looks like spam, what is shown; every decision with its undo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right
from kentongan.comments.tables import Comment, State
from kentongan.comments.text import html, links
from kentongan.comments.threads import Thread
from kentongan.errors import KentonganError
from kentongan.language import Message, Moment, moment

from ..comments import Room
from .desk import Desk, Visit

HERE = "/admin/komentar/"
_STATES = {"approve": State.APPROVED, "reject": State.REJECTED, "spam": State.SPAM}
_DONE = {
    "approve": Message("It is shown now."),
    "reject": Message("It is not shown."),
    "spam": Message("It counts as spam; the filter has learnt from it."),
    "ban": Message("It counts as spam, and nothing more is taken from whoever wrote it."),
    "edit": Message("The text has been changed; readers see that the office did it."),
    "reply": Message("Your answer is shown now."),
    "erase": Message("It has been erased for good."),
    "undo": Message("It is as it was before."),
}
_CHOSEN = "chosen-"


@dataclass(frozen=True, slots=True)
class Card:
    """A comment as a moderator sees it: where it stands, what it answers, and how many links it hides."""

    comment: Comment
    at: Moment
    text: Markup
    thread: Thread | None
    above: Comment | None
    links: int


class CommentDesk:
    """The pages of comments."""

    def __init__(self, desk: Desk, room: Room) -> None:
        self._desk, self._room = desk, room

    def routes(self) -> list[Route]:
        """Their addresses."""
        closed = self._desk.closed
        return [
            Route("/komentar/", closed(self.queue, Right.MODERATE), methods=["GET"], name="comments"),
            Route("/komentar/", closed(self.decide, Right.MODERATE), methods=["POST"]),
            Route("/komentar/pertanyaan/", closed(self.questions, Right.MODERATE), methods=["GET"]),
        ]

    def queue(self, visit: Visit, trouble: str = "") -> Response:
        """Comments in one state, the waiting ones first to come first."""
        query, moderation = visit.request.query_params, self._room.moderation
        state = _state(query.get("state", ""))
        return self._desk.page(
            "comments.html",
            visit,
            422 if trouble else 200,
            state=state.value,
            counts={one.value: moderation.count(one) for one in (State.PENDING, State.SPAM)},
            cards=self._cards(moderation.queue(state)),
            done=self._desk.told(_DONE[query["did"]]) if query.get("did") in _DONE else "",
            undo=_numbers(query.get("undo", "")),
            trouble=trouble,
            failed=visit.form.get("comment", "") if trouble else "",
        )

    def questions(self, visit: Visit) -> Response:
        """What the host of a talk is asked, in order, to be read out or printed."""
        name = visit.request.query_params.get("thread", "")
        asked = self._room.moderation.questions(name)
        return self._desk.page(
            "questions.html",
            visit,
            talk=name,
            thread=self._room.thread(name),
            cards=self._cards(asked),
            talks=[]
            if name
            else [(one, self._room.thread(one), n) for one, n in self._room.moderation.asked().items()],
        )

    def decide(self, visit: Visit) -> Response:
        """Does what the button says, to one comment or to those that are ticked."""
        do, ids = visit.form.get("do", ""), _ids(visit)
        try:
            made = self._apply(visit, do, ids)
        except KentonganError as error:
            return self.queue(visit, self._desk.said(error))
        told = {"did": do, **({"undo": "-".join(map(str, made))} if made else {})}
        state = _state(visit.request.query_params.get("state", ""))
        return RedirectResponse(f"{HERE}?{urlencode({'state': state.value, **told})}", 303)

    def _apply(self, visit: Visit, do: str, ids: list[int]) -> list[int]:
        """The numbers of the decisions that were made."""
        moderation, who, text = self._room.moderation, visit.me.login, visit.form.get("text", "")
        if do in _STATES:
            return moderation.decide(ids, _STATES[do], who)
        if do == "undo":
            moderation.undo(_numbers(visit.form.get("made", "")), who)
        elif do == "ban":
            return [moderation.ban(one, who) for one in ids]
        elif do == "edit":
            return [moderation.edit(ids[0], text, who)] if ids else []
        elif do == "reply" and ids:
            moderation.reply(ids[0], visit.form.get("answer", ""), self._room.threads.office or visit.me.name, who)
        elif do == "erase":
            for one in ids:
                self._room.forget(moderation.erase(one, who))
        return []

    def _cards(self, comments: list[Comment]) -> list[Card]:
        above = self._room.moderation.parents(comments)
        return [self._card(one, above.get(one.parent_id or 0)) for one in comments]

    def _card(self, comment: Comment, above: Comment | None) -> Card:
        told = html(comment.text)
        return Card(
            comment=comment,
            at=self._moment(comment.made),
            text=Markup(_inert(told)),  # noqa: S704 - cleaned by nh3
            thread=self._room.thread(comment.thread),
            above=above,
            links=len(links(comment.text)),
        )

    def _moment(self, instant: datetime) -> Moment:
        return moment(instant.astimezone(self._desk.status.zone), self._desk.status.language)


def _inert(told: str) -> str:
    """*told* with its links as words: nobody shall open a spammer's page by a slip of the thumb."""
    return re.sub(r"</?a\b[^>]*>", "", told)


def _state(text: str) -> State:
    try:
        return State(text)
    except ValueError:
        return State.PENDING


def _ids(visit: Visit) -> list[int]:
    """The comment of the card, or those that are ticked."""
    ticked = [name.removeprefix(_CHOSEN) for name in visit.form if name.startswith(_CHOSEN)]
    return _numbers("-".join([visit.form.get("comment", ""), *ticked]))


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split("-") if re.fullmatch("[0-9]{1,15}", part)]
