"""A list one page at a time: what is on a page, and the cursor behind it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.search.entry import Entry


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, and the cursor behind the last of them; ``None``: there are no more."""

    entries: tuple[Entry, ...]
    next: str | None


def page(found: Sequence[Entry], limit: int, place: Callable[[Entry], Sequence[str | int]]) -> Page:
    """The first *limit* of *found*, and where there is one more, the *place* of the last of them as the cursor."""
    shown = tuple(found[:limit])
    return Page(shown, _cursor(place(shown[-1])) if shown and len(found) > limit else None)


def opened(cursor: str, *types: type) -> list[Any]:
    """The place in *cursor*, which holds values of *types*.

    :raises KentonganError: when it was not made here.
    """
    try:
        place = json.loads(urlsafe_b64decode(cursor))
    except (ValueError, RecursionError) as error:
        raise _strange() from error
    if not isinstance(place, list) or [type(part) for part in place] != list(types) or not all(map(_can_be, place)):
        raise _strange()
    return place


def _can_be(part: str | int) -> bool:
    """Whether a database can be asked for it."""
    return "\0" not in part if isinstance(part, str) else 0 <= part <= _MOST


_MOST = 2**31 - 1


def _cursor(place: Sequence[str | int]) -> str:
    return urlsafe_b64encode(json.dumps(place).encode()).decode()


def _strange() -> KentonganError:
    return KentonganError(Message("This page of the list is not there."), Message("Begin at its first page."))
