"""What the fields of forms are called, and what is said below them. Plain words; no term of ours or of the web's."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel

from kentongan.language import Message
from kentongan.model import Kind, Mode
from kentongan.model.broadcast import BroadcastKind
from kentongan.model.credit import Role
from kentongan.model.episode import EpisodeType
from kentongan.model.page import Layout

BODY_LABEL = Message("The text, for readers")

LONG = frozenset({"title", "summary", "stated", "reason", "cancelled", "address", "note", "alt"})
"""Texts that may need more than one line."""

REFERENCES: Mapping[str, Kind] = {
    "program": Kind.PROGRAM,
    "station": Kind.STATION,
    "stations": Kind.STATION,
    "simulcast": Kind.STATION,
    "person": Kind.PERSON,
    "episode": Kind.EPISODE,
    "episodes": Kind.EPISODE,
    "repeat_of": Kind.EPISODE,
    "consultations": Kind.CONSULTATION,
}
"""Keys that name other records."""

_LABELS: Mapping[str | tuple[str, str], Message] = {
    "title": Message("Title"),
    "summary": Message("In one or two sentences"),
    "category": Message("Category"),
    "date": Message("Date on the site"),
    "tags": Message("Keywords"),
    "authors": Message("Written by"),
    "episodes": Message("Talks that this tells of"),
    "consultations": Message("Consultations that this tells of"),
    "lang": Message("Language of this text"),
    "translates": Message("Translation of"),
    "comments": Message("Readers may comment"),
    "image": Message("Picture"),
    "program": Message("Program"),
    "broadcasts": Message("Time on air"),
    "credits": Message("Who speaks"),
    "topic": Message("Topic"),
    "number": Message("Number"),
    "season": Message("Season"),
    "episode_type": Message("Kind of recording"),
    "repeat_of": Message("Is a repeat of"),
    "cancelled": Message("Does not take place, because"),
    "on_air": Message("Is on air at this moment"),
    "mode": Message("How people meet"),
    "episode": Message("Talk on air"),
    "start": Message("Begins"),
    "end": Message("Until"),
    "zone": Message("Time"),
    "rule": Message("How often"),
    "until": Message("For the last time on"),
    "venue": Message("Place"),
    "channel": Message("Link to join"),
    "ask": Message("Questions by"),
    "deadline": Message("Sign up until"),
    "cost": Message("Cost"),
    "audience": Message("For whom"),
    "quota": Message("Number of seats"),
    "seats_left": Message("Seats left"),
    "registration": Message("Link to sign up"),
    "closes": Message("Signing up ends"),
    "skip": Message("Not on these days"),
    "also": Message("Also at these times"),
    "name": Message("Name"),
    "prefix": Message("Degrees before the name"),
    "suffix": Message("Degrees behind the name"),
    "role": Message("Role"),
    "organisation": Message("Office or organisation"),
    "photo": Message("Portrait"),
    "consent": Message("This person agrees that the portrait is shown"),
    "links": Message("Links"),
    "aliases": Message("Other names"),
    "stations": Message("Stations"),
    "hosts": Message("Hosts"),
    "slots": Message("Airtimes"),
    "overrides": Message("Days that are different"),
    "artwork": Message("Cover picture"),
    "language": Message("Language"),
    "owner": Message("Who answers for it"),
    "seasons": Message("Seasons"),
    "explicit": Message("Not for children"),
    "serial": Message("To be heard in order"),
    "complete": Message("No further talk will come"),
    "locked": Message("Other podcast hosts may not take it over"),
    "office_overrides": Message("The office's holidays hold here, too"),
    "city": Message("City"),
    "frequencies": Message("Frequencies"),
    "mhz": Message("MHz"),
    "band": Message("Band"),
    "area": Message("Heard in"),
    "streams": Message("Streams"),
    "url": Message("Address"),
    "type": Message("Type"),
    "bitrate": Message("kbit per second"),
    "phone": Message("Telephone"),
    "whatsapp": Message("WhatsApp"),
    "form": Message("Form on the web"),
    "logo": Message("Logo"),
    "callsign": Message("Call sign"),
    "layout": Message("Kind of page"),
    "menu": Message("Place in the menu"),
    "services": Message("Services"),
    "documents": Message("Documents"),
    "station": Message("Radio"),
    "kind": Message("Live or again"),
    "moved_from": Message("Was to begin"),
    "reason": Message("Why, in words for readers"),
    "person": Message("Person"),
    "stated": Message("Role at that time"),
    "src": Message("File"),
    "alt": Message("What is to be seen in the picture?"),
    "caption": Message("Words below the picture"),
    "credit": Message("Who took it"),
    "focus": Message("What matters most"),
    "simulcast": Message("Heard at the same time on"),
    "duration": Message("How many minutes"),
    "valid_from": Message("From"),
    "valid_to": Message("To"),
    "slot": Message("Airtime"),
    "first": Message("First day"),
    "last": Message("Last day"),
    "cancel": Message("Not on air"),
    "time": Message("Other time of day"),
    "email": Message("E-mail"),
    "bring": Message("To bring along"),
    "takes": Message("How long it takes"),
    "file": Message("File"),
    "note": Message("Note"),
    "id": Message("Mark"),
    ("Credit", "name"): Message("Name with degrees, as announced"),
    ("Credit", "role"): Message("Speaks as"),
    ("Credit", "organisation"): Message("Office or organisation at that time"),
    ("Override", "start"): Message("Moved to"),
    ("Override", "date"): Message("Day"),
    ("Override", "program"): Message("Another program instead"),
    ("Override", "episode"): Message("This talk instead"),
    ("Person", "role"): Message("Post"),
    ("Document", "date"): Message("Date"),
    ("Slot", "start"): Message("For the first time"),
    ("Season", "name"): Message("What the season is called"),
}

HELPS: Mapping[str | tuple[str, str], Message] = {
    "summary": Message("This is what people read in lists, in feeds and on WhatsApp."),
    "tags": Message("One on each line."),
    "authors": Message("One name on each line."),
    "aliases": Message("Other ways in which it is written or spoken of, one on each line."),
    "links": Message("One on each line, beginning with https://."),
    "skip": Message("Like 2026-12-25, one on each line."),
    "also": Message("Like 2026-12-24 10:00, one on each line."),
    "bring": Message("One on each line."),
    "cancelled": Message("Write the reason that readers see. The page stays, and calendars hear of it."),
    "stated": Message("As in the announcement. It stays when the post changes later."),
    "alt": Message("For people who cannot see it, and where pictures do not load."),
    "end": Message("Leave it empty while it is not known; readers then see when it begins."),
    "date": Message("Later than now: it appears on the site at that hour, by itself."),
    "zone": Message("Empty: the office's own."),
    "menu": Message("A number, the smallest comes first. Empty: not in the menu."),
    "number": Message("Which talk it is, if they are counted."),
    "id": Message("A short word by which calendars know it, like siaran."),
    ("Person", "name"): Message("Without degrees."),
    ("Credit", "person"): Message("Choose who it is. Who is not there yet is noted by the name below."),
    ("Credit", "name"): Message("It stays like this when degrees change later."),
}

_CHOICES: Mapping[StrEnum, Message] = {
    Mode.RADIO: Message("By radio"),
    Mode.OFFICE: Message("At the office"),
    Mode.ONLINE: Message("Online"),
    BroadcastKind.LIVE: Message("Live"),
    BroadcastKind.REPEAT: Message("A repeat"),
    EpisodeType.FULL: Message("A whole talk"),
    EpisodeType.TRAILER: Message("A trailer"),
    EpisodeType.BONUS: Message("An extra"),
    Layout.TEXT: Message("Text only"),
    Layout.CONTACT: Message("How to reach the office"),
    Layout.SERVICES: Message("Services"),
    Layout.DOCUMENTS: Message("Documents"),
    Layout.REGISTRATION: Message("Signing up"),
    Role.GUEST: Message("Guest"),
    Role.HOST: Message("Host"),
    Role.COHOST: Message("Second host"),
    Role.CONSULTANT: Message("Consultant"),
    Role.REPORTER: Message("Reporter"),
    Role.PRODUCER: Message("Producer"),
}


def label_of(model: type[BaseModel], key: str) -> Message:
    """What the field *key* of *model* is called."""
    return _LABELS.get((model.__name__, key)) or _LABELS.get(key) or Message(key)


def choice_words(choice: StrEnum) -> Message:
    """What one of the given answers is called; roles of the podcast taxonomy keep its own words."""
    return _CHOICES.get(choice) or Message(choice.value)
