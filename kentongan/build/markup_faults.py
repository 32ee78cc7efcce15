"""Is a page's HTML well-formed? Every element closed in order, no id given twice, no attribute either."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from kentongan.language import Message

_VOID = {*"area base br col embed hr img input link meta source track wbr".split()}  # noqa: SIM905
_MAY_STAY_OPEN = {*"body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr".split()}  # noqa: SIM905
"""Elements whose end tag may be left out (HTML, 13.1.2.4)."""


def markup_faults(html: str) -> Iterator[Message]:
    """What is wrong with the page *html*, in order."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    yield from checker.faults
    for tag, line in checker.open:
        if tag not in _MAY_STAY_OPEN:
            yield Message("<{tag}> in line {line} is never closed.", {"tag": tag, "line": line})


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int]] = []
        self.faults: list[Message] = []
        self._ids: set[str | None] = set()

    @property
    def line(self) -> int:
        return self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(attrs)
        if tag not in _VOID:
            self.open.append((tag, self.line))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(attrs)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1][0] != tag and self.open[-1][0] in _MAY_STAY_OPEN:
            self.open.pop()
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.faults.append(Message("</{tag}> in line {line} closes nothing.", {"tag": tag, "line": self.line}))

    def _look_at(self, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        for name in {name for name in names if names.count(name) > 1}:
            self.faults.append(
                Message("The attribute “{name}” stands twice in line {line}.", {"name": name, "line": self.line})
            )
        id_ = dict(attrs).get("id")
        if id_ in self._ids and id_ is not None:
            self.faults.append(Message("The id “{id}” is given twice.", {"id": id_}))
        self._ids.add(id_)
