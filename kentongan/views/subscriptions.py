"""How a calendar is subscribed to: one address, written so that a tap opens the app it is for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from kentongan.site import Site
from kentongan.views.page import opening

_GOOGLE = "https://calendar.google.com/calendar/r?cid="


@dataclass(frozen=True, slots=True)
class CalendarLinks:
    """One calendar by three addresses, all absolute."""

    app: str
    """``webcal:``: opens Apple's calendar, or what has taken that scheme. Not ``webcals:``, which iOS does not know."""
    google: str
    """Google's page for adding it. It knows a calendar of the web from one of its own by ``webcal:`` alone."""
    file: str
    """What is pasted into any other app."""


def calendar_links(site: Site, path: str) -> CalendarLinks:
    """The links to the calendar at *path*, one of :class:`~kentongan.site.addresses.Addresses`."""
    url = site.addresses.absolute(path)
    webcal = opening("webcal", url)
    return CalendarLinks(app=webcal, google=f"{_GOOGLE}{quote(webcal, safe='')}", file=url)
