"""Links in texts to addresses of this site that nothing answers. Their words stay; the link goes, and is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from kentongan.errors import Finding
from kentongan.site import Site
from kentongan.site.checks import lost_link
from kentongan.site.links import TAG
from kentongan.store.contents import Key

_OURS = re.compile(r' (?:href|src)="(?!https?://|mailto:|tel:|#)')
"""What may lead to this site: a text without one needs no closer look."""

_LINK = re.compile(r' (?:href|src)="([^"#?][^"]*)"')


def without_dead_links(site: Site, paths: Collection[str], keys: Iterable[Key] | None = None) -> Site:
    """*site* with the dead links of its texts dropped and told; *paths* are the files of its whole output.

    Where *keys* are given, only the texts of those records are looked at.
    """
    dead = dict(_dead(site, paths, site.bodies if keys is None else keys))
    if not dead:
        return site
    bodies = {key: _dropped(site.bodies[key], links) for key, links in dead.items()}
    findings = tuple(_finding(site, key, link) for key, links in dead.items() for link in links)
    return replace(site, bodies={**site.bodies, **bodies}, findings=(*site.findings, *findings))


def _dead(site: Site, paths: Collection[str], keys: Iterable[Key]) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for key in keys:
        html = site.bodies[key]
        if not _OURS.search(html):
            continue
        found = dict.fromkeys(link for tag in TAG.findall(html) for link in _LINK.findall(tag))
        page = site.addresses.link(site.path(site.records[key]))
        links = tuple(link for link in found if not _answers(site, paths, urljoin(page, unescape(link))))
        if links:
            yield key, links


def _answers(site: Site, paths: Collection[str], address: str) -> bool:
    base, parts = site.addresses.link(""), urlsplit(address)
    if parts.scheme or parts.netloc or not unquote(parts.path).startswith(base):
        return True  # elsewhere: not ours to know
    name = unquote(parts.path).removeprefix(base)
    return (f"{name}index.html" if name.endswith("/") or not name else name) in paths


def _dropped(html: str, links: tuple[str, ...]) -> str:
    def without(tag: re.Match[str]) -> str:
        return _LINK.sub(lambda match: "" if match[1] in links else match[0], tag[0])

    return TAG.sub(without, html)


def _finding(site: Site, key: Key, link: str) -> Finding:
    base = site.addresses.link("")
    written = f"/{link.removeprefix(base)}" if link.startswith(base) else link
    return lost_link(site.sources[key], site.records[key], written)
