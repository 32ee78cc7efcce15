"""A post and a name with nothing between them: ``Ketua Kopma UNY Galih Pamungkas``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile

from kentongan.intake.names import Name, is_given_name, read_name
from kentongan.intake.roles import is_organisation, is_place, is_role

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Split:
    """``role[:role_end]`` is the post, then comes ``name``; ``sure`` when a degree or an honorific marks the border."""

    role_end: int
    name: Name
    sure: bool


def name_in_role(role: str, *, followed_by_degree: bool = False) -> Split | None:
    """The name at the end of *role*, where one can be told from the organisation before it."""
    words = list(_WORD.finditer(role))
    for word in words[1:]:
        if _may_mark(word[0]):
            name = read_name(role, word.start())
            if name and (name.polite or name.prefix) and name.end >= len(role) - 1:
                return Split(len(role[: word.start()].rstrip()), name, True)
    return _tail(role, words, followed_by_degree)


def _may_mark(word: str) -> bool:
    return word.endswith(".") or word.istitle() or word.islower() or word in ("KH", "H", "Hj", "AKP", "AKBP")


def _tail(role: str, words: list[re.Match[str]], sure: bool) -> Split | None:
    """The last words that could be a name; an organisation keeps one word of its own (``KUD Turi``)."""
    run = _capitalised_tail(words)
    before = words[len(words) - len(run) - 1][0] if run else ""
    behind = _behind_places(run)
    begins = next((place for place, word in enumerate(run) if _begins_name(word[0])), None)
    if len(behind) < len(run) and len(behind) > (not sure):
        run = behind
    elif begins is not None and len(run) - begins > 1:
        run = run[begins:]
    elif len(run) > 2 and is_organisation(before) and not before.isupper():
        run = run[-2:] if len(run) > 3 else run[1:]
    elif len(run) > 3:
        run = run[-2:]
    if len(run) < 2 and not (run and (run is behind or _is_alone(role, before))):
        return None
    name = read_name(role, run[0].start())
    if name is None or name.end < len(role) - 1 or is_place(name.name):
        return None
    return Split(len(role[: run[0].start()].rstrip()), name, sure)


def _is_alone(role: str, before: str) -> bool:
    """``penyanyi Laras``, ``Koordinator PPKL Vinsensius``: a lone word behind small letters or an acronym."""
    return (role[0].islower() and before.islower()) or (len(before) > 2 and before.isupper() and not role.isupper())


def _behind_places(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """``HIPMI Malut Nita Budhi``: a place belongs to the organisation."""
    return list(dropwhile(lambda word: is_place(word[0]), run))


def _capitalised_tail(words: list[re.Match[str]]) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    for word in reversed(words[1:]):
        link = bool(run) and word[0] in ("bin", "binti")
        if not (link or word[0][0].isupper()) or is_organisation(word[0]) or is_role(word[0]):
            break
        if _acronym(word[0], words[0][0]):
            break
        run.insert(0, word)
    return run


def _begins_name(word: str) -> bool:
    """A common given name, or an initial."""
    return is_given_name(word) or (len(word) == 2 and word.endswith("."))


def _acronym(word: str, first: str) -> bool:
    return word.isupper() and len(word) > 2 and not first.isupper()
