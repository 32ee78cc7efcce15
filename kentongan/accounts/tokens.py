"""Secrets that are handed out once and kept as their hash alone."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def kept(token: str) -> str:
    """What the database keeps of *token*: 64 hex digits."""
    return hashlib.sha256(token.encode()).hexdigest()
