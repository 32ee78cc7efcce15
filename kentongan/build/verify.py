"""Is a finished output folder fit to be shown? Asked before a release goes live."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model.audio import is_stored

_HOME = "index.html"


def verify(output: Path) -> None:
    """Checks that there is a home page and that no page links to something of this site that is not there.

    :raises KentonganError: naming the first fault.
    """
    if not (output / _HOME).is_file():
        raise KentonganError(
            Message("The site has no home page."), Message("Run “kentongan build” and read its findings.")
        )
    for page, link in dead_links(output):
        raise KentonganError(
            Message("{page} links to {link}, which is not there.", {"page": page, "link": link}),
            Message("Correct the link, or write what it leads to."),
        )


def dead_links(output: Path) -> Iterator[tuple[str, str]]:
    """Each link of a page to an address of this site that no file answers, as (page, link)."""
    base = _base(output)
    for path in sorted(output.rglob("*.html")):
        page = path.relative_to(output).as_posix()
        collector = _Links()
        collector.feed(path.read_text(encoding="utf-8"))
        for link in collector.found:
            if _is_dead(output, base, page, link):
                yield page, link


def _base(output: Path) -> str:
    """The path below which the site is served, from the home page's canonical address."""
    collector = _Links()
    collector.feed((output / _HOME).read_text(encoding="utf-8"))
    return urlsplit(collector.canonical).path.rstrip("/")


def _is_dead(output: Path, base: str, page: str, link: str) -> bool:
    target = urljoin(f"{base}/{page}", link)
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return False
    if not unquote(parts.path).startswith(f"{base}/"):
        return True
    path = unquote(parts.path).removeprefix(f"{base}/")
    if is_stored(f"/{path}"):
        return False  # a web server may answer it from the media store
    try:
        return not (output / path / _HOME if path.endswith("/") or not path else output / path).is_file()
    except OSError:  # a name that no file can have
        return True


class _Links(HTMLParser):
    """Collects what a page links to and loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.canonical = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href") or ""
        for name in ("href", "src"):
            if value := given.get(name):
                self.found.append(value)
