"""Roles, and what each may do with which type of record. One table; whoever asks, asks it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kentongan.model import Kind


class Role(StrEnum):
    """What somebody is here for."""

    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    BROADCASTER = "broadcaster"
    MODERATOR = "moderator"
    OWNER = "owner"


class Right(StrEnum):
    """What may be done. The first three are about records of a type, the others about the office."""

    DRAFT = "draft"
    """Write drafts, change one's own, and ask for review."""
    EDIT = "edit"
    """Change what others wrote, and answer with remarks."""
    PUBLISH = "publish"
    """Put on the site, at once or at an hour, and take off again."""
    MODERATE = "moderate"
    OFFICE = "office"
    """Change the office's own settings, go back to an older release."""
    PEOPLE = "people"
    """Invite, change and shut accounts."""


_WORDS = frozenset({Kind.ARTICLE, Kind.PAGE, Kind.EPISODE, Kind.CONSULTATION, Kind.PERSON})
_RADIO = frozenset({Kind.PROGRAM, Kind.STATION, Kind.EPISODE, Kind.CONSULTATION, Kind.PERSON})
_ALL = frozenset(Kind)
_DRAFTS = _WORDS - {Kind.PAGE}

RECORDS: Mapping[Role, Mapping[Right, frozenset[Kind]]] = {
    Role.CONTRIBUTOR: {Right.DRAFT: _DRAFTS},
    Role.EDITOR: {Right.DRAFT: _WORDS, Right.EDIT: _WORDS, Right.PUBLISH: _WORDS},
    Role.BROADCASTER: {Right.DRAFT: _RADIO | {Kind.ARTICLE}, Right.EDIT: _RADIO, Right.PUBLISH: _RADIO},
    Role.MODERATOR: {},
    Role.OWNER: {Right.DRAFT: _ALL, Right.EDIT: _ALL, Right.PUBLISH: _ALL},
}
"""Which role may do what with which types of records."""

OFFICE: Mapping[Role, frozenset[Right]] = {
    Role.CONTRIBUTOR: frozenset(),
    Role.EDITOR: frozenset({Right.MODERATE}),
    Role.BROADCASTER: frozenset(),
    Role.MODERATOR: frozenset({Right.MODERATE}),
    Role.OWNER: frozenset({Right.MODERATE, Right.OFFICE, Right.PEOPLE}),
}
"""Which role may do what else."""


def may(role: Role, right: Right, kind: Kind | None = None) -> bool:
    """Whether *role* has *right*, over records of *kind* where it is a right over records."""
    if kind is None:
        return right in OFFICE[role]
    return kind in RECORDS[role].get(right, frozenset())


def publishes(role: Role) -> bool:
    """Whether *role* can change what readers see; such accounts need a second factor beyond this machine."""
    return bool(RECORDS[role].get(Right.PUBLISH)) or Right.OFFICE in OFFICE[role]
