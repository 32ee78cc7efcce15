"""A pasted announcement -> the drafts that it becomes, once a person has answered what it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kentongan.actions.answering import answers_of, edit_of
from kentongan.actions.newsroom import Newsroom, path_of
from kentongan.forms import Values
from kentongan.intake import Announcement, read_announcement
from kentongan.intake.clocks import by_station
from kentongan.intake.drafting import Draft, plan_drafts
from kentongan.intake.matching import Match, match, match_doubts, mentioned, station_of, sure
from kentongan.intake.standing import slot_proposal
from kentongan.model import RECORD_TYPES, Kind, Station
from kentongan.model.fields import ZONES
from kentongan.repository.edit import merged

_MATCHABLE = (Kind.PROGRAM, Kind.STATION, Kind.PERSON)
_SLOT = "slot"
END, ZONE = "selesai", "zona"
"""Names of the two answers that are no field of a record: an end by a tap, and whose clock the text goes by."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A reading, what the office's records add to it, and the drafts it would become, the one it is about first."""

    announcement: Announcement
    matches: Mapping[str, Match]
    drafts: tuple[Draft, ...]

    @property
    def main(self) -> Draft:
        return self.drafts[0]

    @property
    def path(self) -> str:
        return path_of(self.main.kind, self.main.id)

    @property
    def station(self) -> Station | None:
        """The station, where the office has it in its records."""
        return station_of(self.matches)

    @property
    def start(self) -> datetime | None:
        """When it begins by the station's clock, or by the text's while the zone is asked."""
        said = self.announcement
        zone = said.zone.value if said.zone else None
        return by_station(said.start.value, zone, self.station) if said.start else None

    @property
    def asks_zone(self) -> bool:
        return "zone" in self.announcement.ask

    @property
    def asks_end(self) -> bool:
        return "end" in self.announcement.ask and self.announcement.start is not None

    @property
    def usual_end(self) -> str:
        """When talks of this program usually end, ``HH:MM``; "" where that is not known."""
        found = self.matches.get("end")
        return str(found.value)[-5:] if found else ""

    def answers(self) -> dict[str, str]:
        """What the form of the record shows at first."""
        return answers_of(self.path, self.main.text)


def read_pasted(room: Newsroom, text: str) -> Pasted:
    """Reads *text* beside the office's records.

    :raises KentonganError: when it is longer than an announcement may be.
    """
    known = [record for kind in _MATCHABLE for record in room.records(kind)]
    announcement = read_announcement(text, room.now.date(), mentioned(text, known))
    found = match(announcement, known)
    announcement, matches = announcement.doubting(match_doubts(announcement, found)), sure(found)
    drafts = plan_drafts(announcement, matches, room.content, room.now)
    main = next((draft for draft in drafts if draft.kind.value == announcement.kind), None)
    others = tuple(draft for draft in drafts if draft is not main)
    return Pasted(announcement, matches, (main, *others) if main else ())


def drafted(pasted: Pasted, answers: Values) -> dict[str, str]:
    """The texts of all drafts by path, with *answers* in them."""
    texts = {path_of(draft.kind, draft.id): draft.text for draft in pasted.drafts}
    zone = answers.get(ZONE, "")
    edit = edit_of(pasted.path, pasted.main.text, _answered(pasted, answers))
    texts[pasted.path] = merged(edit, pasted.main.text)
    for path, text in texts.items():
        if zone and path.startswith(RECORD_TYPES[Kind.STATION].folder):
            texts[path] = merged(edit_of(path, text, {**answers_of(path, text), "zone": zone}), text)
    return texts


def proposed_slot(pasted: Pasted, room: Newsroom) -> dict[str, Any] | None:
    """The airtime that a standing announcement proposes for its program; ``None``: it is no such announcement."""
    if pasted.announcement.kind != _SLOT:
        return None
    return slot_proposal(pasted.announcement, pasted.matches, room.now)


def _answered(pasted: Pasted, answers: Values) -> dict[str, str]:
    """*answers* as the record's form has them: the end at its place, times by the station's clock."""
    own = {name: value for name, value in answers.items() if name not in (END, ZONE, f"{END}.jam")}
    chosen = answers.get(END, "")
    end = answers.get(f"{END}.jam", "") if chosen == "lain" else chosen
    name = "broadcasts.0.end" if pasted.main.kind is Kind.EPISODE else "end"
    if len(end) == 5:
        own[name] = end
    if pasted.main.kind is Kind.CONSULTATION and (zone := answers.get(ZONE)):
        own["zone"] = zone
    return _by_station(pasted, own, answers.get(ZONE, ""))


def _by_station(pasted: Pasted, own: dict[str, str], zone: str) -> dict[str, str]:
    """A time that the text gives by another clock than the station's is told by the station's."""
    station, start = pasted.station, own.get("broadcasts.0.start", "")
    if not (station and zone in ZONES and start):
        return own
    try:
        begins = datetime.fromisoformat(start)
    except ValueError:
        return own
    own["broadcasts.0.start"] = by_station(begins, zone, station).isoformat(timespec="minutes")
    if end := own.get("broadcasts.0.end", ""):
        ends = by_station(datetime.fromisoformat(f"{start[:10]}T{end}"), zone, station)
        own["broadcasts.0.end"] = f"{ends:%H:%M}"
    return own
