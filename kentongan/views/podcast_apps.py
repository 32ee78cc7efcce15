"""How a podcast is followed with one tap: one feed, written for the apps whose makers say how they are opened."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from kentongan.site import Site
from kentongan.views.page import opening

_ANTENNAPOD = "https://antennapod.org/deeplink/subscribe"


@dataclass(frozen=True, slots=True)
class PodcastLinks:
    """One feed by four addresses, all absolute."""

    antennapod: str
    """Opens the app on Android, and where it is not installed a page that says how to get it."""
    pocket_casts: str
    apple: str
    """``podcast:``: Apple Podcasts, on every iPhone, and whatever else has taken that scheme."""
    feed: str
    """What is pasted into any other app."""


def podcast_links(site: Site, path: str, title: str) -> PodcastLinks:
    """The links to the podcast feed at *path*, called *title*."""
    url = site.addresses.absolute(path)
    return PodcastLinks(
        antennapod=f"{_ANTENNAPOD}?url={quote(url, safe='')}&title={quote(title, safe='')}",
        pocket_casts=f"pktc://subscribe/{url.partition('://')[2]}",
        apple=opening("podcast", url),
        feed=url,
    )
