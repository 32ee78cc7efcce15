"""What the office does with comments. Every decision is noted, can be undone, and is at once in the public snapshot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from kentongan.comments import erasing, snapshot
from kentongan.comments.comments import Comments
from kentongan.comments.erasing import Erased
from kentongan.comments.snapshot import PublicComment, Snapshot
from kentongan.comments.tables import BANNED, Ban, Comment, Decision, Reader, Source, State
from kentongan.comments.text import tidy, version
from kentongan.errors import KentonganError
from kentongan.language import Message

Seen = Mapping[int, str]
"""What a moderator has looked at, by the comment's number: its :func:`look` then."""
QUEUE = 50
"""How many comments one page of the queue shows."""


class Moderation:
    """Decisions of the moderators of one office.

    *publish* is called whenever what is public may have changed, *note* with who did what to which comments: by number
    alone, for what was written is nobody's business once it is erased.
    """

    def __init__(
        self,
        comments: Comments,
        publish: Callable[[], object] = lambda: None,
        note: Callable[[str, str, str], object] = lambda who, action, target: None,
    ) -> None:
        self.comments, self._publish, self._note = comments, publish, note

    def queue(self, state: State = State.PENDING, *, asks: bool | None = None) -> list[Comment]:
        """Comments in *state*: those that wait by age, the others by the last decision. *asks*: questions, or none."""
        newest = Comment.id.asc() if state is State.PENDING else func.coalesce(Comment.decided, Comment.made).desc()
        chosen = select(Comment).where(Comment.state == state, Comment.text != "")
        if asks is not None:
            chosen = chosen.where(Comment.asks == asks)
        return self._all(chosen.order_by(newest, Comment.id.desc()).limit(QUEUE))

    def questions(self, thread: str) -> list[Comment]:
        """What the host of *thread* is asked, in the order in which it came; spam and what was rejected left out."""
        asked = (Comment.thread == thread, Comment.asks, Comment.state.in_((State.PENDING, State.APPROVED)))
        return self._all(select(Comment).where(*asked, Comment.text != "").order_by(Comment.id))

    def set_apart(self, thread: str = "") -> int:
        """How many questions of *thread*, else of all, the filter took for spam and nobody has looked at."""
        apart = [Comment.state == State.SPAM, Comment.asks, Comment.decided.is_(None), Comment.text != ""]
        if thread:
            apart.append(Comment.thread == thread)
        with self.comments.database.reading() as session:
            return session.scalar(select(func.count()).where(*apart)) or 0

    def asked(self) -> dict[str, int]:
        """How many questions each thread has, those asked last first."""
        kept = (Comment.asks, Comment.state.in_((State.PENDING, State.APPROVED)), Comment.text != "")
        chosen = select(Comment.thread, func.count()).where(*kept).group_by(Comment.thread)
        with self.comments.database.reading() as session:
            counted = session.execute(chosen.order_by(func.max(Comment.id).desc()))
            return {thread: number for thread, number in counted}  # noqa: C416 - rows are no pairs to mypy

    def count(self, state: State = State.PENDING, *, asks: bool | None = None) -> int:
        """How many are in *state*. *asks*: questions, or none."""
        chosen = select(func.count()).where(Comment.state == state, Comment.text != "")
        if asks is not None:
            chosen = chosen.where(Comment.asks == asks)
        with self.comments.database.reading() as session:
            return session.scalar(chosen) or 0

    def waits(self, id_: int) -> bool:
        """Whether nobody has decided on the comment *id_*, and it does not look like spam."""
        with self.comments.database.reading() as session:
            found = session.get(Comment, id_)
        return found is not None and found.state == State.PENDING

    def parents(self, comments: Iterable[Comment]) -> dict[int, Comment]:
        """What *comments* answer, by number."""
        wanted = {one.parent_id for one in comments if one.parent_id}
        found = self._all(select(Comment).where(Comment.id.in_(wanted))) if wanted else []
        return {one.id: one for one in found}

    def one(self, id_: int) -> Comment | None:
        """The comment *id_*, wherever it stands."""
        with self.comments.database.reading() as session:
            return session.get(Comment, id_)

    def public_one(self, id_: int) -> Comment | None:
        """The comment *id_*, if everybody may read it."""
        with self.comments.database.reading() as session:
            found = session.get(Comment, id_)
        return found if found and found.state == State.APPROVED and found.text else None

    def decide(self, ids: Collection[int], state: State, who: str, seen: Seen | None = None) -> list[int]:
        """Puts the comments *ids* into *state*; the numbers of the decisions, for :meth:`undo`.

        :raises KentonganError: when one of them is not what was *seen* any more; then none is decided on.
        """
        with self.comments.database.session() as session:
            chosen = select(Comment).where(Comment.id.in_(ids), Comment.text != "").with_for_update(of=Comment)
            found = session.scalars(chosen).all()
            if seen is not None and len(found) < len(set(ids)):
                raise _gone()
            undecided = [one for one in found if one.state != state or one.decided is None]
            made = [self._decide(session, _as(seen, one), state, who) for one in undecided]
            session.flush()
            numbers = [one.id for one in made]
        self._after(who, state, ids)
        return numbers

    def edit(self, id_: int, text: str, who: str, seen: Seen | None = None) -> int:
        """Gives a comment another text; readers see that the office changed it."""
        return self._with_text(id_, None, text, who, seen)

    def show(self, id_: int, text: str, who: str, seen: Seen | None = None) -> int:
        """Shows a comment with another text; the decision's number."""
        return self._with_text(id_, State.APPROVED, text, who, seen)

    def _with_text(self, id_: int, state: State | None, text: str, who: str, seen: Seen | None) -> int:
        text = _written(text)
        with self.comments.database.session() as session:
            comment = self._found(session, id_, seen)
            made = self._decide(session, comment, state or State(comment.state), who, text)
            session.flush()
            number = made.id
        self._after(who, state or "edit", [id_])
        return number

    def undoable(self, numbers: Collection[int]) -> list[int]:
        """Those of the decisions *numbers* that have not been taken back."""
        with self.comments.database.reading() as session:
            return list(session.scalars(select(Decision.id).where(Decision.id.in_(numbers)).order_by(Decision.id)))

    def undo(self, numbers: Collection[int], who: str) -> list[Comment]:
        """Takes decisions back, the newest first.

        :raises KentonganError: when somebody has decided on one of the comments since; then none is taken back.
        """
        with self.comments.database.session() as session:
            made = select(Decision).where(Decision.id.in_(numbers)).order_by(Decision.id.desc())
            undone = [_undone(session, decision) for decision in session.scalars(made).all()]
        self._after(who, "undo", {one.id for one in undone})
        return undone

    def reply(
        self, id_: int, text: str, name: str, who: str, seen: Seen | None = None, edited: str | None = None
    ) -> Comment:
        """Answers a comment in the office's *name*; what is answered is shown too, as it was *edited*."""
        text = tidy(text)
        if not text:
            raise KentonganError(Message("There is no answer yet."), Message("Write it into the field."))
        now = self.comments.clock().replace(microsecond=0)
        with self.comments.database.session() as session:
            asked = self._found(session, id_, seen)
            if asked.state != State.APPROVED or edited is not None:
                self._decide(session, asked, State.APPROVED, who, edited if edited is None else _written(edited))
            answer = Comment(
                thread=asked.thread,
                parent_id=asked.id,
                name=name[:80],
                text=text,
                state=State.APPROVED,
                source=Source.OFFICE,
                made=now,
                decided=now,
                decided_by=who,
            )
            session.add(answer)
        self._after(who, "reply", [id_])
        return answer

    def ban(self, id_: int, who: str, seen: Seen | None = None) -> int:
        """Marks a comment as spam, and takes nothing more from its address and its e-mail; the decision's number."""
        with self.comments.database.session() as session:
            comment = self._found(session, id_, seen)
            made = self._decide(session, comment, State.SPAM, who)
            made.after = BANNED
            if comment.reader and not comment.reader.banned:
                comment.reader.banned = made.at
            if comment.address and session.get(Ban, comment.address) is None:
                session.add(Ban(address=comment.address, at=made.at))
            session.flush()
            number = made.id
        self._after(who, "ban", [id_])
        return number

    def banned(self, comments: Iterable[Comment]) -> set[int]:
        """Those of *comments*, by number, from whose writers nothing more is taken."""
        shown = list(comments)
        with self.comments.database.reading() as session:
            places = select(Ban.address).where(Ban.address.in_({one.address for one in shown if one.address}))
            shut = set(session.scalars(places))
        return {one.id for one in shown if one.address in shut or (one.reader and one.reader.banned)}

    def bans(self) -> int:
        """How many addresses, of the network and of e-mail, nothing is taken from."""
        with self.comments.database.reading() as session:
            places = session.scalar(select(func.count()).select_from(Ban)) or 0
            return places + (session.scalar(select(func.count()).where(Reader.banned.is_not(None))) or 0)

    def lift(self, id_: int, who: str) -> None:
        """Takes comments again from whoever wrote the comment *id_*, which stays where it is."""
        with self.comments.database.session() as session:
            comment = self._found(session, id_)
            session.execute(delete(Ban).where(Ban.address == comment.address))
            if comment.reader:
                comment.reader.banned = None
            session.execute(_BANS.where(Decision.comment_id.in_(select(Comment.id).where(_same_writer(comment)))))
        self._after(who, "lift", [id_])

    def lift_all(self, who: str) -> None:
        """Takes comments again from everybody, also where what they wrote is gone."""
        with self.comments.database.session() as session:
            session.execute(delete(Ban))
            session.execute(update(Reader).values(banned=None))
            session.execute(_BANS)
            erasing.forget_readers(session)
        self._note(who, "comment-lift", "")

    def erase(self, id_: int, who: str) -> Erased:
        """Removes a comment for good, as its writer may ask; this cannot be undone."""
        with self.comments.database.session() as session:
            comment = self._found(session, id_)
            gone = erasing.remove(session, comment)
        self.comments.database.settle()
        self._after(who, "erase", [id_])
        return gone

    def _decide(self, session: Session, comment: Comment, state: State, who: str, text: str | None = None) -> Decision:
        now = self.comments.clock().replace(microsecond=0)
        made = Decision(comment_id=comment.id, at=now, who=who[:40], before=comment.state, after=state)
        if text is not None:
            made.old_text, comment.text, comment.edited = comment.text, text, now
        if comment.state == State.PENDING and comment.reader and comment.reader.confirmed:
            comment.told = None  # its writer was asked whether it is theirs; now others may be told of it
        comment.state, comment.decided, comment.decided_by = state, now, who[:40]
        session.add(made)
        return made

    def _after(self, who: str, action: str, ids: Iterable[int]) -> None:
        if numbers := " ".join(map(str, sorted(ids))):
            self._note(who, f"comment-{action}", f"comment {numbers}"[:200])
        self.comments.relearn()
        self._publish()

    def _found(self, session: Session, id_: int, seen: Seen | None = None) -> Comment:
        comment = session.get(Comment, id_, with_for_update={"of": Comment})
        if comment is None:
            raise _gone()
        return _as(seen, comment)

    def _all(self, chosen: Select[Any]) -> list[Comment]:
        with self.comments.database.reading() as session:
            return list(session.scalars(chosen))


def look(comment: Comment) -> str:
    """What tells *comment* as it is now from what it was before, for whoever decides on what they have looked at."""
    return f"{version(comment.text)}-{comment.state}"


def _as(seen: Seen | None, comment: Comment) -> Comment:
    """*comment*, if it is still what was *seen*: its writer may change it as long as it waits, others may decide."""
    if seen is None or seen.get(comment.id) == look(comment):
        return comment
    if seen.get(comment.id, "").partition("-")[0] == version(comment.text):
        raise KentonganError(
            Message("Somebody has decided on this comment since."), Message("Look at it where it is now.")
        )
    raise KentonganError(Message("Its writer has changed the text."), Message("Read it once more, then decide."))


def _gone() -> KentonganError:
    return KentonganError(Message("This comment is not here any more."))


def _written(text: str) -> str:
    """What a moderator wrote instead of a comment's text, as it is kept."""
    if not (text := tidy(text)):
        raise KentonganError(Message("There is no text yet."), Message("Reject the comment instead."))
    return text


def _undone(session: Session, decision: Decision) -> Comment:
    """The comment as it was before *decision*, the last one on it."""
    comment = decision.comment
    made = select(Decision).where(Decision.comment_id == comment.id).order_by(Decision.id.desc())
    last, *earlier = session.scalars(made).all()
    if last is not decision:
        raise KentonganError(
            Message("Somebody has decided on this comment since."), Message("Look at it where it is now.")
        )
    _lift(session, comment, decision)
    comment.state = decision.before
    if decision.old_text is not None:
        comment.text = decision.old_text
        comment.edited = next((one.at for one in earlier if one.old_text is not None), None)
    comment.decided, comment.decided_by = (earlier[0].at, earlier[0].who) if earlier else (None, None)
    session.delete(decision)
    session.flush()
    return comment


def _lift(session: Session, comment: Comment, decision: Decision) -> None:
    """Takes a ban back that was made by *decision*, at the same instant; another one of its writer stands."""
    others = select(func.max(Decision.at)).join(Decision.comment)
    others = others.where(Decision.after == BANNED, Decision.id != decision.id)
    place = session.get(Ban, comment.address) if comment.address else None
    if place and place.at == decision.at:
        if other := session.scalar(others.where(Comment.address == place.address)):
            place.at = other
        else:
            session.delete(place)
    if comment.reader and comment.reader.banned == decision.at:
        comment.reader.banned = session.scalar(others.where(Comment.reader_id == comment.reader_id))


_BANS = update(Decision).where(Decision.after == BANNED).values(after=State.SPAM)
"""What was lifted is no ban any more, but spam as before."""


def _same_writer(comment: Comment) -> ColumnElement[bool]:
    same = (Comment.address.is_not(None) & (Comment.address == comment.address)) | (Comment.id == comment.id)
    return same | (Comment.reader_id.is_not(None) & (Comment.reader_id == comment.reader_id))


def public(comments: Comments, post: str | None, *, letters: bool = False) -> Snapshot:
    """The public snapshot: approved comments, each with the number of the public one that it answers."""
    chosen = select(Comment).where(Comment.state == State.APPROVED).order_by(Comment.id)
    with comments.database.reading() as session:
        rows = session.scalars(chosen).all()
    shown = {one.id for one in rows}
    told = ((one.thread, _public(one, one.parent_id in shown)) for one in rows)
    return Snapshot.of(post, told, letters=letters)


def _public(comment: Comment, answers_public: bool) -> PublicComment:
    return PublicComment(
        id=comment.id,
        parent=comment.parent_id if answers_public else None,
        name=comment.name,
        text=comment.text,
        made=comment.made,
        edited=comment.edited is not None,
        office=comment.source == Source.OFFICE,
        asks=comment.asks,
        origin=comment.origin if comment.source == Source.WEBMENTION else None,
    )


def publisher(comments: Comments, post: str | None, *, letters: bool = False) -> Callable[[], bool]:
    """Writes the public snapshot into the state folder; a build follows where somebody watches it."""
    return lambda: snapshot.write(comments.database.state, public(comments, post, letters=letters).to_bytes())
