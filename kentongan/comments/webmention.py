"""Webmention (W3C, 2017): pages of others that mention ours, verified first, and then held as comments are.

Requests go to public addresses alone.
"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from sqlalchemy import select

from kentongan.comments import erasing
from kentongan.comments.comments import Comments
from kentongan.comments.draft import Unfit
from kentongan.comments.tables import Comment, Source, State
from kentongan.comments.text import tidy_line
from kentongan.comments.threads import Thread
from kentongan.language import Message
from kentongan.web import Answer, NoAnswer, ask

LARGEST = 1_000_000
LONGEST_ADDRESS = 500
_SECONDS = 10.0
_MOST_EACH_HOST = 20
"""Mentions by one site that may wait at a time."""

Ask = Callable[[str], Answer]


def receive(comments: Comments, source: str, target: str, thread: Thread | None, fetch: Ask | None = None) -> Comment:
    """Keeps the mention of *target*, the page of *thread*, by the page *source*, once it is seen to be one.

    A page that mentioned us and does so no more is taken off again (3.2.4).

    :raises Unfit: when it is none.
    """
    _require_fit(source, target)
    if thread is None or not thread.is_open(comments.clock()):
        raise Unfit("target", Message("Nothing more is taken here."))
    page = _Page(source)
    page.feed(_fetched(source, fetch or public_page))
    known = _known(comments, source, thread)
    if target.split("#", maxsplit=1)[0] not in page.links:
        if known:
            _take_off(comments, known)
        raise Unfit("source", Message("The page does not mention ours."))
    return known or _kept(comments, source, thread, page)


def public_page(url: str) -> Answer:
    """The page at *url*, asked for at an address that everybody can reach.

    :raises Unfit: when it does not answer; no word tells what is inside our own network.
    """
    try:
        return ask(url, seconds=_SECONDS, limit=LARGEST, public_only=True)
    except NoAnswer as error:
        raise Unfit("source", Message("The page does not answer.")) from error


def _require_fit(source: str, target: str) -> None:
    for name, url in (("source", source), ("target", target)):
        if not url.startswith(("https://", "http://")) or len(url) > LONGEST_ADDRESS or not url.isprintable():
            raise Unfit(name, Message("This is no address of a page."))
    if source.split("#", maxsplit=1)[0] == target.split("#", maxsplit=1)[0]:
        raise Unfit("source", Message("A page does not mention itself."))


def _fetched(source: str, fetch: Ask) -> str:
    answer = fetch(source)
    if answer.status == 410:
        return ""
    if answer.status != 200 or answer.media_type not in ("text/html", "application/xhtml+xml"):
        raise Unfit("source", Message("The page does not answer."))
    return answer.body.decode("utf-8", "replace")


def _known(comments: Comments, source: str, thread: Thread) -> Comment | None:
    same = (Comment.source == Source.WEBMENTION, Comment.origin == source, Comment.thread == thread.name)
    with comments.database.reading() as session:
        return session.scalar(select(Comment).where(*same))


def _take_off(comments: Comments, known: Comment) -> None:
    with comments.database.session() as session:
        erasing.remove(session, session.get_one(Comment, known.id))


def _kept(comments: Comments, source: str, thread: Thread, page: _Page) -> Comment:
    host = urlsplit(source).netloc
    with comments.database.session() as session:
        waiting = select(Comment.id).where(
            Comment.source == Source.WEBMENTION, Comment.state == State.PENDING, Comment.name == host[:80]
        )
        if len(session.scalars(waiting).all()) >= _MOST_EACH_HOST:
            raise Unfit("source", Message("Many comments came within a short time."))
        text = tidy_line(page.title)[:200] or host
        verdict = comments.filter().judge(host, text)
        comment = Comment(
            thread=thread.name,
            name=host[:80],
            text=text,
            state=State.SPAM if verdict.is_spam else State.PENDING,
            reasons=" ".join(verdict.reasons),
            source=Source.WEBMENTION,
            origin=source,
            made=comments.clock().replace(microsecond=0),
        )
        session.add(comment)
    return comment


class _Page(HTMLParser):
    """The title of a page, and where its links lead."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.title, self.links = "", set[str]()
        self._url, self._in_title = url, False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        for name, value in attributes:
            if name in ("href", "src") and value:
                self._add(value)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def _add(self, value: str) -> None:
        try:
            self.links.add(urljoin(self._url, value.strip()).split("#")[0])
        except ValueError:  # no address
            return
