"""View -> bytes for everything but pages: one function per type of view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kentongan.build import documents
from kentongan.build.artifact import View
from kentongan.build.copies import SmallCopy, render_copy
from kentongan.build.qr import QrCode, render_qr
from kentongan.build.status import draw_status
from kentongan.feeds.artwork import CutArtwork, DrawnArtwork
from kentongan.feeds.atom import AtomFeed, render_atom
from kentongan.feeds.chapters import ChapterList, render_chapters
from kentongan.feeds.coming import ComingFeed, render_coming
from kentongan.feeds.comments import CommentFeed, render_comments
from kentongan.feeds.drawing import cut, draw
from kentongan.feeds.json_feed import JsonFeed, render_json_feed
from kentongan.feeds.news import NewsFeed, render_news
from kentongan.feeds.opml import SubscriptionList, render_opml
from kentongan.feeds.podcast import PodcastFeed, render_podcast
from kentongan.schedule.calendar import Calendar, render_calendar
from kentongan.schedule.day_list import DayList, render_day_list
from kentongan.views.status import StatusPicture

_FUNCTIONS: dict[type[Any], Callable[[Any], bytes]] = {
    documents.JsonDocument: documents.render_json,
    documents.SiteMap: documents.render_site_map,
    documents.StyleSheet: documents.render_style_sheet,
    documents.Robots: documents.render_robots,
    QrCode: render_qr,
    NewsFeed: render_news,
    CommentFeed: render_comments,
    AtomFeed: render_atom,
    JsonFeed: render_json_feed,
    SubscriptionList: render_opml,
    PodcastFeed: render_podcast,
    ChapterList: render_chapters,
    SmallCopy: render_copy,
    CutArtwork: cut,
    DrawnArtwork: draw,
    StatusPicture: draw_status,
    ComingFeed: render_coming,
    Calendar: render_calendar,
    DayList: render_day_list,
    documents.StaticFile: lambda file: Path(file.source).read_bytes(),
}


def render_data(view: View) -> bytes:
    """The bytes of an artifact that needs no template."""
    return _FUNCTIONS[type(view)](view)
