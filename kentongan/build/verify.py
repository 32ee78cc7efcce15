"""Is a finished output folder fit to be shown? Asked before a release goes live."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from kentongan.build.compress import is_text
from kentongan.build.private import Private, addresses_in
from kentongan.build.soundness import file_faults
from kentongan.due import VERSION
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model.audio import is_stored
from kentongan.serving.policy import CMS_PATHS

_HOME = "index.html"
_MAY_GO = 10
_SHARE_THAT_MAY_GO = 0.2
"""A site that loses more pages than both of these in one publish has most likely lost a folder."""

_TOLD = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """What makes a release unfit: in which file (relative to it), and what is wrong there."""

    file: str
    message: Message

    def told(self, language: str) -> str:
        """The fault in *language*, on one line."""
        return f"{self.file}: {self.message.told(language)}"


class Unfit(KentonganError):
    """A release that nobody may see, and all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(
            Message("Nothing was published: {count} things are wrong with the new release.", {"count": len(faults)}),
            Message("Mend what is named; readers see the former release meanwhile."),
        )

    def told(self, language: str) -> str:
        """The first faults, a line each, then what that means."""
        return "\n".join([*(fault.told(language) for fault in self.faults[:_TOLD]), super().told(language)])


@dataclass(frozen=True, slots=True)
class Verifier:
    """How releases are looked at. What *is_known* says of a digest holds bytes that were found sound before."""

    private: Private
    is_known: Callable[[str], bool] = lambda _: False
    may_shrink: bool = False

    def verify(self, output: Path, names: Mapping[str, str], former: Path | None = None) -> None:
        """Looks at the files *names* (path: digest) of *output*, which will stand in the place of *former*.

        :raises Unfit: naming every fault.
        """
        if faults := tuple(self._faults(output, names, former)):
            raise Unfit(faults)

    def _faults(self, output: Path, names: Mapping[str, str], former: Path | None) -> Iterator[Fault]:
        missing = [name for name in (_HOME, VERSION) if name not in names]
        yield from (Fault(name, Message("It is not there.")) for name in missing)
        yield from self._new_file_faults(output, names)
        if not missing:
            for page, link in dead_links(output):
                yield Fault(page, Message("It links to {link}, which is not there.", {"link": link}))
        if former and not self.may_shrink:
            yield from _loss(output, former)

    def _new_file_faults(self, output: Path, names: Mapping[str, str]) -> Iterator[Fault]:
        named: dict[bytes, list[str]] = {}
        for name, digest in names.items():
            if is_text(name) and not self.is_known(digest):
                data = (output / name).read_bytes()
                yield from (Fault(name, message) for message in file_faults(name, data))
                yield from (Fault(name, message) for message in self.private.secrets_in(data))
                for address in addresses_in(data):
                    named.setdefault(address, []).append(name)
        for address in sorted(self.private.strangers(named)):
            message = Message(
                "It holds the e-mail address {address}, which no text of yours names.", {"address": address.decode()}
            )
            yield Fault(max(named[address], key=_is_nearest_to_source), message)


def _is_nearest_to_source(name: str) -> tuple[bool, int, str]:
    """Ranks files that hold the same words: the page of an article before the lists and feeds that repeat it."""
    return name.endswith(".html"), name.count("/"), name


def pages(folder: Path) -> int:
    """How many pages the release in *folder* has."""
    return sum(1 for _ in folder.rglob("*.html"))


def _loss(output: Path, former: Path) -> Iterator[Fault]:
    now, before = pages(output), pages(former)
    if before - now > max(_MAY_GO, before * _SHARE_THAT_MAY_GO):
        yield Fault(
            _HOME,
            Message(
                "Of {before} pages only {now} are left. If that is meant: --allow-fewer, or FEWER=yes with make.",
                {"before": before, "now": now},
            ),
        )


def dead_links(output: Path) -> Iterator[tuple[str, str]]:
    """Each link of a page to an address of this site that no file answers, as (page, link)."""
    base = _base(output)
    for path in sorted(output.rglob("*.html")):
        page = path.relative_to(output).as_posix()
        for link in dict.fromkeys(_links(path)):
            if _is_dead(output, base, page, link):
                yield page, link


def public_address(output: Path) -> str:
    """The address at which the site in *output* is meant to be, from its home page's canonical one; or empty."""
    found = _parsed(output / _HOME).xpath("//link[@rel='canonical']/@href")
    return str(found[0]) if found else ""


def _base(output: Path) -> str:
    """The path below which the site is served."""
    return urlsplit(public_address(output)).path.rstrip("/")


def _links(page: Path) -> Iterator[str]:
    """What a page links to and loads."""
    document = _parsed(page)
    yield from map(str, document.xpath("//@href | //@src | //@poster"))
    for candidates in document.xpath("//@srcset"):
        yield from (one.split()[0] for one in candidates.split(",") if one.strip())


def _parsed(page: Path) -> etree._Element:
    document = etree.fromstring(page.read_bytes() or b"<html>", etree.HTMLParser(encoding="utf-8"))
    return etree.Element("html") if document is None else document


def _is_dead(output: Path, base: str, page: str, link: str) -> bool:
    target = urljoin(f"{base}/{page}", link)
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return False
    if not unquote(parts.path).startswith(f"{base}/"):
        return True
    path = unquote(parts.path).removeprefix(f"{base}/")
    if is_stored(f"/{path}") or path.partition("/")[0] in CMS_PATHS:
        return False  # a web server answers it from the media store, or asks the CMS
    try:
        return not (output / path / _HOME if path.endswith("/") or not path else output / path).is_file()
    except OSError:  # a name that no file can have
        return True
