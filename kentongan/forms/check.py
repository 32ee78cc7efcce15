"""What is wrong with a form, told beside the field where it is wrong, to somebody who never sees the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind, Record
from kentongan.model.messages import faults
from kentongan.repository.edit import with_front_matter
from kentongan.store.frontmatter import parse
from kentongan.store.reader import record_data

_PLAIN: Mapping[str, Message] = {
    "missing": Message("Please fill this in."),
    "string_too_short": Message("Please fill this in."),
    "string_type": Message("Please fill this in."),
    "choice": Message("Choose one of them."),
    "date": Message("This day or time does not exist. Choose it again."),
    "day": Message("Choose a day, without a time."),
    "clock": Message("Write the time like 16:30."),
    "phone": Message("The number is not complete. Write it like +62 812 3456 7890."),
    "address": Message("Begin the address with https://."),
    "broadcast-end": Message("This is before it begins. Leave it empty while it is not known."),
    "consultation-end": Message("This is before it begins. Leave it empty while it is not known."),
    "consultation-start": Message("When does it begin?"),
    "consultation-episode": Message("Which talk on air is it?"),
    "slug": Message("Choose one of them."),
    "too-long": Message("At most {most} characters have room here. Shorten it."),
}
_AT: Mapping[str, str] = {
    "broadcast-end": "end",
    "consultation-end": "end",
    "consultation-start": "start",
    "consultation-episode": "episode",
    "consultation-rule": "rule",
    "slot-rule": "rule",
    "translation-language": "lang",
    "seats": "seats_left",
}
"""Rules that bind a whole group: the field that is to be changed."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the field ``name`` ("": with the whole), and how to mend it."""

    name: str
    message: Message
    mend: Message | None = None

    def told(self, language: str) -> str:
        """In one line."""
        return " ".join(part.told(language) for part in (self.message, self.mend) if part)


def troubles(kind: Kind, path: str, text: str) -> tuple[Trouble, ...]:
    """What keeps *text* from being the file *path* of a valid record; nothing where it is one."""
    try:
        record_of(kind, path, text)
    except ValidationError as error:
        return tuple(_trouble(*fault) for fault in faults(error, RECORD_TYPES[kind]))
    return ()


def record_of(kind: Kind, path: str, text: str) -> Record:
    """The record that *text* makes of the file *path*.

    :raises ValidationError: when it is none.
    """
    return RECORD_TYPES[kind].model_validate(record_data(kind, path, parse(with_front_matter(text))))


def _trouble(location: tuple[str | int, ...], rule: str, message: Message, mend: Message) -> Trouble:
    name = ".".join(str(part) for part in location)
    if at := _AT.get(rule):
        name = f"{name}.{at}" if name else at
    plain = _PLAIN.get(rule)
    return Trouble(name, Message(plain.msgid, message.values)) if plain else Trouble(name, message, mend)
