"""What every record has: an id, a status, dates, and a body in Markdown."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kentongan.language import Message
from kentongan.model.fields import Flag, LanguageCode, LocalTime, SiteAddresses, Slug, fault


class Kind(StrEnum):
    """The types of records; each value is the type's name in addresses of the API."""

    ARTICLE = "article"
    PROGRAM = "program"
    EPISODE = "episode"
    CONSULTATION = "consultation"
    PERSON = "person"
    STATION = "station"
    PAGE = "page"


class Status(StrEnum):
    """Where a record is on its way to the public; only ``published`` ones are on the site."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


def _status(value: Any) -> Any:
    """Pelican's ``hidden`` is on no list, and so on no site of ours."""
    return Status.ARCHIVED if str(value).lower() == "hidden" else str(value).lower()


class Model(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Record(Model):
    """One file of ``content/``, validated. ``id`` is the file's stem, ``body`` the Markdown below the front matter."""

    kind: ClassVar[Kind]
    folder: ClassVar[str]
    """The folder below ``content/`` that holds this type."""

    id: Slug
    body: str = ""
    status: Annotated[Status, BeforeValidator(_status)] = Status.PUBLISHED
    date: LocalTime | None = None
    """When it was announced, or is to be published; in the site's zone."""
    updated: LocalTime | None = None
    comments: Flag = True
    was: SiteAddresses = ()
    """Former addresses; each answers with a pointer to the present one."""

    @property
    def label(self) -> str:
        """What a person calls this record: its title or name."""
        raise NotImplementedError

    @property
    def key(self) -> tuple[Kind, str]:
        """What names it among all records: its type and id."""
        return self.kind, self.id

    @property
    def parent(self) -> tuple[Kind, str] | None:
        """Type and id of the record without which this one has no address or no meaning."""
        return None


Extras = Annotated[dict[str, Any], Field(exclude=True)]


class Titled(Record):
    """A record called by its title."""

    title: str

    @property
    def label(self) -> str:
        return self.title


class Translated(Titled):
    """A record that may be in another language than the site's; ``translates`` names the record it translates."""

    lang: LanguageCode | None = None
    extras: Extras = {}
    """Keys we do not know, kept for plugins and foreign themes."""
    translates: Slug | None = None

    @property
    def parent(self) -> tuple[Kind, str] | None:
        return (self.kind, self.translates) if self.translates else None

    @model_validator(mode="after")
    def _translation_says_its_language(self) -> Self:
        if self.translates and not self.lang:
            raise fault(
                "translation-language",
                Message("A translation needs “lang”."),
                Message("Write the language it is in, like lang: en."),
            )
        return self
