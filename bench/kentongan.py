"""Our own builds: cold, with what an earlier build left, after one change each, and resident."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.corpus import NOW, article_id, write_office
from bench.measure import cost, memory_of
from bench.resident import edits_seen, seconds_until_seen, serving

_ENVIRONMENT = {"KENTONGAN_NOW": NOW.isoformat()}
_COMMAND = (sys.executable, "-m", "kentongan")
_THEME = Path(__file__).parent.parent / "theme/templates"


_BRIEF = ("cold", "no change")


def measure_kentongan(folder: Path, articles: int, edits: int, *, brief: bool = False) -> dict[str, Any]:
    """Everything about an office of that size, in *folder*, which is made anew; *brief*: of builds only two."""
    shutil.rmtree(folder, ignore_errors=True)
    write_office(folder, articles)
    chosen = [(name, prepare) for name, prepare in cases(folder, articles) if not brief or name in _BRIEF]
    runs = {name: asdict(_build(folder, prepare)) for name, prepare in chosen}
    outputs = sum(1 for path in (folder / "output").rglob("*") if path.is_file())
    pages = sum(1 for _ in (folder / "output/berita").glob("*/index.html"))
    return {"runs": runs, "outputs": outputs, "articles": pages, "resident": _resident(folder, articles, edits)}


def _build(folder: Path, prepare: Callable[[], object]) -> Any:
    prepare()
    return cost([*_COMMAND, "build"], folder, _ENVIRONMENT)


def cases(folder: Path, articles: int) -> Iterator[tuple[str, Callable[[], object]]]:
    middle = folder / f"content/articles/{article_id(articles // 2)}.md"
    new = folder / "content/articles/baru.md"
    moved = folder / "content/articles/pindah.md"
    own = folder / "theme/templates/article.html"
    yield "cold", lambda: _forget(folder, cache=True)
    yield "cold, cache restored", lambda: _forget(folder, cache=False)
    yield "no change", lambda: None
    yield "body edit", lambda: edit(middle, r"\Z", "\nSatu kalimat lagi.\n")
    yield "title edit", lambda: edit(middle, "^title: ", "title: Baru ")
    yield "new article", lambda: new.write_text(edited(middle, "^date: .*", "date: 2026-06-30 07:00"))
    yield "rename", lambda: new.rename(moved)
    yield "delete", moved.unlink
    yield "template edit", lambda: _override(own)


def _forget(folder: Path, *, cache: bool) -> None:
    for name in ("output", "var/builders", *(("var",) if cache else ())):
        shutil.rmtree(folder / name, ignore_errors=True)


def _override(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((_THEME / path.name).read_text(encoding="utf-8") + "{# edited #}\n", encoding="utf-8")


def edited(path: Path, pattern: str, new: str) -> str:
    """The text of *path* with the first match of *pattern* replaced."""
    return re.sub(pattern, lambda _: new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)


def edit(path: Path, pattern: str, new: str) -> None:
    """Replaces the first match of *pattern* in the file *path*."""
    path.write_text(edited(path, pattern, new), encoding="utf-8")


def _resident(folder: Path, articles: int, edits: int) -> dict[str, Any]:
    """Seconds from save to visible of title edits of the newest article, at its page, in the list and in the feed."""
    newest = articles - 1
    path = folder / f"content/articles/{article_id(newest)}.md"
    addresses = {"article": f"/berita/{article_id(newest)}/", "list": "/berita/", "feed": "/feed.xml"}
    new, title = path.with_name("kabar-terbaru.md"), "Kabar terbaru sekali"
    command = [*_COMMAND, "serve", "--port", "{port}"]
    with serving(command, folder, addresses["article"], _ENVIRONMENT) as (port, process):
        found = edits_seen(port, path, lambda title: edited(path, "^title: .*", f"title: {title}"), addresses, edits)
        addresses |= {"article": f"/berita/{new.stem}/"}
        added = seconds_until_seen(port, new, edited(path, "^title: .*", f"title: {title}"), addresses, title)
        memory = memory_of(process)
    return {"seconds": found, "new": added, "memory": memory}
