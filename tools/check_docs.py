"""Finds the dead links in our documents: files that are not there, anchors that no heading makes."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/**/*.md")

_FENCE = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1`*~* *$|<!--.*?-->", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_HEADING = re.compile(r"^#{1,6} +(.+?)(?: +#+)? *$", re.MULTILINE)
_ID = re.compile(r"""\b(?:id|name)=["']([^"']+)["']""")
_LINKS = (
    re.compile(r"""\]\(\s*<?([^\s)>]+)>?(?:\s+["'][^)]*)?\s*\)"""),  # [text](target "title")
    re.compile(r"^ {0,3}\[[^\]^]+\]: *<?(\S+?)>?(?: |$)", re.MULTILINE),  # [name]: target
    re.compile(r"""\b(?:href|src|srcset)=["']([^"'\s]+)["']"""),  # <img src="target">
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def documents() -> list[Path]:
    """Every document there is, in a fixed order."""
    return sorted(set(chain.from_iterable(ROOT.glob(pattern) for pattern in DOCUMENTS)))


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """*text* without what *pattern* matches; lines keep their numbers."""
    return pattern.sub(lambda match: "\n" * match[0].count("\n"), text)


def links(text: str) -> Iterator[tuple[int, str]]:
    """Each link's line and target, code and comments left out."""
    prose = blanked(_CODE, blanked(_FENCE, text))
    for pattern in _LINKS:
        for match in pattern.finditer(prose):
            yield prose.count("\n", 0, match.start(1)) + 1, match[1]


@cache
def anchors(document: Path) -> frozenset[str]:
    """What may stand after ``#``: the headings, named as repository hosts name them, and explicit ids."""
    text = blanked(_FENCE, document.read_text(encoding="utf-8"))
    seen: Counter[str] = Counter()
    found = set(_ID.findall(text))
    for heading in _HEADING.findall(text):
        name = slug(heading)
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return frozenset(found)


def slug(heading: str) -> str:
    """A heading's anchor: its words in small letters, joined by hyphens."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def fault(document: Path, target: str) -> str | None:
    """What is wrong with a link to *target* in *document*; links to other hosts are not looked at."""
    if _ELSEWHERE.match(target):
        return None
    path, _, anchor = unquote(target).partition("#")
    base = ROOT if path.startswith("/") else document.parent
    file = (base / path.lstrip("/")).resolve() if path else document
    if not (file.is_relative_to(ROOT) and file.exists()):
        return "no such file"
    if anchor and file.suffix == ".md" and anchor not in anchors(file):
        return "no such heading"
    return None


def main() -> int:
    """Print every dead link; 1 if there is one."""
    found = [
        f"{document.relative_to(ROOT)}:{line}: {target}: {reason}"
        for document in documents()
        for line, target in sorted(links(document.read_text(encoding="utf-8")))
        if (reason := fault(document, target))
    ]
    print("\n".join(found) or f"Documents: {len(documents())} read, no dead link.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
