"""Names that are read as the office's own, so that a moderator looks twice."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from kentongan.comments.spam import undressed

_ALIKE = 85
"""Of 100: two names that differ in a letter or two."""
_LONG = 8
"""Letters of an office's name from which on it is none by chance, wherever it stands in another."""
_ROLES = frozenset(("admin", "administrator", "akun", "humas", "kantor", "moderator", "pengurus", "redaksi"))
_LATIN = str.maketrans("авекмнорстухіјѕԁӏαεικνορτυχ", "abekmhopctyxijsdlaeiknoptux")
"""Cyrillic and Greek letters as the Latin ones that they look like (UTS 39)."""
_JOINT = re.compile("_|(?<=[a-z])(?=[A-Z])")


def poses(name: str, office: str) -> bool:
    """Whether *name* says that the *office*, or somebody who speaks for it, writes."""
    told, ours = _words(name), _words(office)
    joined, whole = "".join(told), "".join(ours)
    is_held = (bool(ours) and set(ours) <= set(told)) or (len(whole) >= _LONG and whole in joined)
    return is_held or bool(_ROLES.intersection(told)) or fuzz.ratio(joined, whole) >= _ALIKE


def _words(name: str) -> list[str]:
    """Its words as they are read: those that are joined apart, without a number behind."""
    words = re.findall(r"\w+", _JOINT.sub(" ", name))
    return [undressed(word.rstrip("0123456789") or word).translate(_LATIN) for word in words]
