"""Pictures as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from kentongan.model import Image
from kentongan.site import Site


@dataclass(frozen=True, slots=True)
class Picture:
    """``url`` from the site's root; ``width`` and ``height`` in pixels, so that nothing moves while it loads."""

    url: str
    alt: str
    width: int | None
    height: int | None
    caption: str | None
    credit: str | None


def picture(site: Site, image: Image | None) -> Picture | None:
    """*image*, if its file is there."""
    file = site.media.get(image.src) if image else None
    if image is None or file is None:
        return None
    width, height = file.size or (None, None)
    return Picture(site.addresses.link(file.public_path), image.alt, width, height, image.caption, image.credit)


def picture_address(site: Site, image: Image | None) -> str | None:
    """The absolute address of *image*, for those who link to a page and want to show something of it."""
    file = site.media.get(image.src) if image else None
    return site.addresses.absolute(file.public_path) if file else None
