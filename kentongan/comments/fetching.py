"""The snapshot from elsewhere: a file, the CMS of the office, or an Isso."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from kentongan.comments import snapshot
from kentongan.comments.snapshot import PublicComment, Snapshot
from kentongan.comments.threads import Thread
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.web import NoAnswer, ask

URL_VARIABLE = "KENTONGAN_COMMENTS_URL"
"""Where the comments are that the site shows, if not in the database here."""
TOKEN_VARIABLE = "KENTONGAN_COMMENTS_TOKEN"  # noqa: S105 - the name of one
LARGEST = 200_000_000
_SECONDS = 60.0


def fetch(state: Path, source: str) -> bool:
    """Puts the snapshot of *source*, a file or an address, into the folder *state*; whether it is a new one.

    An address is asked with the token in ``KENTONGAN_COMMENTS_TOKEN``, and for nothing when nothing has changed.

    :raises KentonganError: when it cannot be had, or is none; the one that was there stays.
    """
    if source.startswith(("https://", "http://")):
        data = _asked(source, snapshot.path(state))
        return snapshot.write(state, data) if data is not None else False
    return snapshot.write(state, Path(source).read_bytes())


def from_isso(address: str, threads: Iterable[Thread]) -> Snapshot:
    """What an Isso at *address* shows on the pages of *threads*: to be read on ours, and written there.

    :raises KentonganError: when it does not answer.
    """
    told: list[tuple[str, PublicComment]] = []
    for thread in threads:
        uri = f"/{thread.url.split('/', 3)[3]}"
        answer = _answer(f"{address.rstrip('/')}/?uri={quote(uri)}&plain=1", {})
        if answer[0] == 404:
            continue  # Isso's way to say that nobody has written there
        told += ((thread.name, one) for one in _isso_comments(answer[1]))
    return Snapshot.of(None, told)


def _isso_comments(body: bytes) -> list[PublicComment]:
    try:
        waiting, found = list(json.loads(body)["replies"]), []
        while waiting:
            one = waiting.pop(0)
            waiting += one.get("replies") or ()
            found.append(
                PublicComment.from_json(
                    {
                        "id": one["id"],
                        "parent": one.get("parent"),
                        "name": one.get("author") or "–",
                        "text": one.get("text") or "",
                        "made": datetime.fromtimestamp(one["created"], UTC).isoformat(),
                    }
                )
            )
        return found
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise _no_comments(str(error)) from error


def _asked(url: str, kept: Path) -> bytes | None:
    token = os.environ.get(TOKEN_VARIABLE, "")
    headers = {"authorization": f"Bearer {token}"} if token else {}
    if kept.is_file():
        headers["if-none-match"] = snapshot.etag(kept.read_bytes())
    status, body = _answer(url, headers)
    return None if status == 304 else body


def _answer(url: str, headers: dict[str, str]) -> tuple[int, bytes]:
    try:
        answer = ask(url, headers=headers, seconds=_SECONDS, limit=LARGEST)
    except NoAnswer as error:
        raise _no_comments(str(error)) from error
    if answer.status not in (200, 304, 404):
        raise _no_comments(f"HTTP {answer.status}")
    if answer.status == 404 and "uri=" not in url:
        raise _no_comments("HTTP 404")
    return answer.status, answer.body


def _no_comments(reason: str) -> KentonganError:
    return KentonganError(
        Message("The comments could not be fetched: {reason}.", {"reason": reason.rstrip(".")}),
        Message("Look at their address, and at {variable}.", {"variable": TOKEN_VARIABLE}),
    )
