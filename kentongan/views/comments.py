"""What readers have written about a record, and the form in which they can: part of its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from markupsafe import Markup

from kentongan.comments.snapshot import PublicComment
from kentongan.comments.text import html, plain
from kentongan.language import Moment, moment, translations
from kentongan.model import Article, Consultation, Episode, Record
from kentongan.schedule import State, broadcasts_of, state_of
from kentongan.schedule.consultations import is_over
from kentongan.site import Site
from kentongan.views.page import FeedLink, Link

DISCUSSED = (Article, Episode, Consultation)
"""The types of records that readers can comment on."""
DEPTH = 3
"""So many answers deep a page shows; what answers more deeply stands beside what it answers."""


@dataclass(frozen=True, slots=True)
class CommentView:
    """One comment. ``anchor`` is its permalink on the page, ``answer`` where it is answered (``None``: nowhere).

    ``name`` and ``text`` are empty where it was taken back and answers below it stay.
    """

    anchor: str
    name: str
    at: Moment
    text: Markup
    office: bool
    edited: bool
    asks: bool
    origin: Link | None
    answer: str | None
    answers: tuple[CommentView, ...]


@dataclass(frozen=True, slots=True)
class CommentForm:
    """A plain HTML form. ``asks``: what is written is a question for the speakers; ``letters``: answers are mailed."""

    action: str
    thread: str
    asks: bool
    letters: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Discussions on GitHub: the frame in which those of this page are written (``None``: no more are), and where they
    are read."""

    frame: str | None
    page: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """``count`` comments in threads; without ``form`` nothing more is taken.

    ``newer`` is where a script finds those approved since the build, which only a site built elsewhere needs.
    """

    count: int
    comments: tuple[CommentView, ...]
    form: CommentForm | None
    feed: str | None
    script: str | None
    newer: str | None
    prefix: str
    mentions: str | None = None
    """Where other sites tell of pages of theirs that mention this one (Webmention)."""
    elsewhere: Elsewhere | None = None


def thread_name(record: Record) -> str:
    """What the comments on *record* are kept under; it outlives every change of address and title."""
    return f"{record.folder}/{record.id}"


def comments_on(site: Site, record: Record) -> tuple[PublicComment, ...]:
    """Everything public that was written about *record*, in the order in which it came."""
    shown = isinstance(record, DISCUSSED) and site.office.comments.system in ("kentongan", "isso")
    return site.comments.get(thread_name(record), ()) if shown else ()


def discussion(site: Site, record: Record) -> Discussion | None:
    """The discussion of *record*; ``None``: nothing was written, and nothing can be."""
    if site.office.comments.system == "giscus":
        return _on_github(site, record)
    comments = comments_on(site, record)
    form = _form(site, record)
    if not comments and not form:
        return None
    post = site.comment_form or ""
    apart = post.startswith("http") and not post.startswith(f"{site.addresses.siteurl}/")
    return Discussion(
        count=sum(1 for one in comments if one.text),
        comments=_threaded(site, record, comments, form is not None),
        form=form,
        feed=site.addresses.link(site.addresses.comments_feed(record)) if comments else None,
        script=site.addresses.link(site.addresses.comments_script()) if apart else None,
        newer=f"{post}/{thread_name(record)}.json" if apart else None,
        prefix=site.addresses.segments.comments,
        mentions=f"{form.action}/webmention" if form else None,
    )


def feed_links(site: Site, record: Record) -> tuple[FeedLink, ...]:
    """The RSS of comments on *record* as its page announces it, where there is one."""
    if not comments_on(site, record):
        return ()
    title = translations(site.language).gettext("Comments on “{title}”").format(title=record.label)
    return (FeedLink(title, site.addresses.link(site.addresses.comments_feed(record)), "application/rss+xml"),)


def closes(site: Site, record: Record) -> datetime | None:
    """The midnight at which nothing more is taken on *record*; ``None``: that never comes."""
    days = site.office.comments.days
    dates = [site.local(record.date)] if record.date else []
    if isinstance(record, Episode) and (heard := site.first_heard(record)):
        dates.append(heard)
    if isinstance(record, Consultation) and (begins := site.consultation_start(record)):
        dates.append(begins)
    comes_round = isinstance(record, Consultation) and record.rule and not is_over(site, record)
    if days is None or not dates or comes_round:
        return None
    last = max(dates).astimezone(site.zone).date() + timedelta(days=days + 1)
    return datetime.combine(last, time(), tzinfo=site.zone)


def asks(site: Site, record: Record) -> bool:
    """Whether what is written about *record* now is a question for those who will speak."""
    if isinstance(record, Episode):
        return state_of(record, broadcasts_of(site, record), site.now) in (State.ANNOUNCED, State.LIVE)
    return isinstance(record, Consultation) and not record.cancelled and not is_over(site, record)


def is_open(site: Site, record: Record) -> bool:
    """Whether readers may write about *record* now."""
    office = site.office.comments
    if not (isinstance(record, DISCUSSED) and office.open and record.comments):
        return False
    ends = closes(site, record)
    return ends is None or site.now < ends


def _form(site: Site, record: Record) -> CommentForm | None:
    if site.comment_form is None or site.office.comments.system != "kentongan" or not is_open(site, record):
        return None
    return CommentForm(site.comment_form, thread_name(record), asks(site, record), site.comment_letters)


def _threaded(
    site: Site, record: Record, comments: Sequence[PublicComment], can_answer: bool
) -> tuple[CommentView, ...]:
    below: dict[int | None, list[PublicComment]] = {}
    place: dict[int, int | None] = {}
    depth: dict[int | None, int] = {None: 0}
    for one in comments:
        above = one.parent if one.parent in place else None  # what it answers came before it
        place[one.id] = place[above] if above is not None and depth[above] == DEPTH else above
        depth[one.id] = depth[place[one.id]] + 1
        below.setdefault(place[one.id], []).append(one)

    def viewed(above: int | None) -> tuple[CommentView, ...]:
        return tuple(_view(site, record, one, can_answer, viewed(one.id)) for one in below.get(above, ()))

    return viewed(None)


def _view(
    site: Site, record: Record, one: PublicComment, can_answer: bool, answers: tuple[CommentView, ...]
) -> CommentView:
    way = urlencode({"thread": thread_name(record), "parent": one.id})
    return CommentView(
        anchor=f"{site.addresses.segments.comments}-{one.id}",
        name=one.name,
        at=moment(one.made.astimezone(site.zone), site.language),
        text=Markup(html(one.text)),  # noqa: S704 - cleaned by nh3
        office=one.office,
        edited=one.edited,
        asks=one.asks,
        origin=Link(one.origin.split("/")[2], one.origin) if one.origin else None,
        answer=f"{site.comment_form}?{way}" if can_answer and one.text else None,
        answers=answers,
    )


def _on_github(site: Site, record: Record) -> Discussion | None:
    giscus = site.office.comments.giscus
    if giscus is None or not isinstance(record, DISCUSSED):
        return None
    fields = {
        "origin": site.addresses.absolute(site.path(record)),
        "repo": giscus.repo,
        "repoId": giscus.repo_id,
        "category": giscus.category,
        "categoryId": giscus.category_id,
        "term": thread_name(record),
        "strict": 1,
        "theme": "preferred_color_scheme",
    }
    words = urlencode({"discussions_q": f"{thread_name(record)} in:title"})
    frame = f"https://giscus.app/{site.language}/widget?{urlencode(fields)}" if is_open(site, record) else None
    elsewhere = Elsewhere(frame, f"https://github.com/{giscus.repo}/discussions?{words}")
    return Discussion(0, (), None, None, None, None, "", elsewhere=elsewhere)


def structured_comments(site: Site, record: Record, most: int = 20) -> Mapping[str, object]:
    """The newest comments on *record* for search engines, as schema.org Comments; nothing where there are none."""
    comments = [one for one in comments_on(site, record) if one.text]
    page = site.addresses.absolute(site.path(record))
    told = [
        {
            "@type": "Comment",
            "author": {"@type": "Organization" if one.office else "Person", "name": one.name},
            "dateCreated": one.made.astimezone(site.zone).isoformat(timespec="minutes"),
            "text": plain(one.text),
            "url": f"{page}#{site.addresses.segments.comments}-{one.id}",
        }
        for one in comments[-most:]
    ]
    return {"commentCount": len(comments), "comment": told} if told else {}
