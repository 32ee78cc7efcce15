"""The moderators' pages: what waits, what looks like spam, what is shown; every decision with its undo."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kentongan.accounts import Right
from kentongan.comments import refusals
from kentongan.comments.moderation import look
from kentongan.comments.posing import poses
from kentongan.comments.secret import Forged
from kentongan.comments.tables import Comment, Source, State
from kentongan.comments.text import html, links, tidy, version
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
    "lift": Message("Comments from there are taken again."),
    "undo": Message("It is as it was before."),
}
_UNDONE = {*_STATES, "ban", "edit"}
_WRITING = {"approve", "edit", "reply"}
"""What takes along what was typed into the card."""
_CHOSEN = "chosen-"
_TOLD, _TOLD_FOR = "comments-did", 600
"""Seconds: for so long a page says what was done."""


@dataclass(frozen=True, slots=True)
class Card:
    """A comment as a moderator sees it: where it stands, what it answers, and how many links it hides."""

    comment: Comment
    at: Moment
    text: Markup
    thread: Thread | None
    above: Comment | None
    links: int
    version: str
    is_banned: bool
    poses: bool
    """Its name is read as the office's."""
    answer: str
    """What a moderator typed, where it could not be done."""
    edited: str


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
        did, made = ("", []) if trouble else self._done(visit, query.get("did", ""))
        comments = moderation.queue(state)
        failed = moderation.one(_number(visit.form.get("comment", ""))) if trouble else None
        if failed and failed.text and failed.id not in {one.id for one in comments}:
            comments = [failed, *comments]  # it has gone elsewhere while it was decided on
        return self._desk.page(
            "comments.html",
            visit,
            422 if trouble else 200,
            state=state.value,
            counts={one.value: moderation.count(one) for one in (State.PENDING, State.SPAM)},
            cards=self._cards(comments, visit.form if failed else {}),
            done=self._desk.told(_DONE[did]) if did in _DONE else "",
            undo=moderation.undoable(made) if did in _UNDONE else [],
            refused=self._refused(),
            bans=moderation.bans() if state is State.SPAM else 0,
            trouble=trouble,
            failed=failed.id if failed else 0,
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
            cards=self._cards(asked, {}),
            set_apart=self._room.moderation.set_apart(name),
            talks=[]
            if name
            else [(one, self._room.thread(one), n) for one, n in self._room.moderation.asked().items()],
        )

    def decide(self, visit: Visit) -> Response:
        """Does what the button says, to one comment or to those that are ticked."""
        try:
            did, made = self._apply(visit, visit.form.get("do", ""), _seen(visit))
        except KentonganError as error:
            return self.queue(visit, self._desk.said(error))
        state = _state(visit.request.query_params.get("state", ""))
        told = self._room.secret.sign(_TOLD, [did, made, visit.me.login, int(self._room.comments.clock().timestamp())])
        return RedirectResponse(f"{HERE}?{urlencode({'state': state.value, 'did': told})}", 303)

    def _done(self, visit: Visit, told: str) -> tuple[str, list[int]]:
        """What *visit* has just done, by what :meth:`decide` signed: an address that somebody made up says nothing."""
        try:
            did, made, who, at = self._room.secret.signed(_TOLD, told)
        except Forged:
            return "", []
        is_new = self._room.comments.clock().timestamp() - at < _TOLD_FOR
        return (did, made) if who == visit.me.login and is_new else ("", [])

    def _refused(self) -> Moment | None:
        """Since when the mail server has taken no letter to readers."""
        with self._room.comments.database.reading() as session:
            since = refusals.since(session) if self._room.mailer else None
        return self._moment(since) if since else None

    def _apply(self, visit: Visit, do: str, seen: dict[int, str]) -> tuple[str, list[int]]:
        """What was done in the end, and the numbers of the decisions that were made."""
        moderation, who = self._room.moderation, visit.me.login
        if do == "undo":
            moderation.undo(_numbers(visit.form.get("made", "")), who)
        elif do == "lift-all":
            moderation.lift_all(who)
            return "lift", []
        elif not seen:
            raise KentonganError(Message("Nothing is chosen."), Message("Choose at least one comment."))
        elif do in _WRITING and (one := _number(visit.form.get("comment", ""))):
            return self._write(visit, do, one)
        elif visit.form.get("answer", "").strip():
            raise _with_an_answer()
        elif do in _STATES:
            return do, moderation.decide(seen, _STATES[do], who, seen)
        elif do == "ban":
            return do, [moderation.ban(one, who, seen) for one in seen]
        elif do == "lift":
            for one in seen:
                moderation.lift(one, who)
        elif do == "erase":
            for one in seen:
                self._room.forget(moderation.erase(one, who))
        return do, []

    def _write(self, visit: Visit, do: str, one: int) -> tuple[str, list[int]]:
        """What the buttons of the card of *one* do with all that was typed into it: nothing of it is dropped."""
        moderation, who, form = self._room.moderation, visit.me.login, visit.form
        was, answer = form.get("seen", ""), form.get("answer", "")
        text, seen = _edited(form, was), {one: was}
        if do == "reply" or (do == "approve" and answer.strip()):
            moderation.reply(one, answer, self._room.threads.office or visit.me.name, who, seen, text)
            return "reply", []
        if do == "edit" and answer.strip():
            raise _with_an_answer()
        if do == "edit":
            return do, [moderation.edit(one, form.get("text", ""), who, seen)]
        if text is not None:
            return do, [moderation.show(one, text, who, seen)]
        return do, moderation.decide([one], State.APPROVED, who, seen)

    def _cards(self, comments: list[Comment], typed: Mapping[str, str]) -> list[Card]:
        """*typed* is what was sent with one of them and could not be done."""
        above, banned = self._room.moderation.parents(comments), self._room.moderation.banned(comments)
        number = _number(typed.get("comment", ""))
        return [
            self._card(one, above.get(one.parent_id or 0), one.id in banned, typed if one.id == number else {})
            for one in comments
        ]

    def _card(self, comment: Comment, above: Comment | None, is_banned: bool, typed: Mapping[str, str]) -> Card:
        edited = _edited(typed, typed.get("seen", ""))
        return Card(
            comment=comment,
            at=self._moment(comment.made),
            text=Markup(_inert(html(comment.text))),  # noqa: S704 - cleaned by nh3
            thread=self._room.thread(comment.thread),
            above=above,
            links=len(links(comment.text)),
            version=look(comment),
            is_banned=is_banned,
            poses=comment.source != Source.OFFICE and poses(comment.name, self._room.threads.office),
            answer=typed.get("answer", ""),
            edited=comment.text if edited is None else edited,
        )

    def _moment(self, instant: datetime) -> Moment:
        return moment(instant.astimezone(self._desk.status.zone), self._desk.status.language)


def _with_an_answer() -> KentonganError:
    return KentonganError(
        Message("There is an answer too, which would be lost."),
        Message("Press the button below the answer, or empty it."),
    )


def _inert(told: str) -> str:
    """*told* with its links as words: nobody shall open a spammer's page by a slip of the thumb."""
    return re.sub(r"</?a\b[^>]*>", "", told)


def _state(text: str) -> State:
    try:
        return State(text)
    except ValueError:
        return State.PENDING


def _seen(visit: Visit) -> dict[int, str]:
    """The comment of the card, or those that are ticked, each with the version of its text that was read."""
    form = visit.form
    ticked = {name.removeprefix(_CHOSEN): seen for name, seen in form.items() if name.startswith(_CHOSEN)}
    given = {form.get("comment", ""): form.get("seen", ""), **ticked}
    return {_number(one): seen for one, seen in given.items() if _number(one)}


def _edited(form: Mapping[str, str], seen: str) -> str | None:
    """The text of a card's field, if a moderator changed it from the version that they had *seen*."""
    text = form.get("text")
    return None if text is None or version(tidy(text)) == seen.partition("-")[0] else text


def _number(text: str) -> int:
    return next(iter(_numbers(text)), 0)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split("-") if re.fullmatch("[0-9]{1,15}", part)]
