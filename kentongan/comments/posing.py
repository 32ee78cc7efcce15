"""Names that are read as the office's own, so that a moderator looks twice."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from kentongan.comments.spam import undressed

_ALIKE = 85
"""Of 100: two names that differ in a letter or two."""
_ROLES = frozenset(("admin", "administrator", "humas", "kantor", "moderator", "pengurus", "redaksi", "resmi"))


def poses(name: str, office: str) -> bool:
    """Whether *name* says that the *office*, or somebody who speaks for it, writes."""
    told, ours = _words(name), _words(office)
    is_held = bool(ours) and set(ours) <= set(told)
    return is_held or bool(_ROLES.intersection(told)) or fuzz.ratio("".join(told), "".join(ours)) >= _ALIKE


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", undressed(name))
