"""How long podcasts take: one program with 1,000 recordings, and 500 programs.

Prints rows as JSON; ``rows()`` is what a table of all benchmarks takes.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from kentongan.feeds.all_programs import all_programs_feed
from kentongan.feeds.artwork import program_artwork
from kentongan.feeds.drawing import draw
from kentongan.feeds.podcast import documents, podcast_feed, render_podcast
from kentongan.schedule import broadcasts
from kentongan.site import Site
from tests.unit import factories as made

Row = dict[str, Any]
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def rows() -> list[Row]:
    """One row per measurement: ``what``, ``seconds`` (best of three), and what there was of it (``count``)."""
    return [*_one_long_podcast(), *_many_podcasts()]


def _one_long_podcast(count: int = 1000) -> Iterator[Row]:
    site = _site(programs=1, recordings=count)
    dated, path = broadcasts(site), site.addresses.program_feed("p0")
    feed = podcast_feed(site, dated, site.programs[0])
    told = [view for _, view in documents(site, path, feed)]
    artwork = program_artwork(site, site.programs[0])[0]
    yield _row("1,000-item podcast: view", count, lambda: podcast_feed(site, dated, site.programs[0]))
    yield _row("1,000-item podcast: current feed and archives as RSS", len(told), lambda: [*map(render_podcast, told)])
    yield _row("1,000-item podcast: current feed as RSS", len(told[-1].items), lambda: render_podcast(told[-1]))
    yield _row("podcast picture, drawn, 3000 px", 1, lambda: draw(artwork))  # type: ignore[arg-type]


def _many_podcasts(count: int = 500) -> Iterator[Row]:
    site = _site(programs=count, recordings=4)
    dated = broadcasts(site)
    yield _row("500 podcasts: views", count, lambda: [podcast_feed(site, dated, one) for one in site.programs])
    yield _row("podcast of 500 programs: view and RSS", 1, lambda: render_podcast(all_programs_feed(site, dated)))


def _site(programs: int, recordings: int) -> Site:
    """*programs* with so many *recordings* each, one a day, the last of them yesterday."""
    talks = [
        made.episode(
            id=f"t{program}-{number}",
            guid=f"guid-{program}-{number}",
            program=f"p{program}",
            season=1 + number // 50,
            number=1 + number,
            summary="Tiga tamu berbagi cara melayani anggota dengan sehat.",
            body="<p>Pandemi mengubah cara orang bekerja dan berkumpul.</p>" * 10,
            credits=[{"person": "agus", "name": "Agus Prasetya"}],
            chapters=[{"start": start * 60, "title": f"Bab {start}"} for start in range(5)],
            transcripts=[{"url": "https://cdn.example/a.vtt"}],
            audio=made.audio(url=f"https://cdn.example/{program}-{number}.mp3"),
            broadcasts=[made.transmission(start=_day(recordings - number), end=None)],
        )
        for program in range(programs)
        for number in range(recordings)
    ]
    held = [
        made.program(id=f"p{number}", guid=f"guid-p{number}", title=f"Obrolan {number}") for number in range(programs)
    ]
    return made.site(*held, made.station(), made.person(), *talks, now=NOW)


def _day(ago: int) -> str:
    return f"{NOW - timedelta(days=ago):%Y-%m-%d} 10:00"


def _row(what: str, count: int, work: Callable[[], object]) -> Row:
    return {"what": what, "seconds": round(min(_timed(work) for _ in range(3)), 4), "count": count}


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(rows(), indent=1))
