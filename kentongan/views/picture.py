"""Pictures as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from kentongan.model import Image
from kentongan.site import Site


@dataclass(frozen=True, slots=True)
class Picture:
    """``url`` from the site's root; ``width`` and ``height`` in pixels, so that nothing moves while it loads.

    ``copies`` are smaller ones: address and width in pixels, narrowest first.
    """

    url: str
    alt: str
    width: int | None
    height: int | None
    caption: str | None
    credit: str | None
    copies: tuple[tuple[str, int], ...] = ()

    @property
    def smallest(self) -> str:
        """The address of the narrowest there is."""
        return self.copies[0][0] if self.copies else self.url

    @property
    def choices(self) -> str | None:
        """The copies and itself, as ``srcset`` names them; ``None``: there is nothing to choose from."""
        if not self.copies:
            return None
        return ", ".join(f"{url} {width}w" for url, width in (*self.copies, (self.url, self.width)))


def picture(site: Site, image: Image | None) -> Picture | None:
    """*image*, if its file is there."""
    file = site.media.get(image.src) if image else None
    if image is None or file is None:
        return None
    width, height = file.size or (None, None)
    link = site.addresses.link
    copies = tuple((link(path), across) for across, path in file.copies.items())
    return Picture(link(file.public_path), image.alt, width, height, image.caption, image.credit, copies)


def picture_address(site: Site, image: Image | None) -> str | None:
    """The absolute address of *image*, for those who link to a page and want to show something of it."""
    file = site.media.get(image.src) if image else None
    return site.addresses.absolute(file.public_path) if file else None
