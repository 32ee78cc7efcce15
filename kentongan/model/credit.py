"""Who took part, and as what. A later change of post must not rewrite history, so a credit keeps what was said then."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator

from kentongan.model.base import Model
from kentongan.model.fields import Line, Sentence, Slug


class Role(StrEnum):
    """The roles of the Podcast Taxonomy (podcasttaxonomy.com), which ``podcast:person`` names, but those of video."""

    HOST = "host"
    COHOST = "co-host"
    GUEST_HOST = "guest host"
    GUEST = "guest"
    VOICE_ACTOR = "voice actor"
    NARRATOR = "narrator"
    ANNOUNCER = "announcer"
    REPORTER = "reporter"
    DIRECTOR = "director"
    ASSISTANT_DIRECTOR = "assistant director"
    EXECUTIVE_PRODUCER = "executive producer"
    SENIOR_PRODUCER = "senior producer"
    PRODUCER = "producer"
    ASSOCIATE_PRODUCER = "associate producer"
    DEVELOPMENT_PRODUCER = "development producer"
    CREATIVE_DIRECTOR = "creative director"
    AUTHOR = "author"
    EDITORIAL_DIRECTOR = "editorial director"
    CO_WRITER = "co-writer"
    WRITER = "writer"
    SONGWRITER = "songwriter"
    GUEST_WRITER = "guest writer"
    STORY_EDITOR = "story editor"
    MANAGING_EDITOR = "managing editor"
    SCRIPT_EDITOR = "script editor"
    SCRIPT_COORDINATOR = "script coordinator"
    RESEARCHER = "researcher"
    EDITOR = "editor"
    FACT_CHECKER = "fact checker"
    TRANSLATOR = "translator"
    TRANSCRIBER = "transcriber"
    LOGGER = "logger"
    STUDIO_COORDINATOR = "studio coordinator"
    TECHNICAL_DIRECTOR = "technical director"
    TECHNICAL_MANAGER = "technical manager"
    AUDIO_ENGINEER = "audio engineer"
    REMOTE_RECORDING_ENGINEER = "remote recording engineer"
    POST_PRODUCTION_ENGINEER = "post production engineer"
    AUDIO_EDITOR = "audio editor"
    SOUND_DESIGNER = "sound designer"
    FOLEY_ARTIST = "foley artist"
    COMPOSER = "composer"
    THEME_MUSIC = "theme music"
    MUSIC_PRODUCTION = "music production"
    MUSIC_CONTRIBUTOR = "music contributor"
    PRODUCTION_COORDINATOR = "production coordinator"
    BOOKING_COORDINATOR = "booking coordinator"
    PRODUCTION_ASSISTANT = "production assistant"
    CONTENT_MANAGER = "content manager"
    MARKETING_MANAGER = "marketing manager"
    SALES_REPRESENTATIVE = "sales representative"
    SALES_MANAGER = "sales manager"
    GRAPHIC_DESIGNER = "graphic designer"
    COVER_ART_DESIGNER = "cover art designer"
    SOCIAL_MEDIA_MANAGER = "social media manager"
    CONSULTANT = "consultant"
    INTERN = "intern"

    @property
    def group(self) -> str:
        """The taxonomy's group of this role."""
        return next(group for group, roles in _GROUPS.items() if self in roles)


_ROLES = list(Role)


def _from(first: Role, last: Role) -> frozenset[Role]:
    return frozenset(_ROLES[_ROLES.index(first) : _ROLES.index(last) + 1])


_GROUPS = {
    "cast": _from(Role.HOST, Role.REPORTER),
    "creative direction": _from(Role.DIRECTOR, Role.CREATIVE_DIRECTOR),
    "writing": _from(Role.AUTHOR, Role.LOGGER),
    "audio production": _from(Role.STUDIO_COORDINATOR, Role.POST_PRODUCTION_ENGINEER),
    "audio post-production": _from(Role.AUDIO_EDITOR, Role.MUSIC_CONTRIBUTOR),
    "administration": _from(Role.PRODUCTION_COORDINATOR, Role.SALES_MANAGER),
    "visuals": _from(Role.GRAPHIC_DESIGNER, Role.COVER_ART_DESIGNER),
    "community": _from(Role.SOCIAL_MEDIA_MANAGER, Role.SOCIAL_MEDIA_MANAGER),
    "misc.": _from(Role.CONSULTANT, Role.INTERN),
}


def _small(value: Any) -> Any:
    """The taxonomy does not tell capital letters from small ones."""
    return value.lower() if isinstance(value, str) else value


class Credit(Model):
    """A person in a role: ``name`` with degrees, ``stated`` role and ``organisation`` as announced that day."""

    person: Slug
    role: Annotated[Role, BeforeValidator(_small)] = Role.GUEST
    name: Line | None = None
    stated: Sentence | None = None
    organisation: Line | None = None
