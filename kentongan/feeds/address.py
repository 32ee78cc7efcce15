"""Where a feed is, and what goes with its address."""

from __future__ import annotations

from dataclasses import dataclass

from kentongan.feeds.extension import Link
from kentongan.feeds.style import feed_style_path
from kentongan.site import Site

RSS, ATOM = "application/rss+xml", "application/atom+xml"


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A feed's own address, the WebSub hub that tells of its changes (``None``: none), and its stylesheet's."""

    url: str
    hub: str | None
    style: str

    def links(self, media_type: str) -> tuple[Link, ...]:
        """Its Atom links to itself and to the hub (W3C WebSub, 4)."""
        return (Link("self", self.url, media_type), *((Link("hub", self.hub),) if self.hub else ()))


def feed_address(site: Site, path: str) -> FeedAddress:
    """The address of the feed at *path*."""
    address = site.addresses
    return FeedAddress(address.absolute(path), site.office.hub, address.link(feed_style_path(site)))
