"""A reading in words, for a person at a terminal: what was read and where, what is doubtful, what must be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kentongan.intake.announcement import Announcement
from kentongan.intake.found import Doubt
from kentongan.intake.matching import Match
from kentongan.intake.recurrence import CODES
from kentongan.language import Message
from kentongan.language.dates import weekday_names

_KINDS = {
    "episode": Message("Talk on air"),
    "consultation": Message("Consultation"),
    "slot": Message("Standing slot"),
    "article": Message("News"),
}
_BOTH = Message("Talk on air, and a consultation")
_LABELS = {
    "text": Message("Text"),
    "title": Message("Title"),
    "topic": Message("Topic"),
    "program": Message("Program"),
    "station": Message("Station"),
    "frequency": Message("Frequency (MHz)"),
    "start": Message("Start"),
    "end": Message("End"),
    "zone": Message("Time zone"),
    "date": Message("Date"),
    "year": Message("Year"),
    "time": Message("Time"),
    "end_time": Message("Until"),
    "recurs": Message("Every"),
    "mode": Message("Way to meet"),
    "venue": Message("Venue"),
    "people": Message("Person"),
    "phones": Message("Telephone"),
    "email": Message("E-mail"),
    "registration": Message("Registration"),
    "stream": Message("Live stream"),
    "meeting": Message("Online room"),
    "quota": Message("Seats"),
    "cost": Message("Cost"),
    "deadline": Message("Deadline"),
    "dateline": Message("Dateline"),
}


def told(announcement: Announcement, matches: Mapping[str, Match], language: str) -> str:
    """The reading in *language*, several lines."""
    kind = _BOTH if announcement.also else _KINDS[announcement.kind]
    lines = [kind.told(language), *_values(announcement, language)]
    if announcement.doubts:
        lines += ["", Message("Please check:").told(language)]
        lines += [f"  {_doubt(announcement, one, language)}" for one in announcement.doubts]
    if announcement.ask:
        named = {"program", "station"} & set(matches)
        fields = ", ".join(label(field, language).lower() for field in announcement.ask if field not in named)
        lines += ["", Message("Not in the text, please ask: {fields}", {"fields": fields}).told(language)]
    if matches:
        lines += ["", Message("Known on the site:").told(language)]
        lines += [_known(field, match, language) for field, match in matches.items()]
    return "\n".join(lines)


def label(field: str, language: str) -> str:
    """What people call *field*; of ``people.0.role`` its first part."""
    return _LABELS[field.partition(".")[0]].told(language)


def _values(announcement: Announcement, language: str) -> Iterator[str]:
    record = announcement.to_json(language)
    whole = {"date", "time"} if announcement.start else set()
    for field, span in announcement.spans.items():
        if field in whole or field.endswith(".role") or (field == "end_time" and announcement.end):
            continue
        said = Message("{label}: {value} (line {line})", _place(field, record, _line(announcement, span[0]), language))
        yield f"  {said.told(language)}"


def _doubt(announcement: Announcement, doubt: Doubt, language: str) -> str:
    """What is doubtful, and in which line it was read where it was read in one."""
    said: dict[str, str | int] = {"label": label(doubt.field, language), "value": doubt.message.told(language)}
    if doubt.place is None:
        return f"{said['label']}: {said['value']}"
    said["line"] = _line(announcement, announcement.text.origin(*doubt.place)[0])
    return Message("{label}: {value} (line {line})", said).told(language)


def _line(announcement: Announcement, place: int) -> int:
    return announcement.text.original.count("\n", 0, place) + 1


def _place(field: str, record: Mapping[str, Any], line: int, language: str) -> dict[str, str | int]:
    name, _, number = field.partition(".")
    value = record[name][int(number)] if number else record[name]
    words = _weekdays(value, language) if name == "recurs" else _words(value)
    return {"label": label(name, language), "value": words, "line": line}


def _weekdays(codes: list[str], language: str) -> str:
    """``Senin, Kamis``; of a month's first Friday ``Jumat (1)``."""
    named = ((weekday_names([CODES.index(code[-2:])], language), code[:-2]) for code in codes)
    return ", ".join(f"{name} ({place})" if place else name for name, place in named)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        before = f"{value['prefix']} " if value["prefix"] else ""
        after = f", {value['suffix']}" if value["suffix"] else ""
        role = f" ({value['role']})" if value["role"] else ""
        return f"{before}{value['name']}{after}{role}"
    return str(value).replace("T", " ") if _is_time(value) else str(value)


def _is_time(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 16 and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _known(field: str, match: Match, language: str) -> str:
    known = match.to_json()
    return f"  {label(field, language)}: {known['value']} ({known['record']}, {round(match.confidence * 100)} %)"
