"""What somebody wrote into the form, before it is a comment: tidied, checked, and signed while they look at it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kentongan.comments.secret import Forged, Secret
from kentongan.comments.text import LONGEST, LONGEST_NAME, tidy, tidy_line
from kentongan.errors import KentonganError
from kentongan.language import Message

QUICKEST, SLOWEST = timedelta(seconds=2), timedelta(hours=12)
"""How long a person looks at the preview, at least and at most."""
TRAP = "website"
"""A field that nobody sees; who fills it in is no person."""
_TICKET = "comment-preview"
_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


class Unfit(KentonganError):
    """What is written in ``field`` cannot be taken. ``draft`` is what was written, so that it is not lost."""

    def __init__(self, field: str, message: Message, mend: Message | None = None, draft: Draft | None = None) -> None:
        super().__init__(message, mend)
        self.field, self.draft = field, draft


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment to be. ``email`` is empty where none was given."""

    thread: str
    parent: int | None
    name: str
    email: str
    text: str
    wants_replies: bool

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Draft:
        """What *form* says.

        :raises Unfit: with the field that has to be mended.
        """
        draft = cls(
            thread=form.get("thread", "")[:200],
            parent=_number(form.get("parent", "")),
            name=tidy_line(form.get("name", "")),
            email=tidy_line(form.get("email", "")),
            text=tidy(form.get("text", "")),
            wants_replies=form.get("replies") == "yes",
        )
        _check(draft)
        return draft


def ticket(secret: Secret, draft: Draft, now: datetime) -> str:
    """A token that holds *draft*, for the person who looks at its preview."""
    content = [draft.thread, draft.parent, draft.name, draft.email, draft.text, draft.wants_replies]
    return secret.sign(_TICKET, [*content, int(now.timestamp()), secrets.token_urlsafe(12)])


def redeem(secret: Secret, token: str, now: datetime) -> tuple[Draft, str]:
    """The draft in *token*, which has been looked at long enough, and not too long ago; and what tells it from others.

    :raises Unfit: when it has not, or when *token* is not of ours.
    """
    try:
        *content, at, nonce = secret.signed(_TICKET, token)
        draft, made = Draft(*content), datetime.fromtimestamp(at, UTC)
    except (Forged, TypeError, ValueError, OverflowError) as error:
        raise Unfit(
            "token", Message("This page has been changed on its way."), Message("Go back and send your text again.")
        ) from error
    if now - made < QUICKEST:
        mend = Message("Read your text once more, then send it.")
        raise Unfit("token", Message("That was very quick."), mend, draft)
    if now - made > SLOWEST:
        mend = Message("Send your text once more.")
        raise Unfit("old", Message("This page has been open for too long."), mend, draft)
    return draft, str(nonce)


def _check(draft: Draft) -> None:
    if not draft.name:
        raise Unfit("name", Message("Your name is missing."), Message("Any name that you are called by will do."))
    if len(draft.name) > LONGEST_NAME:
        raise Unfit("name", Message("This name is too long."), Message("Make it shorter."))
    if not any(char.isalpha() for char in draft.name) or "://" in draft.name:
        raise Unfit("name", Message("This is no name."), Message("Any name that you are called by will do."))
    is_encoded = "=?" in draft.email  # mail programs would send it to whoever stands in it (RFC 2047)
    if draft.email and (len(draft.email) > 254 or is_encoded or not _EMAIL.fullmatch(draft.email)):
        raise Unfit(
            "email", Message("This is no e-mail address."), Message("Look at it once more, or leave the field empty.")
        )
    if not draft.text:
        raise Unfit("text", Message("There is no text yet."), Message("Write what you want to say."))
    if len(draft.text.encode()) > LONGEST:
        raise Unfit("text", Message("This text is too long."), Message("Make it shorter, or send it in two parts."))


def _number(text: Any) -> int | None:
    found = re.fullmatch(r"[1-9][0-9]{0,17}", str(text))
    return int(found[0]) if found else None
