"""Passwords: argon2id, and what is too easy to guess. Rules after NIST SP 800-63B and OWASP ASVS 5.0, 6.2."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kentongan.errors import KentonganError
from kentongan.language import Message

SHORTEST, LONGEST = 10, 200
"""Characters of a password; 15 or more are advised where one is chosen."""
_HASHER = PasswordHasher()
_COMMON = re.compile(
    r"(?:password|kata ?sandi|rahasia|sayang|koperasi|indonesia|merdeka|bismillah|kentongan|qwerty|asdf|admin|kantor"
    r"|selamat|welcome|iloveyou|doraemon|garuda|anjing|[0-9]|[^\w\s])+",
    re.IGNORECASE,
)


def hashed(password: str) -> str:
    """*password* as it is kept."""
    return _HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether *password* is the one *kept* as a hash. Takes as long where there is none, so that nobody can tell."""
    try:
        return _HASHER.verify(kept or _nobody(), password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return hashed("nobody has this password")


def require_strong(password: str, *known: str) -> None:
    """Refuses what is guessed first; *known* are words that others know of its owner.

    :raises KentonganError: with what to choose instead.
    """
    if len(password) < SHORTEST:
        raise _weak(Message("This password is shorter than {count} characters.", {"count": str(SHORTEST)}))
    if len(password) > LONGEST:
        raise _weak(Message("This password is longer than {count} characters.", {"count": str(LONGEST)}))
    if _is_common(password) or _is_mostly(password, known):
        raise _weak(Message("This password is guessed too easily."))


def _is_common(password: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return len(set(password)) < 5 or steps <= {0, 1, -1} or bool(_COMMON.fullmatch("".join(password.split())))


def _is_mostly(password: str, known: tuple[str, ...]) -> bool:
    rest = password.casefold()
    for word in sorted({part for text in known for part in text.casefold().split() if len(part) > 2}, key=len)[::-1]:
        rest = rest.replace(word, "")
    return len(re.sub(r"[\W\d_]", "", rest)) < 3 and len(rest) < SHORTEST


def _weak(message: Message) -> KentonganError:
    return KentonganError(message, Message("Take four words that have nothing to do with each other."))
