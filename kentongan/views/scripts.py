"""Scripts: the coming days as data, and the code of the theme that reads them.

They have addresses that never change, so that no page changes when the schedule does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from kentongan.schedule import Broadcast
from kentongan.site import Site
from kentongan.views.page import Printed
from kentongan.views.timeline import timeline


@dataclass(frozen=True, slots=True)
class Script(Printed):
    """A script that a template prints. ``language`` is the site's, for dates."""

    media_type: ClassVar[str] = "text/javascript"
    suffix: ClassVar[str] = ".js"

    language: str


@dataclass(frozen=True, slots=True)
class NowScript(Script):
    """What every page loads: it says what is on, and what comes next. ``timeline`` is JSON, ``live`` an address."""

    template: ClassVar[str] = "now"

    timeline: Markup
    live: str


@dataclass(frozen=True, slots=True)
class PlayerScript(NowScript):
    """The same, and a better player for the recording on the page."""

    template: ClassVar[str] = "player"


@dataclass(frozen=True, slots=True)
class LiveScript(Script):
    """What a page loads besides while something is on: how to listen."""

    template: ClassVar[str] = "live"


@dataclass(frozen=True, slots=True)
class CommentsScript(Script):
    """What a page built elsewhere loads besides: the comments approved since, without those taken off."""

    template: ClassVar[str] = "comments"


def comments_script(site: Site) -> CommentsScript:
    return CommentsScript(site.language)


def now_script(site: Site, broadcasts: Sequence[Broadcast]) -> NowScript:
    return NowScript(site.language, timeline(site, broadcasts).json(), _live(site))


def player_script(site: Site, broadcasts: Sequence[Broadcast]) -> PlayerScript:
    return PlayerScript(site.language, timeline(site, broadcasts).json(), _live(site))


def live_script(site: Site) -> LiveScript:
    return LiveScript(site.language)


def _live(site: Site) -> str:
    return site.addresses.link(site.addresses.segments.live)
