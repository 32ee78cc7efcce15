"""The announcement as the office would send it into a WhatsApp group: bold title, short lines, the address last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

_MARKS = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
"""WhatsApp reads these as formatting; words that hold them must not switch it on."""


@dataclass(frozen=True, slots=True)
class Share:
    """``text`` to be selected and copied, and ``url``, which opens WhatsApp with it."""

    text: str
    url: str
    poster: str | None
    """The sheet to print."""
    status: str | None
    """The picture for a WhatsApp status."""


def share(
    kind: str | None,
    title: str,
    facts: Iterable[str | None],
    address: str,
    poster: str | None = None,
    status: str | None = None,
) -> Share:
    """What kind of thing it is, its *title*, its *facts* one a line, its *address*, its *poster* and *status*."""
    head = [f"*{kind.translate(_MARKS)}*"] if kind else []
    head.append(f"*{title.translate(_MARKS)}*" if not kind else title.translate(_MARKS))
    lines = [fact.translate(_MARKS) for fact in facts if fact]
    text = "\n".join([*head, *(["", *lines] if lines else []), "", address])
    return Share(text, f"https://wa.me/?text={quote(text, safe='')}", poster, status)
