"""Names -> parts of addresses. One function for everything, Pelican's categories and tags included."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """*name* as a part of an address: ``Cerita anggota`` -> ``cerita-anggota``; empty when nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
