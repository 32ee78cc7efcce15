"""Sites made of records in a line or two: each record by keyword, with defaults that a reader can overlook."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from kentongan.model import Article, Consultation, Credit, Episode, Office, Person, Program, Record, Station
from kentongan.site import Site, assemble
from kentongan.store.contents import Contents, Source

WIB = timezone(timedelta(hours=7))
SITEURL = "https://koperasi.example"
PROGRAM_GUID = "9b024349-ccf0-4f69-a609-6b82873eab3c"
BEFORE = datetime(2020, 7, 22, 9, tzinfo=WIB)
DURING = datetime(2020, 7, 22, 10, 30, tzinfo=WIB)
AFTER = datetime(2020, 7, 22, 12, tzinfo=WIB)
"""The hour before, the middle, and after the end of what :func:`episode` broadcasts."""


def site(*records: Record, now: datetime = BEFORE, siteurl: str = SITEURL, **office: Any) -> Site:
    """A site of *records*, whose bodies are taken as clean HTML, and of an office by keyword."""
    keyed = {(record.kind, record.id): record for record in records}
    contents = Contents(
        office=Office(**{"name": "Koperasi Maju", "language": "id", "zone": "WIB"} | office),
        records=keyed,
        sources={key: Source(f"{key[0].value}/{key[1]}.md") for key in keyed},
        bodies={key: record.body for key, record in keyed.items()},
        findings=(),
    )
    return assemble(contents, siteurl, now)


def article(**fields: Any) -> Article:
    return Article(**{"id": "kabar", "title": "Kabar", "date": "2020-07-20 08:00"} | fields)


def program(**fields: Any) -> Program:
    return Program(**{"id": "obrolan", "title": "Obrolan", "guid": "1c7cd0c4-9f0a-5c57-8f3e-2a60d1d3b4e5"} | fields)


def station(**fields: Any) -> Station:
    return Station(**{"id": "radio", "name": "Radio Desa", "zone": "WIB"} | fields)


def person(**fields: Any) -> Person:
    return Person(**{"id": "wulan", "name": "Wulan", "suffix": "S.Si"} | fields)


def credit(**fields: Any) -> Credit:
    return Credit(**{"person": "wulan"} | fields)


def transmission(**fields: Any) -> dict[str, Any]:
    """A broadcast from ten to eleven on 22 July 2020; ``end=None`` for one whose end is unknown."""
    given = {"id": "siaran", "station": "radio", "start": "2020-07-22 10:00", "end": "2020-07-22 11:00"} | fields
    return {key: value for key, value in given.items() if value is not None}


def episode(**fields: Any) -> Episode:
    return Episode(
        **{
            "id": "tangguh",
            "title": "Koperasi Tangguh",
            "program": "obrolan",
            "guid": "guid-of-episode",
            "date": "2020-07-20 08:00",
            "broadcasts": [transmission()],
        }
        | fields
    )


def audio(**fields: Any) -> dict[str, Any]:
    return {"url": "https://cdn.example/a.mp3", "bytes": 1234, "duration": 2760} | fields


def consultation(**fields: Any) -> Consultation:
    """One on air, in :func:`episode`."""
    return Consultation(
        **{
            "id": "konsultasi",
            "title": "Konsultasi PLUT",
            "mode": "radio",
            "episode": "tangguh",
            "date": "2020-07-20 08:00",
        }
        | fields
    )


def meeting(**fields: Any) -> Consultation:
    """A consultation at the office, the day after."""
    return Consultation(
        **{
            "id": "di-kantor",
            "title": "Konsultasi di kantor",
            "mode": "office",
            "start": "2020-07-23 09:00",
            "date": "2020-07-20 08:00",
        }
        | fields
    )
