"""Fields of a form: what is asked, by which widget, in which words. Each is derived from a field of the model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kentongan.language import Message
from kentongan.model import Kind


class Widget(StrEnum):
    """The few ways in which an answer is given."""

    LINE = "line"
    LONG = "long"
    BODY = "body"
    LINES = "lines"
    """Several short texts, each on a line of its own."""
    MOMENT = "moment"
    """A day and a time of day."""
    END = "end"
    """The time of day at which something ends that has a ``start`` beside it."""
    DAY = "day"
    CLOCK = "clock"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    ZONE = "zone"
    PHONE = "phone"
    ADDRESS = "address"
    RECORD = "record"
    """One other record, by its id."""
    RECORDS = "records"
    RULE = "rule"
    """How often something comes round."""
    MEDIA = "media"
    """A file of ``content/media``."""
    GROUP = "group"
    LIST = "list"
    """Any number of groups."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``of``: the type of the records to choose from; ``fields``: those of a group or of each in a list.

    ``default``: what an answer that was never given counts as, in the form's own writing; ``most``: how many characters
    it may have (0: any number).
    """

    key: str
    widget: Widget
    label: Message
    help: Message | None = None
    required: bool = False
    most: int = 0
    default: str = ""
    choices: tuple[tuple[str, Message], ...] = ()
    of: Kind | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading; ``folded`` ones are opened by those who need them."""

    title: Message | None
    fields: tuple[Field, ...]
    folded: bool = False
