"""Comments from elsewhere: exports of Disqus (XML) and of Isso (its SQLite database). What they decided stays decided.

Links that no comment of ours may have go; addresses of the network are not taken over.
"""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

import nh3
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse
from sqlalchemy import select

from kentongan.comments.comments import Comments
from kentongan.comments.tables import Comment, Source, State
from kentongan.comments.text import LONGEST, LONGEST_NAME, tidy, tidy_line
from kentongan.errors import KentonganError
from kentongan.language import Message

_DISQUS = "{http://disqus.com}"
_ID = "{http://disqus.com/disqus-internals}id"
_LINK = re.compile(r'<a\s[^>]*?href\s*=\s*["\']?([^"\'\s>]+)[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
_ISSO_STATES = {1: State.APPROVED, 2: State.PENDING, 4: State.REJECTED}


@dataclass(frozen=True, slots=True)
class Foreign:
    """One comment of another system; ``path`` is that of the page it stood on."""

    id: str
    parent: str | None
    path: str
    name: str
    email: str
    text: str
    made: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an export. ``lost`` are paths of pages that we do not have."""

    new: int
    known: int
    lost: tuple[str, ...]


def read_disqus(file: Path) -> Iterator[Foreign]:
    """The comments of a Disqus export.

    :raises KentonganError: when it is none.
    """
    try:
        root = parse(file).getroot()
    except (OSError, ParseError, DefusedXmlException, ValueError) as error:
        raise _unreadable(file, error) from error
    if root.tag != f"{_DISQUS}disqus":
        raise _unreadable(file, ValueError(root.tag))
    pages = {one.get(_ID): _path(_text(one, "link")) for one in root.findall(f"{_DISQUS}thread")}
    for number, post in enumerate(root.findall(f"{_DISQUS}post")):
        thread, parent, author = (post.find(f"{_DISQUS}{name}") for name in ("thread", "parent", "author"))
        if thread is None:
            continue
        yield Foreign(
            id=post.get(_ID) or f"post-{number}",
            parent=parent.get(_ID) if parent is not None else None,
            path=pages.get(thread.get(_ID), ""),
            name=_text(author, "name"),
            email=_text(author, "email"),
            text=_markdown(_text(post, "message")),
            made=_instant(_text(post, "createdAt")),
            state=_disqus_state(post),
        )


def read_isso(file: Path) -> Iterator[Foreign]:
    """The comments of Isso's database.

    :raises KentonganError: when it is none.
    """
    chosen = (
        "SELECT c.id, c.parent, t.uri, c.author, c.email, c.text, c.created, c.mode"
        " FROM comments c JOIN threads t ON t.id = c.tid ORDER BY c.id"
    )
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute(chosen).fetchall()
    except sqlite3.DatabaseError as error:
        raise _unreadable(file, error) from error
    for id_, parent, uri, name, email, text, created, mode in rows:
        yield Foreign(
            id=str(id_),
            parent=str(parent) if parent is not None else None,
            path=_path(str(uri)),
            name=str(name or ""),
            email=str(email or ""),
            text=str(text or ""),
            made=_seconds(created),
            state=_ISSO_STATES.get(mode, State.REJECTED),
        )


READERS: dict[Source, Callable[[Path], Iterator[Foreign]]] = {Source.DISQUS: read_disqus, Source.ISSO: read_isso}


def take_over(
    comments: Comments, source: Source, foreign: Iterable[Foreign], thread_at: Callable[[str], str | None]
) -> Imported:
    """Keeps *foreign* comments; those that were taken over before are left as they are.

    *thread_at* gives the thread of the page at a path. Answers may come before what they answer.
    """
    ordered = sorted(foreign, key=lambda one: (one.made, one.id))
    numbers = _known(comments, source)
    known, new, lost = 0, 0, set()
    with comments.database.session() as session:
        made: dict[str, Comment] = {}
        for one in ordered:
            thread, text = thread_at(one.path), tidy(one.text)[:LONGEST]
            if thread is None:
                lost.add(one.path)
            elif one.id in numbers:
                known += 1
            elif text:
                made[one.id] = _comment(comments, source, one, thread, text)
                session.add(made[one.id])
                session.flush()
                numbers[one.id] = made[one.id].id
                new += 1
        for one in ordered:
            if one.id in made and one.parent in numbers and numbers[one.parent] != made[one.id].id:
                made[one.id].parent_id = numbers[one.parent]
    return Imported(new, known, tuple(sorted(lost)))


def _known(comments: Comments, source: Source) -> dict[str, int]:
    chosen = select(Comment.origin, Comment.id).where(Comment.source == source)
    with comments.database.reading() as session:
        return {str(origin): id_ for origin, id_ in session.execute(chosen)}


def _comment(comments: Comments, source: Source, one: Foreign, thread: str, text: str) -> Comment:
    """E-mail addresses stay behind: nobody gave them to us."""
    return Comment(
        thread=thread,
        name=tidy_line(one.name)[:LONGEST_NAME] or "–",
        text=text,
        state=one.state,
        source=source,
        origin=one.id,
        made=one.made.replace(microsecond=0),
        decided=comments.clock() if one.state is not State.PENDING else None,
        decided_by=source if one.state is not State.PENDING else None,
    )


def _markdown(told: str) -> str:
    """HTML of Disqus as text, its links in Markdown where they lead to the web."""

    def link(match: re.Match[str]) -> str:
        words = nh3.clean(match[2], tags=set())
        return f"[{words}]({match[1]})" if match[1].startswith(("https://", "http://")) else words

    plain = nh3.clean(_BREAK.sub("\n\n", _LINK.sub(link, told)), tags=set())
    return html.unescape(plain)


def _disqus_state(post: Element) -> State:
    if _text(post, "isSpam") == "true":
        return State.SPAM
    if _text(post, "isDeleted") == "true":
        return State.REJECTED
    return State.APPROVED


def _text(element: Element | None, name: str) -> str:
    found = element.find(f"{_DISQUS}{name}") if element is not None else None
    return (found.text or "") if found is not None else ""


def _path(address: str) -> str:
    """The path of a page's *address*; an address that is none has none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _instant(text: str) -> datetime:
    try:
        made = datetime.fromisoformat(text)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _seconds(created: object) -> datetime:
    """When Isso says it was, in seconds since 1970; the beginning where it says nothing that is a time."""
    try:
        return datetime.fromtimestamp(float(str(created)), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime(1970, 1, 1, tzinfo=UTC)


def _unreadable(file: Path, error: Exception) -> KentonganError:
    return KentonganError(
        Message("{path} is no export that can be read: {error}.", {"path": str(file), "error": str(error)[:200]}),
        Message("Export the comments again."),
    )
