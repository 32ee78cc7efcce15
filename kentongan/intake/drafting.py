"""An announcement and what the site knows -> drafts of the records it describes, and of whom they name."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kentongan.errors import KentonganError
from kentongan.intake.announcement import Announcement
from kentongan.intake.clocks import by_station
from kentongan.intake.found import Found
from kentongan.intake.matching import Match, station_of, sure
from kentongan.intake.people import Person
from kentongan.intake.standing import first_time, minutes, rule_of, standing_end
from kentongan.intake.titles import leftovers
from kentongan.language import Message
from kentongan.model import RECORD_TYPES, Kind, Mode
from kentongan.site.slugs import slug
from kentongan.store.drafts import draft_text, free_id, write_draft

_OPENING = re.compile(r"[\W_]+")
_ENDS_LINE = re.compile(r"[^\w\n]{0,8}\n\s*\S")
"""A line's end, with more text behind it."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|])")


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be: its type, the name of its file, and the file."""

    kind: Kind
    id: str
    text: str


def write_drafts(content: Path, drafts: tuple[Draft, ...]) -> list[Path]:
    """Writes *drafts* below the folder *content*, whom they name first; returns the files.

    :raises KentonganError: when one cannot be written; then none is.
    """
    written: list[Path] = []
    for draft in drafts:
        try:
            written.append(write_draft(content, draft.kind, draft.id, draft.text))
        except (OSError, KentonganError) as error:
            for path in written:
                path.unlink(missing_ok=True)
            raise _refused(content, draft, error) from error
    return written


def _refused(content: Path, draft: Draft, error: OSError | KentonganError) -> KentonganError:
    if isinstance(error, KentonganError):
        return error
    folder = str(content / RECORD_TYPES[draft.kind].folder)
    message = Message("No draft was written: {folder} takes no new file.", {"folder": folder})
    return KentonganError(message, Message("See that there is room, and that this folder may be written in."))


def plan_drafts(
    announcement: Announcement, matches: Mapping[str, Match], content: Path, now: datetime
) -> tuple[Draft, ...]:
    """What is to be written for *announcement*: nothing that the site has already, and never over a file that is there.

    A standing slot gives no draft: it belongs into its program's file (:mod:`kentongan.intake.standing`). *now* is
    the office's time.
    """
    planner = _Planner(announcement, matches, content, now)
    if announcement.kind == "episode":
        planner.episode()
    elif announcement.kind == "consultation":
        planner.consultation()
    elif announcement.kind == "article":
        planner.article()
    return tuple(planner.drafts)


class _Planner:
    """Gathers drafts; whoever is named comes before the record that names them."""

    def __init__(self, announcement: Announcement, matches: Mapping[str, Match], content: Path, now: datetime) -> None:
        self.read, self.matches, self.content, self.now = announcement, sure(matches), content, now
        self.drafts: list[Draft] = []

    def article(self) -> None:
        """Plain news."""
        self._add(
            Kind.ARTICLE, self._title(), {**self._common(), "announcement": self.read.text.original}, self._body()
        )

    def episode(self) -> None:
        """A talk on air, and its consultation where it is both."""
        read = self.read
        front = {
            **self._common(),
            "program": self._program(),
            "guid": str(uuid.uuid4()),
            "topic": read.topic.value if read.topic else None,
            "broadcasts": self._broadcasts(),
            "credits": self._credits(),
            "announcement": read.text.original,
        }
        id_ = self._add(Kind.EPISODE, self._title(), front, self._body())
        if "consultation" in read.also:
            title = read.title.value if read.title else self._title()
            about = {**self._common(title), "mode": "radio", "episode": id_, **self._terms()}
            self._add(Kind.CONSULTATION, title, about, "")

    def consultation(self) -> None:
        """At the office or online, once or again and again."""
        read = self.read
        standing = read.recurs.value if read.recurs else ()
        start = first_time(read, self.now) if standing else _minute(read.start)
        front = {
            **self._common(),
            "mode": read.mode.value if read.mode else None,
            "start": start,
            "end": standing_end(start, minutes(read)) if standing else _minute(read.end),
            "zone": read.zone.value if read.zone else None,
            "rule": rule_of(standing) if standing else None,
            "venue": read.venue.value if read.venue else None,
            "channel": read.meeting.value if read.meeting and read.mode is Mode.ONLINE else None,
            "credits": self._credits(),
            **self._terms(),
            "announcement": read.text.original,
        }
        self._add(Kind.CONSULTATION, self._title(), front, self._body())

    def _add(self, kind: Kind, label: str, front: Mapping[str, Any], body: str) -> str:
        planned = {draft.id for draft in self.drafts if draft.kind is kind}
        id_ = free_id(self.content, kind, slug(label), planned)
        self.drafts.append(Draft(kind, id_, draft_text(front, body)))
        return id_

    def _common(self, title: str | None = None) -> dict[str, Any]:
        return {"title": title or self._title(), "status": "draft", "date": f"{self.now:%Y-%m-%d %H:%M}"}

    def _title(self) -> str:
        """What the record is called: its topic, else its title, else its program or first words."""
        read = self.read
        on_air = read.kind == "episode"
        chosen = (read.topic if on_air else None) or read.title or read.topic or read.program
        words = chosen.value if chosen else " ".join(read.text.plain.split()[:8])
        return words[:160].strip() or self.read.kind

    def _program(self) -> str | None:
        if (known := self.matches.get("program")) or self.read.program is None:
            return known.record.id if known else None
        front = {"title": self.read.program.value, "status": "draft", "guid": str(uuid.uuid4())}
        return self._add(Kind.PROGRAM, self.read.program.value, front, "")

    def _broadcasts(self) -> list[dict[str, Any]]:
        station = self._station()
        if station is None or self.read.start is None:
            return []
        start, end = self._on_air(self.read.start), self._on_air(self.read.end)
        return [{"id": "siaran", "station": station, "start": start, "end": end}]

    def _on_air(self, found: Found[datetime] | None) -> str | None:
        """A time by the station's clock, whatever clock the text goes by."""
        zone = self.read.zone.value if self.read.zone else None
        return _minute(replace(found, value=by_station(found.value, zone, station_of(self.matches)))) if found else None

    def _station(self) -> str | None:
        read = self.read
        if (known := self.matches.get("station")) or read.station is None:
            return known.record.id if known else None
        front = {
            "name": read.station.value,
            "status": "draft",
            "zone": read.zone.value if read.zone else None,
            "frequencies": [{"mhz": read.frequency.value}] if read.frequency else None,
            "streams": [{"url": read.stream.value}] if read.stream else None,
        }
        return self._add(Kind.STATION, read.station.value, front, "")

    def _credits(self) -> list[dict[str, Any]]:
        return [self._credit(place, found.value) for place, found in enumerate(self.read.people)]

    def _credit(self, place: int, person: Person) -> dict[str, Any]:
        known = self.matches.get(f"people.{place}")
        return {
            "person": known.record.id if known else self._person(person),
            "role": "host" if person.host else "guest",
            "name": _full_name(person),
            "stated": person.role.value if person.role else None,
        }

    def _person(self, person: Person) -> str:
        front = {
            "name": person.name,
            "status": "draft",
            "prefix": person.prefix,
            "suffix": person.suffix,
            "role": person.role.value if person.role else None,
        }
        return self._add(Kind.PERSON, person.name, front, "")

    def _terms(self) -> dict[str, Any]:
        read = self.read
        landlines = [phone.value for phone in read.phones if phone.value not in read.whatsapp]
        return {
            "registration": read.registration.value if read.registration else None,
            "quota": read.quota.value if read.quota else None,
            "deadline": read.deadline.value if read.deadline else None,
            "cost": read.cost.value if read.cost else None,
            "ask": {"whatsapp": next(iter(read.whatsapp), None), "phone": next(iter(landlines), None)}
            if read.phones
            else None,
        }

    def _body(self) -> str:
        """The announcement's text as Markdown that shows it as it is, without a page's leftovers.

        Its title is left out where it is the text's first line, and more follows.
        """
        plain, title = self.read.text.plain, self.read.title
        kept, start = plain[: leftovers(plain)], 0
        if title and not _OPENING.sub("", kept[: title.start]) and _ENDS_LINE.match(kept, title.end):
            start = title.end
        start += len(kept[start:]) - len(kept[start:].lstrip(" .:•-!\"'\n"))
        return _markdown(self.read.text.with_emoji(start, len(kept)))


def _markdown(plain: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    paragraphs = [part.strip() for part in escaped.split("\n\n") if part.strip()]
    return "".join(re.sub(r"\n(?=.)", "  \n", part) + "\n\n" for part in paragraphs).rstrip("\n") + "\n"


def _full_name(person: Person) -> str:
    before = f"{person.prefix} " if person.prefix else ""
    return f"{before}{person.name}{f', {person.suffix}' if person.suffix else ''}"


def _minute(found: Found[datetime] | None) -> str | None:
    return f"{found.value:%Y-%m-%d %H:%M}" if found else None
