"""How long podcasts take: one program with a thousand recordings, and five hundred programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from kentongan.feeds.all_programs import all_programs_feed
from kentongan.feeds.artwork import DrawnArtwork
from kentongan.feeds.drawing import draw
from kentongan.feeds.podcast import documents, podcast_feed, render_podcast
from kentongan.model import Episode, Office, Program, Record, Station
from kentongan.schedule import broadcasts
from kentongan.site import Site, assemble
from kentongan.store.contents import Contents, Source

RECORDINGS, PROGRAMS = 1000, 500
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
RUNS = 5


def rows() -> Iterator[dict[str, Any]]:
    """Name, value and unit of each; the best of :data:`RUNS`, in milliseconds."""
    for name, work in {**_long(), **_many()}.items():
        yield {"name": name, "value": round(min(_timed(work) for _ in range(RUNS)), 1), "unit": "ms"}


def _long() -> dict[str, Callable[[], object]]:
    site = office(1, RECORDINGS)
    dated, [program] = broadcasts(site), site.programs
    feed = podcast_feed(site, dated, program)
    files = dict(documents(site, site.addresses.program_feed(program.id), feed))
    cover = DrawnArtwork("Obrolan Koperasi", "Koperasi Contoh", "#7a3f1d", (True,) + (False,) * 6, 3000)
    return {
        f"feeds: view of a podcast with {RECORDINGS} recordings": lambda: podcast_feed(site, dated, program),
        f"feeds: {RECORDINGS} items as one RSS document": lambda: render_podcast(feed),
        f"feeds: {RECORDINGS} items as a feed and {len(files) - 1} archives": lambda: [
            render_podcast(view) for view in files.values()
        ],
        "feeds: a drawn picture, 3000 pixels": lambda: draw(cover),
    }


def _many() -> dict[str, Callable[[], object]]:
    site = office(PROGRAMS, 4)
    dated = broadcasts(site)
    return {
        f"feeds: views of {PROGRAMS} podcasts": lambda: [podcast_feed(site, dated, one) for one in site.programs],
        f"feeds: the podcast of all {PROGRAMS} programs": lambda: render_podcast(all_programs_feed(site, dated)),
    }


def office(programs: int, recordings: int) -> Site:
    """An office whose *programs* have so many *recordings* each, one a day, the last of them yesterday."""
    station = Station.model_validate({"id": "radio", "name": "Radio Desa", "zone": "WIB"})
    held = [
        Program.model_validate({"id": f"p{number}", "guid": f"guid-p{number}", "title": f"Obrolan {number}"})
        for number in range(programs)
    ]
    talks = [_talk(program, number, recordings) for program in held for number in range(recordings)]
    records: list[Record] = [station, *held, *talks]
    keyed = {(record.kind, record.id): record for record in records}
    contents = Contents(
        office=Office(name="Koperasi Contoh"),
        records=keyed,
        sources={key: Source(f"{key[0].value}/{key[1]}.md") for key in keyed},
        bodies={key: record.body for key, record in keyed.items()},
        findings=(),
    )
    return assemble(contents, "https://koperasi.example", NOW)


def _talk(program: Program, number: int, recordings: int) -> Episode:
    day = NOW - timedelta(days=recordings - number)
    return Episode.model_validate(
        {
            "id": f"{program.id}-{number}",
            "guid": f"guid-{program.id}-{number}",
            "title": f"Melayani anggota dengan sehat, bagian {number}",
            "program": program.id,
            "date": f"{day:%Y-%m-%d} 08:00",
            "season": 1 + number // 50,
            "number": 1 + number,
            "summary": "Tiga tamu berbagi cara melayani anggota dengan sehat.",
            "body": "<p>Pandemi mengubah cara orang bekerja dan berkumpul.</p>" * 10,
            "credits": [{"person": "agus", "name": "Agus Prasetya"}, {"person": "wulan", "name": "Wulan Anggraeny"}],
            "chapters": [{"start": start * 60, "title": f"Bab {start}"} for start in range(5)],
            "transcripts": [{"url": f"https://cdn.example/{program.id}-{number}.vtt"}],
            "audio": {"url": f"https://cdn.example/{program.id}-{number}.mp3", "bytes": 40_000_000, "duration": 3600},
            "broadcasts": [{"id": "siaran", "station": "radio", "start": f"{day:%Y-%m-%d} 10:00"}],
        }
    )


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    import json

    print(json.dumps(list(rows()), indent=1))
