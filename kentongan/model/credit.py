"""Who took part, and as what. A later change of post must not rewrite history, so a credit keeps what was said then."""

from __future__ import annotations

from enum import StrEnum

from kentongan.model.base import Model
from kentongan.model.fields import Slug, Text


class Role(StrEnum):
    """Roles of the Podcast Taxonomy that a talk of ours knows (podcastindex.org, ``podcast:person`` role)."""

    HOST = "host"
    COHOST = "co-host"
    GUEST = "guest"
    GUEST_HOST = "guest host"
    REPORTER = "reporter"
    PRODUCER = "producer"


class Credit(Model):
    """A person in a role: ``name`` with degrees, ``stated`` role and ``organisation`` as announced that day."""

    person: Slug
    role: Role = Role.GUEST
    name: Text | None = None
    stated: Text | None = None
    organisation: Text | None = None
