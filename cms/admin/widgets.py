"""What the template of a form asks about each field: its answer, its choices, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from textwrap import shorten

from kentongan.actions.newcomers import NEW
from kentongan.actions.pictures import FOCUSES
from kentongan.forms import Field, Section, Values, Widget
from kentongan.language import Message, moment
from kentongan.model import Kind
from kentongan.model.fields import ZONES
from kentongan.pictures.shelf import Kept, picture
from kentongan.store.media import media_files

from .said_back import said_back
from .workshop import Workshop

_PICKERS = {
    Widget.MOMENT: ("datetime-local", r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}"),
    Widget.DAY: ("date", r"\d{4}-\d{2}-\d{2}"),
    Widget.END: ("time", r"\d{2}:\d{2}"),
    Widget.CLOCK: ("time", r"\d{2}:\d{2}"),
}
_LINE = 90


class Widgets:
    """One form's answers. *grown* is the button that added to a list (``tambah:credits``) or took away from one."""

    def __init__(
        self,
        shop: Workshop,
        answers: Values,
        troubles: Mapping[str, str],
        language: str,
        grown: str = "",
    ) -> None:
        self._shop, self.troubles, self._language = shop, troubles, language
        do, _, where = grown.partition(":")
        self._more = where if do == "tambah" else ""
        gone = f"{where}." if do == "lepas" else "\0"
        self.answers = {name: value for name, value in answers.items() if not name.startswith(gone)}
        self._labels: dict[Kind, dict[str, str]] = {}
        self.planned: Mapping[Kind, Mapping[str, str]] = {}
        """Records that will be made with this one: names by id."""

    def value(self, name: str, default: str = "") -> str:
        """The answer to the field *name*."""
        return self.answers.get(name, default)

    def trouble(self, name: str) -> str:
        """What is wrong with it, or with what stands below it and is not shown on its own."""
        return self.troubles.get(name, "")

    def places(self, name: str) -> list[int]:
        """The places of a list that are filled, and one more where another was asked for."""
        found = {
            int(match[1]) for key in self.answers if (match := re.match(rf"{re.escape(name)}\.(\d{{1,4}})\.", key))
        }
        if self._more == name:
            found.add(max(found, default=-1) + 1)
        return sorted(found)

    def next_place(self, name: str) -> int:
        """The place that another of a list would have."""
        return max(self.places(name), default=-1) + 1

    def records(self, kind: Kind) -> dict[str, str]:
        """What may be chosen of *kind*: names by id."""
        if kind not in self._labels:
            self._labels[kind] = {**self.planned.get(kind, {}), **self._shop.labels(kind)}
        return self._labels[kind]

    def _told(self, message: Message) -> str:
        return message.told(self._language)

    def label(self, field: Field) -> str:
        """What *field* is called."""
        return self._told(field.label)

    def help(self, field: Field) -> str:
        """What is said below its name."""
        return self._told(field.help) if field.help else ""

    def choices(self, field: Field) -> list[tuple[str, str]]:
        """The given answers, in words."""
        return [(value, self._told(words)) for value, words in field.choices]

    def is_filled(self, field: Field, prefix: str = "") -> bool:
        """Whether *field* has an answer that is not the usual one."""
        name = f"{prefix}{field.key}"
        own = self.answers.get(name, "")
        return (own not in ("", field.default)) or any(key.startswith(f"{name}.") for key in self.answers)

    def summary(self, field: Field) -> str:
        """The answer to *field* in one line."""
        if field.widget is Widget.LIST:
            return "; ".join(self._line(field, f"{field.key}.{place}.") for place in self.places(field.key))
        return self._line(Field("", Widget.GROUP, field.label, fields=(field,)), "")

    def _line(self, group: Field, prefix: str) -> str:
        """The answers below *prefix*, those that say most."""
        said = (self._said_of(inner, f"{prefix}{inner.key}") for inner in group.fields)
        return ", ".join(part for part in said if part)

    def _said_of(self, field: Field, name: str) -> str:
        value = self.value(name)
        match field.widget:
            case Widget.RECORD:
                return self.records(field.of).get(value, value) if field.of and field.of is not Kind.PERSON else ""
            case Widget.CHOICE:
                return "" if value == field.default else dict(self.choices(field)).get(value, value)
            case Widget.MOMENT if re.fullmatch(_PICKERS[Widget.MOMENT][1], value):
                return self._moment(value)
            case Widget.GROUP:
                return self._line(field, f"{name}.")
            case Widget.FLAG:
                return ""
        return "" if field.key in ("id", "was") else shorten(value, _LINE, placeholder="…")

    def _moment(self, value: str) -> str:
        instant = datetime.fromisoformat(value).replace(tzinfo=self._shop.room.now.tzinfo)
        return moment(instant, self._language).sentence.rpartition(" ")[0]

    def chosen(self, field: Field, name: str) -> int:
        """How many records are chosen in the field *name*."""
        return sum(key.startswith(f"{name}.") for key in self.answers)

    def type_of(self, field: Field, name: str) -> str:
        """The type of the browser's own picker; plain text where the answer is none that it could show."""
        value = self.value(name)
        kind, shape = _PICKERS[field.widget]
        if field.widget is Widget.END and "T" in value:
            kind, shape = _PICKERS[Widget.MOMENT]
        return kind if not value or re.fullmatch(shape, value) else "text"

    def rest(self, field: Field, prefix: str) -> list[Field]:
        """Of the fields in one item of a list those that are rarely needed."""
        return [
            inner
            for inner in field.fields
            if not (inner.required or inner.key in self.usual or self.is_filled(inner, prefix))
        ]

    usual = frozenset({"end", "stated", "name", "role", "rule"})
    """Of the fields that need no answer those that are asked all the same."""

    def named(self, sections: Sequence[Section], key: str) -> str:
        """What the field *key* of a form is called."""
        fields = (field for section in sections for field in section.fields)
        return next((self.label(field) for field in fields if field.key == key), key)

    def said(self, name: str) -> tuple[str, list[str]] | None:
        """How often something comes round, in words, and the next five dates; ``None`` while that is not known."""
        below = name.removesuffix("rule")
        answers = {key.removeprefix(f"{name}."): value for key, value in self.answers.items() if key.startswith(name)}
        zone = self._shop.zone_of(self.value(f"{below}station"), self.value(f"{below}zone"))
        return said_back(answers, self.value(f"{below}start"), zone, self._shop.room.now, self._language)

    @property
    def zones(self) -> list[str]:
        return list(ZONES)

    def picture(self, name: str) -> Kept | None:
        """The picture that is chosen in the field *name*, if it is there."""
        value = self.value(name)
        return picture(self._shop.room.content, value) if value else None

    focuses = FOCUSES
    newcomer = NEW

    def has_people(self, name: str) -> bool:
        """Whether the field *name* is the name of somebody in a list of people."""
        return bool(re.fullmatch(r"(?:credits|hosts)\.\d+\.name", name))

    @property
    def people(self) -> list[str]:
        """Everybody who has a record, with their degrees."""
        return list(self.records(Kind.PERSON).values())

    @cached_property
    def files(self) -> list[str]:
        """The files that are there, by their path below ``content/media``."""
        return sorted(media_files(self._shop.room.content)[0])
