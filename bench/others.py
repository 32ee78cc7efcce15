"""The builds of other generators: cold, after an edit, and resident where they serve."""

from __future__ import annotations

import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.corpus import article_id
from bench.kentongan import edited
from bench.measure import cost, memory_of
from bench.peers import Peer, write_site
from bench.resident import edits_seen, serving

_LISTS = {"Hugo": ("/berita/", "/index.xml"), "Eleventy": ("/berita/", "/index.xml")}


def measure_peer(peer: Peer, folder: Path, articles: int, edits: int) -> dict[str, Any]:
    """The same of *peer*, in *folder*, which is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    write_site(peer, folder, articles)
    runs = {"cold": asdict(cost(peer.build, folder))}
    pages = sum(1 for _ in (folder / "out/berita").glob("kabar-*/index.html"))
    outputs = sum(1 for path in (folder / "out").rglob("*") if path.is_file())
    middle = peer.article(folder, articles // 2)
    middle.write_text(middle.read_text(encoding="utf-8") + "\nSatu kalimat lagi.\n", encoding="utf-8")
    runs["body edit"] = asdict(cost(peer.build, folder))
    if pages != articles:
        raise RuntimeError(f"{peer.name} made {pages} of {articles} article pages")
    try:
        resident = _resident(peer, folder, articles, max(3, edits // 4)) if peer.serve else None
    except TimeoutError as error:  # its server did not see the change: a table with a gap is better than none
        print(f"{peer.name}: {error}", file=sys.stderr)
        resident = None
    return {"runs": runs, "outputs": outputs, "articles": pages, "resident": resident}


def _resident(peer: Peer, folder: Path, articles: int, edits: int) -> dict[str, Any]:
    newest = articles - 1
    path = peer.article(folder, newest)
    sheets, feed = _LISTS[peer.name]
    addresses = {"article": f"/berita/{article_id(newest)}/", "list": sheets, "feed": feed}

    def titled(title: str) -> str:
        return edited(path, '^ "title": .*', f' "title": "{title}",')

    with serving(peer.serve or (), folder, addresses["article"], {}, peer.watching) as (port, process):
        found = edits_seen(port, path, titled, addresses, edits)
        memory = memory_of(process)
    return {"seconds": found, "memory": memory}
